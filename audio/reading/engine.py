"""Rules claim stretches of the written text, first come first served; each claim is one traced piece."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from audio.reading.lexicon import Lexicon
from audio.reading.model import ReadingWarning, Spoken
from audio.reading.numerals import Numerals

WINDOW = 48  # characters of context a rule may look back on; keeps every look-back constant in time


@dataclass(frozen=True)
class Say:
    """What rules speak with: the station's numerals and its lexicon."""

    numbers: Numerals
    lexicon: Lexicon


Speak = Callable[[re.Match[str], Say], str | None]


@dataclass(frozen=True)
class Rule:
    """A named pattern and how its stretch (group `x` if there is one) is said; None leaves it unclaimed."""

    name: str
    pattern: re.Pattern[str]
    speak: Speak
    warning: str = ""  # for the author; "{}" is the written stretch
    needs: str = ""  # letters of every match: without them the pattern isn't tried, which is most of the time

    @cached_property
    def group(self) -> str | int:
        return "x" if "x" in self.pattern.groupindex else 0


def rule(pattern: str, flags: int = 0, warning: str = "", needs: str = "") -> Callable[[Speak], Rule]:
    """Turn a function into a rule named like it ("full_date" is "full-date")."""

    def build(speak: Speak) -> Rule:
        return Rule(speak.__name__.replace("_", "-"), re.compile(pattern, flags), speak, warning, needs)

    return build


def before(match: re.Match[str], context: re.Pattern[str], group: int | str = 0) -> re.Match[str] | None:
    """Look back from the claimed group; write the context to end in `$`."""
    start = match.start(group)
    return context.search(match.string[max(0, start - WINDOW) : start])


def after(match: re.Match[str], context: re.Pattern[str], group: int | str = 0) -> re.Match[str] | None:
    """Look ahead from the end of the claimed group."""
    return context.match(match.string, match.end(group))


def claim(text: str, rules: Iterable[Rule], say: Say) -> tuple[list[Spoken], list[ReadingWarning]]:
    """All claims on one line in the order of the text, and the warnings of the rules that won them."""
    taken = bytearray(len(text))
    pieces: list[Spoken] = []
    warnings: list[ReadingWarning] = []
    for each in rules:
        if each.needs not in text:
            continue
        for match in each.pattern.finditer(text):
            start, end = match.span(each.group)
            if start == end or taken.find(1, start, end) >= 0 or (spoken := each.speak(match, say)) is None:
                continue
            taken[start:end] = b"\x01" * (end - start)
            pieces.append(Spoken(start, end, spoken, each.name))
            if each.warning:
                warnings.append(ReadingWarning(start, end, each.warning.format(text[start:end][:40]), each.name))
    return sorted(pieces, key=lambda p: p.start), sorted(warnings, key=lambda w: w.start)
