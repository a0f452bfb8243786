"""The calendar that phones subscribe to: what it says, that it is kept, and that it is never old."""

import gzip
from datetime import UTC, datetime, timedelta

import icalendar
import pytest

from broadcaster import ahead, calendar, changes, plan, timetable
from broadcaster.changes import Said
from broadcaster.database import looking
from tests.broadcaster.helpers import approved
from tests.schedules.made import NUI_THANH
from tests.web.test_plan import cancel_friday, feed_of

FRIDAY = datetime(2026, 11, 27, 10, 30, tzinfo=UTC)


@pytest.fixture
def address(enter):
    return feed_of(enter("lan", "author"))


def events(data):
    """By what names them, all that a phone reads of them but when the file was made."""
    found = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert len({str(e["UID"]) for e in found}) == len(found)
    return {str(e["UID"]): {name: e[name].to_ical() for name in e if name != "DTSTAMP"} for e in found}


def test_a_phone_sees_every_broadcast_from_a_month_back_to_three_months_ahead(visitor, desk, address):
    cancel_friday(desk)
    found = events(visitor.get(address).data)
    midnight = desk.clock.now().astimezone(NUI_THANH).replace(hour=0, minute=0, second=0, microsecond=0)
    start, end = midnight - timedelta(days=30), midnight + timedelta(days=91)
    lines = desk.look(lambda session: ahead.view(session, start, end, NUI_THANH))
    assert len(lines) == len(found) > 30
    assert found == events(calendar.ics(lines, desk.clock.now()))


def test_who_asks_again_is_told_that_nothing_is_new_and_gets_nothing(visitor, address):
    first = visitor.get(address)
    again = visitor.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert first.headers["Cache-Control"] == "private, no-cache"


def moved(desk):
    def do(session):
        row = next(row for row in timetable.slot_rows(session) if row.rrule.endswith("FR"))
        said = Said("lan", "họp dân", desk.clock.now(), NUI_THANH)
        changes.move(session, row, FRIDAY, FRIDAY + timedelta(minutes=10), said)

    desk.look(do)


def told(desk):
    desk.person("minh", "approver")
    desk.look(lambda session: approved(session, "2026-W48", seconds=120.0))


def stored(desk):
    desk.look(lambda session: plan.store(session, desk.clock.now(), NUI_THANH))


def the_week_is_over(desk):
    desk.clock.sleep(7 * 86_400)


@pytest.mark.parametrize("happens", [cancel_friday, moved, told, stored, the_week_is_over])
def test_nothing_old_is_told_once_something_has_happened(visitor, desk, address, happens):
    first = visitor.get(address)
    before = events(first.data)
    happens(desk)
    again = visitor.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert again.headers["ETag"] != first.headers["ETag"]
    if happens is not stored:  # what the station stores is what was promised
        assert events(again.data) != before


def test_packed_and_plain_say_the_same(visitor, address):
    packed = visitor.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == visitor.get(address).data


def test_without_stamps_it_is_made_anew_each_time(visitor, desk, address, monkeypatch):
    monkeypatch.setattr("broadcaster.stamps.current", lambda session, *groups: None)
    assert "ETag" not in visitor.get(address).headers
    before = events(visitor.get(address).data)
    cancel_friday(desk)
    assert events(visitor.get(address).data) != before


def test_the_window_of_a_day_does_not_depend_on_the_hour(desk):
    day = desk.clock.now().date()
    with looking(desk.sessions) as session:
        dawn = calendar.of_day(session, day, desk.clock.now(), NUI_THANH)
        dusk = calendar.of_day(session, day, desk.clock.now() + timedelta(hours=12), NUI_THANH)
    assert events(dawn) == events(dusk)
