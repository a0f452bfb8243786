from datetime import date, time

import pytest

from schedules.errors import BadRule
from schedules.lunar_words import lunar_rule
from schedules.rules import Rule, wall_times


def days_of_2026(said):
    rule = Rule.parse(lunar_rule(said), at=time(5, 30))
    return [wall.date() for wall in wall_times(rule, date(2026, 1, 1), date(2026, 12, 31))]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("mùng 1 Tết", date(2026, 2, 17)),
        ("Mồng Một Tết", date(2026, 2, 17)),
        ("ngày mùng 3 Tết Nguyên đán", date(2026, 2, 19)),
        ("29 Tết", date(2026, 2, 16)),
        ("giao thừa", date(2026, 2, 16)),
        ("rằm tháng 7", date(2026, 8, 27)),
        ("rằm tháng bảy âm lịch", date(2026, 8, 27)),
        ("Rằm tháng Giêng", date(2026, 3, 3)),
        ("mùng 10 tháng 3", date(2026, 4, 26)),
        ("10/3 âm lịch", date(2026, 4, 26)),
        ("Giỗ Tổ", date(2026, 4, 26)),
        ("Trung thu", date(2026, 9, 25)),
        ("23 tháng Chạp", date(2026, 2, 10)),
    ],
)
def test_a_named_day_is_found(said, day):
    assert days_of_2026(said) == [day]


def test_several_days_can_be_named_at_once():
    assert days_of_2026("mùng 1, mùng 2 và mùng 3 Tết") == [date(2026, 2, day) for day in (17, 18, 19)]


@pytest.mark.parametrize("said", ["mùng một và rằm hằng tháng", "mùng 1, rằm hàng tháng", "rằm và mồng 1 mỗi tháng"])
def test_every_first_and_fifteenth(said):
    assert set(days_of_2026(said)) == set(days_of_2026("rằm hằng tháng")) | set(days_of_2026("mùng 1 hằng tháng"))
    assert len(days_of_2026(said)) in (24, 25)


def test_a_leap_month_can_be_named():
    assert lunar_rule("mùng 1 tháng 6 nhuận").endswith("BYMONTH=6L;BYMONTHDAY=1")


@pytest.mark.parametrize("said", ["", "thứ sáu", "rằm", "mùng 1", "tháng 7", "mùng 40 tết", "mùng 1 tháng 13"])
def test_other_words_are_refused(said):
    with pytest.raises(BadRule):
        Rule.parse(lunar_rule(said), at=time())
