"""A simulated month airs every planned broadcast exactly once."""

from datetime import UTC, datetime

import sqlalchemy as sa

from broadcaster import ahead, asrun, missed, plan
from broadcaster.broadcasts import Status
from broadcaster.models import Broadcast
from broadcaster.simulate import simulate
from tests.broadcaster.helpers import approved
from tests.conftest import NOON

DECEMBER = datetime(2026, 11, 30, 17, tzinfo=UTC)
JANUARY = datetime(2026, 12, 31, 17, tzinfo=UTC)


def test_a_month_airs_every_planned_broadcast_exactly_once(sessions, settings):
    with sessions.begin() as session:
        planned = ahead.view(session, DECEMBER, JANUARY, settings.tz)
    entries = simulate(sessions, settings, DECEMBER, JANUARY)
    assert len(planned) == 13
    assert [e.planned_at for e in entries] == [p.starts_at for p in planned]
    assert {e.outcome for e in entries} == {"aired"}
    assert {e.reason for e in entries} == {"assumed"}
    assert all(e.began_at == e.planned_at for e in entries)


def test_strictly_it_says_what_would_air_as_things_stand(sessions, settings):
    with sessions.begin() as session:
        approved(session, "2026-W48")
    entries = simulate(sessions, settings, DECEMBER, JANUARY, strict=True)
    outcomes = {(e.title.split(":")[0], e.outcome, e.reason) for e in entries}
    assert outcomes == {
        ("An ninh Núi Thành", "aired", "fallback-repeat"),
        ("Tiếng loa an ninh", "missed", "no-edition"),
    }


def test_what_was_missed_and_made_up_for_does_not_stop_it(sessions, settings):
    with sessions.begin() as session:
        approved(session, "2026-W48")
        plan.store(session, NOON, settings.tz)
        lost = session.scalars(sa.select(Broadcast).where(Broadcast.recording.is_not(None))).first()
        line = asrun.end(session, lost, Status.MISSED, NOON, "station-off")
        missed.play(session, line.broadcast_id, by="trực", now=NOON, tz=settings.tz, reason="phát bù")
    assert simulate(sessions, settings, DECEMBER, JANUARY, strict=True)
