"""Rows of from, until and days come back as they were typed; what says nothing is left out, what is wrong is told."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from broadcaster.errors import BroadcasterError
from web import spans
from web.spans import Span

MOST = 5
ROWS = st.lists(
    st.tuples(
        st.times().map(lambda at: at.replace(second=0, microsecond=0)),
        st.times().map(lambda at: at.replace(second=0, microsecond=0)),
        st.sets(st.sampled_from("1234567"), min_size=1).map(lambda days: "".join(sorted(days))),
        st.booleans(),
    ),
    max_size=MOST,
)


def form(rows):
    fields = []
    for row, (start, end, days, dropped) in enumerate(rows):
        fields += [(f"start-{row}", f"{start:%H:%M}"), (f"end-{row}", f"{end:%H:%M}")]
        fields += [(f"days-{row}", day) for day in reversed(days)]
        fields += [(f"drop-{row}", "yes")] if dropped else []
    return MultiDict(fields)


@given(ROWS)
def test_what_was_typed_is_what_is_read_but_for_what_is_dropped(rows):
    kept = [Span(row, start, end, days) for row, (start, end, days, dropped) in enumerate(rows) if not dropped]
    assert list(spans.filled(form(rows), MOST)) == kept


def test_an_empty_row_says_nothing_and_no_row_beyond_the_last_is_read():
    rows = MultiDict([("start-0", ""), ("end-0", ""), ("days-0", "1"), ("start-5", "05:00"), ("end-5", "06:00")])
    assert list(spans.filled(rows, MOST)) == []


@pytest.mark.parametrize(
    ("start", "end", "days", "code", "field"),
    [
        ("05:00", "06:00", "", "weekdays-empty", None),
        ("05:00", "06:00", "89x", "weekdays-empty", None),
        ("05:00", "", "1", "hour-bad", "end-0"),
        ("khuya", "06:00", "1", "hour-bad", "start-0"),
    ],
)
def test_a_row_that_is_half_filled_is_told_at_its_field(start, end, days, code, field):
    rows = MultiDict([("start-0", start), ("end-0", end), *(("days-0", day) for day in days)])
    with pytest.raises(BroadcasterError, match=code) as told:
        list(spans.filled(rows, MOST))
    assert told.value.values.get("field") == field


def test_a_time_is_read_as_people_write_it():
    rows = MultiDict([("start-0", "5 giờ rưỡi"), ("end-0", "17h"), ("days-0", "7")])
    assert list(spans.filled(rows, MOST)) == [Span(0, time(5, 30), time(17), "7")]
