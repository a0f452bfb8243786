from datetime import timedelta

import icalendar

from broadcaster import calendar
from broadcaster.ahead import Planned
from tests.conftest import NOON


def planned(**more):
    facts = {
        "slot": "s", "broadcast": None, "programme": "p", "title": "Tiếng loa; an ninh, " + "rất dài " * 20,
        "zone": "all", "starts_at": NOON, "ends_at": NOON + timedelta(minutes=10), "status": "planned", "warnings": (),
    }  # fmt: skip
    return Planned(**(facts | more))


def test_a_calendar_says_what_the_plan_says():
    (event,) = icalendar.Calendar.from_ical(calendar.ics([planned(changed="dời (lan)")], NOON)).walk("VEVENT")
    assert str(event["SUMMARY"]) == planned().title
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (NOON, NOON + timedelta(minutes=10))
    assert str(event["DESCRIPTION"]) == "dời (lan)"


def test_a_moved_broadcast_keeps_its_place_in_the_calendar_of_a_phone():
    moved = planned(starts_at=NOON + timedelta(hours=1), original=NOON)
    uids = {
        str(e["UID"])
        for line in (planned(original=NOON), moved)
        for e in icalendar.Calendar.from_ical(calendar.ics([line], NOON)).walk("VEVENT")
    }
    assert len(uids) == 1


def test_an_empty_plan_is_a_calendar_too():
    assert icalendar.Calendar.from_ical(calendar.ics([], NOON)).walk("VEVENT") == []
