"""Pauses, holidays and mourning as people set them, and what a calendar file brings."""

from datetime import date, timedelta

import holidays
import pytest

from broadcaster import ahead, periods, plan, timetable
from broadcaster.errors import BroadcasterError
from broadcaster.models import Broadcast
from schedules.periods import Effect
from tests.broadcaster.helpers import approved
from tests.conftest import NOON
from tests.schedules.made import NUI_THANH

FRIDAY = date(2026, 11, 27)


def planned(session):
    plan.store(session, NOON, NUI_THANH)
    lines = ahead.view(session, NOON, NOON + timedelta(days=7), NUI_THANH)
    return [p.starts_at.astimezone(NUI_THANH).date() for p in lines if p.programme == "an-ninh-nui-thanh"]


def test_the_public_holidays_are_there_from_the_start(session):
    """Every one that the list of the `holidays` package knows; days off in lieu are the office's, not the station's."""
    ours = [p for p in timetable.periods(session) if p.effect is Effect.HOLIDAY]
    for year in range(2025, 2036):
        for day, name in holidays.country_holidays("VN", years=year, observed=False).items():
            if "substituted" not in name and not (name == "National Day" and day.day == 3):
                assert any(p.covers(day) for p in ours), (day, name)


def test_holidays_are_brought_once(session):
    before = len(timetable.period_rows(session))
    periods.seed(session, NOON)
    assert len(timetable.period_rows(session)) == before


def test_a_pause_takes_its_dates_off_the_plan_and_gives_them_back(session):
    assert FRIDAY in planned(session)
    row = periods.add(session, first=FRIDAY, last=FRIDAY, reason="thi tốt nghiệp", now=NOON)
    assert FRIDAY not in planned(session)
    periods.remove(session, row.id, NOON)
    assert FRIDAY in planned(session)


def test_what_rests_on_holidays_is_off_the_plan_then(session):
    periods.add(session, first=FRIDAY, last=FRIDAY, reason="lễ", effect="holiday", now=NOON)
    assert FRIDAY in planned(session)
    for row in timetable.slot_rows(session):
        row.rests_on_holidays = True
    session.flush()
    assert FRIDAY not in planned(session)


def test_a_broadcast_in_mourning_is_marked(session):
    approved(session, "2026-W48")
    periods.add(session, first=FRIDAY, last=FRIDAY, reason="quốc tang", effect="mourning", now=NOON)
    plan.store(session, NOON, NUI_THANH)
    marks = {b.starts_at.astimezone(NUI_THANH).date(): b.mourning for b in session.query(Broadcast)}
    assert marks[FRIDAY]
    assert not marks[FRIDAY + timedelta(days=1)]


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ({"first": FRIDAY, "last": FRIDAY - timedelta(days=1)}, "dates-reversed"),
        ({"first": FRIDAY}, "dates-missing"),
        ({"first": FRIDAY, "last": FRIDAY, "reason": " "}, "reason-missing"),
        ({"first": FRIDAY, "last": FRIDAY, "volume": 2.0}, "volume-bad"),
        ({"rule": "mùng 1 Tết", "days": -3}, "days-bad"),
        ({"rule": "mùng 1 Tết", "days": 10**9}, "days-bad"),
        ({"rule": "ngày mai"}, "rule-bad"),
        ({"rule": "FREQ=HOURLY"}, "rule-bad"),
    ],
)
def test_what_says_nothing_sensible_is_refused(session, what, code):
    with pytest.raises(BroadcasterError) as raised:
        periods.add(session, **({"reason": "thi", "now": NOON} | what))
    assert raised.value.code == code
