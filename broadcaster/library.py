"""The operator's library: recordings under a title, replaced by newer versions without losing the old ones."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from audio.format import RATE
from broadcaster import programmes
from broadcaster.columns import Base, new_id
from broadcaster.errors import BroadcasterError
from broadcaster.lists import Part, part
from broadcaster.models import Broadcast, Programme, Recording
from broadcaster.models_station import AsRun
from broadcaster.zones import STANDING

LONGEST_TITLE = 200
SHORT, LONG = timedelta(seconds=2), timedelta(hours=1)  # outside these a person should look again


class LibraryItem(Base):
    """One thing of the library; what is played is its newest version."""

    __tablename__ = "library_item"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    title: Mapped[str]
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class LibraryVersion(Base):
    """A recording that is, or was, what an item holds."""

    __tablename__ = "library_version"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    item_id: Mapped[str] = mapped_column(sa.ForeignKey("library_item.id"), index=True)
    recording: Mapped[str] = mapped_column(sa.ForeignKey("recording.sha256"), index=True)
    by: Mapped[str]
    created_at: Mapped[datetime]


@dataclass(frozen=True)
class Use:
    """A programme that holds one of an item's versions. `roles` as in programmes.uses; `old`: not the newest one."""

    slug: str
    name: str
    roles: tuple[str, ...]
    old: bool


@dataclass(frozen=True)
class Shelf:
    """An item as it is shown: its versions, newest first, each with its recording, and where they are used: in which
    programmes, how often to come by themselves, how often they have aired."""

    id: str
    title: str
    versions: tuple[tuple[LibraryVersion, Recording], ...]
    uses: tuple[Use, ...]
    coming: int
    aired: int
    last_aired: datetime | None

    @property
    def recording(self) -> Recording:
        return self.versions[0][1]

    @property
    def older(self) -> set[str]:
        """The sounds of versions before the newest."""
        return {recording.sha256 for _, recording in self.versions} - {self.recording.sha256}


def shelves(session: Session, number: int, size: int, title: str = "") -> Part[Shelf]:
    """A page of the library, by title."""
    query = sa.select(LibraryItem).where(LibraryItem.removed_at.is_(None))
    if title:
        query = query.where(LibraryItem.title.icontains(title, autoescape=True))
    found = part(session, query, number, size, sa.func.lower(LibraryItem.title), LibraryItem.id)
    return Part(tuple(_shelves(session, found.rows)), found.number, found.pages, found.count)


def newest(session: Session) -> list[tuple[str, str, int]]:
    """(sha256, title, frames) of what every item holds now, for a list to choose from."""
    last = (
        sa.select(sa.func.max(LibraryVersion.id))
        .join(LibraryItem, LibraryItem.id == LibraryVersion.item_id)
        .where(LibraryItem.removed_at.is_(None))
        .group_by(LibraryVersion.item_id)
    )
    query = (
        sa.select(LibraryVersion.recording, LibraryItem.title, Recording.frames)
        .join(LibraryItem, LibraryItem.id == LibraryVersion.item_id)
        .join(Recording, Recording.sha256 == LibraryVersion.recording)
        .where(LibraryVersion.id.in_(last))
    )
    return [(sha256, title, frames) for sha256, title, frames in session.execute(query)]


def shelf(session: Session, item_id: str) -> Shelf:
    """Raises BroadcasterError library-unknown."""
    return _shelves(session, [_item(session, item_id)])[0]


def add(session: Session, title: str, recording: str, by: str, now: datetime) -> LibraryItem:
    """A new item. Raises BroadcasterError title-empty."""
    title = " ".join(title.split())[:LONGEST_TITLE]
    if not title:
        raise BroadcasterError("title-empty", usage=True)
    item = LibraryItem(title=title, created_at=now)
    session.add(item)
    session.flush()
    replace(session, item.id, recording, by, now)
    return item


