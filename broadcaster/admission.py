"""What is asked of a broadcast until the moment of air: whether its slot stands, whether what it plays is approved, not
expired and no music in mourning, whether the day has room for what was ordered by hand, which zones leave it out."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from broadcaster import asrun, bulletins, candidates, carried, closed, mourning, plan
from broadcaster.allowance import Allowance
from broadcaster.broadcasts import Status
from broadcaster.heard import joined, orders
from broadcaster.hours import EVERYWHERE
from broadcaster.models import Broadcast
from broadcaster.runs import Runs


class Admission:
    """What may not air is taken back from the mixers, and ended with its reason once it is not cued any more."""

    def __init__(self, runs: Runs, tz: ZoneInfo) -> None:
        self._runs, self._tz = runs, tz

    def may_air(self, session: Session, broadcast: Broadcast, now: datetime, without: frozenset[str]) -> bool:
        """Whether its slot stands and what it plays is still approved. `without`: recordings that turned out to be
        damaged."""
        run = self._runs.get(broadcast.id)
        if broadcast.kind == "scheduled" and not broadcast.began_at:
            if broadcast.starts_at > now and not plan.stands(session, broadcast, self._tz):
                self._runs.take_back(broadcast.id, "taken-out")
                if not run:
                    session.delete(broadcast)  # it was only ever a plan
                return False
            plan.choose_edition(session, broadcast, self._tz, without=without)
            if run and orders(broadcast) != run.cued_by:  # changed here, or by the plan since
                self._runs.take_back(broadcast.id, "not-approved")
                return False
        if bulletins.expired(session, broadcast.bulletin_id, max(now, broadcast.starts_at).astimezone(self._tz).date()):
            self._runs.take_back(broadcast.id, "expired")
            if not run:
                asrun.end(session, broadcast, Status.CUT if broadcast.began_at else Status.MISSED, now, "expired")
            return False
        if broadcast.kind == "scheduled" and not broadcast.began_at:
            return True
        if not bulletins.released(session, broadcast.bulletin_id, broadcast.recording):
            self._runs.take_back(broadcast.id, "not-approved")
            if not run:
                outcome = Status.CUT if broadcast.began_at else Status.WITHDRAWN
                asrun.end(session, broadcast, outcome, now, "not-approved")
            return False
        if broadcast.kind in ("at", "queue") and not broadcast.began_at:
            return self._in_mourning(session, broadcast, now)
        return True

    def _in_mourning(self, session: Session, broadcast: Broadcast, now: datetime) -> bool:
        """What a person has ordered is asked once more: mourning may have come since. Music does not air then."""
        run = self._runs.get(broadcast.id)
        mourning.settle(session, broadcast, max(broadcast.starts_at, now), self._tz)
        stands = run is None or orders(broadcast) == run.cued_by
        if not stands or broadcast.refused == mourning.MUSIC:
            self._runs.take_back(broadcast.id, mourning.MUSIC)
        if broadcast.refused != mourning.MUSIC:
            return stands
        if not run and broadcast.starts_at <= now:
            asrun.end(session, broadcast, Status.MISSED, now, mourning.MUSIC)
        return False

    def fits_the_day(self, session: Session, broadcast: Broadcast, now: datetime) -> bool:
        """Whether the day still has room for what a person has ordered; what has begun is not asked again. What has
        none is missed when its moment has come."""
        if broadcast.kind not in carried.BY_HAND or broadcast.began_at:
            return True
        at = max(broadcast.starts_at, now)
        refused = carried.refusal(session, broadcast, at, self._tz, now)
        if refused and broadcast.starts_at <= now:
            asrun.end(session, broadcast, Status.MISSED, now, refused)
        return refused is None

    def left_out(self, session: Session, broadcast: Broadcast, now: datetime) -> dict[str, str] | None:
        """The zones that leave out what sounds everywhere, with the reason (see broadcaster.closed); None when all of
        them do: then it is over. Nothing is asked of an alert, which waits for no question."""
        if broadcast.zone != EVERYWHERE or broadcast.kind not in closed.PLANNED:
            return {}
        at = max(broadcast.starts_at, now)
        allowance = Allowance(session, self._tz, at, only=broadcast)
        without = allowance.closed_to(broadcast, at, candidates.length(session, broadcast) or timedelta())
        if allowance.closed.everywhere(without):
            asrun.end(session, broadcast, Status.CUT if broadcast.began_at else Status.MISSED, now, closed.EVERY)
            return None
        broadcast.left_out = allowance.closed.told(without)
        if without:
            broadcast.note = joined(broadcast.note, closed.SOME)
        return without
