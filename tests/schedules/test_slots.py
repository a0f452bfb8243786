from dataclasses import FrozenInstanceError
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from schedules.errors import BadRule
from schedules.periods import Period
from schedules.slots import Klass, Occurrence, occurrences
from tests.schedules import oracle
from tests.schedules.made import (
    BERLIN,
    DATES,
    DAY,
    MINUTE,
    NUI_THANH,
    WALL_TIMES,
    quick,
    rule_parts,
    slot,
    text,
    utc,
)

# Windows round what clocks do: Berlin's gap and fold, Samoa's missing day, Lord Howe's half hour, Brazil's midnight.
CHANGES = [
    (BERLIN, utc(2026, 3, 29, 1)),
    (BERLIN, utc(2026, 10, 25, 1)),
    (NUI_THANH, utc(2027, 1, 1)),
    (NUI_THANH, utc(2028, 2, 29)),
    (ZoneInfo("Pacific/Apia"), utc(2011, 12, 30, 10)),
    (ZoneInfo("Australia/Lord_Howe"), utc(2026, 10, 3, 15, 30)),
    (ZoneInfo("America/Sao_Paulo"), utc(2018, 11, 4, 3)),
]


def starts(slot, start, end, tz=NUI_THANH, periods=()):
    return [found.starts_at for found in occurrences(slot, start, end, tz, periods)]


@st.composite
def slots(draw):
    parts, at, first = draw(rule_parts()), draw(WALL_TIMES), draw(st.none() | DATES)
    try:
        return slot(text(parts), at, starts=first)
    except BadRule:
        assume(False)


@st.composite
def instants(draw):
    return utc(2024, 1, 1) + draw(st.integers(0, 5 * 366 * 24 * 60)) * MINUTE


def test_a_weekly_slot_airs_on_its_sunday():
    sunday = slot("FREQ=WEEKLY;BYDAY=SU", time(5, 30))
    assert occurrences(sunday, utc(2026, 11, 23), utc(2026, 11, 30), NUI_THANH) == [
        Occurrence(sunday, utc(2026, 11, 28, 22, 30))
    ]


def test_a_window_includes_its_start_and_not_its_end():
    friday = utc(2026, 11, 27, 10, 30)
    weekly = slot("FREQ=WEEKLY;BYDAY=FR")
    assert starts(weekly, friday, friday + DAY) == [friday]
    assert starts(weekly, friday - DAY, friday) == []
    assert starts(weekly, friday, friday + MINUTE / 60_000_000) == [friday]


@pytest.mark.parametrize("end", [utc(2026, 11, 24), utc(2026, 11, 23)])
def test_an_empty_window_holds_nothing(end):
    assert starts(slot(), utc(2026, 11, 24), end) == []


def test_the_last_day_of_a_slot_is_included():
    daily = slot(at=time(23, 59), starts=date(2026, 12, 30), until=date(2026, 12, 31))
    assert starts(daily, utc(2026, 1, 1), utc(2028, 1, 1)) == [utc(2026, 12, 30, 16, 59), utc(2026, 12, 31, 16, 59)]


def test_midnight_belongs_to_the_day_it_begins():
    midnight = slot("FREQ=WEEKLY;BYDAY=MO", time(0))
    assert starts(midnight, utc(2026, 11, 22), utc(2026, 11, 24)) == [utc(2026, 11, 22, 17)]


def test_a_slot_keeps_its_wall_time_when_the_clocks_change():
    found = starts(slot(at=time(17, 30)), utc(2026, 3, 28), utc(2026, 3, 31), BERLIN)
    assert found == [utc(2026, 3, 28, 16, 30), utc(2026, 3, 29, 15, 30), utc(2026, 3, 30, 15, 30)]


def test_a_daily_slot_airs_once_on_a_day_whose_hour_is_skipped_or_comes_twice():
    night = slot(at=time(2, 30))
    assert len(starts(night, utc(2026, 3, 28), utc(2026, 3, 31), BERLIN)) == 3
    assert len(starts(night, utc(2026, 10, 24), utc(2026, 10, 27), BERLIN)) == 3


def test_a_daily_slot_does_not_air_twice_at_once_after_a_missing_day():
    samoa = ZoneInfo("Pacific/Apia")
    daily = slot(starts=date(2011, 12, 1))
    found = starts(daily, utc(2011, 12, 29, 10), utc(2012, 1, 2), samoa)
    assert [instant.astimezone(samoa).day for instant in found] == [29, 31, 1]


