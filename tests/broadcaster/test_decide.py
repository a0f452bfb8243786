"""The rules of the air, one by one."""

from datetime import timedelta

import pytest

from audio.cues import Lane
from broadcaster.broadcasts import Status
from broadcaster.decide import LEAD, QUEUE_LIFE, Candidate, Finish, Play, Wait, decide, lane
from broadcaster.hours import Bounds
from schedules.hours import Hours
from schedules.late import LatePolicy
from tests.conftest import NOON
from tests.schedules.made import NUI_THANH

S, M, H = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


def waiting(**more):
    facts = {
        "id": "b",
        "kind": "scheduled",
        "starts_at": NOON,
        "late": LatePolicy.parse("from-start:10m"),
        "length": 15 * M,
    }
    return Candidate(**(facts | more))


def verdict(candidate, now, held=False, trusted=True):
    return decide(candidate, now, held=held, trusted=trusted)


def test_it_is_cued_ahead_for_its_exact_moment():
    assert verdict(waiting(), NOON - LEAD - S) == Wait()
    assert verdict(waiting(), NOON - LEAD) == Play(NOON, 0 * S)


@pytest.mark.parametrize(
    ("policy", "late", "expected"),
    [
        ("from-start:10m", 10 * M, Play(NOON + 10 * M, 0 * S)),
        ("from-start:10m", 10 * M + S, Finish(Status.MISSED, "too-late")),
        ("resume:30m", 4 * M, Play(NOON + 4 * M, 4 * M)),
        ("resume:30m", 15 * M, Finish(Status.MISSED, "too-late")),
        ("skip", 3 * S, Finish(Status.MISSED, "too-late")),
    ],
)
def test_late_policies(policy, late, expected):
    assert verdict(waiting(late=LatePolicy.parse(policy)), NOON + late) == expected


def test_without_an_edition_it_is_missed_with_the_reason_at_its_moment():
    assert verdict(waiting(length=None), NOON - S) == Wait()
    assert verdict(waiting(length=None), NOON) == Finish(Status.MISSED, "no-edition")


def test_while_held_the_schedule_is_missed_the_queue_waits_and_alerts_go_out():
    assert verdict(waiting(), NOON, held=True) == Finish(Status.MISSED, "held")
    assert verdict(waiting(), NOON - S, held=True) == Wait()
    assert verdict(waiting(kind="queue"), NOON, held=True) == Wait()
    assert verdict(waiting(kind="alert"), NOON, held=True) == Play(NOON, 0 * S)


def test_on_a_wrong_clock_the_schedule_waits_but_people_are_obeyed():
    assert verdict(waiting(), NOON, trusted=False) == Wait()
    assert verdict(waiting(kind="queue"), NOON, trusted=False) == Play(NOON, 0 * S)
    assert verdict(waiting(kind="alert"), NOON, trusted=False) == Play(NOON, 0 * S)


def interrupted(by, policy="from-start:10m", heard=65 * S, **more):
    return waiting(
        late=LatePolicy.parse(policy),
        heard_to=heard,
        boundaries=(0 * S, 30 * S, 60 * S, 90 * S),
        interrupted_by=by,
        interrupted_at=NOON + heard,
        **more,
    )


def test_after_an_alert_it_goes_on_from_the_start_of_the_interrupted_segment():
    now = NOON + 2 * M
    assert verdict(interrupted("higher"), now) == Play(now, 60 * S)
    assert verdict(interrupted("higher", "resume:30m"), now) == Play(now, 60 * S)


def test_after_a_restart_a_resume_slot_is_where_it_should_be_and_others_do_not_begin_again():
    now = NOON + 68 * S
    assert verdict(interrupted("restart", "resume:30m"), now) == Play(now, 68 * S)
    assert verdict(interrupted("restart"), now) == Play(now, 60 * S)
    assert verdict(interrupted("restart", "skip"), now) == Finish(Status.CUT, "interrupted")


def test_too_long_an_interruption_cuts():
    assert verdict(interrupted("restart"), NOON + 30 * M) == Finish(Status.CUT, "interrupted-too-long")
    assert verdict(interrupted("restart", "resume:30m"), NOON + 16 * M) == Finish(Status.CUT, "interrupted")


def test_an_old_alert_is_not_sounded_after_a_power_cut():
    assert verdict(waiting(kind="alert"), NOON + 11 * M) == Finish(Status.MISSED, "alert-too-old")


def test_an_alert_does_not_wait_until_it_is_spoken():
    assert verdict(waiting(kind="alert", length=None), NOON) == Play(NOON, timedelta(0))


def test_the_three_classes_have_their_lanes():
    assert (
        lane("alert", "thuong") > lane("scheduled", "uu-tien") > lane("scheduled", "thuong") > lane("queue", "thuong")
    )
    assert lane("at", "thuong") == Lane.SCHEDULED


