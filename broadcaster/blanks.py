"""Blanks in the words of a programme that the edition fills: "Mời bà con nghe bản tin tuần «tuần»." Pure.

Written as in the emergency templates; {tuần}, which every keyboard has, is kept as «tuần». A sentence with a blank that
this edition can't fill (a standing notice has no week) is left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from broadcaster.errors import BroadcasterError
from schedules.weeks import Week

STATION, PROGRAMME, WEEK, FIRST, LAST = "đài", "chương trình", "tuần", "ngày đầu", "ngày cuối"
KNOWN = (STATION, PROGRAMME, WEEK, FIRST, LAST)
TYPED = re.compile(r"[{«]\s*([^{}«»]*?)\s*[}»]")
BLANK = re.compile(r"«([^«»]*)»")
SENTENCE = re.compile(r"[^.!?…\n]*(?:[.!?…]+|\n|\Z)\s*")


def tidied(text: str) -> str:
    """As it is kept: composed letters, one space between words, lines apart."""
    lines = TYPED.sub(r"«\1»", unicodedata.normalize("NFC", text)).splitlines()
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def check(text: str) -> None:
    """Raises BroadcasterError blank-unknown, blank-open."""
    for name in BLANK.findall(text):
        if name.lower() not in KNOWN:
            known = ", ".join(f"«{each}»" for each in KNOWN)
            raise BroadcasterError("blank-unknown", usage=True, name=name, known=known)
    if re.search(r"[{}«»]", BLANK.sub("", text)):
        raise BroadcasterError("blank-open", usage=True)


def values(station: str, programme: str, week: str | None) -> dict[str, str]:
    """What the blanks of an edition hold, as far as there is something; the reader says numbers and dates."""
    found = {STATION: station, PROGRAMME: programme}
    if week:
        of = Week.parse(week)
        found |= {WEEK: str(of.number), FIRST: f"{of.monday():%d/%m}", LAST: f"{of.sunday():%d/%m}"}
    return found


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its blanks filled."""
    kept = []
    for sentence in SENTENCE.findall(text):
        if all(name.lower() in values for name in BLANK.findall(sentence)):
            kept.append(BLANK.sub(lambda blank: values[blank[1].lower()], sentence))
    return "".join(kept).strip()
