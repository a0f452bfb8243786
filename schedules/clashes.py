"""Clashes: two occurrences that would sound at the same time in one zone, or one of them everywhere. Touching is no
clash."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from schedules.slots import Occurrence, Slot

NOTHING = timedelta(0)
EVERYWHERE = "all"  # the zone that holds every other


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


def meet(one: str, other: str) -> bool:
    """Whether what sounds in one zone is heard in the other."""
    return one == other or EVERYWHERE in (one, other)


def _own_zone(slot: Slot) -> str:
    return slot.zone


def clashes(timed: Iterable[Timed], zone_of: Callable[[Slot], str] = _own_zone) -> list[Clash]:
    """Every pair that overlaps, ordered by second, then first: a sweep over the starts, O(n log n), the pairs, and
    the zones where something sounds everywhere.

    What still sounds when another starts is a clash each; so looking at all of it costs no more than telling it.
    """
    found = []
    sounding: dict[str, list[tuple[datetime, Occurrence]]] = {}  # by zone, in order of the starts, with the ends
    heard = sorted((item for item in timed if item.length > NOTHING), key=_order)
    for item in heard:
        occurrence, starts_at = item.occurrence, item.occurrence.starts_at
        zone = zone_of(occurrence.slot)
        still: list[tuple[datetime, Occurrence]] = []
        for place in [*sounding] if zone == EVERYWHERE else [zone, EVERYWHERE]:
            sounding[place] = [pair for pair in sounding.get(place, ()) if pair[0] > starts_at]
            still += sounding[place]
        found += [Clash(other, occurrence) for other in sorted((o for _, o in still), key=_place)]
        sounding.setdefault(zone, []).append((starts_at + item.length, occurrence))
    return found


def _place(occurrence: Occurrence) -> tuple[datetime, str]:
    return occurrence.starts_at, occurrence.slot.id


def _order(item: Timed) -> tuple[datetime, str]:
    return _place(item.occurrence)
