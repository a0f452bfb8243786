"""Initials: the press hides the names of people behind single letters."""

import re

from audio.reading.engine import Say, rule
from audio.reading.letters import spell
from audio.reading.vocabulary import LOW, UP


@rule(rf"(?<![\w.])(?P<x>(?:(?:{UP}|Ng|Nh|Th|Tr|Ph|Kh|Ch)\. ?){{1,5}}(?:{UP}|Ng|Th|Tr|Ph|Kh|Ch)(?:\.(?!\w))?)(?!\w)")
def initials(m: re.Match[str], _: Say) -> str:
    """ "H.N.T.", "N.V.A", "V.T.P."."""
    return spell(m["x"])


@rule(rf"(?<!\w)(?P<x>(?:Ng|Nh|Th|Tr|Ph|Kh|Ch|Gi|Qu)\.)(?= {LOW}| ?[,;)]|$| ?{UP}\.| {UP})")
def double_initial(m: re.Match[str], _: Say) -> str:
    """ "anh Th.", "Ng. Văn A"."""
    return spell(m["x"])


@rule(rf"(?<![\w]){UP}\.(?=[ ,;:)?!\"…]|$)")
def dotted_letter(m: re.Match[str], _: Say) -> str:
    """ "anh T." and a name's last letter."""
    return spell(m[0])


@rule(rf"(?<!\w){UP}(?![\w])")
def single_letter(m: re.Match[str], _: Say) -> str | None:
    """A capital alone: "Nguyễn Văn B", "vitamin C". A vowel that opens a sentence may be a word: "Ồ"."""
    return spell(m[0]) or None


RULES = (initials, double_initial, dotted_letter, single_letter)