def test_a_slot_on_a_missing_day_is_found_a_day_later_also_from_a_window_that_starts_then():
    friday = slot("FREQ=WEEKLY;BYDAY=FR", starts=date(2011, 12, 1))
    assert starts(friday, utc(2011, 12, 31, 1), utc(2012, 1, 1), ZoneInfo("Pacific/Apia")) == [utc(2011, 12, 31, 3, 30)]


def test_a_window_may_be_given_in_any_time_zone():
    start, end = utc(2026, 11, 24), utc(2026, 11, 28)
    assert starts(slot(), start.astimezone(BERLIN), end.astimezone(NUI_THANH)) == starts(slot(), start, end)


@quick(40)
@given(
    st.sampled_from(CHANGES), st.integers(-3000, 1500), st.integers(0, 3000), WALL_TIMES, st.sets(st.integers(-4, 4))
)
def test_occurrences_equal_a_look_at_the_wall_clock_every_minute(change, before, length, at, weekdays_off):
    tz, moment = change
    start = moment + before * MINUTE
    end = start + length * MINUTE
    days = [moment.astimezone(tz).date() + n * DAY for n in range(-6, 7)]
    off = [Period(str(n), days[n + 6], days[n + 6], "off") for n in weekdays_off]
    daily = slot(at=at, starts=days[0])
    on = [day for n, day in enumerate(days) if n - 6 not in weekdays_off]
    assert starts(daily, start, end, tz, off) == oracle.instants(on, at, start, end, tz)


@quick(20)
@given(rule_parts(), WALL_TIMES, DATES, st.sampled_from(CHANGES[:4]))
def test_occurrences_of_any_rule_equal_the_oracle_of_days_and_minutes(parts, at, first, change):
    tz, moment = change
    start, end = moment - DAY, moment + 2 * DAY
    try:
        any_slot = slot(text(parts), at, starts=first)
    except BadRule:
        assume(False)
    expected = oracle.instants(oracle.dates(parts, first, None, end.date() + DAY), at, start, end, tz)
    assert starts(any_slot, start, end, tz) == expected


@quick(100)
@given(slots(), st.lists(instants(), min_size=3, max_size=3).map(sorted), st.sampled_from([NUI_THANH, BERLIN]))
def test_a_window_holds_what_its_parts_hold(any_slot, instants, tz):
    a, b, c = instants
    assert starts(any_slot, a, c, tz) == starts(any_slot, a, b, tz) + starts(any_slot, b, c, tz)


@quick(60)
@given(slots(), instants(), st.integers(0, 400))
def test_a_window_split_exactly_at_an_occurrence_loses_and_doubles_nothing(any_slot, start, days):
    end = start + days * DAY
    whole = starts(any_slot, start, end)
    for b in whole[:5]:
        assert starts(any_slot, start, b) + starts(any_slot, b, end) == whole


@quick(60)
@given(slots(), instants(), st.integers(0, 400), st.sampled_from([NUI_THANH, BERLIN]))
def test_occurrences_come_in_order_within_the_window_and_once(any_slot, start, days, tz):
    found = starts(any_slot, start, start + days * DAY, tz)
    assert found == sorted(set(found))
    assert all(start <= instant < start + days * DAY for instant in found)


@quick(80)
@given(slots(), instants(), st.integers(0, 400), DATES, st.integers(0, 60))
def test_a_pause_removes_exactly_its_occurrences(any_slot, start, days, first, length):
    end, last = start + days * DAY, first + timedelta(days=length)
    whole = starts(any_slot, start, end)
    paused = [i for i in whole if first <= i.astimezone(NUI_THANH).date() <= last]
    left = starts(any_slot, start, end, periods=[Period("1", first, last, "quốc tang")])
    assert sorted(left + paused) == whole


def test_pauses_may_come_from_an_iterator():
    day = date(2026, 11, 25)
    assert len(starts(slot(), utc(2026, 11, 24), utc(2026, 11, 28), periods=iter([Period("1", day, day, "thi")]))) == 3


def test_the_classes_are_written_as_the_command_line_writes_them():
    assert [str(klass) for klass in Klass] == ["thuong", "uu-tien"]


def test_a_slot_and_an_occurrence_can_not_change():
    for value, name in ((slot(), "zone"), (Occurrence(slot(), utc(2026, 1, 1)), "starts_at")):
        with pytest.raises(FrozenInstanceError):
            setattr(value, name, None)