def replace(session: Session, item_id: str, recording: str, by: str, now: datetime) -> LibraryItem:
    """A newer version; the older ones stay to be heard. Raises BroadcasterError library-unknown."""
    item = _item(session, item_id)
    last = sa.select(LibraryVersion.recording).where(LibraryVersion.item_id == item.id)
    was = session.get(Recording, session.scalar(last.order_by(LibraryVersion.id.desc()).limit(1)) or "")
    made = session.get_one(Recording, recording)
    if was is not None and made.music is None:
        made.music = was.music  # a new version of a song is a song
    session.add(LibraryVersion(item_id=item.id, recording=recording, by=by, created_at=now))
    session.flush()
    return item


def mark(session: Session, item_id: str, *, music: bool) -> Recording:
    """Say of what an item holds whether it is music, which is not heard in mourning, or speech. Raises
    BroadcasterError library-unknown."""
    recording = shelf(session, item_id).recording
    recording.music = music
    return recording


def remove(session: Session, item_id: str, now: datetime) -> LibraryItem:
    """Out of the list; what has aired stays in the log with its sound."""
    item = _item(session, item_id)
    item.removed_at = now
    return item


def odd(recording: Recording) -> bool:
    """Whether its length makes one wonder if it is the right file."""
    return not SHORT <= timedelta(seconds=recording.frames / RATE) <= LONG


def _item(session: Session, item_id: str) -> LibraryItem:
    item = session.get(LibraryItem, item_id)
    if item is None or item.removed_at:
        raise BroadcasterError("library-unknown", usage=True)
    return item


def _uses(users: Sequence[tuple[Programme, list[tuple[str, str]]]], sounds: Sequence[str]) -> Iterator[Use]:
    """Of these sounds, the newest first."""
    for programme, uses in users:
        roles = tuple(dict.fromkeys(role for sound, role in uses if sound in sounds))
        if roles:
            old = any(sound in sounds and sound != sounds[0] for sound, _ in uses)
            yield Use(programme.slug, programme.name, roles, old)


def _coming(session: Session, sounds: Collection[str]) -> Counter[str]:
    """How often each is to be heard by itself: in the queue, or at a set time."""
    query = (
        sa.select(Broadcast.recording, sa.func.count())
        .where(Broadcast.recording.in_(sounds), Broadcast.kind.in_(["queue", "at"]), Broadcast.status.in_(STANDING))
        .group_by(Broadcast.recording)
    )
    return Counter({sound: count for sound, count in session.execute(query) if sound})


def _shelves(session: Session, items: Sequence[LibraryItem]) -> list[Shelf]:
    versions = session.execute(
        sa.select(LibraryVersion, Recording)
        .join(Recording, Recording.sha256 == LibraryVersion.recording)
        .where(LibraryVersion.item_id.in_([item.id for item in items]))
        .order_by(LibraryVersion.id.desc())
    )
    held: dict[str, list[tuple[LibraryVersion, Recording]]] = defaultdict(list)
    for version, recording in versions:
        held[version.item_id].append((version, recording))
    sounds = {recording.sha256 for pairs in held.values() for _, recording in pairs}
    users = [(programme, programmes.uses(programme)) for programme in programmes.listed(session)]
    coming = _coming(session, sounds)
    aired = {
        sound: (count, last)
        for sound, count, last in session.execute(
            sa.select(AsRun.audio_sha256, sa.func.count(), sa.func.max(AsRun.began_at))
            .where(AsRun.audio_sha256.in_(sounds), AsRun.began_at.is_not(None))
            .group_by(AsRun.audio_sha256)
        )
    }
    found = []
    for item in items:
        own = [recording.sha256 for _, recording in held[item.id]]
        on_air = [aired[sound] for sound in set(own) if sound in aired]
        found.append(
            Shelf(
                item.id,
                item.title,
                tuple(held[item.id]),
                tuple(_uses(users, own)),
                sum(coming[sound] for sound in set(own)),
                sum(count for count, _ in on_air),
                max((last for _, last in on_air if last), default=None),
            )
        )
    return found
