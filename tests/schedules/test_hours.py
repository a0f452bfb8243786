from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.hours import EVERY_DAY, Carried, Hours, Window, refuse, refuse_day
from tests.schedules.made import MINUTE, quick, wall

MORNING, EVENING = Hours().allowed
SECOND = timedelta(seconds=1)
FRIDAY, SATURDAY, SUNDAY = wall(2026, 11, 27), wall(2026, 11, 28), wall(2026, 11, 29)
QUIET = Window(time(22), time(5))


def at(hour, minute=0, day=FRIDAY):
    return day.replace(hour=hour, minute=minute)


def code(refusal):
    return refusal and refusal.code


def test_the_defaults_are_two_sessions_of_an_hour_and_quiet_nights():
    assert [(w.start, w.end, w.weekdays) for w in Hours().allowed] == [
        (time(5, 30), time(6, 30), EVERY_DAY),
        (time(17), time(18), EVERY_DAY),
    ]
    assert Hours().quiet == (time(22), time(5))
    assert (Hours().max_minutes_per_day, Hours().max_repeats_per_day) == (120, 1)


@pytest.mark.parametrize(
    ("starts", "minutes"),
    [(at(5, 30), 60), (at(5, 30), 1), (at(17, 30), 30), (at(17, 59), 1), (at(18), 0)],
)
def test_a_broadcast_inside_an_allowed_window_may_air_and_may_end_exactly_with_it(starts, minutes):
    assert refuse(Hours(), starts, minutes * MINUTE) is None


@pytest.mark.parametrize(
    ("starts", "length"),
    [
        (at(17, 30), 30 * MINUTE + SECOND),
        (at(17) - SECOND, 10 * MINUTE),
        (at(18), SECOND),
        (at(12), 10 * MINUTE),
        (at(5, 30), 13 * 60 * MINUTE),  # from one window into the next, with the day between them
    ],
)
def test_all_of_a_broadcast_must_lie_inside_allowed_hours(starts, length):
    refusal = refuse(Hours(), starts, length)
    assert refusal.code == "outside-allowed"
    assert refusal.windows == (MORNING, EVENING)


@pytest.mark.parametrize(
    ("starts", "minutes"),
    [(at(22), 1), (at(21, 59), 2), (at(23, 59), 2), (at(0), 5), (at(4, 59), 1), (at(21), 600), (at(12), 24 * 60)],
)
def test_what_touches_the_quiet_hours_is_refused_with_them(starts, minutes):
    refusal = refuse(Hours(), starts, minutes * MINUTE)
    assert refusal.code == "quiet"
    assert refusal.windows == (QUIET,)


@pytest.mark.parametrize(("starts", "minutes"), [(at(21), 60), (at(5), 30)])
def test_what_only_meets_the_quiet_hours_is_not_quiet(starts, minutes):
    assert code(refuse(Hours(allowed=()), starts, minutes * MINUTE)) == "outside-allowed"


def test_quiet_hours_win_over_allowed_ones():
    assert code(refuse(Hours(allowed=(Window(time(4), time(6)),)), at(4, 45), 5 * MINUTE)) == "quiet"


def test_quiet_hours_need_not_cross_midnight():
    siesta = Hours(allowed=(Window(time(5), time(21)),), quiet=(time(11), time(13)))
    assert code(refuse(siesta, at(12, 59), MINUTE)) == "quiet"
    assert refuse(siesta, at(13), MINUTE) is None
    assert refuse(siesta, at(23), MINUTE).code == "outside-allowed"


def test_there_may_be_no_quiet_hours():
    assert refuse(Hours(allowed=(Window(time(22), time(23)),), quiet=None), at(22), MINUTE) is None


@pytest.mark.parametrize(
    ("starts", "minutes", "allowed"),
    [
        (at(23, 30), 60, True),
        (at(0, 15, SATURDAY), 45, True),
        (at(0, 15, SATURDAY), 46, False),
        (at(0, 15, FRIDAY), 5, False),  # Thursday's night is not allowed
        (at(23, 30, SATURDAY), 5, False),
    ],
)
def test_a_window_across_midnight_belongs_to_the_day_it_opens(starts, minutes, allowed):
    friday_night = Hours(allowed=(Window(time(23), time(1), frozenset({4})),), quiet=None)
    assert (refuse(friday_night, starts, minutes * MINUTE) is None) is allowed


def test_a_window_may_end_at_midnight():
    late = Hours(allowed=(Window(time(18), time(0)),), quiet=None)
    assert refuse(late, at(23), 60 * MINUTE) is None
    assert code(refuse(late, at(23), 60 * MINUTE + SECOND)) == "outside-allowed"


