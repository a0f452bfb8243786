from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.errors import BadHours
from schedules.hours import Hours, Window
from schedules.hours_text import windows, written
from tests.schedules.made import quick

MINUTES = st.times().map(lambda t: t.replace(second=0, microsecond=0))
WINDOWS = st.builds(Window, MINUTES, MINUTES, st.frozensets(st.integers(0, 6), min_size=1))


def test_the_default_hours_can_be_written():
    assert windows("05:30-06:30, 17:00-18:00") == Hours().allowed


def test_a_group_of_days_has_hours_of_its_own():
    assert windows("T2-T6 5:30-6:30; T7,CN 6h00-7h00") == (
        Window(time(5, 30), time(6, 30), frozenset(range(5))),
        Window(time(6), time(7), frozenset({5, 6})),
    )


def test_days_may_go_round_the_end_of_the_week():
    assert windows("t7-t2 06:00-07:00")[0].weekdays == {5, 6, 0}


@quick(200)
@given(st.lists(WINDOWS, max_size=4).map(tuple))
def test_what_is_written_is_read_again(some):
    assert windows(written(some)) == some


@pytest.mark.parametrize("text", ["sáng", "05:30", "25:00-26:00", "T8 05:30-06:30", "T2 sáng", "05:30-06:30,", "T2-"])
def test_other_text_is_refused(text):
    with pytest.raises(BadHours) as raised:
        windows(text)
    assert raised.value.code == "bad-hours"
    assert raised.value.values == {"hours": text}
