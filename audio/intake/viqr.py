"""VIQR (RFC 1456): Vietnamese in plain ASCII, "Vie^.t Nam", signs after the vowel, \\ before a sign that is none.

Plain text is full of the same signs, so it is only read as VIQR when words prove it: "ngu+o+`i", not "ha?".
"""

import re
import unicodedata
from dataclasses import dataclass

from audio.intake.frequency import WORD, chance, well_formed

SHAPES = {"(": "\u0306", "^": "\u0302", "+": "\u031b", "*": "\u031b"}
TONES = {"'": "\u0301", "`": "\u0300", "?": "\u0309", "~": "\u0303", ".": "\u0323"}
TAKES = {"(": "aA", "^": "aAeEoO", "+": "oOuU", "*": "oOuU"}
LETTER = re.compile(r"\\(.)|([dD][dD])|([aAeEiIoOuUyY])([(^+*]?)(['`?~.]?)")
SIGNED = re.compile(r"(?:[A-Za-z]|(?<=[A-Za-z])[(^+*]?['`?~.]?(?=[A-Za-z])|\\.|(?<=[A-Za-z])[(^+*'`?~.]+)+")
SHAPED = re.compile(r"[ae]\^|o[\^+]|u\+|a\(['`?~.]?[a-z]|\bdd(?=[aeiouy])", re.IGNORECASE)
INSIDE = re.compile(r"[aeiouy]['`~.](?=[a-z])", re.IGNORECASE)
AT_END = re.compile(r"[aeiouy](?P<sign>['`~])\W*$", re.IGNORECASE)
HOOKED = re.compile(r"[aeiouy]\?(?=[a-z])", re.IGNORECASE)
WORTH_A_LOOK = re.compile(rf"{SHAPED.pattern}|{INSIDE.pattern}|{HOOKED.pattern}|[aeiouy]['`~](?:\W|$)", re.IGNORECASE)
LOST = re.compile(r"(?:^|\s|[b-df-hj-np-tv-xz?])\?[a-z]", re.IGNORECASE)  # "b?o": a letter is gone, no tone put
ADDRESS = re.compile(r"://|www\.|@|\.(?:vn|com|net|org)\b|[\w-]+\.[\w-]+\.[\w-]+")
QUOTE = re.compile(r"(?:^|\s)'\w")
# What speaks, at a word's last "." or "?", for a stop: the next word's capital, nothing following, its small letter.
CAPITAL, END, SMALL = 2.0, 0.5, -12.0
CLOSE = 9.0


@dataclass(frozen=True)
class Quoted:
    """`certain`: it is VIQR; `other` is a second reading of it where last dots may be tones or stops."""

    text: str
    certain: bool
    other: str | None = None


def read(text: str) -> Quoted | None:
    """The text as VIQR, or None when nothing speaks for it."""
    if not text.isascii() or LOST.search(text) or not WORTH_A_LOOK.search(text):
        return None
    proof, doubt = 0.0, 0
    quotes = QUOTE.search(text) is not None
    for piece in set(text.split()):
        if ADDRESS.search(piece):
            continue
        end = AT_END.search(piece)
        strength = 1.0 if SHAPED.search(piece) or INSIDE.search(piece) else 0.5 if HOOKED.search(piece) else 0.0
        if end and not (quotes and end["sign"] == "'"):
            strength = max(strength, {"`": 1.0, "'": 0.5, "~": 0.1}[end["sign"]])
        if not strength:
            continue
        if all(map(well_formed, WORD.findall(_decoded(piece)[0]))):
            proof += strength
        elif not SHAPED.search(piece) and strength > 0.1:
            doubt += 1
    if not proof or doubt > proof:
        return None
    decoded, other = _decoded(text)
    return Quoted(decoded, proof >= 1.0 and doubt < 0.25 * proof, None if other == decoded else other)


def _decoded(text: str) -> tuple[str, str]:
    """(the likeliest reading, the same with every close call the other way)."""
    likely, other, at = [], [], 0
    strict = "\\." in text or "\\?" in text  # whoever marks stops leaves none unmarked
    for word in SIGNED.finditer(text):
        gap = text[at : word.start()]
        first, second = _word(word[0], text[word.end() : word.end() + 2], strict)
        likely += [gap, first]
        other += [gap, second]
        at = word.end()
    return "".join([*likely, text[at:]]), "".join([*other, text[at:]])


def _word(word: str, following: str, strict: bool) -> tuple[str, str]:
    toned = _letters(word)
    plain = _letters(word[:-1]) + word[-1]
    if word[-1] not in ".?'" or word[-2:-1] == "\\" or toned == plain:
        return toned, toned
    if not well_formed(toned):
        return plain, plain
    if strict or word[-1] == "'":
        return toned, toned
    after = following.lstrip()[:1]
    lean = SMALL if after.islower() else END if not after else CAPITAL if after.isupper() else 0.0
    ahead = chance(plain[:-1]) + lean - chance(toned)
    likely, other = (plain, toned) if ahead > 0 else (toned, plain)
    return likely, other if abs(ahead) < CLOSE else likely


def _letters(word: str) -> str:
    return unicodedata.normalize("NFC", LETTER.sub(_letter, word))


def _letter(match: re.Match[str]) -> str:
    escaped, d, vowel, shape, tone = match.groups()
    if escaped or d:
        return escaped or ("Đ" if d[0] == "D" else "đ")
    if shape and vowel not in TAKES[shape]:
        return match[0]
    return vowel + SHAPES.get(shape, "") + TONES.get(tone, "")
