from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from schedules.errors import BadRule
from schedules.pasted import pasted
from schedules.recurrence import Recurrence
from tests.schedules import oracle
from tests.schedules.made import DATES, NUI_THANH, quick, rule_parts, text

EVENING = time(17, 30)


def read(said, at=EVENING, starts=None):
    found = pasted(said, NUI_THANH, at=at, starts=starts)
    return found.rule, found.at, found.starts


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("freq=daily", "FREQ=DAILY"),
        ("RRULE:FREQ=DAILY;UNTIL=20261231T165959Z", "FREQ=DAILY;UNTIL=20261231"),  # the last second of the year here
        ("FREQ=DAILY;UNTIL=20261231T102959Z", "FREQ=DAILY;UNTIL=20261230"),  # a second before that evening's
        ("FREQ=DAILY;UNTIL=20261231T103000Z", "FREQ=DAILY;UNTIL=20261231"),  # on the dot: still in
        ("FREQ=DAILY;UNTIL=20261231T173000", "FREQ=DAILY;UNTIL=20261231"),
        ("FREQ=DAILY;BYHOUR=17;BYMINUTE=30", "FREQ=DAILY"),
        ("RDATE:20261204", "RDATE;VALUE=DATE:20261204"),
        ("RDATE:20261204T173000,20261203T103000Z", "RDATE;VALUE=DATE:20261203,20261204"),
        ("RDATE;TZID=Asia/Ho_Chi_Minh:20261204T173000", "RDATE;VALUE=DATE:20261204"),
        ("RDATE;VALUE=DATE-TIME;TZID=Asia/Tokyo:20261204T193000", "RDATE;VALUE=DATE:20261204"),
        (
            "FREQ=DAILY\r\nEXDATE:20261204\nEXDATE;VALUE=DATE:20261203",
            "FREQ=DAILY\nEXDATE;VALUE=DATE:20261203,20261204",
        ),
        ("RRULE:FREQ=WEEKLY;BYDAY=MO,T\r\n U", "FREQ=WEEKLY;BYDAY=MO,TU"),  # folded as calendars fold
        ("RRULE:FREQ=DAILY\n RDATE:20261204", "FREQ=DAILY\nRDATE;VALUE=DATE:20261204"),  # indented by hand
    ],
)
def test_what_calendars_export_is_taken(said, rule):
    assert read(said) == (rule, EVENING, None)
    Recurrence.parse(rule, at=EVENING)


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("FREQ=DAILY;BYHOUR=6", time(6)),
        ("FREQ=DAILY;BYHOUR=6;BYMINUTE=5;BYSECOND=7", time(6, 5, 7)),
        ("DTSTART:20260101T223000Z\nRRULE:FREQ=DAILY", time(5, 30)),
        ("DTSTART;TZID=Asia/Ho_Chi_Minh:20260101T173000\nRRULE:FREQ=DAILY;BYHOUR=6", time(6, 30)),
    ],
)
def test_a_rule_that_says_its_time_needs_no_other(said, at):
    assert read(said, at=None)[1] == at


def test_the_first_date_is_taken_from_its_line():
    assert read("DTSTART:20260102\nRRULE:FREQ=DAILY")[2] == date(2026, 1, 2)
    assert read("DTSTART:20260102T223000Z\nFREQ=DAILY", at=None)[2] == date(2026, 1, 3)


@pytest.mark.parametrize(
    ("said", "at", "starts", "code"),
    [
        ("FREQ=DAILY;BYHOUR=6", EVENING, None, "time-differs"),
        ("FREQ=DAILY;BYHOUR=6,18", EVENING, None, "several-times"),
        ("FREQ=DAILY;BYHOUR=6\nFREQ=DAILY;BYHOUR=7", None, None, "several-times"),
        ("FREQ=DAILY;BYHOUR=6\nFREQ=WEEKLY;BYDAY=MO", None, None, "several-times"),
        ("FREQ=DAILY;BYHOUR=25", None, None, "bad-part"),
        ("FREQ=DAILY;BYMINUTE=25", None, None, "no-time"),
        ("FREQ=DAILY", None, None, "no-time"),
        ("DTSTART:20260101\nFREQ=DAILY", EVENING, date(2026, 1, 2), "first-differs"),
        ("DTSTART:20260101\nDTSTART:20260101\nFREQ=DAILY", EVENING, None, "repeated-part"),
        ("DTSTART:20260101T060000\nFREQ=DAILY", EVENING, None, "time-differs"),
        ("FREQ=DAILY\nEXDATE:20261204T060000", EVENING, None, "time-differs"),
        ("RDATE:20261304", EVENING, None, "bad-part"),
        ("RDATE;VALUE=PERIOD:20261204T173000/PT1H", EVENING, None, "bad-part"),
        ("RDATE;TZID=Nowhere/Else:20261204T173000", EVENING, None, "bad-part"),
        ("FREQ=DAILY;UNTIL=99991231T235959Z\nFREQ=DAILY;UNTIL=20269931T000000Z", EVENING, None, "bad-part"),
        ("EXRULE:FREQ=DAILY", EVENING, None, "foreign-line"),
        ("BEGIN:VEVENT\nFREQ=DAILY", EVENING, None, "foreign-line"),
        ("FREQ=DAILY\nDTEND:20260101", EVENING, None, "foreign-line"),
    ],
)
def test_what_a_slot_can_not_keep_is_refused(said, at, starts, code):
    with pytest.raises(BadRule) as raised:
        read(said, at, starts)
    assert raised.value.code == code


@quick(80)
@given(rule_parts(), st.lists(DATES, max_size=4), st.lists(DATES, max_size=4), DATES, st.times())
def test_an_export_means_the_dates_that_the_oracle_finds(parts, extra, left_out, starts, until):
    until = until.replace(microsecond=0)
    exported = dict(parts)
    if "UNTIL" in parts:
        day = date.fromisoformat(parts["UNTIL"])
        moment = datetime.combine(day, until, NUI_THANH)
        exported["UNTIL"] = f"{moment.astimezone(tz=oracle.UTC):%Y%m%dT%H%M%SZ}"
        parts = parts | {"UNTIL": f"{day if until >= EVENING else day - timedelta(days=1):%Y%m%d}"}
    lines = [f"DTSTART;TZID=Asia/Ho_Chi_Minh:{starts:%Y%m%d}T173000", f"RRULE:{text(exported)}"]
    lines += [f"RDATE:{day:%Y%m%d}T103000Z" for day in extra] + [f"EXDATE:{day:%Y%m%d}" for day in left_out]
    found = pasted("\r\n".join(lines), NUI_THANH)
    last = starts + timedelta(days=400)
    ruled = set(oracle.dates(parts, starts, None, last))
    assume(ruled)
    made = Recurrence.parse(found.rule, at=found.at, starts=found.starts)
    wanted = ruled | {d for d in extra if starts <= d <= last}
    assert [w.date() for w in made.wall_times(starts, last)] == sorted(wanted - set(left_out))
    assert found.starts == starts
    again = pasted(str(made), NUI_THANH, at=found.at)
    assert Recurrence.parse(again.rule, at=again.at, starts=found.starts) == made
