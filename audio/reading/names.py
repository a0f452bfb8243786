"""Initials: the press hides the names of people behind single letters."""

import re

from audio.reading.engine import Say, after, before, rule
from audio.reading.letters import spell
from audio.reading.vocabulary import LOW, NAMED, PERSON, UP

INITIAL = "[A-ZĐÊÔƠƯ]"  # no tones: "Ồ" and "Ở" are words


@rule(
    rf"(?<![\w.])(?P<x>(?:(?:{INITIAL}|Ng|Nh|Th|Tr|Ph|Kh|Ch)\. ?){{1,5}}(?:{INITIAL}|Ng|Th|Tr|Ph|Kh"
    rf"|Ch)(?:\.(?!\w))?)(?!\w)"
)
def initials(m: re.Match[str], _: Say) -> str:
    """ "H.N.T.", "N.V.A", "V.T.P."."""
    return spell(m["x"])


@rule(rf"(?<!\w)(?P<x>(?:Ng|Nh|Th|Tr|Ph|Kh|Ch)\.)(?= {LOW}| ?[,;)]|$| ?{UP}\.| {UP})")
def double_initial(m: re.Match[str], _: Say) -> str:
    """ "anh Th.", "Ng. Văn A"."""
    return spell(m["x"])


@rule(rf"(?<![\w]){INITIAL}\.(?=[ ,;:)?!\"…]|$)")
def dotted_letter(m: re.Match[str], _: Say) -> str | None:
    """ "anh T." and a name's last letter."""
    return _letter(m)


@rule(rf"(?<!\w){INITIAL}(?!\w)")
def single_letter(m: re.Match[str], _: Say) -> str | None:
    """A capital alone: "Nguyễn Văn B", "vitamin C". Y is a word ("Y tế") but for a person."""
    return _letter(m)


def _letter(m: re.Match[str]) -> str | None:
    named = before(m, PERSON) or before(m, NAMED)
    if m[0][0] == "Y" and (not named or after(m, GIVEN_NAME)):
        return None
    return spell(m[0])


GIVEN_NAME = re.compile(rf" {UP}{LOW}")  # "ông Y Moan": Y is a word of the name

RULES = (initials, double_initial, dotted_letter, single_letter)
