import calendar
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from schedules import grammar
from schedules.errors import MESSAGES, BadRule, ScheduleError
from schedules.rules import Rule, to_utc, wall_times
from tests.schedules import oracle
from tests.schedules.made import BERLIN, DATES, NUI_THANH, WALL_TIMES, quick, rule_parts, text, utc, wall

EVENING = time(17, 30)


def rule(text, at=EVENING, starts=None, until=None):
    return Rule.parse(text, at=at, starts=starts, until=until)


def days(text, first, last, **more):
    return [found.date() for found in wall_times(rule(text, **more), first, last)]


def test_every_sunday_is_every_sunday():
    found = list(wall_times(rule("FREQ=WEEKLY;BYDAY=SU"), date(2026, 11, 1), date(2026, 11, 30)))
    assert found == [wall(2026, 11, day, 17, 30) for day in (1, 8, 15, 22, 29)]


def test_the_first_and_last_day_asked_for_are_included():
    assert days("FREQ=DAILY", date(2026, 11, 24), date(2026, 11, 26)) == [date(2026, 11, d) for d in (24, 25, 26)]


@pytest.mark.parametrize("at", [time(0), time(23, 59, 59)])
def test_the_first_and_last_day_of_a_rule_are_included_at_any_time_of_day(at):
    first, last = date(2026, 11, 24), date(2026, 11, 26)
    found = days("FREQ=DAILY", date(2026, 1, 1), date(2026, 12, 31), at=at, starts=first, until=last)
    assert found == [first, date(2026, 11, 25), last]


def test_a_date_as_until_is_included_too():
    assert days("FREQ=DAILY;UNTIL=20261125", date(2026, 11, 24), date(2026, 11, 30)) == [
        date(2026, 11, 24),
        date(2026, 11, 25),
    ]


def test_the_29th_of_february_comes_every_four_years_but_not_in_2100():
    found = days("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", date(2024, 1, 1), date(2110, 1, 1))
    assert [day.year for day in found] == [*range(2024, 2100, 4), 2104, 2108]


def test_week_53_comes_only_in_years_that_have_one():
    assert days("FREQ=YEARLY;BYWEEKNO=53;BYDAY=TH", date(2024, 1, 1), date(2040, 1, 1)) == [
        date(2026, 12, 31),
        date(2032, 12, 30),
        date(2037, 12, 31),
    ]


def test_the_last_working_day_of_a_month_can_be_said():
    found = days("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", date(2026, 1, 1), date(2026, 5, 31))
    assert [day.day for day in found] == [30, 27, 31, 30, 29]


def test_count_is_counted_from_the_first_date_not_from_the_window():
    more = {"starts": date(2026, 11, 24)}
    assert days("FREQ=DAILY;COUNT=3", date(2026, 11, 26), date(2027, 1, 1), **more) == [date(2026, 11, 26)]
    assert days("FREQ=DAILY;COUNT=3", date(2026, 11, 27), date(2027, 1, 1), **more) == []


def test_every_second_week_is_counted_from_the_first_date():
    odd = days("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", date(2026, 11, 20), date(2026, 12, 20), starts=date(2026, 11, 24))
    even = days("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", date(2026, 11, 20), date(2026, 12, 20), starts=date(2026, 12, 1))
    assert odd == [date(2026, 11, 27), date(2026, 12, 11)]
    assert even == [date(2026, 12, 4), date(2026, 12, 18)]


def test_every_second_week_without_a_first_date_is_counted_from_a_fixed_monday():
    assert days("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", date(2024, 1, 1), date(2024, 1, 31)) == [
        date(2024, 1, 1),
        date(2024, 1, 15),
        date(2024, 1, 29),
    ]


def test_weeks_begin_on_monday_whatever_the_process_thinks():
    before = calendar.firstweekday()
    found = []
    try:
        for first in range(7):
            calendar.setfirstweekday(first)
            found.append(days("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO", date(2026, 11, 1), date(2026, 12, 31)))
    finally:
        calendar.setfirstweekday(before)
    assert all(one == found[0] for one in found)


def refusal(text, at=EVENING, starts=None, until=None):
    """The error a rule is refused with, or None."""
    try:
        rule(text, at, starts, until)
    except BadRule as error:
        return error
    return None


@quick(150)
@given(rule_parts(), WALL_TIMES, st.none() | DATES, st.none() | DATES, DATES, st.integers(0, 500))
def test_dates_equal_a_question_to_every_day(parts, at, starts, until, first, length):
    assume(not (starts and until and until < starts))
    last = first + timedelta(days=length)
    if refused := refusal(text(parts), at, starts, until):
        assert refused.code == "never"
        assert not list(oracle.dates(parts, starts, until, date(2060, 1, 1)))
    else:
        expected = [datetime.combine(day, at) for day in oracle.dates(parts, starts, until, last) if day >= first]
        assert list(wall_times(rule(text(parts), at, starts, until), first, last)) == expected


