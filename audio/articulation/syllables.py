"""A written Vietnamese syllable taken apart into what the mouth does: onset, glide, nucleus, coda, tone."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

TONES = dict(zip("\u0300\u0301\u0303\u0309\u0323", ("huyền", "sắc", "ngã", "hỏi", "nặng"), strict=True))
# Longest first; the same sound has one name whatever its spelling ("" is the catch before a bare vowel).
ONSETS = {
    "ngh": "ng", "ng": "ng", "nh": "nh", "ch": "ch", "tr": "tr", "th": "th", "ph": "ph", "kh": "kh", "gh": "g",
    "gi": "d", "qu": "c", "b": "b", "c": "c", "d": "d", "đ": "đ", "f": "ph", "g": "g", "h": "h", "j": "d", "k": "c",
    "l": "l", "m": "m", "n": "n", "p": "p", "r": "r", "s": "s", "t": "t", "v": "v", "w": "v", "x": "x", "z": "d",
    "": "",
}  # fmt: skip
# Spelling: glide before, nucleus, glide after.
VOWELS = {
    "a": " a ", "ă": " ă ", "â": " â ", "e": " e ", "ê": " ê ", "i": " i ", "y": " i ", "o": " o ", "oo": " o ",
    "ô": " ô ", "ôô": " ô ", "ơ": " ơ ", "u": " u ", "ư": " ư ",
    "ia": " iê ", "ya": " iê ", "iê": " iê ", "yê": " iê ", "ua": " uô ", "uô": " uô ", "ưa": " ươ ", "ươ": " ươ ",
    "oa": "w a ", "oă": "w ă ", "oe": "w e ", "uê": "w ê ", "uy": "w i ", "uyê": "w iê ", "uya": "w iê ",
    "uâ": "w â ", "uơ": "w ơ ",
    "ai": " a j", "ay": " ă j", "ây": " â j", "oi": " o j", "ôi": " ô j", "ơi": " ơ j", "ui": " u j", "ưi": " ư j",
    "ươi": " ươ j", "uôi": " uô j", "oai": "w a j", "oay": "w ă j", "uây": "w â j",
    "ao": " a w", "au": " ă w", "âu": " â w", "eo": " e w", "êu": " ê w", "iu": " i w", "iêu": " iê w",
    "yêu": " iê w", "ưu": " ư w", "ươu": " ươ w", "oao": "w a w", "oeo": "w e w", "uyu": "w i w",
}  # fmt: skip
RIME = re.compile(r"([aăâeêioôơuưy]+)(ch|nh|ng|[cmnpt])?")


@dataclass(frozen=True)
class Syllable:
    """`medial` is "w" or ""; `coda` a consonant, a glide ("j", "w") or ""; `tone` "" for the level one."""

    onset: str
    medial: str
    nucleus: str
    coda: str
    tone: str


@lru_cache(maxsize=10_000)
def syllable(word: str) -> Syllable | None:
    """The sounds of one written syllable (any capitals, NFC or NFD); None for what Vietnamese can't spell."""
    letters = unicodedata.normalize("NFD", word.lower())
    tone = next((TONES[mark] for mark in letters if mark in TONES), "")
    plain = unicodedata.normalize("NFC", "".join(mark for mark in letters if mark not in TONES))
    start = next(spelled for spelled in ONSETS if plain.startswith(spelled))
    rest = plain[len(start) :]
    if start == "gi" and (rest[:1] == "ê" or not RIME.match(rest)):
        rest = f"i{rest}"  # one letter for two sounds: gì, gìn, giếng
    found = RIME.fullmatch(rest)
    if found is None or found[1] not in VOWELS:
        return None
    medial, nucleus, glide = VOWELS[found[1]].split(" ")
    if start == "qu":  # quốc is cuốc; in all others the u is a glide
        medial, nucleus = ("", "uô") if nucleus == "ô" else ("w", nucleus)
    return Syllable(ONSETS[start], medial, nucleus, glide or found[2] or "", tone)
