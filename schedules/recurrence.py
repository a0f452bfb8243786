"""When a slot recurs: several rules and single extra dates, at one wall time.

As text it is what RFC 5545 writes into a calendar: a line for each rule, one of extra dates, and one
of dates left out, "FREQ=WEEKLY;BYDAY=FR\\nRDATE;VALUE=DATE:20261224,20261231"; a single rule is just its own text.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby

from schedules.errors import BadRule
from schedules.rules import Rule, wall_times

EXTRA = "RDATE;VALUE=DATE:"
LEFT_OUT = "EXDATE;VALUE=DATE:"


@dataclass(frozen=True)
class Recurrence:
    """`rules` share the wall time `at`; `extra` are single dates, in order, beside them; on `left_out` is nothing."""

    at: time
    rules: tuple[Rule, ...] = ()
    extra: tuple[date, ...] = ()
    left_out: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        """Raises BadRule: empty, times-differ, bad-time."""
        if not self.rules and not self.extra:
            raise BadRule("empty")
        if any(rule.at != self.at for rule in self.rules):
            raise BadRule("times-differ")
        if self.at.tzinfo is not None or self.at.microsecond:
            raise BadRule("bad-time", at=self.at.isoformat())
        for name in ("extra", "left_out"):
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))

    @classmethod
    def parse(cls, text: str, *, at: time, starts: date | None = None, until: date | None = None) -> Recurrence:
        """From text; `starts` and `until` bound every rule, not the extra dates. Raises BadRule."""
        rules, extra, left_out = [], list[date](), list[date]()
        for line in filter(None, map(str.strip, text.splitlines())):
            if line.upper().startswith(EXTRA):
                extra += _dates(line, EXTRA)
            elif line.upper().startswith(LEFT_OUT):
                left_out += _dates(line, LEFT_OUT)
            else:
                rules.append(Rule.parse(line, at=at, starts=starts, until=until))
        return cls(at, tuple(rules), tuple(extra), tuple(left_out))

    def __str__(self) -> str:
        lines = [str(rule) for rule in self.rules]
        for head, days in ((EXTRA, self.extra), (LEFT_OUT, self.left_out)):
            if days:
                lines.append(head + ",".join(f"{day:%Y%m%d}" for day in days))
        return "\n".join(lines)

    def wall_times(self, first: date, last: date) -> Iterator[datetime]:
        """Naive wall times on the dates first to last, both included, in order, each once."""
        if len(self.rules) == 1 and not self.extra and not self.left_out:
            return wall_times(self.rules[0], first, last)
        extra = (datetime.combine(day, self.at) for day in self.extra if first <= day <= last)
        merged = heapq.merge(*(wall_times(rule, first, last) for rule in self.rules), extra)
        return (wall for wall, _ in groupby(merged) if wall.date() not in self.left_out)


def _dates(line: str, head: str) -> Iterator[date]:
    for digits in line[len(head) :].split(","):
        try:
            yield datetime.strptime(digits.strip(), "%Y%m%d").date()  # noqa: DTZ007  a date has no zone
        except ValueError as error:
            raise BadRule("bad-part", part=head.partition(";")[0], value=digits) from error