@quick(100)
@given(rule_parts(), WALL_TIMES, st.none() | DATES)
def test_a_rule_survives_its_text(parts, at, starts):
    assume(not refusal(text(parts), at, starts))
    made = rule(text(parts), at, starts)
    assert rule(str(made), at, starts) == made
    assert rule(f"  rrule:{str(made).lower()}\n", at, starts) == made


def test_a_rule_made_directly_may_keep_the_name_before_its_value():
    direct = Rule("RRULE:FREQ=WEEKLY;BYDAY=FR", EVENING)
    day = date(2026, 11, 27)
    assert list(wall_times(direct, day, day)) == [wall(2026, 11, 27, 17, 30)]


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("", "empty"),
        ("RRULE:", "empty"),
        ("every friday", "unreadable"),
        ("FREQ", "unreadable"),
        ("FREQ=DAILY;", "unreadable"),
        ("BYDAY=FR", "no-frequency"),
        ("FREQ=OFTEN", "bad-part"),
        ("FREQ=HOURLY", "too-often"),
        ("FREQ=SECONDLY;COUNT=2", "too-often"),
        ("FREQ=DAILY;FREQ=WEEKLY", "repeated-part"),
        ("FREQ=DAILY;X-NAME=1", "unknown-part"),
        ("FREQ=YEARLY;BYEASTER=0", "unknown-part"),
        ("FREQ=DAILY;BYHOUR=6", "forbidden-part"),
        ("FREQ=DAILY;BYMINUTE=30", "forbidden-part"),
        ("FREQ=DAILY;BYSECOND=0", "forbidden-part"),
        ("FREQ=DAILY;DTSTART=20260101", "forbidden-part"),
        ("DTSTART:20260101T173000\nRRULE:FREQ=DAILY", "forbidden-part"),
        ("DTSTART;TZID=Asia/Ho_Chi_Minh:20260101T173000\nRRULE:FREQ=DAILY", "forbidden-part"),
        ("FREQ=DAILY\nEXDATE:20260101", "bad-part"),
        ("FREQ=DAILY EXDATE:20260101", "bad-part"),
        ("FREQ=DAILY;INTERVAL=0", "bad-part"),
        ("FREQ=DAILY;INTERVAL=-1", "bad-part"),
        ("FREQ=DAILY;INTERVAL=２", "bad-part"),
        ("FREQ=DAILY;INTERVAL=99999", "bad-part"),
        ("FREQ=DAILY;COUNT=0", "bad-part"),
        ("FREQ=DAILY;COUNT=many", "bad-part"),
        ("FREQ=DAILY;UNTIL=20260230", "bad-part"),
        ("FREQ=DAILY;UNTIL=2026-12-1", "bad-part"),
        ("FREQ=DAILY;UNTIL=20261231T000000Z", "bad-part"),
        ("FREQ=WEEKLY;BYDAY=", "bad-part"),
        ("FREQ=WEEKLY;BYDAY=FR,", "bad-part"),
        ("FREQ=WEEKLY;BYDAY=XX", "bad-part"),
        ("FREQ=WEEKLY;BYDAY=T6", "bad-part"),
        ("FREQ=MONTHLY;BYDAY=0FR", "bad-part"),
        ("FREQ=MONTHLY;BYDAY=54FR", "bad-part"),
        ("FREQ=MONTHLY;BYDAY=FR(1)", "bad-part"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "bad-part"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "bad-part"),
        ("FREQ=YEARLY;BYMONTH=13", "bad-part"),
        ("FREQ=YEARLY;BYMONTH=-1", "bad-part"),
        ("FREQ=YEARLY;BYWEEKNO=54", "bad-part"),
        ("FREQ=WEEKLY;WKST=1", "bad-part"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20261231", "parts-conflict"),
        ("FREQ=WEEKLY;BYDAY=1FR", "parts-conflict"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "parts-conflict"),
        ("FREQ=MONTHLY;BYWEEKNO=1", "parts-conflict"),
        ("FREQ=DAILY;BYYEARDAY=1", "parts-conflict"),
        ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=1FR", "parts-conflict"),
        ("FREQ=DAILY;BYSETPOS=1", "parts-conflict"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "never"),  # over four seconds by dateutil alone
        ("FREQ=DAILY;INTERVAL=7;BYDAY=TU", "never"),
        ("FREQ=DAILY;BYDAY=MO;BYSETPOS=2", "never"),
        ("FREQ=MONTHLY;BYDAY=6FR", "never"),
        ("FREQ=DAILY;UNTIL=20231231", "never"),
    ],
)
def test_a_rule_that_can_not_be_followed_is_refused_with_a_code(bad, code):
    with pytest.raises(BadRule) as raised:
        rule(bad)
    assert raised.value.code == code
    assert code in MESSAGES


