from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.errors import BadWeek
from schedules.weeks import Week, week_of
from tests.schedules.made import BERLIN, NUI_THANH, quick, utc

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


def test_a_week_runs_from_monday_to_sunday():
    week = Week.parse("2026-W48")
    assert (week.monday(), week.sunday()) == (date(2026, 11, 23), date(2026, 11, 29))


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 12, 31), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),  # a year's first days may belong to the old year
        (date(2027, 1, 4), "2027-W01"),
        (date(2024, 12, 30), "2025-W01"),  # and its last days to the new one
        (date(2028, 2, 29), "2028-W09"),
    ],
)
def test_a_week_belongs_to_the_year_of_its_thursday(day, written):
    assert str(Week.of(day)) == written


@quick(100)
@given(DAYS)
def test_a_week_survives_its_text_and_holds_its_days(day):
    week = Week.of(day)
    assert Week.parse(str(week)) == Week.parse(f" {str(week).lower()} ") == week
    assert week.monday() <= day <= week.sunday()
    assert all(Week.of(week.monday() + timedelta(days=n)) == week for n in range(7))


@quick(100)
@given(DAYS, DAYS)
def test_weeks_are_ordered_as_their_days_are(one, other):
    if Week.of(one) < Week.of(other):
        assert one < other
    assert (Week.of(one) == Week.of(other)) == (Week.of(one).monday() == Week.of(other).monday())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "48",
        "2026-48",
        "2026W48",
        "2026-W8",
        "2026-W00",
        "2026-W54",
        "2025-W53",
        "0000-W01",
        "9999-W52",
        "２０２６-W01",
    ],
)
def test_what_is_no_week_is_refused(text):
    with pytest.raises(BadWeek) as raised:
        Week.parse(text)
    assert raised.value.code == "bad-week"
    assert raised.value.values == {"week": text}


def test_a_week_its_year_does_not_have_can_not_be_made():
    assert Week(2026, 53)
    with pytest.raises(BadWeek):
        Week(2025, 53)


def test_the_week_of_an_instant_is_the_one_on_the_station_s_wall():
    sunday_evening = utc(2026, 11, 29, 17)
    assert str(week_of(sunday_evening, NUI_THANH)) == "2026-W49"  # already Monday, 00:00
    assert str(week_of(sunday_evening, BERLIN)) == "2026-W48"
