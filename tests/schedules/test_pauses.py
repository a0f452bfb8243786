from datetime import date, timedelta

import pytest
from hypothesis import given

from schedules.errors import BadPause
from schedules.pauses import Pause, paused
from tests.schedules.made import DATES, quick, slot

FIRST, LAST = date(2026, 12, 30), date(2027, 1, 2)
MOURNING = Pause("1", FIRST, LAST, "quốc tang")
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
    pause = Pause("1", FIRST, LAST, "thi", programme, zone)
    assert (paused([pause], slot(), FIRST) is pause) is holds


def test_the_first_pause_that_holds_is_the_one_named():
    other = Pause("0", FIRST, LAST, "thi", programme="other")
    again = Pause("2", FIRST, FIRST, "bão")
    assert paused([other, MOURNING, again], slot(), FIRST) is MOURNING
    assert paused([again, other, MOURNING], slot(), FIRST) is again


def test_without_pauses_nothing_is_paused():
    assert paused([], slot(), FIRST) is None


@quick(100)
@given(DATES, DATES, DATES)
def test_a_pause_of_any_length_holds_exactly_its_dates(first, last, day):
    if last < first:
        with pytest.raises(BadPause) as raised:
            Pause("1", first, last, "thi")
        assert raised.value.code == "dates-reversed"
    else:
        assert (paused([Pause("1", first, last, "thi")], slot(), day) is not None) == (first <= day <= last)
