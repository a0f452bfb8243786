from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.errors import BadRule
from schedules.lunar import SCALE
from schedules.lunar_words import DAYS, lunar_name, lunar_rule
from schedules.rules import Rule, wall_times

YEARS = date(1985, 1, 1), date(2051, 1, 31)
NEW_YEAR = Rule.parse(lunar_rule("mùng 1 Tết"), at=time())
IN_WORDS = {number: word for word, number in DAYS.items()}


def _word(day):
    return f"mùng {day}" if day <= 10 else f"ngày {day}"


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
        ("30 Tết", date(2026, 2, 16)),  # that year's twelfth month had 29 days
        ("giao thừa", date(2026, 2, 16)),
        ("đêm giao thừa", date(2026, 2, 16)),
        ("ngày rằm tháng Bảy", date(2026, 8, 27)),
        ("đêm rằm tháng 8", date(2026, 9, 25)),
        ("hai mươi ba tháng Chạp", date(2026, 2, 10)),
        ("mười lăm tháng bảy", date(2026, 8, 27)),
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


@pytest.mark.parametrize("said", [
    "mùng một và rằm hằng tháng",
    "mùng 1, rằm hàng tháng", "rằm và mồng 1 mỗi tháng",
    "mùng một, mười lăm hằng tháng", "ngày mùng 1 và ngày rằm hằng tháng",
    "mùng 1 và rằm âm lịch hằng tháng", "mùng 1, rằm hằng tháng âm lịch",
])  # fmt: skip
def test_every_first_and_fifteenth(said):
    assert set(days_of_2026(said)) == set(days_of_2026("rằm hằng tháng")) | set(days_of_2026("mùng 1 hằng tháng"))
    assert len(days_of_2026(said)) in (24, 25)


def test_a_leap_month_can_be_named():
    assert lunar_rule("mùng 1 tháng 6 nhuận").endswith("BYMONTH=6L;BYMONTHDAY=1")


@pytest.mark.parametrize("said", ["mùng 1 đến mùng 3 Tết", "từ mùng một đến hết ba Tết", "mùng 1 tới 3 tết nguyên đán"])
def test_a_span_of_days_is_each_of_them(said):
    assert days_of_2026(said) == [date(2026, 2, day) for day in (17, 18, 19)]


def test_the_thirtieth_of_the_year_is_its_last_day_in_years_that_have_none():
    rule = Rule.parse(lunar_rule("30 Tết"), at=time())
    found = {wall.date() for wall in wall_times(rule, *YEARS)}
    eve = {wall.date() - timedelta(days=1) for wall in wall_times(NEW_YEAR, *YEARS)}
    assert found == eve
    assert len(found) == 66


@given(st.integers(1, 30), st.integers(1, 30), st.integers(1, 12), st.sampled_from(["đến", "tới", "đến hết"]))
def test_a_span_says_what_the_list_of_its_days_says(first, last, month, to):
    said = f"{_word(first)} {to} {_word(last)} tháng {month}"
    if last < first:
        with pytest.raises(BadRule):
            lunar_rule(said)
    else:
        listed = ", ".join(_word(day) for day in range(first, last + 1))
        assert lunar_rule(said) == lunar_rule(f"{listed} tháng {month}")


@given(st.lists(st.integers(1, 30), min_size=1, max_size=4, unique=True), st.sampled_from(["hằng", "hàng", "mỗi"]))
def test_day_numbers_in_words_are_those_in_digits(days, every):
    in_words = " và ".join(IN_WORDS[day] for day in days)
    in_digits = ", ".join(f"ngày {day}" for day in days)
    assert lunar_rule(f"{in_words} {every} tháng") == lunar_rule(f"{in_digits} âm lịch {every} tháng")


@pytest.mark.parametrize(
    "said",
    [
        "30 và mùng 1 Tết",
        "mùng 3 đến mùng 1 Tết",
        "",
        "thứ sáu",
        "rằm",
        "mùng 1",
        "tháng 7",
        "mùng 40 tết",
        "mùng 1 tháng 13",
    ],
)
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
        (f"RSCALE={SCALE};FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=28,29,-1", "ngày 28, ngày 29 và ngày 30 Tết"),
        (f"RSCALE={SCALE};FREQ=MONTHLY;BYMONTHDAY=-1", None),
        ("FREQ=DAILY", None),
    ],
)
def test_a_lunar_rule_is_called_as_people_do(rule, name):
    assert lunar_name(rule) == name
    assert name is None or lunar_rule(name) == rule
