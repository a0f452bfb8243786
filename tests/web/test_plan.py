"""The plan's page, and the calendar a phone subscribes to."""

import re
from datetime import UTC, datetime, timedelta

import icalendar

from broadcaster import changes, timetable
from broadcaster.changes import Said
from tests.schedules.made import NUI_THANH

FRIDAY = datetime(2026, 11, 27, 10, 30, tzinfo=UTC)


def cancel_friday(desk):
    def do(session):
        friday = next(row for row in timetable.slot_rows(session) if row.rrule.endswith("FR"))
        changes.cancel(session, friday, FRIDAY, Said("lan", "họp dân <script>", desk.clock.now(), NUI_THANH))

    desk.look(do)


def feed_of(browser):
    return re.search(r"/lich/\w+\.ics", browser.get("/lich-phat").text)[0]


def test_a_phone_can_subscribe_to_the_plan_without_an_account(enter, visitor, desk):
    cancel_friday(desk)
    answer = visitor.get(feed_of(enter("lan", "author")))
    assert answer.mimetype == "text/calendar"
    events = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    friday = next(e for e in events if e.decoded("DTSTART") == FRIDAY)
    assert (str(friday["SUMMARY"]), str(friday["STATUS"])) == ("An ninh Núi Thành", "CANCELLED")
    assert friday.decoded("DTEND") - FRIDAY == timedelta(minutes=10)
    assert len({str(e["UID"]) for e in events}) == len(events) > 30


def test_the_address_of_the_calendar_can_not_be_guessed(visitor):
    assert visitor.get("/lich/0123456789abcdef0123456789abcdef.ics").status_code == 404


def test_a_changed_occurrence_says_who_changed_it_and_why(enter, desk):
    cancel_friday(desk)
    page = enter("lan", "author").get("/lich-phat").text
    assert "họp dân &lt;script&gt; (lan)" in page
    assert "đã rút" in page
