"""Pauses: wall dates on which slots don't air, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Pause:
    """From `first` to `last`, both included; for everything, or for one programme or one zone."""

    id: str
    first: date
    last: date
    reason: str
    programme: str | None = None
    zone: str | None = None

    def holds(self, programme: str, zone: str, day: date) -> bool:
        return self.first <= day <= self.last and self.programme in (None, programme) and self.zone in (None, zone)


def paused(pauses: Iterable[Pause], programme: str, zone: str, day: date) -> Pause | None:
    """The first pause that holds a programme in a zone on a wall date."""
    return next((p for p in pauses if p.holds(programme, zone, day)), None)
