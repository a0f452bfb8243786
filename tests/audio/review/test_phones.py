"""Phone numbers that are not the station's."""

import pytest

from audio.review import review
from tests.audio.review.asked import STATION, TODAY, found, quoted


@pytest.mark.parametrize(
    "written", ["0235.3650236", "(0235) 3 650 236", "+84 235 365 0236", "0905123456", "0905-123-456"]
)
def test_the_stations_numbers_are_known_in_any_spelling(written):
    assert quoted(f"ĐT: {written}.", "phone-") == []


@pytest.mark.parametrize("written", ["113", "114", "156", "5656", "1800 1567", "18001567", "1900.0368"])
def test_national_hotlines_are_known(written):
    assert quoted(f"gọi {written}", "phone-") == []


@pytest.mark.parametrize(
    "written", ["0235.3650263", "0235.3650237", "0905 123 45", "0905 132 456", "0905 1234 566", "+84 905 123 465"]
)
def test_nearly_the_stations_number_is_serious(written):
    assert found(f"ĐT: {written}", "phone-near") == [(written, "serious")]


def test_the_right_number_is_shown_as_the_station_writes_it():
    (only,) = review("ĐT: 0235.3650237", TODAY, STATION)
    assert dict(only.values) == {"known": "0235.3650236"}


def test_another_number_is_worth_a_look():
    assert found("liên hệ 0914.777.888 hoặc 02363822222", "phone-") == [
        ("0914.777.888", "warn"),
        ("02363822222", "warn"),
    ]


def test_a_station_that_named_no_number_is_only_reminded():
    assert found("liên hệ 0914.777.888", "phone-", phones=()) == [("0914.777.888", "info")]


@pytest.mark.parametrize("text", ["phạt 0.500.000.000 đồng", "ngày 05.10.2026", "xe 92H1-708.41", "0914 xxx 888"])
def test_what_is_no_phone_number_is_none(text):
    assert quoted(text, "phone-") == []
