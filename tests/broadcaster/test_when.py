"""Moments and days as they are typed."""

from datetime import UTC, date, datetime

import pytest

from broadcaster import when
from broadcaster.errors import BroadcasterError
from tests.schedules.made import NUI_THANH


@pytest.mark.parametrize("text", ["2026-11-27T17:30", "2026-11-27T17:30+07:00", "2026-11-27T10:30Z"])
def test_without_an_offset_it_is_the_stations_wall(text):
    assert when.instant(text, NUI_THANH) == datetime(2026, 11, 27, 10, 30, tzinfo=UTC)


def test_a_day_is_a_day():
    assert when.day("2026-11-27") == date(2026, 11, 27)


@pytest.mark.parametrize("text", ["mai", "", "0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("read", [when.day, lambda text: when.instant(text, NUI_THANH)])
def test_what_is_no_moment_of_a_station_is_named(read, text):
    with pytest.raises(BroadcasterError) as error:
        read(text)
    assert (error.value.code, error.value.usage, error.value.values) == ("time-bad", True, {"text": text})
