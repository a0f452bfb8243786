"""Characters: one Unicode form for everything that follows. What reads the same becomes the same."""

import re
import unicodedata

# Letters that look Vietnamese and are not: keyboards, scanners and chat programmes mix them in.
LOOKALIKES = str.maketrans(
    "ÐðƉɖɗĐ" + "АВЕКМНОРСТХУІаеорсхуіј" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο" + "‘’‚‛′´`ʼ" + "″“”„‟«»" + "⁄∕" + "−‐‑‒﹣",
    "ĐđĐđđĐ" + "ABEKMHOPCTXYIaeopcxyij" + "ABEZHIKMNOPTYXo" + "''''''''" + '"""""""' + "//" + "-----",
)
# Zero width, direction, soft hyphen, variation selectors, byte order mark: never heard, often pasted.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\x00-\x08\x0e-\x1f\x7f]"
)
NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Only these blocks are folded by compatibility: ², ½, ①, ℃, fullwidth and the "fancy" bold letters of chat.
COMPATIBLE = re.compile(
    "[\u00aa\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209f\u2100-\u214f\u2150-\u218f\u2460-\u24ff"
    "\u3380-\u33df\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff\U0001f100-\U0001f169]"
)
# Typed in the wrong order (tone, then circumflex or breve), NFC leaves two marks on one letter.
TONE_BEFORE_SHAPE = re.compile("([\u0300\u0301\u0303\u0309])([\u0302\u0306])")
KEYCAP = re.compile("(\\d)\u20e3 ?")  # the number in a box of chat programmes


def normalise(text: str) -> str:
    """NFC text with plain spaces, `\\n` newlines, and no invisible or look-alike characters.

    Stable: normalising twice changes nothing. All offsets of the package refer to its result.
    """
    return tabbed(text).replace("\t", " ")


def tabbed(text: str) -> str:
    """The same, sign for sign, but for the tabs, which tell columns apart."""
    text = NEWLINES.sub("\n", INVISIBLE.sub("", text))
    text = COMPATIBLE.sub(lambda m: unicodedata.normalize("NFKC", m[0]), SPACES.sub(" ", text))
    text = KEYCAP.sub(r"\1. ", text)
    text = TONE_BEFORE_SHAPE.sub(r"\2\1", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).translate(LOOKALIKES))
