"""What is left: foreign words, unknown abbreviations, single letters. Nothing here stays unsaid or unreported."""

import re
import unicodedata
from functools import cache

from audio.reading.engine import Rule, Say, rule
from audio.reading.letters import spell
from audio.reading.lexicon import published
from audio.reading.syllables import is_syllable
from audio.reading.vocabulary import L, U

LETTER = rf"[{U}{L}]"
SAYABLE = re.compile(r"(?=.*[aeiouy])(?!.*[bcdfghjklmnpqrstvwxz]{4})[a-z]{2,}\Z")
VOICED = frozenset(U + L)


@cache
def phrases() -> Rule:
    """Foreign names of several words or with digits: "App Store", "Covid-19"."""
    written = [e.written for e in published() if e.category == "foreign" and not e.written.isalpha()]
    words = "|".join(re.escape(w) for w in sorted(written, key=len, reverse=True))
    pattern = re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])", re.IGNORECASE)
    return Rule("foreign", pattern, lambda m, say: say.lexicon.foreign_word(m[0]))


@rule(rf"(?<![^\W_]){LETTER}[{L}]{{0,11}}(?:-[{L}]{{1,12}}){{1,6}}(?![^\W_])")
def respelled(m: re.Match[str], say: Say) -> str | None:
    """ "ca-ra-ô-kê": somebody wrote it for the voice already."""
    return None if any(map(say.lexicon.foreign_word, m[0].split("-"))) else m[0]


@rule(r"(?<![^\W\d_])[^\W\d_]{2,40}(?![^\W\d_])")
def foreign(m: re.Match[str], say: Say) -> str | None:
    """A foreign word of the lexicon, in any capitals; or an abbreviation typed small ("sđt")."""
    word = m[0]
    if is_syllable(word):
        return say.lexicon.foreign_word(word)
    return say.lexicon.foreign_word(word) or say.lexicon.abbreviation(word)


@rule(
    r"[^\W\d_]{1,200}", warning="“{}” là chữ viết tắt chưa có trong từ điển: viết đầy đủ hoặc thêm vào từ điển của đài"
)
def unknown_abbreviation(m: re.Match[str], _: Say) -> str | None:
    """Capitals that make no syllable, or letters no mouth can join: by name, with a warning."""
    word = m[0]
    if len(word) < 2 or is_syllable(word) or not set(word) <= VOICED or (word.islower() and _sayable(word)):
        return None
    shouted = word.isupper() and not (len(word) > 4 and _name_like(word))
    camel = any(c.isupper() for c in word[1:]) and not word.isupper() and len(word) < 7
    return spell(word) if shouted or camel or not _sayable(word) else None


def _sayable(word: str) -> bool:
    return SAYABLE.match("".join(map(_plain, word))) is not None


NAME = re.compile(r"[bcdfghjklmnpqrstvwxz]{0,2}(?:[aeiouy]{1,3}[bcdfghjklmnpqrstvwxz]{1,2})*[aeiouy]{0,2}\Z")
DOUBLE = re.compile(r"ng|nh|ch|th|tr|ph|gh|kh")


def _name_like(word: str) -> bool:
    """ "TOYOTA" is a name said as it stands; "TTANXH" is letters."""
    plain = "".join(map(_plain, word))
    return _sayable(word) and plain[0] != plain[1] and NAME.match(DOUBLE.sub("c", plain)) is not None


def _plain(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0].lower().replace("đ", "d")


@rule(r"(?<![^\W\d_])[^\W\d_](?![^\W\d_])")
def lone_letter(m: re.Match[str], _: Say) -> str | None:
    """A consonant alone is said by its name: "tổ b". A vowel alone is a word: "à", "ở", "Ý"."""
    letter = m[0].lower()
    if letter not in VOICED:
        return None
    if not is_syllable(letter):
        return spell(letter)
    return letter if m[0] in "AEIOUÔƠÊƯ" else m[0]


@rule(r"[^\W\d_]{2,200}", warning="“{}” không phải tiếng Việt và chưa có trong từ điển: nghe thử rồi thêm cách đọc")
def unknown_word(m: re.Match[str], _: Say) -> str | None:
    """A word that is no Vietnamese syllable is left to the voice as it is."""
    word = m[0]
    if is_syllable(word) or not set(word) <= VOICED:
        return None
    return word.lower() if word.isupper() else word


@rule(r"[^\W\d_]+", warning="“{}” có ký tự không đọc được")
def unreadable(m: re.Match[str], say: Say) -> str | None:
    """Letters of other alphabets: what has a Latin base is said as far as it goes, the rest is silent."""
    if set(m[0]) <= VOICED:
        return None
    return pronounced("".join(map(_latin, m[0])).lower(), say)


def pronounced(word: str, say: Say) -> str:
    """A small-letter word of unknown origin: as the lexicon has it, as a word, or letter by letter."""
    known = say.lexicon.foreign_word(word) or say.lexicon.abbreviation(word)
    return known or (word if is_syllable(word) or _sayable(word) else spell(word))


def _latin(letter: str) -> str:
    plain = unicodedata.normalize("NFD", letter)[0]
    return plain if plain in VOICED else ""


RULES = (foreign, lone_letter, unknown_abbreviation, unknown_word, unreadable)
