from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given

from schedules.errors import BadPeriod, ScheduleError
from schedules.periods import Effect, Period, mourned, paused, volume
from tests.schedules.made import DATES, quick, slot

FIRST, LAST = date(2026, 12, 30), date(2027, 1, 2)
MOURNING = Period("1", FIRST, LAST, "quốc tang")
ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize("day", [FIRST, date(2026, 12, 31), date(2027, 1, 1), LAST])
def test_a_pause_holds_from_its_first_to_its_last_date(day):
    assert paused([MOURNING], slot(), day) is MOURNING


@pytest.mark.parametrize("day", [FIRST - ONE_DAY, LAST + ONE_DAY])
def test_a_pause_does_not_hold_before_or_after(day):
    assert paused([MOURNING], slot(), day) is None


@pytest.mark.parametrize(
    ("programme", "zone", "holds"),
    [
        (None, None, True),
        ("p", None, True),
        (None, "z", True),
        ("p", "z", True),
        ("other", None, False),
        (None, "other", False),
        ("p", "other", False),
        ("other", "z", False),
    ],
)
def test_a_pause_may_be_for_one_programme_or_one_zone_only(programme, zone, holds):
    pause = Period("1", FIRST, LAST, "thi", programme, zone)
    assert (paused([pause], slot(), FIRST) is pause) is holds


def test_the_first_pause_that_holds_is_the_one_named():
    other = Period("0", FIRST, LAST, "thi", programme="other")
    again = Period("2", FIRST, FIRST, "bão")
    assert paused([other, MOURNING, again], slot(), FIRST) is MOURNING
    assert paused([again, other, MOURNING], slot(), FIRST) is again


def test_without_pauses_nothing_is_paused():
    assert paused([], slot(), FIRST) is None


@quick(100)
@given(DATES, DATES, DATES)
def test_a_pause_of_any_length_holds_exactly_its_dates(first, last, day):
    if last < first:
        with pytest.raises(BadPeriod) as raised:
            Period("1", first, last, "thi")
        assert raised.value.code == "dates-reversed"
    else:
        assert (paused([Period("1", first, last, "thi")], slot(), day) is not None) == (first <= day <= last)


TET = Period("4", None, None, "Tết", rule="RSCALE=VIETNAMESE;FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1", days=4)


def test_a_period_with_a_rule_comes_again_every_year():
    held = [day for n in range(366 * 2) if TET.covers(day := date(2026, 1, 1) + n * ONE_DAY)]
    assert held == [date(2026, 2, d) for d in (16, 17, 18, 19)] + [date(2027, 2, d) for d in (5, 6, 7, 8)]


def test_a_period_with_a_rule_can_be_bounded():
    once = Period("5", date(2027, 1, 1), None, "Tết", rule=TET.rule, days=4)
    assert not once.covers(date(2026, 2, 17))
    assert once.covers(date(2027, 2, 6))


def test_a_period_may_reach_over_the_turn_of_a_year():
    turn = Period("6", None, None, "giao thừa", rule="FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31", days=3)
    days = (date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 2), date(2027, 1, 3))
    assert [turn.covers(day) for day in days] == [False, True, True, False]


def test_a_holiday_keeps_off_the_air_only_what_rests_on_holidays():
    holiday = Period("7", FIRST, LAST, "Tết dương lịch", effect=Effect.HOLIDAY)
    assert paused([holiday], slot(), FIRST) is None
    assert paused([holiday], replace(slot(), rests_on_holidays=True), FIRST) is holiday


def test_mourning_and_quieter_days_keep_nothing_off_the_air():
    mourning = Period("8", FIRST, LAST, "quốc tang", effect=Effect.MOURNING, zone="z")
    exam = Period("9", FIRST, LAST, "thi", effect=Effect.QUIETER, volume=0.5)
    assert paused([mourning, exam], slot(), FIRST) is None
    assert mourned([exam, mourning], slot(), FIRST) is mourning
    assert mourned([mourning], slot(zone="other"), FIRST) is None


def test_the_lowest_volume_asked_for_counts():
    exam = Period("9", FIRST, LAST, "thi", effect=Effect.QUIETER, volume=0.5)
    here = Period("10", FIRST, FIRST, "gần trường", zone="z", effect=Effect.QUIETER, volume=0.25)
    assert [volume([exam, here], zone, day) for zone, day in (("z", FIRST), ("other", FIRST), ("z", LAST))] == [
        0.25, 0.5, 0.5,
    ]  # fmt: skip
    assert volume([exam, here], "z", LAST + ONE_DAY) == 1.0


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"first": None}, "no-dates"),
        ({"volume": 1.5}, "bad-volume"),
        ({"rule": "FREQ=HOURLY"}, "too-often"),
        ({"days": 0}, "bad-days"),
        ({"days": 367}, "bad-days"),
    ],
)
def test_a_period_that_says_nothing_sensible_is_refused(more, code):
    with pytest.raises(ScheduleError) as raised:
        Period(**{"id": "1", "first": FIRST, "last": LAST, "reason": "thi"} | more)
    assert raised.value.code == code
