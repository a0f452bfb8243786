"""What people put on air out of its turn: a recording or a programme, queued or planned for an instant; and the rule
that outside the allowed hours, and beyond what a day may carry, whatever they order needs a written reason, which the
log keeps."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from audio.format import RATE
from broadcaster import broadcasts, carried, editions, hours, mourning, programmes, zones
from broadcaster.errors import BroadcasterError
from broadcaster.hours import EVERYWHERE
from broadcaster.models import Broadcast, Recording
from schedules.hours import Carried, Refusal

LONGEST_REASON = 300


def refused(
    session: Session, at: datetime, tz: ZoneInfo, zone: str = EVERYWHERE, day: Collection[Carried] | None = None
) -> Refusal | None:
    """Why the hours, or what the day carries already (`day`, if that is known), forbid what begins now; None when they
    don't."""
    others = carried.beside(session, at, tz, now=at) if day is None else day
    more = Carried(zone, None, timedelta(0))
    return hours.refusal(hours.of_zone(session, zone), at, tz, more, others, hours.OVERRUN)


def excuse(
    session: Session,
    typed: str,
    at: datetime,
    tz: ZoneInfo,
    length: timedelta = timedelta(0),
    zone: str = EVERYWHERE,
    *,
    now: datetime | None = None,
    edition: str | None = None,
    but: str = "",
    of_day: bool = True,
) -> dict[str, Any]:
    """What a broadcast keeps of a reason that was typed, and of what it overrules; nothing within the hours.

    `edition` is what it would be a repeat of, `but` its id when it is stored already; not `of_day`: only its hours are
    asked, not what the day carries. Raises BroadcasterError zone-missing, reason-outside.
    """
    said, zone = " ".join(typed.split())[:LONGEST_REASON], zones.check(session, zone)
    more = Carried(zones.places(session)(zone) or zone, edition, length)
    others = carried.beside(session, at, tz, now=now or at, but=but) if of_day else []
    overruled = () if of_day else carried.CODES
    found = [
        refusal
        for refusal in hours.refusals(hours.of_zone(session, zone), at, tz, more, others, hours.OVERRUN)
        if refusal.code not in overruled
    ]
    if found and not said:
        raise BroadcasterError("reason-outside", refusal=found[0])
    return {"remark": said, "overruled": [refusal.code for refusal in found]} if found else {}


def reason(
    session: Session,
    typed: str,
    at: datetime,
    tz: ZoneInfo,
    length: timedelta = timedelta(0),
    zone: str = EVERYWHERE,
) -> str | None:
    """What the log is to keep of a reason for what takes nothing of the day: nothing within the hours. Raises as
    `excuse`."""
    said: str | None = excuse(session, typed, at, tz, length, zone, of_day=False).get("remark")
    return said


def recording(
    session: Session,
    sound: Recording,
    *,
    by: str,
    now: datetime,
    tz: ZoneInfo,
    at: datetime | None = None,
    title: str = "",
    zone: str = EVERYWHERE,
    late: str | None = None,
    why: str = "",
    facts: Mapping[str, str] | None = None,
    of_day: bool = True,
) -> Broadcast:
    """Into the queue, or planned for an instant. `why` is the reason outside the hours, or beyond what a day may carry;
    not `of_day`: something that people try, which no day is asked about.

    Raises BroadcasterError mourning-music, reason-outside, time-past, late-bad, zone-missing.
    """
    broadcasts.expect_coming(at, now)
    mourning.expect_speech(session, sound, at or now, tz, zone)
    what = carried.edition((facts or {}).get("bulletin_id"), sound.sha256)
    length = timedelta(seconds=sound.frames / RATE)
    kept = excuse(session, why, at or now, tz, length, zone, now=now, edition=what, of_day=of_day)
    if not of_day:
        kept = carried.exempt(kept)
    return broadcasts.play(
        session, sound, by=by, now=now, at=at, title=title, zone=zone, late=late, facts={**(facts or {}), **kept}
    )


def programme(
    session: Session,
    name: str,
    *,
    by: str,
    now: datetime,
    tz: ZoneInfo,
    at: datetime | None = None,
    zone: str = EVERYWHERE,
    late: str | None = None,
    why: str = "",
) -> Broadcast:
    """Its edition of the moment. Raises BroadcasterError programme-unknown, no-edition, and as `recording`."""
    found = programmes.get(session, name)
    edition = editions.choose(session, found, at or now, tz)
    if edition is None:
        raise BroadcasterError("no-edition", name=found.name)
    return recording(
        session,
        broadcasts.recording(session, edition.recording),
        by=by,
        now=now,
        tz=tz,
        at=at,
        title=f"{found.name}: {edition.title}",
        zone=zone,
        late=late,
        why=why,
        facts=edition.facts(),
    )
