"""Zones that what sounds everywhere leaves out: where it is paused, where the zone's own hours forbid it, or where it
is music and the zone is in mourning."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster import hours, music, timetable, zones
from broadcaster.hours import EVERYWHERE
from broadcaster.models import Broadcast, HoursRow, Recording
from broadcaster.phrases import REASONS
from schedules.hours import refuse
from schedules.periods import Airing, mourned, paused

PLANNED = ("scheduled", "at", "queue")  # kinds that have hours; alerts and microphones are heard at any time
SOME, EVERY = "zone-left-out", "zones-closed"  # for plan and log: some zone leaves it out, or all do


class Closed:
    """Looked up once, asked about many broadcasts."""

    def __init__(self, session: Session, tz: ZoneInfo) -> None:
        self._session, self._tz = session, tz
        self._names = {zone.slug: zone.name for zone in zones.listed(session) if zone.outputs}
        own = session.scalars(sa.select(HoursRow.zone).where(HoursRow.zone != EVERYWHERE)) if self._names else ()
        self._hours = {slug: hours.of_zone(session, slug) for slug in own if slug in self._names}
        self._periods = [p for p in timetable.periods(session) if p.zone in self._names]

    def to(
        self,
        broadcast: Broadcast,
        at: datetime,
        length: timedelta,
        recording: str | None,
        *,
        rests_on_holidays: bool,
        overruled: bool,
    ) -> dict[str, str]:
        """{zone: why, in the words of the log}, of the zones in which a broadcast for everywhere is not to be heard
        when it begins at an instant. `overruled`: somebody gave a reason against the hours.

        A pause keeps only what comes by the plan off the air, as everywhere.
        """
        if broadcast.zone != EVERYWHERE or broadcast.kind not in PLANNED:
            return {}
        wall = at.astimezone(self._tz).replace(tzinfo=None)
        found: dict[str, str] = {}
        for slug in self._names:
            aired = Airing(broadcast.programme_id or "", slug, rests_on_holidays)
            held = [p for p in self._periods if p.zone == slug] if broadcast.kind == "scheduled" else []
            if period := paused(held, aired, wall.date()):
                found[slug] = period.reason
            elif mourned(self._periods, aired, wall.date()) and self._is_music(recording):
                found[slug] = REASONS["mourning-music"]
            elif slug in self._hours and not overruled:
                refusal = refuse(self._hours[slug], wall, length, hours.OVERRUN)
                found |= {slug: REASONS[f"hours-{refusal.code}"]} if refusal else {}
        return found

    def _is_music(self, sha256: str | None) -> bool:
        recording = self._session.get(Recording, sha256) if sha256 else None
        return recording is not None and music.is_music(self._session, recording)

    def everywhere(self, closed: Mapping[str, str]) -> bool:
        """Whether nothing is left where it could be heard."""
        return bool(closed) and closed.keys() == self._names.keys()

    def told(self, closed: Mapping[str, str]) -> str | None:
        """For the log."""
        return "; ".join(f"không phát ở {self._names[slug]}: {why}" for slug, why in closed.items()) or None
