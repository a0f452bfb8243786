"""What a calendar file brings, and what of it is left out, and why."""

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster import calendar_in, timetable
from broadcaster.calendar_in import LeftOut
from broadcaster.errors import BroadcasterError
from schedules.periods import Effect, Period
from tests.conftest import NOON
from tests.schedules.made import NUI_THANH, quick

FRIDAY = date(2026, 11, 27)
DAY = timedelta(days=1)


def calendar(*events):
    made = icalendar.Calendar()
    for facts in events:
        event = icalendar.Event()
        for name, value in facts.items():
            event.add(name, value)
        made.add_component(event)
    return made.to_ical()


def raw(*lines):
    return "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""]).encode()


def take(session, data):
    return calendar_in.take(session, data, now=NOON, tz=NUI_THANH, by="lan")


def covered(session, reason, first, last):
    """The dates on which the pauses of that name hold."""
    held = [p for p in timetable.periods(session) if p.reason == reason]
    return [first + n * DAY for n in range((last - first).days + 1) if any(p.covers(first + n * DAY) for p in held)]


def test_the_whole_days_of_a_calendar_file_become_pauses_once(session):
    data = calendar(
        {"summary": "Thi tốt nghiệp", "dtstart": FRIDAY, "dtend": FRIDAY + 2 * DAY},
        {"summary": "Giỗ làng", "dtstart": date(2026, 3, 1), "rrule": {"freq": "yearly"}},
        {"summary": "Họp lúc 8 giờ", "dtstart": NOON},
        {"summary": "Đã bỏ", "dtstart": FRIDAY, "status": "CANCELLED"},
    )
    taken = take(session, data)
    assert [(p.reason, p.first, p.last, p.rule) for p in taken.made] == [
        ("Thi tốt nghiệp", FRIDAY, FRIDAY + DAY, None),
        ("Giỗ làng", date(2026, 3, 1), None, "FREQ=YEARLY"),
    ]
    assert taken.left_out == (LeftOut("Họp lúc 8 giờ", "timed"), LeftOut("Đã bỏ", "cancelled"))
    again = take(session, data)
    assert (again.made, again.known) == ((), 2)


def test_a_yearly_event_comes_on_its_own_day(session):
    take(session, calendar({"summary": "Giỗ làng", "dtstart": date(2026, 3, 1), "rrule": {"freq": "yearly"}}))
    days = covered(session, "Giỗ làng", date(2026, 1, 1), date(2028, 12, 31))
    assert days == [date(year, 3, 1) for year in (2026, 2027, 2028)]


def test_exceptions_and_single_dates_are_kept_and_an_end_with_a_time_counts_by_its_date(session):
    data = raw(
        "SUMMARY:Thi", "DTSTART;VALUE=DATE:20261204", "DTEND;VALUE=DATE:20261206",
        "RRULE:FREQ=WEEKLY;UNTIL=20261224T165959Z", "EXDATE;VALUE=DATE:20261211", "EXDATE:20261217T170000Z",
        "RDATE;VALUE=DATE:20261230",
    )  # fmt: skip
    assert take(session, data).left_out == ()
    days = covered(session, "Thi", date(2026, 11, 1), date(2027, 3, 1))
    assert days == [date(2026, 12, day) for day in (4, 5, 30, 31)]


def test_an_event_of_single_dates_has_its_first_too(session):
    take(session, raw("SUMMARY:Chợ", "DTSTART;VALUE=DATE:20261204", "RDATE;VALUE=DATE:20261209,20261211"))
    days = covered(session, "Chợ", date(2026, 11, 1), date(2027, 3, 1))
    assert days == [date(2026, 12, day) for day in (4, 9, 11)]


def test_a_day_that_was_moved_or_cancelled_leaves_its_series(session):
    series = {"uid": "a", "summary": "Chợ", "dtstart": date(2026, 12, 4), "rrule": {"freq": "daily", "count": 4}}
    moved = {"uid": "a", "summary": "Chợ", "dtstart": date(2026, 12, 20), "recurrence-id": date(2026, 12, 5)}
    gone = {"uid": "a", "summary": "Chợ", "dtstart": date(2026, 12, 6), "recurrence-id": date(2026, 12, 6)}
    taken = take(session, calendar(series, moved, gone | {"status": "CANCELLED"}))
    assert taken.left_out == (LeftOut("Chợ", "cancelled"),)
    days = covered(session, "Chợ", date(2026, 11, 1), date(2027, 3, 1))
    assert days == [date(2026, 12, day) for day in (4, 7, 20)]


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["DTSTART:mai"], "unreadable"),
        (["SUMMARY:x"], "unreadable"),
        (["DTSTART;VALUE=DATE:20261204", "DTEND:mai"], "unreadable"),
        (["DTSTART;VALUE=DATE:20261204", "RRULE:FREQ=FOO"], "rule"),
        (["DTSTART;VALUE=DATE:20261204", "RRULE:FREQ=HOURLY"], "rule"),
        (["DTSTART;VALUE=DATE:20261204", "RRULE:FREQ=DAILY", "EXDATE:mai"], "rule"),
        (["DTSTART;VALUE=DATE:20261204", "DTEND;VALUE=DATE:20281204", "RRULE:FREQ=YEARLY"], "days"),
        (["DTSTART;VALUE=DATE:20261204", "DTEND:20261205T080000"], "timed"),
        (["DTSTART:20261204T080000"], "timed"),
    ],
)
def test_a_bad_event_is_left_out_and_the_good_ones_are_taken(session, lines, why):
    good = raw("SUMMARY:Tốt", "DTSTART;VALUE=DATE:20261204")
    bad = "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""]).encode()
    taken = take(session, good.replace(b"BEGIN:VEVENT", bad + b"BEGIN:VEVENT"))
    assert [row.reason for row in taken.made] == ["Tốt"]
    assert [item.why for item in taken.left_out] == [why]


@pytest.mark.parametrize("data", [b"", b"not a calendar", b"\xff\xfe", calendar()])
def test_what_is_no_calendar_is_refused(session, data):
    with pytest.raises(BroadcasterError) as raised:
        take(session, data)
    assert raised.value.code == "calendar-bad"


@quick(60)
@given(st.integers(1, 4), st.integers(1, 20), st.sets(st.integers(0, 60)), st.sets(st.integers(0, 60)), st.booleans())
def test_the_days_of_a_series_are_those_counted_by_hand(step, count, out, extra, in_utc):
    first = date(2026, 12, 4)
    event = icalendar.Event()
    event.add("dtstart", first)
    event.add("rrule", {"freq": "daily", "interval": step, "count": count})
    for n in extra:
        event.add("rdate", [first + n * DAY])
    for n in out:
        day = first + n * DAY
        event.add("exdate", [datetime(day.year, day.month, day.day, tzinfo=UTC) if in_utc else day])
    begins, last, rule, days = calendar_in._dates(event, {}, NUI_THANH)
    wanted = ({n * step for n in range(count)} | extra) - out
    if wanted:
        pause = Period("", begins, last, "x", None, None, Effect.PAUSE, rule, days)
        assert [n for n in range(90) if pause.covers(first + n * DAY)] == sorted(wanted)
