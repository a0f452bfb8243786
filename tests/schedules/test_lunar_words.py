from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.errors import BadRule
from schedules.lunar import SCALE
from schedules.lunar_words import lunar_name, lunar_rule
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


@given(
    st.lists(st.integers(1, 30), min_size=1, max_size=4, unique=True).map(sorted),
    st.one_of(st.none(), st.integers(1, 12)),
    st.booleans(),
)
def test_what_a_lunar_rule_is_called_is_read_as_that_rule(days, month, leap):
    when = f"FREQ=YEARLY;BYMONTH={month}{'L' if leap else ''}" if month else "FREQ=MONTHLY"
    rule = f"RSCALE={SCALE};{when};BYMONTHDAY={','.join(map(str, days))}"
    assert lunar_rule(lunar_name(rule)) == rule


@pytest.mark.parametrize(
    ("rule", "name"),
    [
        (f"RSCALE={SCALE};FREQ=MONTHLY;BYMONTHDAY=1,15", "mùng 1 và rằm hằng tháng"),
        (f"RSCALE={SCALE};FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=15", "rằm tháng 7"),
        (f"RSCALE={SCALE};FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1", "giao thừa"),
        (f"RSCALE={SCALE};FREQ=MONTHLY;BYMONTHDAY=-1", None),
        ("FREQ=DAILY", None),
    ],
)
def test_a_lunar_rule_is_called_as_people_do(rule, name):
    assert lunar_name(rule) == name