def test_windows_that_touch_are_one():
    touching = Hours(allowed=(Window(time(6), time(7)), Window(time(5, 30), time(6))))
    assert refuse(touching, at(5, 45), 75 * MINUTE) is None
    always = Hours(allowed=(Window(time(0), time(0)),), quiet=None)
    assert refuse(always, at(23, 59), timedelta(days=3)) is None


def test_a_refusal_names_the_hours_of_that_weekday():
    weekend = Window(time(7), time(8), frozenset({5, 6}))
    hours = Hours(allowed=(MORNING, weekend))
    assert refuse(hours, at(12, day=SUNDAY), MINUTE).windows == (MORNING, weekend)
    assert refuse(hours, at(7), MINUTE).windows == (MORNING,)
    assert refuse(hours, at(7, day=SATURDAY), MINUTE) is None


WINDOWS = st.builds(
    Window,
    *[st.integers(0, 23).map(time)] * 2,
    st.frozensets(st.integers(0, 6), min_size=1) | st.just(EVERY_DAY),
)


def covers(window, moment):
    """Whether a minute lies in a window, by the minutes since midnight alone."""
    opens, closes, minute = (t.hour * 60 + t.minute for t in (window.start, window.end, moment.time()))
    today, yesterday = moment.weekday() in window.weekdays, (moment.weekday() - 1) % 7 in window.weekdays
    if opens < closes:
        return today and opens <= minute < closes
    return (today and minute >= opens) or (yesterday and minute < closes)


@quick(100)
@given(
    st.lists(WINDOWS, max_size=4),
    st.none() | st.tuples(*[st.integers(0, 23).map(time)] * 2),
    st.integers(0, 14 * 24 * 4),
    st.integers(1, 2 * 24 * 4),
)
def test_a_refusal_equals_a_question_to_every_minute(allowed, quiet, quarter, quarters):
    starts = FRIDAY + quarter * 15 * MINUTE
    minutes = [starts + n * MINUTE for n in range(quarters * 15)]
    expected = None
    if quiet and any(covers(Window(*quiet), minute) for minute in minutes):
        expected = "quiet"
    elif not all(any(covers(window, minute) for window in allowed) for minute in minutes):
        expected = "outside-allowed"
    assert code(refuse(Hours(tuple(allowed), quiet), starts, quarters * 15 * MINUTE)) == expected


def carried(minutes, programme="p", zone="dong"):
    return Carried(zone, programme, minutes * MINUTE)


def test_a_day_carries_its_minutes_and_not_one_second_more():
    others = [carried(60, "a"), carried(50, "b")]
    assert refuse_day(Hours(), carried(10), others) is None
    refusal = refuse_day(Hours(), Carried("dong", "p", 10 * MINUTE + SECOND), others)
    assert (refusal.code, refusal.limit) == ("too-many-minutes", 120)


def test_a_programme_may_come_again_as_often_as_a_day_allows():
    once, twice = [carried(1)], [carried(1), carried(1, "other"), carried(1)]
    assert refuse_day(Hours(), carried(1), iter(once)) is None
    refusal = refuse_day(Hours(), carried(1), iter(twice))
    assert (refusal.code, refusal.limit) == ("too-many-repeats", 1)
    assert refuse_day(Hours(max_repeats_per_day=2), carried(1), twice) is None
    assert refuse_day(Hours(max_repeats_per_day=0), carried(1), once).code == "too-many-repeats"


def test_two_zones_of_an_hour_each_are_an_hour_to_whoever_hears_both_with_everywhere():
    others = [carried(60, "a", "dong"), carried(60, "b", "tay")]
    assert refuse_day(Hours(), carried(60, zone="all"), others) is None
    assert code(refuse_day(Hours(), carried(61, zone="all"), others)) == "too-many-minutes"


VILLAGES = ("dong", "tay", "nam")
CARRIED = st.builds(
    Carried,
    st.sampled_from(("all", *VILLAGES)),
    st.sampled_from("pq"),
    st.integers(1, 40).map(lambda minutes: minutes * MINUTE),
)


@quick(200)
@given(CARRIED, st.lists(CARRIED, max_size=8), st.integers(0, 150), st.integers(0, 4))
def test_a_day_is_refused_as_a_listener_of_some_village_would_refuse_it(more, others, minutes, repeats):
    heard = {village: [c for c in others if c.zone in ("all", village)] for village in VILLAGES}
    asked = VILLAGES if more.zone == "all" else (more.zone,)
    expected = None
    if any(sum((c.length for c in heard[v]), more.length) > minutes * MINUTE for v in asked):
        expected = "too-many-minutes"
    elif any([c.edition for c in heard[v]].count(more.edition) > repeats for v in asked):
        expected = "too-many-repeats"
    limits = Hours(max_minutes_per_day=minutes, max_repeats_per_day=repeats)
    assert code(refuse_day(limits, more, others)) == expected
