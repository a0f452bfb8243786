"""What Unicode text from keyboards, chat programmes, web pages and scanners needs before anybody reads it."""

import html
import re
import unicodedata

from audio.intake.frequency import is_known

NEWLINES = re.compile("\r\n|[\r\x0b\x0c\u2028\u2029]")
SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Zero width, direction, soft hyphen, variation selectors, byte order mark.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
# Ligatures, fullwidth forms, the "fancy" letters of chat programmes; ² and ½ keep what they say.
COMPATIBLE = re.compile("[\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff]")
# Typed in the wrong order (tone, then circumflex, breve or horn), NFC leaves two marks on one letter.
TONE_FIRST = re.compile("([\u0300\u0301\u0303\u0309])([\u0302\u0306])")
LOOSE_MARK = re.compile("[\u0300-\u036f]")
TWICE = re.compile("([\u0300-\u0303\u0306\u0309\u031b\u0323])\\1+")
# Letters of other alphabets with the shape of ours; Ð and Ɖ (Icelandic, Ewe) are always meant as Đ here.
ETH = str.maketrans("ÐðƉɖ", "ĐđĐđ")
TWINS = str.maketrans(
    "АВЕКМНОРСТХУІаеорсхуіјһ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧον" + "ǎǍıɑɡ",
    "ABEKMHOPCTXYIaeopcxyijh" + "ABEZHIKMNOPTYXov" + "ăĂiag",
)
TWIN = re.compile("[" + "".join(map(chr, TWINS)) + "]")
OTHER_ALPHABET = re.compile("[\u0370-\u03ff\u0400-\u04ff]")
WORD = re.compile("[^\\W\\d_](?:[^\\W\\d_]|[\u0300-\u036f])*")
ENTITY = re.compile(r"&(?:amp;)?(#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z]{2,8}\d{0,2});")
MARKUP = frozenset("\r\n")


def repaired(text: str) -> str:
    """NFC with \\n line ends and plain spaces, without invisible and look-alike characters. Twice changes nothing."""
    text = SPACES.sub(" ", INVISIBLE.sub("", NEWLINES.sub("\n", text)))
    if text.isascii():
        return text
    text = COMPATIBLE.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)
    if LOOSE_MARK.search(text):
        text = unicodedata.normalize("NFD", text)
        text = TWICE.sub(r"\1", TONE_FIRST.sub(r"\2\1", text))
    text = unicodedata.normalize("NFC", text).translate(ETH)
    if TWIN.search(text):
        text = unicodedata.normalize("NFC", WORD.sub(_latin, text))
    return text


def _latin(match: re.Match[str]) -> str:
    """A word of look-alikes in Latin letters, unless it belongs to the other alphabet: "Москва", "ο"."""
    word = match[0]
    if not TWIN.search(word):
        return word
    latin = unicodedata.normalize("NFC", word.translate(TWINS))
    if OTHER_ALPHABET.search(latin):
        return word
    mixed = any(c.isascii() or "\u00c0" <= c <= "\u024f" or c >= "\u1ea0" for c in word if not TWIN.match(c))
    return latin if mixed or is_known(latin) else word


def without_entities(text: str) -> str:
    """&agrave; and &#7855; as characters; what names no character stays."""
    return ENTITY.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    char = html.unescape(f"&{match[1]};")
    return match[0] if len(char) != 1 or char in MARKUP or (char < " " and char != "\t") else char
