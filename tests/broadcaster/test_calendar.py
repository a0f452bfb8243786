from datetime import UTC, datetime, timedelta

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from broadcaster import calendar
from broadcaster.ahead import Planned
from tests.conftest import NOON
from tests.schedules.made import quick


def planned(**more):
    facts = {
        "slot": "s", "broadcast": None, "programme": "p", "title": "Tiếng loa; an ninh, " + "rất dài " * 20,
        "zone": "all", "starts_at": NOON, "ends_at": NOON + timedelta(minutes=10), "status": "planned", "warnings": (),
    }  # fmt: skip
    return Planned(**(facts | more))


def read(lines):
    return icalendar.Calendar.from_ical(calendar.ics(lines, NOON)).walk("VEVENT")


def test_a_calendar_says_what_the_plan_says():
    (event,) = read([planned(changed="dời (lan)")])
    assert str(event["SUMMARY"]) == planned().title
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (NOON, NOON + timedelta(minutes=10))
    assert event.decoded("DTSTAMP") == NOON
    assert str(event["DESCRIPTION"]) == "dời (lan)"


def test_a_moved_broadcast_keeps_its_place_in_the_calendar_of_a_phone():
    moved = planned(starts_at=NOON + timedelta(hours=1), original=NOON)
    uids = {str(e["UID"]) for line in (planned(original=NOON), moved) for e in read([line])}
    assert len(uids) == 1


def test_an_empty_plan_is_a_calendar_too():
    assert read([]) == []


def by_the_library_alone(lines):
    """The same calendar with every line written by icalendar."""
    whole = icalendar.Calendar()
    whole.add("prodid", "-//Tieng Loa//VI")
    whole.add("version", "2.0")
    whole.add("x-wr-calname", "Tiếng Loa")
    for line in lines:
        event = icalendar.Event()
        original = (line.original or line.starts_at).astimezone(UTC)
        event.add("uid", f"{line.slot or line.broadcast}-{original:%Y%m%dT%H%M%SZ}@tieng-loa")
        event.add("dtstamp", NOON)
        event.add("dtstart", line.starts_at.astimezone(UTC))
        event.add("dtend", line.ends_at.astimezone(UTC))
        event.add("summary", line.title)
        event.add("status", "CANCELLED" if line.status == "withdrawn" else "CONFIRMED")
        if line.changed:
            event.add("description", line.changed)
        whole.add_component(event)
    return whole.to_ical()


INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=120) | st.sampled_from(
    ["a\nb", "a;b,c\\d", "“Tiếng loa”: " + "ạ" * 90, "DESCRIPTION:x", ""]
)
LINES = st.lists(
    st.builds(
        planned,
        title=WORDS,
        changed=st.none() | WORDS,
        starts_at=INSTANTS,
        ends_at=INSTANTS,
        original=st.none() | INSTANTS,
        status=st.sampled_from(["planned", "withdrawn", "aired"]),
        slot=st.none() | st.uuids().map(str),
        broadcast=st.uuids().map(str),
    ),
    max_size=6,
)


@quick(100)
@given(LINES)
def test_it_reads_as_if_the_library_had_written_every_line(lines):
    written, plain = calendar.ics(lines, NOON), by_the_library_alone(lines)
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    assert sorted(written.split(b"\r\n")) == sorted(plain.split(b"\r\n"))
    assert icalendar.Calendar.from_ical(written) == icalendar.Calendar.from_ical(plain)
