"""Clashes: two occurrences in one zone that would sound at the same time. Touching is no clash."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from schedules.slots import Occurrence

NOTHING = timedelta(0)


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
    """Every pair that overlaps, ordered by second, then first: a sweep over the starts, O(n log n) and the pairs.

    What still sounds when another starts is a clash each; so looking at all of it costs no more than telling it.
    """
    found = []
    sounding: dict[str, list[tuple[datetime, Occurrence]]] = {}  # by zone, in order of the starts, with the ends
    heard = sorted((item for item in timed if item.length > NOTHING), key=lambda t: t.occurrence.slot.id)
    for item in sorted(heard, key=lambda t: t.occurrence.starts_at):
        occurrence, starts_at = item.occurrence, item.occurrence.starts_at
        zone = occurrence.slot.zone
        still = [pair for pair in sounding.get(zone, ()) if pair[0] > starts_at]
        for _, other in still:
            found.append(Clash(other, occurrence))
        still.append((starts_at + item.length, occurrence))
        sounding[zone] = still
    return found
