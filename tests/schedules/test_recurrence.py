from datetime import date, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from schedules.errors import BadRule
from schedules.recurrence import Recurrence
from schedules.rules import Rule, wall_times
from tests.schedules.made import DATES, WALL_TIMES, quick, rule_parts, text, wall

EVENING = time(17, 30)
CHRISTMAS = date(2026, 12, 24)


def test_several_rules_and_single_dates_make_one_recurrence():
    both = Recurrence.parse(
        "FREQ=WEEKLY;BYDAY=FR\nRSCALE=VIETNAMESE;FREQ=MONTHLY;BYMONTHDAY=15\nRDATE;VALUE=DATE:20261224", at=EVENING
    )
    assert list(both.wall_times(date(2026, 12, 18), date(2026, 12, 26))) == [
        wall(2026, 12, 18, 17, 30),
        wall(2026, 12, 23, 17, 30),
        wall(2026, 12, 24, 17, 30),
        wall(2026, 12, 25, 17, 30),
    ]


def test_a_date_that_two_rules_name_comes_once():
    twice = Recurrence.parse("FREQ=DAILY\nFREQ=WEEKLY;BYDAY=TH\nRDATE;VALUE=DATE:20261224", at=EVENING)
    assert list(twice.wall_times(CHRISTMAS, CHRISTMAS)) == [wall(2026, 12, 24, 17, 30)]


def test_single_dates_alone_are_a_recurrence_and_lie_outside_the_bounds_of_rules():
    once = Recurrence.parse("RDATE;VALUE=DATE:20261224", at=EVENING, starts=date(2027, 1, 1))
    assert list(once.wall_times(date(2026, 1, 1), date(2027, 12, 31))) == [wall(2026, 12, 24, 17, 30)]


@pytest.mark.parametrize(
    ("text", "code"), [("", "empty"), (" \n ", "empty"), ("RDATE;VALUE=DATE:2026", "bad-part"), ("NOPE", "unreadable")]
)
def test_what_can_not_be_read_is_refused(text, code):
    with pytest.raises(BadRule) as raised:
        Recurrence.parse(text, at=EVENING)
    assert raised.value.code == code


def test_the_rules_of_one_recurrence_share_their_wall_time():
    with pytest.raises(BadRule) as raised:
        Recurrence(EVENING, (Rule.parse("FREQ=DAILY", at=time(5, 30)),))
    assert raised.value.code == "times-differ"


@quick(80)
@given(st.lists(rule_parts(), max_size=3), st.lists(DATES, max_size=4), WALL_TIMES, DATES, st.integers(0, 300))
def test_a_recurrence_is_the_union_of_its_parts_and_its_text_says_all_of_it(parts, extra, at, first, length):
    assume(parts or extra)
    last = first + timedelta(days=length)
    try:
        rules = tuple(Rule.parse(text(one), at=at) for one in parts)
    except BadRule:
        assume(False)
    made = Recurrence(at, rules, tuple(extra))
    union = {found for rule in rules for found in wall_times(rule, first, last)}
    union |= {wall(d.year, d.month, d.day, at.hour, at.minute, at.second) for d in extra if first <= d <= last}
    assert list(made.wall_times(first, last)) == sorted(union)
    assert Recurrence.parse(str(made), at=at) == made
