"""Clashes: two occurrences in one zone that would sound at the same time. Touching is no clash."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from schedules.slots import Occurrence


@dataclass(frozen=True)
class Timed:
    """An occurrence and how long it will sound; what has no length does not sound at all."""

    occurrence: Occurrence
    length: timedelta

    @property
    def ends_at(self) -> datetime:
        return self.occurrence.starts_at + self.length


@dataclass(frozen=True)
class Clash:
    """`second` starts while `first` still sounds (or with it; then the order is that of the slots' ids)."""

    first: Occurrence
    second: Occurrence


def clashes(timed: Iterable[Timed]) -> list[Clash]:
    """Every pair that overlaps, ordered by second, then first: a sweep over the starts, O(n log n) and the pairs."""
    found = []
    sounding: dict[str, list[tuple[datetime, int, Timed]]] = {}  # by zone, a heap by end; the number breaks ties
    heard = (item for item in timed if item.length > timedelta(0))
    for number, item in enumerate(sorted(heard, key=lambda t: (t.occurrence.starts_at, t.occurrence.slot.id))):
        heap = sounding.setdefault(item.occurrence.slot.zone, [])
        while heap and heap[0][0] <= item.occurrence.starts_at:
            heapq.heappop(heap)
        found += [Clash(other.occurrence, item.occurrence) for _, _, other in sorted(heap, key=lambda h: h[1])]
        heapq.heappush(heap, (item.ends_at, number, item))
    return found
