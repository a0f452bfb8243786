"""Lines for the log, made up for tests of what is found, added up and printed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from broadcaster.columns import new_id
from broadcaster.models_station import AsRun

TZ = ZoneInfo("Asia/Ho_Chi_Minh")


def at(text):
    """An instant by station wall time, such as "2026-11-27 17:30"."""
    return datetime.fromisoformat(text).replace(tzinfo=TZ)


def line(planned, *, began=0.0, seconds=600.0, outcome="aired", kind="scheduled", title="An ninh: tuần 48", **more):
    """One line; `began` is how many seconds after its plan it began (None: it never did)."""
    planned = at(planned) if isinstance(planned, str) else planned
    start = None if began is None else planned + timedelta(seconds=began)
    return AsRun(
        broadcast_id=new_id(),
        kind=kind,
        title=title,
        zone="all",
        planned_at=planned,
        began_at=start,
        ended_at=start and start + timedelta(seconds=seconds),
        outcome=outcome,
        seconds=0.0 if began is None else seconds,
        proof={},
        **more,
    )
