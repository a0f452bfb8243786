"""Clashes: two occurrences that would sound at the same time in one zone, or one of them everywhere. Touching is no
clash."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter

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
    """Every pair that overlaps, ordered by second, then first: O(n log n) and the pairs."""
    places: dict[str, list[Timed]] = {}
    for item in timed:
        if item.length > NOTHING:
            places.setdefault(zone_of(item.occurrence.slot), []).append(item)
    for items in places.values():
        items.sort(key=_order)
    found = [clash for items in places.values() for clash in _among(items)]
    everywhere = places.pop(EVERYWHERE, [])
    found += [clash for items in places.values() for clash in _between(*sorted((items, everywhere), key=len))]
    return sorted(found, key=lambda clash: (_place(clash.second), _place(clash.first)))


def _among(items: Sequence[Timed]) -> Iterator[Clash]:
    """Of what is in order of its starts. What still sounds when another starts is a clash each, so looking at all of it
    costs no more than telling it; mostly there is nothing to look at."""
    sounding: list[tuple[datetime, Occurrence]] = []  # with the ends
    silent_at = None
    for item in items:
        occurrence, starts_at = item.occurrence, item.occurrence.starts_at
        ends_at = starts_at + item.length
        if silent_at is None or silent_at <= starts_at:
            sounding, silent_at = [(ends_at, occurrence)], ends_at
            continue
        sounding = [pair for pair in sounding if pair[0] > starts_at]
        yield from (Clash(other, occurrence) for _, other in sounding)
        sounding.append((ends_at, occurrence))
        silent_at = max(silent_at, ends_at)


def _between(few: Sequence[Timed], many: Sequence[Timed]) -> Iterator[Clash]:
    """Pairs of one of the few with one of the many; both are in order of their starts."""
    if not few:
        return
    starts = [item.occurrence.starts_at for item in many]
    longest = max(item.length for item in many)
    for one in few:
        begins, ends = one.occurrence.starts_at, one.ends_at
        for other in many[bisect_right(starts, begins - longest) : bisect_left(starts, ends)]:
            if other.ends_at > begins:
                yield Clash(*sorted((one.occurrence, other.occurrence), key=_place))


def _place(occurrence: Occurrence) -> tuple[datetime, str]:
    return occurrence.starts_at, occurrence.slot.id


_order = attrgetter("occurrence.starts_at", "occurrence.slot.id")
