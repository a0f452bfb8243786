"""What a bulletin was before: every saved state is kept, and two texts can be laid side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster.errors import BroadcasterError
from broadcaster.models import Bulletin
from broadcaster.models_desk import BulletinVersion

MOST_EARLIER = 12  # editions of a programme to compare with
NEAR = 10  # lines among which a changed one is looked for
MOST_WORDS = 4000  # of a line, marks and spaces included; a longer one is changed as a whole
ALIKE = 0.5  # of the words of two lines must be common for them to be the same line, changed
WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Run:
    """A stretch of a line; `changed` where the other side has none or another."""

    text: str
    changed: bool = False


@dataclass(frozen=True)
class Row:
    """A line before and after; () where the other side has a line of its own."""

    before: tuple[Run, ...]
    after: tuple[Run, ...]

    @property
    def changed(self) -> bool:
        return self.before != self.after


def remember(session: Session, bulletin: Bulletin, by: str, now: datetime) -> None:
    """Keep the state a bulletin has now, unless it is the one kept last."""
    latest = next(iter(of_bulletin(session, bulletin)), None)
    state = (bulletin.title, bulletin.text, bulletin.corrections)
    if latest is None or (latest.title, latest.text, latest.corrections) != state:
        title, text, corrections = state
        session.add(
            BulletinVersion(
                bulletin_id=bulletin.id, title=title, text=text, corrections=dict(corrections), by=by, saved_at=now
            )
        )
        session.flush()


def of_bulletin(session: Session, bulletin: Bulletin) -> list[BulletinVersion]:
    """Newest first: the first one is the present state."""
    query = sa.select(BulletinVersion).where(BulletinVersion.bulletin_id == bulletin.id)
    return list(session.scalars(query.order_by(BulletinVersion.saved_at.desc(), BulletinVersion.id.desc())))


def get(session: Session, bulletin: Bulletin, version_id: str) -> BulletinVersion:
    """Raises BroadcasterError version-unknown."""
    found = session.get(BulletinVersion, version_id)
    if found is None or found.bulletin_id != bulletin.id:
        raise BroadcasterError("version-unknown", usage=True)
    return found


def earlier_editions(session: Session, bulletin: Bulletin) -> list[Bulletin]:
    """Other weeks' bulletins of the same programme, the latest week before this one first."""
    query = sa.select(Bulletin).where(
        Bulletin.programme_id == bulletin.programme_id,
        Bulletin.id != bulletin.id,
        Bulletin.week.is_not(None),
        Bulletin.status.in_(["approved", "submitted", "returned", "draft"]),
    )
    if bulletin.week is not None:
        query = query.where(Bulletin.week <= bulletin.week)
    return list(session.scalars(query.order_by(Bulletin.week.desc(), Bulletin.id.desc()).limit(MOST_EARLIER)))


def differences(before: str, after: str) -> list[Row]:
    """Two texts line by line, words that differ marked; empty lines are nothing."""
    old, new = _lines(before), _lines(after)
    rows: list[Row] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            rows += [Row((Run(line),), (Run(line),)) for line in old[i:j]]
        else:
            rows += _changed(old[i:j], new[k:m])
    return rows


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    """Lines that took each other's place: a line beside the next one that is much like it, the rest alone."""
    at = 0
    for line in old:
        match = next((n for n in range(at, min(at + NEAR, len(new))) if _alike(line, new[n])), None)
        if match is None:
            yield Row((Run(line, True),), ())
            continue
        yield from (Row((), (Run(added, True),)) for added in new[at:match])
        yield _words(line, new[match])
        at = match + 1
    yield from (Row((), (Run(added, True),)) for added in new[at:])


def _alike(one: str, other: str) -> bool:
    if max(len(one), len(other)) > MOST_WORDS:
        return True  # texts without line breaks: what took the place of such a line is that line
    matcher = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _words(one: str, other: str) -> Row:
    old, new = WORDS.findall(one), WORDS.findall(other)
    if max(len(old), len(new)) > MOST_WORDS:
        return Row((Run(one, True),), (Run(other, True),))
    before: list[Run] = []
    after: list[Run] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new).get_opcodes():
        before += [Run("".join(old[i:j]), kind != "equal")] if i < j else []
        after += [Run("".join(new[k:m]), kind != "equal")] if k < m else []
    return Row(tuple(before), tuple(after))
