"""What a simulated station owed, counted from the rules and not from its plan, held against its log."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster import timetable
from broadcaster.broadcasts import ENDS
from broadcaster.models import Broadcast
from broadcaster.models_station import AsRun
from broadcaster.witness import RIGHT_S, Witness, broken, lines_by_broadcast

LATEST = timedelta(hours=1)  # by then everything that waits has had its turn


@dataclass
class Reckoning:
    """`count` is called before the rules change, and at the end."""

    tz: ZoneInfo
    judged: datetime  # up to when what was due has been counted
    due: set[tuple[str | None, datetime]] = field(default_factory=set)  # (slot, instant), by the rules as they stood

    def count(self, session: Session, now: datetime) -> None:
        for o in timetable.all_occurrences(session, self.judged, now, self.tz):
            self.due.add((o.slot.id, o.starts_at))
        self.judged = now

    def hold_against(self, session: Session, witness: Witness, now: datetime) -> list[AsRun]:
        """The whole log, in order. Raises BroadcasterError drill-broken when it does not explain everything once."""
        lines = lines_by_broadcast(session)
        rows = {row.id: row for row in session.scalars(sa.select(Broadcast))}
        witness.expect_log(session, lines)
        ended = {(row.slot_id, row.starts_at) for key, row in rows.items() if key in lines}
        for slot, at in sorted(self.due - ended, key=lambda due: due[1]):
            raise broken("lost", slot=slot, at=at)
        for key, row in rows.items():
            if (row.status in ENDS) != (key in lines):
                raise broken("unlogged", broadcast=row.title, at=row.starts_at, status=row.status)
            if key not in lines and row.starts_at < now - LATEST:
                raise broken("never-ended", broadcast=row.title, at=row.starts_at, status=row.status)
        for key, stretches in witness.stretches.items():
            row, first = rows[key], stretches[0]
            right = abs(first.began - first.began_wall) < RIGHT_S
            if row.kind == "scheduled" and right and (row.slot_id, row.starts_at) not in self.due:
                raise broken("not-due", broadcast=row.title, at=row.starts_at)
        return list(lines.values())
