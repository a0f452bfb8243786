"""Live broadcasts as people order them: the relay of a network stream from-to, the microphone, the test tone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import numpy as np
import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio import files
from audio.format import RATE
from broadcaster import asrun, broadcasts, carried, playing, programmes, store, wishes, zones
from broadcaster.broadcasts import Status
from broadcaster.clock import Clock
from broadcaster.database import Sessions, looking
from broadcaster.editorial import station_is_alive
from broadcaster.errors import BroadcasterError
from broadcaster.models import Broadcast, Programme
from broadcaster.settings import Settings

STREAMS = ("http", "https", "rtmp")
QUIET_S = 120.0  # a microphone nobody speaks into goes off by itself
LATELY = 2000  # broadcasts of any kind: weeks, and no more than a blink to go through
MOST_LOOKED = 60  # planned broadcasts that are looked through for addresses
MOST_RELAY_S = 12 * 3600.0
TONE_HZ, TONE_S, TONE_PEAK = 1000.0, 3.0, 0.2


def relay_facts(url: str, seconds: float, fallback: str | None) -> dict[str, object]:
    """What Broadcast.live and Programme.relay hold. Raises BroadcasterError relay-bad, relay-length."""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in STREAMS and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port or a bracketed host that is none
        sound = False
    if not sound:
        raise BroadcasterError("relay-bad", usage=True, url=url)
    if not 0 < seconds <= MOST_RELAY_S:
        raise BroadcasterError("relay-length", usage=True, most=MOST_RELAY_S / 3600)
    return {"url": url, "fallback": fallback, "seconds": seconds}


def relay(
    session: Session,
    url: str,
    start: datetime,
    end: datetime,
    *,
    fallback: str | None,
    zone: str,
    by: str,
    now: datetime,
    title: str = "",
    excuse: Mapping[str, Any] | None = None,
) -> Broadcast:
    """Carry a stream from `start` to `end`. `excuse` is what `playing.excuse` says of it.

    Raises BroadcasterError relay-bad, relay-length, time-past, zone-missing.
    """
    _expect_coming(end, now)
    facts = relay_facts(url, (end - start).total_seconds(), fallback)
    title = title or f"Tiếp sóng {urlsplit(url).hostname}"
    return _add(session, "at", title, zone, start, by, now, facts, excuse or {})


def relays(
    session: Session,
    url: str,
    start: datetime,
    end: datetime,
    *,
    into: Sequence[str],
    reason: str,
    tz: ZoneInfo,
    fallback: str | None,
    by: str,
    now: datetime,
    title: str = "",
) -> list[Broadcast]:
    """The same for some zones as one order; `reason` is what a person gave for being outside the hours or the day.

    Raises as `relay`, and reason-outside.
    """
    _expect_coming(end, now)  # what can never be is said before a reason is asked for
    rows = []
    for zone in into:
        excuse = playing.excuse(session, reason, start, tz, end - start, zone, now=now)
        rows.append(
            relay(session, url, start, end, fallback=fallback, zone=zone, by=by, now=now, title=title, excuse=excuse)
        )
    join(rows)
    return rows


def _expect_coming(end: datetime, now: datetime) -> None:
    if end <= now:
        raise BroadcasterError("time-past", usage=True, at=end)


def relay_programme(
    session: Session, slug: str, name: str, url: str, seconds: float, fallback: str | None
) -> Programme:
    """A programme that carries a stream, for slots; or another stream for the one of this slug.

    Raises BroadcasterError relay-bad, relay-length.
    """
    facts = relay_facts(url, seconds, fallback)
    found = next((p for p in programmes.listed(session, retired=True) if p.slug == slug), None)
    if found is None:
        found = Programme(slug=slug, name=name)
        session.add(found)
    found.name, found.relay, found.retired_at = name, facts, None
    session.flush()
    return found


def microphone(
    session: Session,
    *,
    zone: str,
    by: str,
    now: datetime,
    device: str = "",
    ducks: bool = False,
    quiet_s: float = QUIET_S,
    chimes: bool = True,
    longest_s: float = 0.0,
    remark: str | None = None,
) -> Broadcast:
    """Somebody speaks, now, for at most `longest_s` (0: as long as they like). `ducks`: what plays goes on softly.

    Raises BroadcasterError zone-missing.
    """
    facts: dict[str, object] = {
        "device": device,
        "ducks": ducks,
        "quiet_s": quiet_s,
        "chimes": chimes,
        "longest_s": longest_s,
    }
    return _add(session, "mic", "Phát thanh trực tiếp", zone, now, by, now, facts, {"remark": remark})


def microphones(
    session: Session,
    *,
    into: Sequence[str],
    reason: str,
    tz: ZoneInfo,
    by: str,
    now: datetime,
    device: str,
    ducks: bool,
    quiet_s: float = QUIET_S,
    chimes: bool,
    longest_s: float,
) -> list[Broadcast]:
    """The same for some zones as one order; `reason` is what a person gave for being outside the hours.

    Raises as `microphone`, and reason-outside.
    """
    rows = []
    for zone in into:
        remark = playing.reason(session, reason, now, tz, timedelta(seconds=longest_s), zone)
        rows.append(
            microphone(
                session, zone=zone, by=by, now=now, device=device, ducks=ducks, quiet_s=quiet_s, chimes=chimes,
                longest_s=longest_s, remark=remark,
            )
        )  # fmt: skip
    join(rows)
    return rows


def join(rows: Sequence[Broadcast]) -> None:
    """Let what was ordered for several zones in one go be heard from one opening (see `sources`) and end as one."""
    if len(rows) > 1:
        for row in rows:
            row.live = {**(row.live or {}), "order": rows[0].id}


def order_of(row: Broadcast) -> str:
    """What the broadcasts of one order have in common, and no others."""
    return str((row.live or {}).get("order", row.id))


def coming(session: Session, now: datetime) -> list[Broadcast]:
    """Relays and microphones that were ordered and are not over, the earliest first."""
    query = sa.select(Broadcast).where(
        Broadcast.kind.in_(["at", "mic"]),
        Broadcast.status.in_([Status.READY, Status.ON_AIR]),
        Broadcast.starts_at > now - timedelta(days=1),
    )
    return [row for row in session.scalars(query.order_by(Broadcast.starts_at)) if row.live]


def addresses(session: Session) -> list[str]:
    """Streams that were relayed lately or belong to a programme, the newest first."""
    last = sa.select(Broadcast.kind, Broadcast.live).order_by(Broadcast.id.desc()).limit(LATELY).subquery()
    ordered = sa.select(last.c.live).where(last.c.kind == "at").limit(MOST_LOOKED)
    found = [*session.scalars(ordered), *(programme.relay for programme in programmes.listed(session))]
    return list(dict.fromkeys(str(facts["url"]) for facts in found if facts and "url" in facts))


def end(sessions: Sessions, broadcast_id: str, by: str, clock: Clock) -> str:
    """End a relay or microphone that is on air, or take it back before, in every zone of its order; its title.

    Raises BroadcasterError live-over, station-dead.
    """
    with sessions.begin() as session:
        row = session.get(Broadcast, broadcast_id)
        if row is None or not row.live or row.status in broadcasts.ENDS:
            raise BroadcasterError("live-over")
        title, on_air = row.title, list[str]()
        for each in {row, *(r for r in coming(session, clock.now()) if order_of(r) == order_of(row))}:
            if each.status == Status.ON_AIR:
                on_air.append(each.id)
            else:
                asrun.end(session, each, Status.WITHDRAWN, clock.now(), "ended")
    for key in on_air:
        wishes.ask(sessions, "end", by, clock, key)
    return title


def close_microphones(sessions: Sessions, by: str, clock: Clock) -> None:
    """End every microphone, open or about to be. Raises BroadcasterError station-dead, no-microphone."""
    with looking(sessions) as session:
        opened = any(row.kind == "mic" for row in coming(session, clock.now()))
    if not opened and station_is_alive(sessions, clock):
        raise BroadcasterError("no-microphone")
    wishes.ask(sessions, "mic-stop", by, clock)


def tone(
    sessions: Sessions,
    settings: Settings,
    *,
    zone: str,
    by: str,
    now: datetime,
    excuse: Mapping[str, Any] | None = None,
) -> Broadcast:
    """The test tone, next in the queue of a zone; `excuse` is what `playing.excuse` says of it."""
    moment = np.arange(round(TONE_S * RATE)) / RATE
    softly = np.minimum(1.0, np.minimum(moment, TONE_S - moment) / 0.02)
    with TemporaryDirectory(dir=settings.recordings) as folder:
        path = Path(folder) / "tone.wav"
        files.write(path, (TONE_PEAK * softly * np.sin(2 * np.pi * TONE_HZ * moment)).astype(np.float32))
        recording = store.import_recording(sessions, settings, path, "Âm thử loa", now)
    with sessions.begin() as session:
        facts = carried.exempt(excuse or {})
        return broadcasts.play(session, recording, by=by, now=now, zone=zones.check(session, zone), facts=facts)


def _add(
    session: Session,
    kind: str,
    title: str,
    zone: str,
    start: datetime,
    by: str,
    now: datetime,
    facts: dict[str, object],
    excuse: Mapping[str, Any],
) -> Broadcast:
    broadcast = Broadcast(
        kind=kind,
        title=title,
        zone=zones.check(session, zone),
        starts_at=start,
        status=Status.READY,
        by=by,
        live=facts,
        created_at=now,
        **excuse,
    )
    session.add(broadcast)
    session.flush()
    return broadcast
