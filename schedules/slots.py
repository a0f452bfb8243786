"""Slots and their occurrences. An occurrence is (slot, instant): computed, never stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from schedules.late import LatePolicy
from schedules.pauses import Pause, paused
from schedules.rules import Rule, to_utc, wall_times

MARGIN = timedelta(days=2)  # a clock change moves a wall time by a day at most (Samoa skipped 30 December 2011)


class Klass(StrEnum):
    """Thông tư 39/2020/TT-BTTTT: thông thường and ưu tiên (khẩn cấp is never scheduled)."""

    THUONG = "thuong"
    UU_TIEN = "uu-tien"


@dataclass(frozen=True)
class Slot:
    """When (rule) what (programme) airs where (zone); programme and zone are ids."""

    id: str
    programme: str
    zone: str
    rule: Rule
    klass: Klass
    late: LatePolicy


@dataclass(frozen=True)
class Occurrence:
    """One moment of a slot, aware UTC."""

    slot: Slot
    starts_at: datetime


def occurrences(
    slot: Slot, start: datetime, end: datetime, tz: ZoneInfo, pauses: Iterable[Pause] = ()
) -> list[Occurrence]:
    """Occurrences with start <= starts_at < end (aware), in order, without those whose wall date is paused."""
    if end <= start:
        return []
    held = tuple(pauses)
    first = (start.astimezone(tz) - MARGIN).date()
    last = (end.astimezone(tz) + MARGIN).date()
    # A set: where a zone skips a whole day, its wall time and the next day's are one instant.
    instants = {to_utc(wall, tz) for wall in wall_times(slot.rule, first, last) if not paused(held, slot, wall.date())}
    return [Occurrence(slot, instant) for instant in sorted(instants) if start <= instant < end]