def test_a_refusal_names_the_part_it_is_about():
    with pytest.raises(BadRule, match="BYHOUR has no place") as raised:
        rule("FREQ=DAILY;BYHOUR=6")
    assert raised.value.values == {"part": "BYHOUR"}
    assert isinstance(raised.value, ScheduleError)


def test_a_rule_whose_dates_are_all_outside_its_first_and_last_never_matches():
    with pytest.raises(BadRule, match="never matches"):
        rule("FREQ=WEEKLY;BYDAY=FR", starts=date(2026, 11, 21), until=date(2026, 11, 26))
    assert rule("FREQ=WEEKLY;BYDAY=FR", starts=date(2026, 11, 21), until=date(2026, 11, 27))


def test_the_last_date_may_not_be_before_the_first():
    with pytest.raises(BadRule) as raised:
        rule("FREQ=DAILY", starts=date(2026, 11, 25), until=date(2026, 11, 24))
    assert raised.value.code == "dates-reversed"


@pytest.mark.parametrize("at", [time(17, 30, 0, 1), time(17, 30, tzinfo=timezone(timedelta(hours=7)))])
def test_a_wall_time_has_whole_seconds_and_no_offset(at):
    with pytest.raises(BadRule) as raised:
        rule("FREQ=DAILY", at)
    assert raised.value.code == "bad-time"


@pytest.mark.parametrize("starts", [date(1, 1, 1), date(2024, 2, 29), date(9899, 12, 31), date(9999, 12, 31)])
def test_a_rule_may_start_on_any_date(starts):
    assert days("FREQ=DAILY", starts, starts, starts=starts) == [starts]


NUMBERS = st.integers(-400, 400).map(str)
PIECES = st.one_of(
    st.tuples(st.just("FREQ"), st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY", "HOURLY"])),
    st.tuples(
        st.sampled_from([*grammar.WORDS, *grammar.NUMBERS, "BYDAY", "BYEASTER"]),
        st.one_of(NUMBERS, st.sampled_from(["MO", "-1SU", "5FR", "53MO", "20261231", "1,-1", "T", ""])),
    ),
).map("=".join)


@quick(60)
@example("FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6")
@given(st.one_of(st.text(max_size=30), st.lists(PIECES, min_size=1, max_size=4).map(";".join)))
def test_any_text_is_a_rule_or_a_refusal_that_can_be_put_into_words(anything):
    if refused := refusal(anything):
        assert refused.code in MESSAGES
        assert str(refused)
    else:
        found = list(wall_times(rule(anything), date(2024, 1, 1), date(2025, 1, 1)))
        assert found == sorted(set(found))


def test_a_wall_time_in_vietnam_is_seven_hours_ahead():
    assert to_utc(wall(2026, 11, 27, 5, 30), NUI_THANH) == utc(2026, 11, 26, 22, 30)


def test_a_wall_time_that_the_clock_skips_moves_forward_by_the_gap():
    # On 2026-03-29 Berlin goes from 02:00 straight to 03:00; RFC 5545 reads 02:30 with the offset before.
    assert to_utc(wall(2026, 3, 29, 2, 30), BERLIN) == utc(2026, 3, 29, 1, 30)
    assert to_utc(wall(2026, 3, 29, 2, 30), BERLIN).astimezone(BERLIN).time() == time(3, 30)


def test_a_wall_time_that_comes_twice_is_the_first():
    assert to_utc(wall(2026, 10, 25, 2, 30), BERLIN) == utc(2026, 10, 25, 0, 30)
    assert to_utc(wall(2026, 10, 25, 2, 30).replace(fold=1), BERLIN) == utc(2026, 10, 25, 0, 30)


@quick(100)
@given(st.datetimes(wall(2020, 1, 1), wall(2030, 1, 1)))
def test_an_instant_is_always_in_utc_and_shows_its_wall_time_unless_skipped(naive):
    instant = to_utc(naive, BERLIN)
    assert instant.tzinfo is UTC
    assert instant.astimezone(BERLIN).replace(tzinfo=None) - naive in (timedelta(0), timedelta(hours=1))
