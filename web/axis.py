"""The time axis of the week and the places of blocks on it, in pixels. Pure: minutes of a day in, numbers out.

Hours in which nothing happens all week are folded, so that two sessions a day fit on a screen. Places become classes
(`y1000 y40 y2`) and not styles, which the pages' own content policy forbids; static/week.css adds them up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

OPEN, FOLDED = 192, 12  # pixels an hour: five minutes are 16 pixels, a line of small text
LEAST = 16  # pixels of the shortest block
HOURS, HOUR = 24, 60
DAY = HOURS * HOUR  # minutes
MOST_LANES = 8  # beside each other; more of them share the last one


@dataclass(frozen=True)
class Axis:
    """`tops` are where the 24 hours begin, and where the day ends."""

    tops: tuple[int, ...]

    @classmethod
    def of(cls, spans: Iterable[tuple[float, float]], *, whole: bool = False) -> Axis:
        """With the hours open that spans (minutes of a day) touch; all of them for a `whole` day."""
        open_hours = set(range(HOURS)) if whole else set[int]()
        for first, last in spans:
            open_hours.update(range(max(0, int(first // HOUR)), min(HOURS, int(-(-last // HOUR)))))
        tops = [0]
        for hour in range(HOURS):
            tops.append(tops[-1] + (OPEN if hour in open_hours else FOLDED))
        return cls(tuple(tops))

    @property
    def height(self) -> int:
        return self.tops[-1]

    def is_open(self, hour: int) -> bool:
        return self.tops[hour + 1] - self.tops[hour] == OPEN

    def y(self, minute: float) -> int:
        """Where a minute of the day is."""
        hour = min(HOURS - 1, max(0, int(minute // HOUR)))
        within = min(1.0, max(0.0, minute / HOUR - hour))
        return round(self.tops[hour] + within * (self.tops[hour + 1] - self.tops[hour]))

    def band(self, first: float, last: float) -> str:
        """The classes of something that reaches from a minute to another."""
        top = self.y(first)
        return place("y", top) + place("h", max(0, self.y(last) - top))

    def block(self, first: float, last: float) -> tuple[int, int]:
        """Top and height of a block, never less than can be read."""
        top = min(self.y(first), self.height - LEAST)
        return top, max(LEAST, self.y(min(last, DAY)) - top)


@lru_cache(maxsize=20_000)  # every place of both letters, a hundred bytes each
def place(letter: str, pixels: int) -> str:
    """A length as classes, digit by digit: place("y", 1042) is " y1000 y40 y2"."""
    digits = [int(digit) * 10**power for power, digit in enumerate(str(pixels)[::-1])]
    return "".join(f" {letter}{digit}" for digit in reversed(digits) if digit)


def lanes(blocks: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """(lane, lanes beside each other) of blocks (top, height) in order of their tops: those that overlap, directly or
    by way of others, share the width."""
    found: list[tuple[int, int]] = []
    ends: list[int] = []  # of the last block in each lane of this group
    group = 0
    for number, (top, height) in enumerate(blocks):
        if ends and top >= max(ends):
            _close(found, group, len(ends))
            group, ends = number, []
        lane = next((n for n, end in enumerate(ends) if end <= top), min(len(ends), MOST_LANES - 1))
        ends[lane : lane + 1] = [max((top + height, *ends[lane : lane + 1]))]
        found.append((lane, 0))
    _close(found, group, len(ends))
    return found


def _close(found: list[tuple[int, int]], group: int, count: int) -> None:
    found[group:] = [(lane, count) for lane, _ in found[group:]]
