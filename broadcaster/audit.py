"""The trail of changes: whatever session writes a row that people edit also writes who, when, before and after.

`watch` hangs this on a session factory. Who acts is told by `session.info`: "actor" (a name) and "clock".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker

from audio.outputs import shown
from broadcaster.clock import Clock
from broadcaster.columns import Base, new_id
from broadcaster.models_care import Trail

WATCHED = frozenset(
    {"user", "invite", "api_token", "programme", "bulletin", "slot", "period", "occurrence_change", "hours", "lexicon"}
    | {"preference", "zone", "passcode", "alert_template", "library_item", "library_version"}
    | {"missed_answer", "clock_word"}
)
UNWATCHED = frozenset(  # what the station itself writes, and what is a trail of its own
    {"recording", "rendering", "broadcast", "as_run", "wish", "warning", "station_state", "trail", "backup"}
    | {"proof", "bulletin_version", "passcode_use", "alert_take", "stamp", "overruled_line"}
    | {"draft"}  # the typist's alone
)
SECRETS = frozenset({"password_hash", "token_hash", "secret_hash"})  # that they changed is told, never to what
ADDRESSES = frozenset({"outputs"})  # lists of URIs, in which a password may stand
SILENT = frozenset({"id", "version", "created_at", "changed_at", "wrong", "locked_until", "used_at"})
NAMES = ("name", "title", "written", "key", "reason", "zone", "at")  # the first that a row has is what people call it
STATION = "trạm"  # who acts when nobody is named: the station's own processes
HIDDEN = "(không hiện)"
LONGEST = 400  # characters of a value; of longer ones the part that differs is kept
AROUND = 60  # characters kept on either side of it


@dataclass(frozen=True)
class Line:
    """One change as it is shown; `fields` are (column, before, after)."""

    id: str
    at: datetime
    by: str
    what: str
    kind: str
    row: str
    name: str
    fields: tuple[tuple[str, Any, Any], ...]


def watch(sessions: sessionmaker[Session]) -> None:
    """Let every session of this factory leave a trail."""
    sa.event.listen(sessions, "after_flush", _note)


def act_as(sessions: sessionmaker[Session], actor: str, clock: Clock) -> None:
    """Who acts in all sessions of this factory from now on."""
    sessions.configure(info={"actor": actor, "clock": clock})


def _note(session: Session, _context: object) -> None:
    rows = [*_rows(session)]
    if rows:
        session.connection().execute(sa.insert(Trail), rows)


def _rows(session: Session) -> Iterator[dict[str, Any]]:
    who = session.info.get("actor") or STATION
    now = session.info.get("clock", Clock()).now()
    for what, instances in (("added", session.new), ("changed", session.dirty), ("removed", session.deleted)):
        for row in instances:
            if not isinstance(row, Base) or row.__tablename__ not in WATCHED:
                continue
            before, after = _sides(row, what)
            if not before and not after:
                continue
            yield {
                "id": new_id(),
                "at": now,
                "by": who,
                "what": what,
                "kind": row.__tablename__,
                "row": _key(row),
                "name": next((str(getattr(row, n)) for n in NAMES if getattr(row, n, None)), ""),
                "before": before,
                "after": after,
            }


def _key(row: Base) -> str:
    """Its primary key, unless that is a secret."""
    names = [attribute.key for attribute in sa.inspect(row).mapper.column_attrs if attribute.columns[0].primary_key]
    return "/".join(str(getattr(row, name)) for name in names if name not in SECRETS)


def _sides(row: Base, what: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What changed, before and after. Of a new row only what is filled in is told."""
    state = sa.inspect(row)
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for column in state.mapper.column_attrs:
        name = column.key
        if name in SILENT:
            continue
        if what == "changed":
            history = state.attrs[name].history
            if not history.has_changes():
                continue
            old, new = (history.deleted or [None])[0], (history.added or [None])[0]
            if old == new:
                continue
            before[name], after[name] = _told(name, old, new)
        elif getattr(row, name) not in (None, "", [], {}):
            (before if what == "removed" else after)[name] = _told(name, None, getattr(row, name))[1]
    return before, after


def _told(name: str, old: Any, new: Any) -> tuple[Any, Any]:
    if name in SECRETS:
        return HIDDEN, HIDDEN
    if name in ADDRESSES:
        return [shown(uri) for uri in old or []], [shown(uri) for uri in new or []]
    old, new = _plain(old), _plain(new)
    if isinstance(new, str) and (isinstance(old, str) or old is None):
        return _differing(old, new)
    return old, new


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (datetime, date)) else value


def _differing(old: str | None, new: str) -> tuple[str | None, str]:
    """Two texts; of long ones only the stretch in which they differ, with a little around it."""
    if len(old or "") <= LONGEST and len(new) <= LONGEST:
        return old, new
    if old is None:
        return None, f"{new[:LONGEST]}…"
    shorter = min(len(old), len(new))
    head = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    tail = next((n for n in range(shorter - head) if old[-1 - n] != new[-1 - n]), shorter - head)
    start = max(0, head - AROUND)

    def cut(text: str) -> str:
        end = min(len(text), len(text) - tail + AROUND)
        middle = text[start:end]
        if len(middle) > 2 * LONGEST:
            middle, end = middle[: 2 * LONGEST], 0
        return f"{'…' if start else ''}{middle}{'…' if end < len(text) else ''}"

    return cut(old), cut(new)


def page(
    session: Session, size: int, *, by: str = "", kind: str = "", before: str | None = None
) -> tuple[list[Line], str | None]:
    """The newest changes, and from which line older ones go on. Ids are in the order of time."""
    query = sa.select(Trail).order_by(Trail.id.desc()).limit(size + 1)
    if by:
        query = query.where(Trail.by == by)
    if kind:
        query = query.where(Trail.kind == kind)
    if before:
        query = query.where(Trail.id < before)
    rows = list(session.scalars(query))
    lines = [_line(row) for row in rows[:size]]
    return lines, lines[-1].id if len(rows) > size else None


def people(session: Session) -> list[str]:
    """Everyone who ever changed something."""
    return list(session.scalars(sa.select(Trail.by).distinct().order_by(Trail.by)))


def _line(row: Trail) -> Line:
    fields = {**row.before, **row.after}
    return Line(
        row.id, row.at, row.by, row.what, row.kind, row.row, row.name,
        tuple((name, row.before.get(name), row.after.get(name)) for name in fields),
    )  # fmt: skip
