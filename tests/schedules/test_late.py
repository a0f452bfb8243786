from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.errors import BadLatePolicy
from schedules.late import SKIP_GRACE, LatePolicy, late_position
from tests.schedules.made import quick, utc

PLANNED = utc(2026, 11, 27, 10, 30)
MICROSECOND = timedelta(microseconds=1)
BEGINNING = timedelta(0)
SPANS = st.timedeltas(timedelta(0), timedelta(hours=3))
POLICIES = st.one_of(
    st.just(LatePolicy("skip")),
    st.builds(
        LatePolicy,
        st.sampled_from(["from-start", "resume"]),
        st.integers(0, 400_000).map(lambda s: timedelta(seconds=s)),
    ),
)


def position(policy, late, duration=timedelta(minutes=10)):
    return late_position(LatePolicy.parse(policy), PLANNED, PLANNED + late, duration)


@pytest.mark.parametrize("policy", ["from-start:10m", "resume:10m", "skip"])
@pytest.mark.parametrize("late", [timedelta(0), -MICROSECOND, timedelta(days=-1)])
def test_in_time_or_early_it_begins_at_the_beginning(policy, late):
    assert position(policy, late) == BEGINNING


def test_from_start_begins_at_the_beginning_up_to_exactly_the_grace():
    assert position("from-start:10m", timedelta(minutes=10)) == BEGINNING
    assert position("from-start:10m", timedelta(minutes=10) + MICROSECOND) is None


def test_from_start_does_not_ask_for_the_length():
    assert position("from-start:10m", timedelta(minutes=9), timedelta(minutes=1)) == BEGINNING


def test_resume_begins_where_it_should_be_by_now_up_to_exactly_the_grace():
    grace = timedelta(minutes=30)
    assert position("resume:30m", grace, timedelta(hours=1)) == grace
    assert position("resume:30m", grace + MICROSECOND, timedelta(hours=1)) is None


def test_resume_is_too_late_when_nothing_is_left_to_play():
    length = timedelta(minutes=10)
    assert position("resume:30m", length - MICROSECOND, length) == length - MICROSECOND
    assert position("resume:30m", length, length) is None


def test_skip_bears_two_seconds_and_no_more():
    assert position("skip", timedelta(seconds=2)) == BEGINNING
    assert position("skip", timedelta(seconds=2) + MICROSECOND) is None


def test_no_grace_bears_nothing():
    assert position("from-start:0s", MICROSECOND) is None


@quick(200)
@given(POLICIES, SPANS, SPANS)
def test_a_position_is_never_outside_the_broadcast_nor_after_the_grace(policy, late, duration):
    found = late_position(policy, PLANNED, PLANNED + late, duration)
    if late == BEGINNING:
        assert found == BEGINNING
    elif late > policy.grace or (policy.kind == "resume" and late >= duration):
        assert found is None
    else:
        assert found == (late if policy.kind == "resume" else BEGINNING)


@quick(100)
@given(POLICIES)
def test_a_policy_survives_its_text(policy):
    assert LatePolicy.parse(str(policy)) == LatePolicy.parse(f" {policy} ") == policy


@pytest.mark.parametrize(
    ("text", "kind", "grace"),
    [
        ("from-start:10m", "from-start", timedelta(minutes=10)),
        ("resume:90s", "resume", timedelta(seconds=90)),
        ("resume:2h", "resume", timedelta(hours=2)),
        ("skip", "skip", SKIP_GRACE),
    ],
)
def test_policies_are_written_with_seconds_minutes_or_hours(text, kind, grace):
    assert LatePolicy.parse(text) == LatePolicy(kind, grace)
    assert str(LatePolicy(kind, grace)) == text


@pytest.mark.parametrize(
    "text",
    ["", "skip:2s", "resume", "resume:", "resume:10", "resume:10d", "resume:-5m", "resume:1.5h", "again:5m",
     "resume:١m", "from-start:10M", "resume:1234567s"],
)  # fmt: skip
def test_what_is_no_policy_is_refused(text):
    with pytest.raises(BadLatePolicy) as raised:
        LatePolicy.parse(text)
    assert (raised.value.code, raised.value.values) == ("bad-late-policy", {"policy": text})


@pytest.mark.parametrize(
    ("kind", "grace"),
    [("again", timedelta(0)), ("resume", -timedelta(seconds=1)), ("resume", MICROSECOND), ("skip", timedelta(0))],
)
def test_a_policy_that_its_text_could_not_say_can_not_be_made(kind, grace):
    with pytest.raises(BadLatePolicy):
        LatePolicy(kind, grace)
