"""What was missed asks to be made up for, until somebody plays it or says that it is not to be; each only once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from broadcaster import asrun, broadcasts, bulletins, editions, playing, stamps, words, zones
from broadcaster.asrun import Entry
from broadcaster.broadcasts import Status
from broadcaster.columns import Base
from broadcaster.errors import BroadcasterError
from broadcaster.models import Broadcast, Bulletin, Programme
from broadcaster.models_station import AsRun

ASKS = timedelta(days=7)  # by then the next weekly edition has aired; the log still tells of it
OUTCOMES = (Status.MISSED, Status.FAILED)
NOT_AGAIN = ("alert", "mic")  # an old alert is written anew, and nobody speaks twice
LONGEST_REASON = 300


class Playable(Protocol):
    """What a line of the log and a block of the week have in common."""

    @property
    def kind(self) -> str: ...


class MissedAnswer(Base):
    """What became of a missed broadcast: "played" (`replay` is the broadcast that made up for it) or "dismissed".

    One row a broadcast: the key sees to it that of two people only the first is heard.
    """

    __tablename__ = "missed_answer"
    broadcast_id: Mapped[str] = mapped_column(primary_key=True)
    what: Mapped[str]
    title: Mapped[str]
    by: Mapped[str]
    answered_at: Mapped[datetime]
    reason: Mapped[str | None]
    replay: Mapped[str | None] = mapped_column(sa.ForeignKey("broadcast.id"))


_hindered: stamps.Shelf[tuple[str, date], BroadcasterError | None] = stamps.Shelf(
    stamps.AIR, stamps.EDITIONS, stamps.PLACES
)


def asking(session: Session, now: datetime) -> list[Entry]:
    """What was missed in the last days and has no answer yet, newest first."""
    answered = sa.select(MissedAnswer.broadcast_id)
    query = sa.select(AsRun).where(
        AsRun.outcome.in_(OUTCOMES),
        AsRun.planned_at > now - ASKS,
        AsRun.kind != "mic",
        AsRun.broadcast_id.not_in(answered),
    )
    return asrun.shown(session, session.scalars(query.order_by(AsRun.planned_at.desc(), AsRun.id.desc())))


def answers(session: Session, among: Collection[str]) -> dict[str, MissedAnswer]:
    """The answers among these broadcasts."""
    found = session.scalars(sa.select(MissedAnswer).where(MissedAnswer.broadcast_id.in_(among)))
    return {answer.broadcast_id: answer for answer in found}


def playable(entry: Playable) -> bool:
    """Whether it is of a kind that playing it now would make up for."""
    return entry.kind not in NOT_AGAIN


def hindrance(session: Session, which: str, now: datetime, tz: ZoneInfo) -> BroadcasterError | None:
    """Why `play` would refuse, if it would: what is not to be had is not offered."""
    return hindrances(session, [which], now, tz)[which]


def hindrances(
    session: Session, among: Collection[str], now: datetime, tz: ZoneInfo
) -> dict[str, BroadcasterError | None]:
    """The same of several, with one look at the stamps."""
    kept, day = _hindered.of(session), now.astimezone(tz).date()
    for which in among:
        if (which, day) not in kept:
            kept[which, day] = _hindrance(session, which, now, tz)
    return {which: kept[which, day] for which in among}


def _hindrance(session: Session, which: str, now: datetime, tz: ZoneInfo) -> BroadcasterError | None:
    missed = session.get(Broadcast, which)
    if missed is None:
        return BroadcasterError("missed-unknown", usage=True, id=which)
    try:
        _sound(session, missed, now, tz)
        zones.check(session, missed.zone)
    except BroadcasterError as error:
        return error
    return None


def play(session: Session, which: str, *, by: str, now: datetime, tz: ZoneInfo, reason: str = "") -> Broadcast:
    """Into the queue of its zone, as anything that is played by hand: what it was to play, if that may still air, else
    what its programme has for that day by now. The log names the broadcast it makes up for.

    Raises BroadcasterError missed-unknown, missed-answered, missed-nothing, missed-live, missed-expired,
    zone-missing, reason-outside.
    """
    missed = _asked(session, which)
    sound, title, facts = _sound(session, missed, now, tz)
    replay = playing.recording(
        session,
        broadcasts.recording(session, sound),
        by=by,
        now=now,
        tz=tz,
        title=title,
        zone=missed.zone,
        why=reason,
        facts=facts,
    )
    replay.programme_id = missed.programme_id
    replay.remark = words.made_up(missed.starts_at, replay.remark, tz)
    _answer(session, missed, "played", by, now, reason, replay.id)
    return replay


def dismiss(session: Session, which: str, *, by: str, now: datetime, reason: str = "") -> MissedAnswer:
    """Nobody needs to be asked about it any more. Raises BroadcasterError missed-unknown, missed-answered."""
    return _answer(session, _asked(session, which), "dismissed", by, now, reason, None)


def _asked(session: Session, which: str) -> Broadcast:
    """The missed broadcast of this id, or of an id ending so."""
    query = sa.select(AsRun.broadcast_id).where(AsRun.outcome.in_((*OUTCOMES, Status.CUT)))
    exact = session.scalars(query.where(AsRun.broadcast_id == which)).all()
    found = exact or session.scalars(query.where(AsRun.broadcast_id.endswith(which, autoescape=True)).limit(2)).all()
    missed = session.get(Broadcast, found[0]) if len(found) == 1 else None
    if missed is None or missed.kind == "mic":
        raise BroadcasterError("missed-unknown", usage=True, id=which)
    answer = session.get(MissedAnswer, missed.id)
    if answer:
        raise BroadcasterError("missed-answered", by=answer.by, at=answer.answered_at)
    return missed


def _sound(session: Session, missed: Broadcast, now: datetime, tz: ZoneInfo) -> tuple[str, str, dict[str, str]]:
    """What is to be heard: a recording, its title, and who approved it."""
    nothing = BroadcasterError("missed-nothing", title=missed.title)
    if missed.live:
        raise BroadcasterError("missed-live", title=missed.title)
    if missed.kind in NOT_AGAIN:
        raise nothing
    broken = frozenset({missed.recording or ""}) if missed.status == Status.FAILED else frozenset()
    kept = missed.recording and missed.recording not in broken
    if missed.bulletin_id is None and missed.programme_id is None and missed.recording:
        return missed.recording, missed.title, {}
    if kept and missed.recording and bulletins.released(session, missed.bulletin_id, missed.recording):
        facts = {"text_sha256": missed.text_sha256 or "", "approved_by": missed.approved_by or ""}
        facts |= {"bulletin_id": missed.bulletin_id} if missed.bulletin_id else {}
        found = missed.recording, missed.title, facts
    else:
        programme = session.get(Programme, missed.programme_id) if missed.programme_id else None
        moment = missed.repeats_at or missed.starts_at
        edition = editions.choose(session, programme, moment, tz, without=broken) if programme else None
        if programme is None or edition is None:
            raise nothing
        found = edition.recording, f"{programme.name}: {edition.title}", edition.facts()
    bulletin = session.get(Bulletin, found[2].get("bulletin_id", ""))
    if bulletin and bulletin.expires and bulletin.expires < now.astimezone(tz).date():
        raise BroadcasterError("missed-expired", title=found[1])
    return found


def _answer(
    session: Session, missed: Broadcast, what: str, by: str, now: datetime, reason: str, replay: str | None
) -> MissedAnswer:
    answer = MissedAnswer(
        broadcast_id=missed.id,
        what=what,
        title=missed.title,
        by=by,
        answered_at=now,
        reason=" ".join(reason.split())[:LONGEST_REASON] or None,
        replay=replay,
    )
    session.add(answer)
    try:
        session.flush()
    except IntegrityError as error:  # on a server somebody may answer between our look and our word
        raise BroadcasterError("missed-answered-now") from error
    return answer
