"""The lunar calendar against published dates, and rules that speak of it."""

from datetime import date, time, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules import lunar
from schedules.errors import BadRule
from schedules.lunar import LunarDate, lunar_date
from schedules.rules import Rule, wall_times
from tests.schedules.made import quick

# Mùng 1 Tết as printed in Vietnamese calendars, month and day, from 1985 on. Three years differ from China's, which
# is on UTC+8: 1985 (a month earlier), 2007 and 2030 (a day earlier).
NEW_YEARS = """
    0121 0209 0129 0217 0206 0127 0215 0204 0123 0210 0131 0219 0207 0128 0216 0205 0124 0212 0201 0122 0209 0129
    0217 0207 0126 0214 0203 0123 0210 0131 0219 0208 0128 0216 0205 0125 0212 0201 0122 0210 0129 0217 0206 0126
    0213 0202 0123 0211 0131 0219 0208 0128 0215 0204 0124 0212 0201 0122 0210 0130 0217 0206 0126 0214 0202 0123
"""
LEAP_MONTHS = {
    1985: 2, 1987: 7, 1990: 5, 1993: 3, 1995: 8, 1998: 5, 2001: 4, 2004: 2, 2006: 7, 2009: 5, 2012: 4, 2014: 9, 2017: 6,
    2020: 4, 2023: 2, 2025: 6, 2028: 5, 2031: 3, 2033: 11, 2036: 6, 2039: 5, 2042: 2, 2044: 7, 2047: 5, 2050: 3,
}  # fmt: skip
ONE_DAY = timedelta(days=1)


def days(rule, first, last):
    return [wall.date() for wall in wall_times(Rule.parse(rule, at=time()), first, last)]


@pytest.mark.parametrize(("year", "published"), list(zip(range(1985, 2051), NEW_YEARS.split(), strict=True)))
def test_the_new_year_falls_on_the_published_date(year, published):
    day = date(year, int(published[:2]), int(published[2:]))
    assert lunar_date(day) == LunarDate(year, 1, 1)


def test_the_leap_months_are_the_published_ones():
    found = {}
    day = date(1985, 1, 21)
    while day < date(2051, 1, 1):
        if lunar_date(day).leap:
            found[lunar_date(day).year] = lunar_date(day).month
        day += ONE_DAY
    assert found == LEAP_MONTHS


def test_new_year_agrees_with_the_list_of_public_holidays():
    for year in range(1990, 2050):
        listed = [day for day, name in holidays.country_holidays("VN", years=year).items() if name == "Lunar New Year"]
        assert listed == days(
            "RSCALE=VIETNAMESE;FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", date(year, 1, 1), date(year, 12, 31)
        )


@quick(300)
@given(st.dates(date(1900, 2, 1), date(2100, 12, 30)))
def test_lunar_days_follow_one_another(day):
    today, tomorrow = lunar_date(day), lunar_date(day + ONE_DAY)
    if tomorrow.day != 1:
        assert tomorrow == LunarDate(today.year, today.month, today.day + 1, today.leap)
    else:
        assert today.day in (29, 30)
        assert tomorrow.month in (today.month, today.month % 12 + 1)
        assert tomorrow.leap == (tomorrow.month == today.month)


@quick(60)
@given(
    st.sets(st.integers(1, 30), min_size=1),
    st.none() | st.sets(st.integers(1, 12), min_size=1),
    st.integers(1990, 2060),
)
def test_a_lunar_rule_equals_a_question_to_every_day(wanted, months, year):
    months_text = f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))}" if months else "FREQ=MONTHLY"
    rule = f"RSCALE=VIETNAMESE;{months_text};BYMONTHDAY={','.join(map(str, wanted))}"
    every_day = [date(year, 1, 1) + n * ONE_DAY for n in range(365)]
    expected = [
        day
        for day in every_day
        if lunar_date(day).day in wanted
        and (not months or (lunar_date(day).month in months and not lunar_date(day).leap))
    ]
    assert days(rule, every_day[0], every_day[-1]) == expected
    assert str(Rule.parse(rule, at=time())) == rule