def test_what_is_live_is_joined_where_it_is_as_long_as_it_lasts():
    relay = waiting(kind="at", live=True, length=30 * M, late=LatePolicy.parse("skip"))
    assert verdict(relay, NOON - LEAD - S) == Wait()
    assert verdict(relay, NOON - S) == Play(NOON, 0 * S)
    assert verdict(relay, NOON + 29 * M) == Play(NOON + 29 * M, 29 * M)
    assert verdict(relay, NOON + 30 * M) == Finish(Status.MISSED, "too-late")
    cut = waiting(kind="at", live=True, length=30 * M, interrupted_by="higher", heard_to=5 * M)
    assert verdict(cut, NOON + 20 * M) == Play(NOON + 20 * M, 20 * M)
    assert verdict(cut, NOON + 30 * M) == Finish(Status.CUT, "interrupted")


def test_a_relay_outside_the_hours_is_missed_with_the_reason():
    relay = waiting(live=True, refused="hours-quiet")
    assert verdict(relay, NOON - S) == Wait()
    assert verdict(relay, NOON) == Finish(Status.MISSED, "hours-quiet")


def test_a_microphone_is_for_now_or_not_at_all():
    assert verdict(waiting(kind="mic"), NOON) == Play(NOON, 0 * S)
    assert verdict(waiting(kind="mic"), NOON + M) == Finish(Status.MISSED, "too-late")
    assert verdict(waiting(kind="mic"), NOON, held=True) == Finish(Status.MISSED, "held")
    assert verdict(waiting(kind="mic", interrupted_by="higher"), NOON) == Finish(Status.CUT, "interrupted")
    assert lane("mic", "thuong") == Lane.MICROPHONE


FIVE_PM = NOON + 5 * H  # the allowed hours: 17:00-18:00; quiet: 22:00-05:00


def bound(*overruled, **more):
    facts = {"starts_at": FIVE_PM, "late": LatePolicy.parse("from-start:12h"), "length": 10 * M}
    return waiting(bounds=Bounds(Hours(), NUI_THANH, frozenset(overruled)), **(facts | more))


@pytest.mark.parametrize("kind", ["scheduled", "at", "queue"])
@pytest.mark.parametrize(
    ("after", "overruled", "expected"),
    [
        (0 * M, (), None),
        (60 * M, (), None),  # ten minutes over the hours are borne
        (61 * M, (), "hours-outside-allowed"),
        (61 * M, ("outside-allowed",), None),
        (4 * H + 49 * M, ("outside-allowed",), None),
        (4 * H + 51 * M, ("outside-allowed",), "hours-quiet"),  # its end would be in them
        (5 * H + 30 * M, (), "hours-quiet"),
        (5 * H + 30 * M, ("outside-allowed", "clash"), "hours-quiet"),
        (5 * H + 30 * M, ("outside-allowed", "quiet"), None),
    ],
)
def test_what_comes_late_out_of_the_hours_is_missed_unless_a_reason_was_given_for_it(kind, after, overruled, expected):
    now = FIVE_PM + after
    found = verdict(bound(*overruled, kind=kind), now)
    assert found == (Finish(Status.MISSED, expected) if expected else Play(now, 0 * S))


def test_what_was_interrupted_does_not_go_on_out_of_the_hours():
    cut = {"interrupted_by": "restart", "heard_to": 5 * M, "boundaries": (0 * M, 5 * M)}
    at_six = bound(**cut, interrupted_at=FIVE_PM + 55 * M)
    assert verdict(at_six, FIVE_PM + 65 * M) == Play(FIVE_PM + 65 * M, 5 * M)  # a short break
    assert verdict(at_six, FIVE_PM + 66 * M) == Finish(Status.CUT, "hours-outside-allowed")
    at_ten = bound(**cut, interrupted_at=FIVE_PM + 4 * H + 54 * M)
    assert verdict(at_ten, FIVE_PM + 4 * H + 56 * M) == Finish(Status.CUT, "hours-quiet")


def test_alerts_and_people_who_are_there_are_not_asked_again():
    now = FIVE_PM + 6 * H
    assert verdict(bound(kind="alert", starts_at=now), now) == Play(now, 0 * S)
    assert verdict(bound(kind="mic", starts_at=now), now) == Play(now, 0 * S)
    assert verdict(bound(kind="at", live=True, length=7 * H), now) == Play(now, 6 * H)


@pytest.mark.parametrize(("held", "reason"), [(False, "too-late"), (True, "held")])
def test_the_queue_of_the_morning_is_not_heard_in_the_evening(held, reason):
    item = waiting(kind="queue")
    waits = Wait() if held else Play(NOON + QUEUE_LIFE, 0 * S)
    assert verdict(item, NOON + QUEUE_LIFE, held=held) == waits
    assert verdict(item, NOON + QUEUE_LIFE + S, held=held) == Finish(Status.MISSED, reason)
