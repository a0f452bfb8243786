"""What people order by hand is asked beside what the day carries: when it is ordered, and when it begins."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from broadcaster import carried, hours, live, plan, playing, programmes, slots, timetable, zones
from broadcaster.broadcasts import Status
from broadcaster.models import Broadcast, Recording, SlotRow
from broadcaster.models_station import AsRun
from broadcaster.slots import Wanted
from tests.broadcaster.helpers import Air, approved, recording, refused
from tests.conftest import NOON
from tests.schedules.made import NUI_THANH, quick

MINUTES = timedelta(minutes=1)
HOW = {"by": "trực", "tz": NUI_THANH}


@pytest.fixture
def day(session):
    """A Tuesday with nothing in it, on which twenty minutes may be heard at any hour, and nothing three times."""
    session.execute(sa.update(SlotRow).values(removed_at=NOON))
    session.expire_all()
    hours.set_for(session, "all", allowed="00:00-00:00", quiet="", max_minutes=20, max_repeats=1)
    return session


def order(session, minutes, name="bài", at=None, now=NOON, **more):
    sound = session.get(Recording, f"sha {name} {minutes}") or recording(session, f"{name} {minutes}", 60.0 * minutes)
    return playing.recording(session, sound, now=now, at=at, **HOW, **more)


def again(session, row, **more):
    return playing.recording(session, session.get_one(Recording, row.recording), now=NOON, **HOW, **more)


def over(row, seconds, outcome=Status.AIRED):
    row.status, row.began_at, row.delivered = outcome, row.starts_at, round(seconds * 48_000)


def daily(session, at, minutes, slug="an-ninh-nui-thanh"):
    approved(session, "2026-W48", slug, seconds=60.0 * minutes)
    wanted = Wanted("FREQ=DAILY", at, override="thử")
    return slots.add(session, programmes.get(session, slug), wanted, now=NOON, tz=NUI_THANH)


def why(error):
    return error.value.values["refusal"].code


def test_what_waits_in_the_queue_takes_of_the_day(day):
    order(day, 12)
    order(day, 8, "vừa khít")
    with refused("reason-outside") as error:
        order(day, 1, "quá")
    assert why(error) == "too-many-minutes"
    row = order(day, 1, "có lý do", why=" bão  về ")
    assert (row.remark, row.overruled) == ("bão về", ["too-many-minutes"])


def test_of_what_was_heard_counts_what_was_heard(day):
    over(order(day, 15), 60.0, Status.CUT)
    over(order(day, 4), 0.0, Status.MISSED)
    day.flush()
    assert order(day, 19).remark is None


def test_what_the_schedule_still_has_for_the_day_is_kept_for_it(day):
    daily(day, "17:30", 15)
    with refused("reason-outside"):
        order(day, 6)  # the plan has not been stored yet
    plan.store(day, NOON, NUI_THANH)
    with refused("reason-outside"):
        order(day, 6)
    row = order(day, 5)
    plan.store(day, NOON, NUI_THANH)
    assert row.remark is None
    assert day.scalars(sa.select(Broadcast.refused).where(Broadcast.kind == "scheduled")).first() is None


def test_the_day_counts_for_which_it_is_ordered(day):
    order(day, 20)
    tomorrow = NOON + timedelta(days=1)
    assert order(day, 20, "mai", at=tomorrow).remark is None
    with refused("reason-outside"):
        order(day, 1, "mai nữa", at=tomorrow)
    daily(day, "17:30", 10)
    next_month = NOON + timedelta(days=30)
    with refused("reason-outside"):
        order(day, 11, "xa", at=next_month)
    assert order(day, 10, "xa", at=next_month).remark is None


def test_the_same_recording_or_bulletin_is_heard_again_as_often_as_the_hours_say(day):
    row = order(day, 1)
    again(day, row)
    with refused("reason-outside") as error:
        again(day, row)
    assert why(error) == "too-many-repeats"
    assert again(day, row, why="theo yêu cầu").overruled == ["too-many-repeats"]
    daily(day, "17:30", 2)
    plan.store(day, NOON, NUI_THANH)
    playing.programme(day, "an-ninh-nui-thanh", now=NOON, **HOW)
    with refused("reason-outside"):
        playing.programme(day, "an-ninh-nui-thanh", now=NOON, **HOW)


def test_places_are_counted_each_for_itself(day):
    for slug in ("dong", "tay"):
        zones.save(day, slug, slug, [f"null:{slug}"], [], NOON)
    assert order(day, 15, zone="dong").remark is None
    assert order(day, 15, zone="tay").remark is None
    assert order(day, 5).remark is None  # everywhere: the fullest place
    for zone in ("all", "dong"):
        with refused("reason-outside"):
            order(day, 1, "thêm", zone=zone)


def test_a_relay_takes_of_the_day_and_an_alert_or_a_microphone_does_not(day):
    end = NOON + 15 * MINUTES
    live.relay(day, "http://127.0.0.1:9/dai", NOON, end, fallback=None, zone="all", by="trực", now=NOON)
    live.microphone(day, zone="all", by="trực", now=NOON, longest_s=3600)
    order(day, 5)
    with refused("reason-outside"):
        order(day, 1, "quá")
    assert playing.reason(day, "", NOON, NUI_THANH, 60 * MINUTES) is None  # asked for a microphone


def test_relays_of_the_schedule_take_of_its_day_when_it_is_planned_and_when_it_airs(day):
    for number in range(2):
        vov = live.relay_programme(day, f"vov-{number}", "VOV", "http://127.0.0.1:9/dai", 9 * 60.0, None)
        slots.add(day, vov, Wanted("FREQ=DAILY", f"1{number + 3}:00"), now=NOON, tz=NUI_THANH)
    for hour in (17, 18):
        vov = live.relay_programme(day, f"vov-{hour}", "VOV", "http://127.0.0.1:9/dai", 3 * 60.0, None)
        slots.add(day, vov, Wanted("FREQ=DAILY", f"{hour}:00", override="thử"), now=NOON, tz=NUI_THANH)
    daily(day, "17:30", 1)
    for row in timetable.slot_rows(day):
        row.overruled = []
    for _ in range(2):
        plan.store(day, NOON, NUI_THANH)
        rows = day.scalars(sa.select(Broadcast).order_by(Broadcast.starts_at).limit(5)).all()
        refusals = [row.refused for row in rows]
        assert refusals == [None, None, "hours-too-many-minutes", None, "hours-too-many-minutes"]
    for row in rows:
        plan.choose_edition(day, row, NUI_THANH)  # as at the moment of air
    assert [row.refused for row in rows] == refusals


LISTED = st.lists(st.tuples(st.sampled_from(["heard", "waits", "planned", "missed"]), st.integers(1, 9)), max_size=5)


def test_what_fits_is_what_the_sum_of_the_day_leaves(day):
    @quick(20)
    @given(LISTED, st.integers(1, 12))
    def fits(lines, minutes):
        with day.begin_nested() as undone:
            total = 0
            for number, (what, length) in enumerate(lines):
                sound = recording(day, f"{number} {what} {length}", 60.0 * length)
                row = Broadcast(
                    kind="scheduled" if what == "planned" else "queue", title="", zone="all", starts_at=NOON,
                    status=Status.READY, recording=sound.sha256, created_at=NOON,
                )  # fmt: skip
                day.add(row)
                if what in ("heard", "missed"):
                    over(row, 60.0 * length, Status.AIRED if what == "heard" else Status.MISSED)
                total += 0 if what == "missed" else length
            day.flush()
            kept = playing.excuse(day, "bão", NOON, NUI_THANH, minutes * MINUTES)
            assert kept.get("overruled", []) == (["too-many-minutes"] if total + minutes > 20 else [])
            undone.rollback()
        day.expire_all()

    fits()


@pytest.fixture
def air(sessions, settings, clock):
    return Air(sessions, settings, clock)


def outcomes(sessions):
    with sessions() as session:
        return [(row.title, row.outcome, row.reason) for row in session.scalars(sa.select(AsRun).order_by(AsRun.id))]


def loosened(sessions, minutes):
    with sessions.begin() as session:
        session.execute(sa.update(SlotRow).values(removed_at=NOON))
        hours.set_for(session, "all", allowed="00:00-00:00", quiet="", max_minutes=minutes, max_repeats=1)


def test_what_waited_is_asked_again_when_it_begins_and_asks_to_be_made_up_for(air, sessions):
    loosened(sessions, 20)
    with sessions.begin() as session:
        order(session, 1, "một")
        order(session, 2, "hai", why="thử")
        order(session, 1, "ba")
        held = order(session, 3, "bốn", at=NOON + 9 * MINUTES)
        assert held.remark is None
    loosened(sessions, 3)
    air.run(12 * 60)
    refused = "hours-too-many-minutes"
    assert set(outcomes(sessions)) == {
        ("một 1", "aired", None),
        ("hai 2", "aired", None),
        ("ba 1", "missed", refused),
        ("bốn 3", "missed", refused),
    }


def test_two_that_were_both_accepted_are_both_heard(air, sessions):
    loosened(sessions, 2)
    with sessions.begin() as session:
        order(session, 1, "một")
        order(session, 1, "hai")
        order(session, 1, "ba", why="thử")
    air.run(4 * 60)
    assert [line[1] for line in outcomes(sessions)] == ["aired"] * 3


def test_a_reason_given_against_the_day_holds_when_it_begins(air, sessions):
    loosened(sessions, 1)
    with sessions.begin() as session:
        order(session, 2, "có lý do", why="bão về")
    air.run(3 * 60)
    assert outcomes(sessions) == [("có lý do 2", "aired", None)]
    with sessions() as session:
        assert session.scalars(sa.select(AsRun.remark)).one() == "bão về"


def test_what_was_broken_off_is_not_asked_again(air, sessions):
    loosened(sessions, 3)
    with sessions.begin() as session:
        order(session, 2, "dài")
    air.run(60)
    loosened(sessions, 1)
    air.playout.recover()
    air.run(3 * 60)
    assert [line[1] for line in outcomes(sessions)] == ["aired"]


def test_the_test_tone_takes_nothing(sessions, settings):
    loosened(sessions, 0)
    for _ in range(3):
        row = live.tone(sessions, settings, zone="all", by="trực", now=NOON)
    with sessions() as session:
        assert carried.refusal(session, session.get_one(Broadcast, row.id), NOON, NUI_THANH, NOON) is None
