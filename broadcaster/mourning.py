"""In mourning no music is heard, everything that is said is. An edition airs as it was rendered once more without
music; until there is such a rendering its jingles fall silent. What is nothing but music does not air.

What sounds everywhere keeps to the mourning of any zone: its words are for that zone too. Where it is nothing but
music, only the zones in mourning leave it out (see broadcaster.closed).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from audio.format import RATE
from broadcaster import music, renderings, timetable
from broadcaster.broadcasts import Status
from broadcaster.editions import Edition
from broadcaster.errors import BroadcasterError
from broadcaster.hours import EVERYWHERE
from broadcaster.models import Broadcast, Bulletin, Recording
from schedules.periods import Airing, Period, mourned

MUSIC = "mourning-music"  # why something does not air
PLAIN, CUT = "mourning", "mourning-cut"  # what the plan and the log tell: without music; only its jingles left out
TOLD = (PLAIN, CUT)
Span: TypeAlias = tuple[int, int]  # first frame, frame after the last one


def holds(
    periods: Iterable[Period], at: datetime, tz: ZoneInfo, programme: str | None = None, zone: str = EVERYWHERE
) -> bool:
    """Whether what is heard there at an instant is heard in mourning, be it in one zone of all."""
    periods = list(periods)
    places = {zone, *(p.zone for p in periods if p.zone)} if zone == EVERYWHERE else {zone}
    return any(all_of(periods, at, tz, programme, place) for place in places)


def all_of(
    periods: Iterable[Period], at: datetime, tz: ZoneInfo, programme: str | None = None, zone: str = EVERYWHERE
) -> bool:
    """Whether mourning was said for the zone itself, or for everywhere."""
    return mourned(periods, Airing(programme or "", zone), at.astimezone(tz).date()) is not None


def expect_speech(session: Session, recording: Recording, at: datetime, tz: ZoneInfo, zone: str = EVERYWHERE) -> None:
    """Raises BroadcasterError mourning-music."""
    if all_of(timetable.periods(session), at, tz, zone=zone) and music.is_music(session, recording):
        raise BroadcasterError(MUSIC, title=recording.title)


def want(session: Session, broadcast: Broadcast, now: datetime) -> None:
    """Have what it will say rendered without music, well before it airs."""
    if broadcast.mourning and broadcast.bulletin_id:
        renderings.want_for_mourning(session, session.get_one(Bulletin, broadcast.bulletin_id), now)


def instead(session: Session, edition: Edition, without: frozenset[str] = frozenset()) -> Edition:
    """The edition as it is heard in mourning: without music where it has been rendered so."""
    recording = _plain(session, edition.bulletin_id, without)
    if recording is None:
        return edition
    return replace(edition, recording=recording.sha256, length=timedelta(seconds=recording.frames / RATE))


def refusal(session: Session, broadcast: Broadcast, recording: str | None, at: datetime, tz: ZoneInfo) -> str | None:
    """Why a recording may not be heard in mourning wherever that broadcast is, as a code."""
    if not _music(session, recording):
        return None
    everywhere = all_of(timetable.periods(session), at, tz, broadcast.programme_id, broadcast.zone)
    return MUSIC if everywhere else None


def _music(session: Session, recording: str | None) -> bool:
    found = session.get(Recording, recording) if recording else None
    return found is not None and music.is_music(session, found)


def note(session: Session, broadcast_bulletin: str | None, recording: str) -> str | None:
    """What people are to be told of a broadcast in mourning; nothing of music, which some zones leave out."""
    if _music(session, recording):
        return None
    if broadcast_bulletin is None:
        return PLAIN
    plain = {r.recording for r in renderings.for_mourning(session, session.get_one(Bulletin, broadcast_bulletin))}
    return PLAIN if recording in plain else CUT


def settle(session: Session, broadcast: Broadcast, at: datetime, tz: ZoneInfo) -> None:
    """Take over what mourning makes of something that a person has planned or queued, as of now; `at` is when it airs.

    It changes nothing that is as it should be: it is asked at every pass.
    """
    mourning = holds(timetable.periods(session), at, tz, broadcast.programme_id, broadcast.zone)
    if mourning and (plain := _plain(session, broadcast.bulletin_id)):
        recording: str | None = plain.sha256
    elif not mourning and broadcast.mourning and broadcast.bulletin_id:
        recording = session.get_one(Bulletin, broadcast.bulletin_id).audio_sha256
    else:
        recording = broadcast.recording
    refused = refusal(session, broadcast, recording, at, tz) if mourning else None
    others = [code for code in (broadcast.note or "").split() if code not in TOLD]
    told = note(session, broadcast.bulletin_id, recording) if mourning and recording and not refused else None
    wanted = {
        "mourning": mourning,
        "recording": recording,
        "refused": refused or (None if broadcast.refused == MUSIC else broadcast.refused),
        "note": " ".join([*others, *filter(None, [told])]) or None,
    }
    for name, value in wanted.items():
        if getattr(broadcast, name) != value:
            setattr(broadcast, name, value)


def prepare(session: Session, broadcasts: Iterable[Broadcast], now: datetime, tz: ZoneInfo) -> None:
    """The same of all that waits by the hand of a person, and what has to be rendered for it."""
    for broadcast in broadcasts:
        if broadcast.began_at is None and broadcast.status == Status.READY:
            settle(session, broadcast, max(broadcast.starts_at, now), tz)
            want(session, broadcast, now)


def _plain(session: Session, bulletin_id: str | None, without: frozenset[str] = frozenset()) -> Recording | None:
    if bulletin_id is None:
        return None
    made = renderings.for_mourning(session, session.get_one(Bulletin, bulletin_id))
    sound = next((r.recording for r in made if r.recording and r.recording not in without), None)
    return session.get(Recording, sound) if sound else None


def audible(broadcast: Broadcast, recording: Recording) -> Span:
    """The part of a broadcast's recording that may be heard: all of it, or in mourning what lies between the jingles
    at its ends."""
    said = [s for s in recording.segments if s["kind"] not in music.SOUNDLESS]
    if not broadcast.mourning or not said:
        return 0, recording.frames
    return round(said[0]["start_s"] * RATE), min(recording.frames, round(said[-1]["end_s"] * RATE))


def silent(broadcast: Broadcast, recording: Recording) -> tuple[Span, ...]:
    """The jingles within that part: they pass in silence, so that everything stays where it was. Where nothing is said
    it is heard only outside mourning."""
    if not broadcast.mourning or all(s["kind"] in music.SOUNDLESS for s in recording.segments):
        return ()
    first, last = audible(broadcast, recording)
    jingles = (s for s in recording.segments if s["kind"] == "jingle")
    spans = ((round(s["start_s"] * RATE), round(s["end_s"] * RATE)) for s in jingles)
    return tuple((begin, end) for begin, end in spans if first < begin and end < last)
