"""The station's own lexicon: how its people want a word said. Its entries win over the published table."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio.reading import LexiconEntry, normalise
from audio.reading.lexicon import published
from broadcaster import accounts
from broadcaster.errors import BroadcasterError
from broadcaster.models_desk import LexiconRow

LONGEST_WRITTEN = 80  # characters; an entry is a word or a name, not a sentence
LONGEST_SPOKEN = 200
SAYABLE = re.compile(r"(?:[^\W\d_]|[ ,-])+\Z")  # letters, spaces, respelling hyphens and a breath
EDITORS = ("author", "admin")


def listed(session: Session, part: str = "") -> list[LexiconRow]:
    """In the order of the alphabet; with `part`, those that are written or said with it."""
    rows = session.scalars(sa.select(LexiconRow))
    return sorted((r for r in rows if _has(part, r.written, r.spoken)), key=lambda r: (r.written.lower(), r.written))


def published_with(part: str) -> list[LexiconEntry]:
    """The entries of the published table that are written or said with `part`."""
    return [entry for entry in published() if _has(part, entry.written, entry.spoken)] if part.strip() else []


def _has(part: str, *texts: str) -> bool:
    return any(_clean(part).lower() in text.lower() for text in texts)


def entries(session: Session) -> tuple[LexiconEntry, ...]:
    """For `audio.reading.Preferences`; always in the same order, so that equal lexicons are equal."""
    query = sa.select(LexiconRow.written, LexiconRow.spoken).order_by(LexiconRow.written)
    return tuple(LexiconEntry(written, spoken) for written, spoken in session.execute(query))


def find(session: Session, written: str) -> LexiconRow | None:
    return session.scalar(sa.select(LexiconRow).where(LexiconRow.written == _clean(written)))


def get(session: Session, written: str) -> LexiconRow:
    """By its written form or its id. Raises BroadcasterError lexicon-unknown."""
    row = find(session, written) or session.get(LexiconRow, written)
    if row is None:
        raise BroadcasterError("lexicon-unknown", usage=True, written=written)
    return row


def add(session: Session, written: str, spoken: str, *, by: str | None, now: datetime) -> LexiconRow:
    """A new entry; `by` is an account (None: the person at the machine).

    Raises BroadcasterError lexicon-empty, lexicon-long, lexicon-symbols, lexicon-taken, not-allowed, user-unknown.
    """
    _expect_editor(session, by)
    row = LexiconRow(written=_written(written), spoken=_spoken(spoken), by=by, changed_at=now)
    if other := find(session, row.written):
        raise BroadcasterError("lexicon-taken", written=other.written, spoken=other.spoken)
    session.add(row)
    session.flush()
    return row


def change(session: Session, row: LexiconRow, written: str, spoken: str, *, by: str | None, now: datetime) -> None:
    """Raises as `add`."""
    _expect_editor(session, by)
    written, spoken = _written(written), _spoken(spoken)
    other = find(session, written)
    if other is not None and other.id != row.id:
        raise BroadcasterError("lexicon-taken", written=other.written, spoken=other.spoken)
    row.written, row.spoken, row.by, row.changed_at = written, spoken, by, now
    session.flush()


def remove(session: Session, row: LexiconRow, *, by: str | None) -> None:
    """The published table has the word again. Raises BroadcasterError not-allowed, user-unknown."""
    _expect_editor(session, by)
    session.delete(row)
    session.flush()


def _expect_editor(session: Session, by: str | None) -> None:
    if by is not None:
        accounts.require(session, by, *EDITORS)


def _clean(text: str) -> str:
    return re.sub(r"\s+", " ", normalise(text)).strip()


def _filled(text: str, fills: Callable[[str], bool], most: int) -> str:
    """Without what people don't see, and with one character at least that fills it."""
    text = _clean(text)
    if not any(map(fills, text)):
        raise BroadcasterError("lexicon-empty", usage=True)
    if len(text) > most:
        raise BroadcasterError("lexicon-long", usage=True, most=most)
    return text


def _written(text: str) -> str:
    return _filled(text, str.isalnum, LONGEST_WRITTEN)


def _spoken(text: str) -> str:
    text = _filled(text, str.isalpha, LONGEST_SPOKEN)
    if not SAYABLE.match(text):
        raise BroadcasterError("lexicon-symbols", usage=True, spoken=text)
    return text
