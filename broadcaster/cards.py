"""A programme at a glance: when it airs, its last edition, how long one is, and what it still lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster import bulletins, corrections, editor, lengths, programmes, voices
from broadcaster.library import LibraryVersion
from broadcaster.manner import manner
from broadcaster.models import Broadcast, Bulletin, Programme, SlotRow
from broadcaster.models_station import AsRun
from broadcaster.settings import Settings
from broadcaster.store import path_of


@dataclass(frozen=True)
class Lack:
    """`code` as in broadcaster.programme_phrases.LACKS; `at` is the broadcast that is in want of it."""

    code: str
    at: datetime | None = None


@dataclass(frozen=True)
class Card:
    """`last` is the newest weekly edition that is not withdrawn, `aired` when the programme was last heard."""

    programme: Programme
    slots: tuple[SlotRow, ...]
    last: Bulletin | None
    aired: datetime | None
    next_at: datetime | None
    lacks: tuple[Lack, ...]


@dataclass(frozen=True)
class Estimate:
    """Lengths of the parts by id, of those that are known without an edition; of `edition`, and of the whole."""

    parts: dict[str, timedelta]
    edition: timedelta
    whole: timedelta
    guessed: bool  # nothing has been written yet


def all_of(session: Session, settings: Settings, now: datetime, *, retired: bool = False) -> list[Card]:
    rows = programmes.listed(session, retired=True)
    return of(session, settings, [row for row in rows if bool(row.retired_at) == retired], now)


def card(session: Session, settings: Settings, programme: Programme, now: datetime) -> Card:
    return of(session, settings, [programme], now)[0]


def of(session: Session, settings: Settings, rows: Sequence[Programme], now: datetime) -> list[Card]:
    """Of all of them at once: a list of many asks no more often than a page of one."""
    ids = [row.id for row in rows]
    slots: defaultdict[str, list[SlotRow]] = defaultdict(list)
    for slot in session.scalars(sa.select(SlotRow).where(SlotRow.programme_id.in_(ids), SlotRow.removed_at.is_(None))):
        slots[slot.programme_id].append(slot)
    last, aired, coming = _last(session, rows), _aired(session, ids), _coming(session, ids, now)
    outdated = newer(session, set().union(*map(programmes.recordings, rows)))
    noticed = _with_notice(session, ids)
    found = []
    for row in rows:
        lacks = [] if row.retired_at or slots[row.id] else [Lack("no-slot")]
        lacks += () if row.retired_at else _lacks(settings, row, outdated, row.id in noticed, coming.get(row.id))
        next_at = coming[row.id].starts_at if row.id in coming else None
        found.append(Card(row, tuple(slots[row.id]), last.get(row.id), aired.get(row.id), next_at, tuple(lacks)))
    return found


def newest(session: Session, programme: Programme) -> Bulletin | None:
    """The edition of the latest week, whatever has become of it so far; of a rotation its newest text."""
    found = recent(session, programme, 1)
    return found[0] if found and (found[0].week or programme.selection == "rotation") else None


def recent(session: Session, programme: Programme, count: int) -> list[Bulletin]:
    """The newest texts, weekly ones first: what a rehearsal can be made of."""
    query = sa.select(Bulletin).where(
        Bulletin.programme_id == programme.id, Bulletin.status.not_in(["withdrawn", bulletins.SAMPLE])
    )
    order = (Bulletin.week.is_(None), Bulletin.week.desc(), Bulletin.id.desc())
    return list(session.scalars(query.order_by(*order).limit(count)))


def estimate(session: Session, programme: Programme) -> Estimate:
    order = editor.order_of(programme)
    known = {part.id: length for part in order if (length := lengths.of_part(session, programme, part)) is not None}
    last = newest(session, programme)
    edition = lengths.UNKNOWN
    if last:
        said = corrections.applied(lengths.said(last.text, manner(session)), last.corrections)
        edition = lengths.spoken(said, programme.speed)
    return Estimate(known, edition, sum(known.values(), edition), last is None)


@dataclass(frozen=True)
class _Next:
    """The next broadcast as it is planned now."""

    starts_at: datetime
    recording: str | None
    note: str | None


def _lacks(
    settings: Settings, programme: Programme, outdated: Mapping[str, str], noticed: bool, coming: _Next | None
) -> Iterator[Lack]:
    if voices.lacking(settings, programme.voice):
        yield Lack("voice-missing")
    used = programmes.recordings(programme)
    if any(not path_of(settings, sha256).is_file() for sha256 in used):
        yield Lack("recording-missing")
    elif used & set(outdated):
        yield Lack("recording-old")
    if programme.relay:
        return
    if programme.fallback == "notice" and not noticed:
        yield Lack("no-notice")
    if coming:
        instead = [code for code in (coming.note or "").split() if code.startswith("fallback-")]
        if instead or coming.recording is None:
            yield Lack(instead[0] if instead else "no-edition", coming.starts_at)


def _last(session: Session, rows: Sequence[Programme]) -> dict[str, Bulletin]:
    """The newest edition of each."""
    weekly = [row.id for row in rows if row.selection != "rotation"]
    usable = sa.and_(
        Bulletin.programme_id.in_(weekly),
        Bulletin.week.is_not(None),
        Bulletin.status.not_in(["withdrawn", bulletins.SAMPLE]),
    )
    weeks = sa.select(Bulletin.programme_id, sa.func.max(Bulletin.week)).where(usable).group_by(Bulletin.programme_id)
    query = sa.select(Bulletin).where(usable, sa.tuple_(Bulletin.programme_id, Bulletin.week).in_(weeks))
    found = {bulletin.programme_id: bulletin for bulletin in session.scalars(query.order_by(Bulletin.id))}
    turning = {row.id: newest(session, row) for row in rows if row.selection == "rotation"}
    return found | {programme: bulletin for programme, bulletin in turning.items() if bulletin}


def _aired(session: Session, ids: Sequence[str]) -> dict[str, datetime]:
    """When each was last heard: one look into the log's index for each."""
    began = (
        sa.select(AsRun.began_at)
        .where(AsRun.programme_id == Programme.id, AsRun.began_at.is_not(None))
        .order_by(AsRun.planned_at.desc(), AsRun.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(sa.select(Programme.id, began).where(Programme.id.in_(ids)))
    return {programme: at for programme, at in rows if at}


def _coming(session: Session, ids: Sequence[str], now: datetime) -> dict[str, _Next]:
    query = sa.select(Broadcast.programme_id, Broadcast.starts_at, Broadcast.recording, Broadcast.note).where(
        Broadcast.kind == "scheduled",
        Broadcast.status.in_(["planned", "ready"]),
        Broadcast.starts_at > now,
        Broadcast.programme_id.in_(ids),
    )
    found: dict[str, _Next] = {}
    for programme, starts_at, recording, note in session.execute(query.order_by(Broadcast.starts_at)):
        found.setdefault(programme or "", _Next(starts_at, recording, note))
    return found


def _with_notice(session: Session, ids: Sequence[str]) -> set[str]:
    """Those whose standing notice is approved."""
    notice = sa.and_(Bulletin.programme_id.in_(ids), Bulletin.week.is_(None), Bulletin.status == "approved")
    return set(session.scalars(sa.select(Bulletin.programme_id).where(notice).distinct()))


def newer(session: Session, used: set[str]) -> dict[str, str]:
    """Of recordings that are older versions in the library: {sha256: that of the newest version}."""
    items = sa.select(LibraryVersion.item_id).where(LibraryVersion.recording.in_(used))
    query = sa.select(LibraryVersion).where(LibraryVersion.item_id.in_(items)).order_by(LibraryVersion.id)
    latest: dict[str, str] = {}
    held: dict[str, str] = {}
    for version in session.scalars(query):
        latest[version.item_id] = version.recording
        if version.recording in used:
            held[version.recording] = version.item_id
    return {sha256: latest[item] for sha256, item in held.items() if latest[item] != sha256}
