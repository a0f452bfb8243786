"""Days and times of day as people write them."""

from contextlib import suppress
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster import typed
from broadcaster.errors import BroadcasterError
from tests.schedules.made import NUI_THANH

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
BEFORE_AND_AFTER = st.dates(date(1999, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("5h30", time(5, 30)),
        ("5H30", time(5, 30)),
        ("17h", time(17)),
        ("5 giờ 30", time(5, 30)),
        ("5 giờ 30 phút", time(5, 30)),
        ("5 giờ rưỡi", time(5, 30)),
        ("5 giờ chiều", time(17)),
        ("5 giờ rưỡi sáng", time(5, 30)),
        ("12h đêm", time(0)),
        ("12 giờ trưa", time(12)),
        ("6 giờ kém 15", time(5, 45)),
        ("17.30", time(17, 30)),
        ("17:30", time(17, 30)),
        ("17:30:15", time(17, 30, 15)),
        (" 17 : 30 ", time(17, 30)),
        ("17g30", time(17, 30)),
        ("１７：３０", time(17, 30)),
        ("1７h３0", time(17, 30)),
        ("lúc 5h", time(5)),
        ("5 gio\u031b\u0300 30", time(5, 30)),  # as Zalo sends it
        ("17", time(17)),
    ],
)
def test_a_time_of_day_as_people_write_it(text, at):
    assert typed.hour(text) == at


@pytest.mark.parametrize(
    "text",
    ["", " ", "25:00", "24h", "5h60", "5:3", "-5:00", "5h30h", "sáng", "15 giờ sáng", "6h kém 99", "½h", "5h30" * 9],
)
def test_what_no_clock_shows_is_told_as_it_was_typed(text):
    with pytest.raises(BroadcasterError) as error:
        typed.hour(text)
    assert (error.value.code, error.value.usage) == ("hour-bad", True)
    assert error.value.values["text"].rstrip("…") == text.strip()[:40]


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("30/4", date(2027, 4, 30)),
        ("24/11", TODAY),
        ("2/9/2027", date(2027, 9, 2)),
        ("02-09-2027", date(2027, 9, 2)),
        ("2.9.2027", date(2027, 9, 2)),
        ("2/9/27", date(2027, 9, 2)),
        ("ngày 2 tháng 9", date(2027, 9, 2)),
        ("2 tháng 9 năm 2028", date(2028, 9, 2)),
        ("29/2", date(2028, 2, 29)),
        ("2027-09-02", date(2027, 9, 2)),
        (" ３０ / ４ ", date(2027, 4, 30)),
        ("Ngày mai", date(2026, 11, 25)),
    ],
)
def test_a_day_as_people_write_it(text, on):
    assert typed.day(text, TODAY) == on


def test_of_what_has_been_a_day_without_a_year_is_the_last_one():
    assert typed.day("30/4", TODAY, past=True) == date(2026, 4, 30)
    assert typed.day("25/11", TODAY, past=True) == date(2025, 11, 25)


@pytest.mark.parametrize(
    "text", ["", "31/2", "29/2/2027", "0/1", "1/13", "30/4/0001", "30/4/9999", "30", "mai mốt", "4/2027"]
)
def test_what_is_on_no_calendar_is_told_as_it_was_typed(text):
    with pytest.raises(BroadcasterError) as error:
        typed.day(text, TODAY)
    assert (error.value.code, error.value.values) == ("day-bad", {"text": text})


@given(st.times(), st.sampled_from(["{0.hour}h{0.minute}", "{0.hour} giờ {0.minute} phút", "{0:%H:%M}", "{0:%H.%M}"]))
def test_every_minute_can_be_written_in_every_way(at, way):
    assert typed.hour(way.format(at)) == at.replace(second=0, microsecond=0)


@given(BEFORE_AND_AFTER, BEFORE_AND_AFTER, st.booleans())
def test_a_day_without_its_year_is_on_the_asked_side_of_today(on, today, past):
    found = typed.day(f"{on:%d/%m}", today, past=past)
    assert (found.day, found.month) == (on.day, on.month)
    assert found <= today if past else found >= today


@given(st.text(max_size=30))
def test_anything_else_is_refused_and_nothing_else_happens(text):
    for read in (typed.hour, lambda text: typed.day(text, TODAY), lambda text: typed.moment(text, NOW, NUI_THANH)):
        with suppress(BroadcasterError):
            read(text)


@pytest.mark.parametrize(
    "text", ["2026-11-27T17:30", "27/11 17h30", "17h30 27/11", "17 giờ 30, ngày 27/11/2026", "5 giờ rưỡi chiều 27/11"]
)
def test_a_moment_is_a_day_and_a_time_in_either_order(text):
    assert typed.moment(text, NOW, NUI_THANH) == datetime(2026, 11, 27, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "17h30", "27/11", "27/11 25:00", "31/2 17:30", "2026-11-31T17:30"])
def test_half_a_moment_is_refused(text):
    with pytest.raises(BroadcasterError, match="moment-bad"):
        typed.moment(text, NOW, NUI_THANH)
