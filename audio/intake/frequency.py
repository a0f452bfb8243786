"""How likely a word is in Vietnamese text: what every decision between two readings of the same codes rests on."""

import math
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources

from audio.reading.syllables import is_syllable

UNSEEN = -17.0  # a well-formed syllable outside the list
FOREIGN = -15.0  # letters of ASCII that make no syllable: a name, an abbreviation
GARBLED = -24.0  # accented letters that make no syllable: a foreign name, or the wrong reading
MIXED_CASE = 12.0
SIGN_IN_WORD = 12.0  # "c«ng", "®¸"
LONE_SIGN = 5.0  # "· nóc"
LETTERS = frozenset(
    unicodedata.normalize("NFC", letter + tone)
    for letter in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
) | frozenset("đĐ")
WORD = re.compile(r"[^\W\d_]+")
# Signs of Latin-1 and cp1252 that stand by themselves in good text, and are letters or halves of letters in bad.
SIGN = re.compile("[\x80-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf×÷€‚ƒ„†‡ˆ‰‹˜›‘’“”•–—™…\u0300-\u036f\ufffd\x00-\x08\x0e-\x1f]")
PUNCTUATION = frozenset("“”‘’–—…•‚„\xa0")
AT_HOME = re.compile(r"[cdkm]?m[²³](?!\w)|\d\s?°\s?[CF]?(?!\w)|(?<=\w)[®™](?!\w)|[«©§¼½¾](?=\s)|(?<=\s)»|\d[¼½¾²³]")


@cache
def syllables() -> dict[str, float]:
    """Known syllables in small letters → natural logarithm of their share of all words."""
    table = resources.files(__package__).joinpath("syllables.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {word: -int(rank) * math.log(10) / 100 for rank, words in rows for word in words.split()}


def is_known(word: str) -> bool:
    return word.lower() in syllables()


def well_formed(word: str) -> bool:
    return is_known(word) or is_syllable(word)


@lru_cache(maxsize=50_000)
def chance(word: str) -> float:
    """Natural logarithm of how likely this word is; only letters are expected."""
    case = 0.0 if word.islower() or word.isupper() or word[1:].islower() or word.isascii() else MIXED_CASE
    known = syllables().get(word.lower())
    if known is not None:
        return known - case
    if is_syllable(word):
        return UNSEEN - case
    if word.isascii():
        return FOREIGN
    return GARBLED - case


def likelihood(text: str) -> float:
    """The same for a piece of text: its words, and a price for signs that hang on letters."""
    return sum(map(chance, WORD.findall(text))) - sum(SIGN_IN_WORD if hangs else LONE_SIGN for hangs in signs(text))


def signs(text: str) -> Iterator[bool]:
    """For every sign that is no punctuation, whether it hangs on a letter or another sign without a reason."""
    if text.isascii() and text.isprintable():
        return
    text = AT_HOME.sub(" ", text)
    for sign in SIGN.finditer(text):
        if sign[0] not in PUNCTUATION:
            around = text[max(sign.start() - 1, 0) : sign.start()] + text[sign.end() : sign.end() + 1]
            yield any(c.isalpha() or SIGN.match(c) for c in around)
