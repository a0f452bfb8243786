"""UTF-8 that some program took for cp1252 or Latin-1 ("Viá»‡t"), also twice over; read back, a lost byte as U+FFFD."""

import re
import unicodedata

from audio.intake.codepages import CELLS, STORED
from audio.intake.frequency import is_known

PIECE = re.compile(r"[^ \t\n]+")
SEQUENCE = re.compile("[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
CELL = re.compile(f"{SEQUENCE.pattern}|[\x80-\xff]")
CUT = re.compile("\xe1[\xba\xbb]|[\xc4\xc6](?=[a-z\xe1]|$)")  # "vá»": the last byte of a letter went away
BACK = {code: chr(cell) for code, cell in CELLS.items()}
# "à" is C3 A0, and A0 looks like a space: many programs make it one.
A_GRAVE = re.compile(r"([A-Za-zÄ‘]{0,5})(Ã|ÃƒÂ) (?:(?=[^\w]|$)|(?=([a-z]*)))")


def unmixed(text: str) -> str:
    """One misreading taken back, in every piece between spaces that holds one; the others stay as they are."""
    return PIECE.sub(_piece, text) if SEQUENCE.search(text.translate(BACK)) else text


def with_hard_spaces(text: str) -> str:
    """The A0 of "Ã\xa0" put back where it became a space and the word shows it."""
    return A_GRAVE.sub(_a_grave, text) if "Ã" in text and SEQUENCE.search(text.translate(BACK)) else text


def _piece(match: re.Match[str]) -> str:
    cells = match[0].translate(BACK)
    if SEQUENCE.search(cells):
        return unicodedata.normalize("NFC", CELL.sub(_cell, cells))
    return CUT.sub("\ufffd", cells) if CUT.search(cells) else match[0]


def _cell(match: re.Match[str]) -> str:
    if len(match[0]) > 1:
        return match[0].encode("latin-1").decode("utf-8", "replace")
    if match[0] == "\xa0":
        return " "
    return STORED[ord(match[0])] if match[0] < "\xa0" else "\ufffd"


def _a_grave(match: re.Match[str]) -> str:
    before, lead, after = match[1], match[2], match[3]
    if after and not is_known(f"{unmixed(before)}à{after}"):
        return match[0]
    return f"{before}{lead}\xa0"
