"""A slot moved as one of its occurrences was."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster import shifting
from broadcaster.models import SlotRow
from schedules.slots import occurrences
from tests.conftest import NOON
from tests.schedules.made import DAY, MINUTE, NUI_THANH, WEEKDAYS, quick, slot

FRIDAY = NOON.replace(day=27, hour=10, minute=30)  # 17:30 in Việt Nam


def row(rule="FREQ=WEEKLY;BYDAY=FR", at="17:30", **more):
    return SlotRow(rrule=rule, at=at, zone="all", klass="uu-tien", late="skip", rests_on_holidays=True, rank=3, **more)


def moved(rule, days=0, minutes=0):
    found = shifting.every_time(row(rule), FRIDAY, FRIDAY + days * DAY + minutes * MINUTE, NUI_THANH, None)
    return found and (found.rule, found.at)


def test_another_time_of_day_is_that_of_every_rule():
    assert moved("FREQ=DAILY", minutes=15) == ("FREQ=DAILY", "17:45")
    assert moved("RSCALE=VIETNAMESE;FREQ=MONTHLY;BYMONTHDAY=15", minutes=-30)[1] == "17:00"


def test_another_weekday_takes_the_place_of_the_one():
    assert moved("FREQ=WEEKLY;BYDAY=MO,FR", days=1) == ("FREQ=WEEKLY;BYDAY=MO,SA", "17:30")


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=DAILY", 1),
        ("FREQ=MONTHLY;BYMONTHDAY=27", 1),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", 1),
        ("FREQ=WEEKLY;BYDAY=FR,SA", 1),
        ("FREQ=WEEKLY;BYDAY=FR", 3),  # the Monday of the week after
        ("RDATE;VALUE=DATE:20261127", 0),
    ],
)
def test_what_a_rule_can_not_say_is_not_tried(rule, days):
    assert moved(rule, days, 5) is None


def test_everything_else_of_the_slot_stays():
    slot_row = row(first=date(2026, 1, 1), until=date(2027, 1, 1), override_reason="đã cho phép")
    found = shifting.every_time(slot_row, FRIDAY, FRIDAY + MINUTE, NUI_THANH, None)
    assert (found.first, found.until, found.override) == (date(2026, 1, 1), date(2027, 1, 1), None)
    assert (found.klass, found.late, found.rank, found.rests_on_holidays) == ("uu-tien", "skip", 3, True)
    assert shifting.every_time(slot_row, FRIDAY, FRIDAY + MINUTE, NUI_THANH, "lý do mới").override == "lý do mới"


@quick(60)
@given(days=st.sets(st.sampled_from(WEEKDAYS), min_size=1), to=st.integers(0, 6), minute=st.integers(0, 1439))
def test_the_new_rule_airs_where_the_one_was_put_and_as_often(days, to, minute):
    rule = f"FREQ=WEEKLY;BYDAY={','.join(d for d in WEEKDAYS if d in days)}"
    monday = FRIDAY.astimezone(NUI_THANH).replace(hour=0, minute=0) - 4 * DAY
    first = occurrences(slot(rule, time(17, 30)), monday, monday + 7 * DAY, NUI_THANH)
    put = monday + to * DAY + minute * MINUTE
    found = shifting.every_time(row(rule), first[0].starts_at, put, NUI_THANH, None)
    if found is None:
        assert WEEKDAYS[to] in days
        return
    after = occurrences(slot(found.rule, time.fromisoformat(found.at)), monday, monday + 7 * DAY, NUI_THANH)
    assert put in [o.starts_at for o in after]
    assert len(after) == len(first)
