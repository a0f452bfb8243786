"""Single occurrences moved, replaced or cancelled."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.changes import Change
from schedules.errors import BadChange
from schedules.periods import Period
from schedules.slots import Occurrence, cancelled, is_due, occurrences
from tests.schedules.made import DAY, MINUTE, NUI_THANH, quick, slot, utc

FRIDAY = utc(2026, 11, 27, 10, 30)
NEXT = FRIDAY + 7 * DAY
WEEK = (utc(2026, 11, 23), utc(2026, 11, 30))
MONTH = (utc(2026, 11, 1), utc(2026, 12, 31))
weekly = slot("FREQ=WEEKLY;BYDAY=FR")


def found(*changes, window=MONTH, periods=()):
    return occurrences(weekly, *window, NUI_THANH, periods, changes)


def test_a_cancelled_occurrence_is_gone_and_its_rule_goes_on():
    gone = Change("s", FRIDAY, cancelled=True, by="lan", reason="họp")
    starts = [o.starts_at for o in found(gone)]
    assert FRIDAY not in starts
    assert NEXT in starts
    assert cancelled(weekly, *MONTH, NUI_THANH, [gone]) == [Occurrence(weekly, FRIDAY, gone)]


def test_a_moved_occurrence_airs_at_its_new_moment_only():
    moved = Change("s", FRIDAY, moved_to=FRIDAY + DAY)
    (one,) = found(moved, window=WEEK)
    assert (one.starts_at, one.original, one.programme) == (FRIDAY + DAY, FRIDAY, "p")


def test_whether_a_replaced_occurrence_is_paused_is_asked_of_the_programme_that_airs():
    other = Change("s", FRIDAY, programme="other")
    day = FRIDAY.date()
    assert found(other, window=WEEK, periods=[Period("1", day, day, "nghỉ", programme="other")]) == []
    assert len(found(other, window=WEEK, periods=[Period("1", day, day, "nghỉ", programme="p")])) == 1
    assert found(other, window=WEEK, periods=[Period("1", day, day, "nghỉ")]) == []


def test_a_replaced_occurrence_airs_another_programme():
    (one,) = found(Change("s", FRIDAY, programme="other"), window=WEEK)
    assert (one.starts_at, one.programme, one.slot.programme) == (FRIDAY, "other", "p")


def test_an_occurrence_may_be_moved_into_a_window_and_out_of_it():
    into = Change("s", NEXT, moved_to=FRIDAY + MINUTE)
    assert [o.starts_at for o in found(into, window=WEEK)] == [FRIDAY, FRIDAY + MINUTE]
    assert found(Change("s", FRIDAY, moved_to=NEXT + MINUTE), window=WEEK) == []


def test_a_moved_occurrence_airs_on_a_paused_day_that_was_chosen_for_it():
    day = (FRIDAY + DAY).astimezone(NUI_THANH).date()
    pause = Period("1", day, day, "thi")
    assert len(found(Change("s", FRIDAY, moved_to=FRIDAY + DAY), window=WEEK, periods=[pause])) == 1


@pytest.mark.parametrize(
    "change",
    [
        Change("other", FRIDAY, cancelled=True),
        Change("s", FRIDAY + MINUTE, cancelled=True),
        Change("s", FRIDAY + MINUTE, moved_to=FRIDAY + DAY),
    ],
)
def test_a_change_of_something_else_changes_nothing(change):
    assert found(change) == found()
    assert cancelled(weekly, *MONTH, NUI_THANH, [change]) == []


def test_a_change_says_one_thing():
    for wrong, code in (({}, "nothing-changed"), ({"cancelled": True, "programme": "x"}, "cancelled-and-changed")):
        with pytest.raises(BadChange) as raised:
            Change("s", FRIDAY, **wrong)
        assert raised.value.code == code


@quick(80)
@given(st.dictionaries(st.integers(0, 8), st.none() | st.integers(-20_000, 20_000), max_size=5), st.integers(0, 60))
def test_any_changes_touch_exactly_their_occurrences(wishes, days):
    """A wish is a number of the occurrence, and the minutes it is moved by (None: cancelled)."""
    window = (MONTH[0], MONTH[0] + timedelta(days=days))
    wide = occurrences(weekly, MONTH[0] - 60 * DAY, MONTH[1] + 60 * DAY, NUI_THANH)
    changes = [
        Change(
            "s",
            wide[n].starts_at,
            cancelled=by is None,
            moved_to=None if by is None else wide[n].starts_at + by * MINUTE,
        )
        for n, by in wishes.items()
    ]
    touched = {change.original for change in changes}
    expected = [o.starts_at for o in wide if o.starts_at not in touched]
    expected += [change.moved_to for change in changes if change.moved_to]
    assert [o.starts_at for o in found(*changes, window=window)] == sorted(
        at for at in expected if window[0] <= at < window[1]
    )
    assert all(is_due(weekly, o.original, NUI_THANH) for o in found(*changes, window=window))
