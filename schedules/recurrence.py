"""When a slot recurs: several rules and single extra dates, at one wall time.

As text it is what RFC 5545 writes into a calendar: a line for each rule, and one of extra dates,
"FREQ=WEEKLY;BYDAY=FR\\nRDATE;VALUE=DATE:20261224,20261231"; a single rule is just its own text.
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


@dataclass(frozen=True)
class Recurrence:
    """`rules` share the wall time `at`; `extra` are single dates, in order, beside them."""

    at: time
    rules: tuple[Rule, ...] = ()
    extra: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        """Raises BadRule: empty, times-differ, bad-time."""
        if not self.rules and not self.extra:
            raise BadRule("empty")
        if any(rule.at != self.at for rule in self.rules):
            raise BadRule("times-differ")
        if self.at.tzinfo is not None or self.at.microsecond:
            raise BadRule("bad-time", at=self.at.isoformat())
        if list(self.extra) != sorted(set(self.extra)):
            object.__setattr__(self, "extra", tuple(sorted(set(self.extra))))

    @classmethod
    def parse(cls, text: str, *, at: time, starts: date | None = None, until: date | None = None) -> Recurrence:
        """From text; `starts` and `until` bound every rule, not the extra dates. Raises BadRule."""
        rules, extra = [], list[date]()
        for line in filter(None, map(str.strip, text.splitlines())):
            if line.upper().startswith(EXTRA):
                extra += map(_date, line[len(EXTRA) :].split(","))
            else:
                rules.append(Rule.parse(line, at=at, starts=starts, until=until))
        return cls(at, tuple(rules), tuple(extra))

    def __str__(self) -> str:
        lines = [str(rule) for rule in self.rules]
        if self.extra:
            lines.append(EXTRA + ",".join(f"{day:%Y%m%d}" for day in self.extra))
        return "\n".join(lines)

    def wall_times(self, first: date, last: date) -> Iterator[datetime]:
        """Naive wall times on the dates first to last, both included, in order, each once."""
        if len(self.rules) == 1 and not self.extra:
            return wall_times(self.rules[0], first, last)
        extra = (datetime.combine(day, self.at) for day in self.extra if first <= day <= last)
        merged = heapq.merge(*(wall_times(rule, first, last) for rule in self.rules), extra)
        return (wall for wall, _ in groupby(merged))


def _date(digits: str) -> date:
    try:
        return datetime.strptime(digits.strip(), "%Y%m%d").date()  # noqa: DTZ007  a date has no zone
    except ValueError as error:
        raise BadRule("bad-part", part="RDATE", value=digits) from error
