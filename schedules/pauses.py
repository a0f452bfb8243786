"""Pauses: wall dates on which slots don't air, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from schedules.errors import BadPause


class Aired(Protocol):
    """What a pause asks of a slot. Slots know pauses; this way pauses need not know slots."""

    @property
    def programme(self) -> str: ...

    @property
    def zone(self) -> str: ...


@dataclass(frozen=True)
class Pause:
    """Wall dates from `first` to `last`, both included; for everything, or only for a programme, a zone, or one in
    the other."""

    id: str
    first: date
    last: date
    reason: str
    programme: str | None = None
    zone: str | None = None

    def __post_init__(self) -> None:
        """Raises BadPause dates-reversed."""
        if self.last < self.first:
            raise BadPause("dates-reversed", first=self.first, last=self.last)

    def holds(self, slot: Aired, day: date) -> bool:
        return (
            self.first <= day <= self.last
            and self.programme in (None, slot.programme)
            and self.zone in (None, slot.zone)
        )


def paused(pauses: Iterable[Pause], slot: Aired, wall_date: date) -> Pause | None:
    """The first of the pauses that holds the slot on that wall date."""
    return next((pause for pause in pauses if pause.holds(slot, wall_date)), None)