def test_every_first_and_fifteenth_comes_in_leap_months_too():
    found = days("RSCALE=VIETNAMESE;FREQ=MONTHLY;BYMONTHDAY=1,15", date(2025, 1, 29), date(2026, 2, 16))
    assert len(found) == 2 * 13


def test_a_leap_month_is_a_month_of_its_own():
    sixth = "RSCALE=VIETNAMESE;FREQ=YEARLY;BYMONTH={};BYMONTHDAY=1"
    year = date(2025, 1, 1), date(2025, 12, 31)
    assert days(sixth.format("6"), *year) == [date(2025, 6, 25)]
    assert days(sixth.format("6L"), *year) == [date(2025, 7, 25)]
    assert days(sixth.format("6L"), date(2026, 1, 1), date(2035, 12, 31)) == []


def test_the_last_day_of_the_year_is_new_years_eve_whether_the_29th_or_the_30th():
    eve = "RSCALE=VIETNAMESE;FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1"
    assert days(eve, date(2026, 1, 1), date(2027, 12, 31)) == [date(2026, 2, 16), date(2027, 2, 5)]
    assert [lunar_date(day).day for day in (date(2026, 2, 16), date(2027, 2, 5))] == [29, 29]


def test_until_bounds_a_lunar_rule_too():
    rule = "RSCALE=VIETNAMESE;FREQ=MONTHLY;BYMONTHDAY=15;UNTIL=20260202"
    assert days(rule, date(2026, 1, 1), date(2026, 12, 31)) == [date(2026, 1, 3), date(2026, 2, 2)]


def test_beyond_the_calendar_there_are_no_lunar_days():
    assert days("RSCALE=VIETNAMESE;FREQ=MONTHLY;BYMONTHDAY=1", date(2101, 1, 1), date(2110, 1, 1)) == []
    assert days("RSCALE=VIETNAMESE;FREQ=MONTHLY;BYMONTHDAY=-1", lunar.LAST, lunar.LAST) == []


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", "bad-part"),
        ("RSCALE=VIETNAMESE;FREQ=WEEKLY;BYMONTHDAY=1", "parts-conflict"),
        ("RSCALE=VIETNAMESE;FREQ=YEARLY;BYMONTHDAY=1", "parts-conflict"),
        ("RSCALE=VIETNAMESE;FREQ=MONTHLY;BYMONTH=1;BYMONTHDAY=1", "parts-conflict"),
        ("RSCALE=VIETNAMESE;FREQ=MONTHLY", "parts-conflict"),
        ("RSCALE=VIETNAMESE;FREQ=MONTHLY;BYMONTHDAY=31", "bad-part"),
        ("RSCALE=VIETNAMESE;FREQ=YEARLY;BYMONTH=13;BYMONTHDAY=1", "bad-part"),
        ("RSCALE=VIETNAMESE;FREQ=MONTHLY;BYMONTHDAY=1;INTERVAL=2", "parts-conflict"),
        ("RSCALE=VIETNAMESE;FREQ=MONTHLY;BYMONTHDAY=1;UNTIL=2026", "bad-part"),
        ("RSCALE=VIETNAMESE;FREQ=YEARLY;BYMONTH=12L;BYMONTHDAY=1", "never"),
    ],
)
def test_what_a_lunar_rule_can_not_say_is_refused(rule, code):
    with pytest.raises(BadRule) as raised:
        Rule.parse(rule, at=time(5, 30))
    assert raised.value.code == code


def test_lunar_dates_are_written_as_calendars_print_them():
    assert [str(lunar_date(day)) for day in (date(2026, 2, 17), date(2025, 7, 25))] == ["1/1", "1/6 nhuận"]
