"""Storing the plan: what stands is gone through without a write, and with as few looks for many slots as for one."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from broadcaster import hours, plan, programmes
from broadcaster.allowance import Allowance
from broadcaster.broadcasts import Status
from broadcaster.models import Broadcast, Recording, SlotRow
from tests.broadcaster.helpers import approved
from tests.conftest import NOON
from tests.schedules.made import NUI_THANH


def fill(session, count, **more):
    """So many slots a week, five minutes apart, and editions to air in them."""
    carriers = [programmes.get(session, slug) for slug in ("an-ninh-nui-thanh", "tieng-loa-an-ninh")]
    for n in range(count):
        at = f"{17 + n // 12 % 2}:{n * 5 % 60:02}"
        facts = {"rrule": "FREQ=WEEKLY;BYDAY=TH", "late": "skip", "rests_on_holidays": False, "rank": n} | more
        session.add(
            SlotRow(
                programme_id=carriers[n % 2].id, at=at, zone=("all", "dong")[n // 2 % 2], klass="thuong",
                created_at=NOON - timedelta(days=9), **facts,
            )
        )  # fmt: skip
    session.flush()


def statements(session, work):
    said = []
    connection = session.connection()
    sa.event.listen(connection, "before_cursor_execute", lambda *args: said.append(args[2].split()[0]))
    work()
    return said


@pytest.fixture
def planned(session):
    for slug in ("an-ninh-nui-thanh", "tieng-loa-an-ninh"):
        approved(session, "2026-W48", slug, seconds=240.0)
    hours.set_for(session, "all", max_minutes=15, max_repeats=3)
    return session


def test_a_plan_that_stands_is_not_written_again(planned):
    fill(planned, 30)
    plan.store(planned, NOON, NUI_THANH)
    planned.expunge_all()  # as in the next minute's session
    again = statements(planned, lambda: plan.store(planned, NOON, NUI_THANH))
    assert set(again) == {"SELECT"}


def test_many_slots_ask_no_more_questions_than_few(planned):
    counts = []
    for more in (4, 60):
        fill(planned, more)
        plan.store(planned, NOON, NUI_THANH)
        planned.expunge_all()
        counts.append(len(statements(planned, lambda: plan.store(planned, NOON, NUI_THANH))))
    assert counts[0] == counts[1]


def test_each_broadcast_is_refused_or_not_as_if_it_were_asked_about_alone(planned):
    fill(planned, 48)
    fill(planned, 2, override_reason="bão", overruled=["outside-allowed", "too-many-minutes", "too-many-repeats"])
    plan.store(planned, NOON, NUI_THANH)
    rows = list(planned.scalars(sa.select(Broadcast).where(Broadcast.recording.is_not(None))))
    rows[3].status = Status.MISSED  # and so it takes nothing of its day
    planned.flush()
    plan.store(planned, NOON, NUI_THANH)
    for row in rows:
        if row.status == Status.READY:
            length = timedelta(seconds=planned.get_one(Recording, row.recording).frames / 48_000)
            alone = Allowance(planned, NUI_THANH, row.starts_at, only=row)
            assert alone.refusal(row, length) == row.refused
    assert {row.refused for row in rows} >= {None, "hours-outside-allowed", "hours-too-many-minutes"}
