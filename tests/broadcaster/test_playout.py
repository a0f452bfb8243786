"""What goes on air, and what the log says of it, on a virtual clock."""

import sqlite3
from collections import Counter
from datetime import timedelta

import pytest
import sqlalchemy as sa

from audio.format import RATE
from broadcaster import ahead, alerts, asrun, broadcasts, bulletins, missed, notices, plan, slots, timetable, zones
from broadcaster.models import Broadcast, SlotRow, ZoneRow
from broadcaster.models_station import Wish
from tests.broadcaster.helpers import ANY_HOUR, Air, approved, recording
from tests.conftest import NOON

FRIDAY = NOON.replace(day=27, hour=10, minute=30)  # 17:30 in Việt Nam


@pytest.fixture
def air(sessions, settings, clock):
    return Air(sessions, settings, clock)


def log(air):
    with air.sessions() as session:
        return asrun.entries(session)


def store_plan(air, settings):
    with air.sessions.begin() as session:
        plan.store(session, air.clock.now(), settings.tz)


def wish(air, kind, broadcast_id=None):
    with air.sessions.begin() as session:
        session.add(Wish(kind=kind, broadcast_id=broadcast_id, by="trực", created_at=air.clock.now()))


def play(air, name="bài", at=None, seconds=20.0, **more):
    with air.sessions.begin() as session:
        segments, facts = more.pop("segments", ()), ANY_HOUR | more.pop("facts", {})
        row = recording(session, name, seconds, segments)
        return broadcasts.play(session, row, by="trực", now=air.clock.now(), at=at, facts=facts, **more).id


def alert(air, seconds=5.0):
    with air.sessions.begin() as session:
        sha256 = recording(session, "còi", seconds).sha256
        broadcasts.alert(
            session, text=None, recording=sha256, title="Khẩn", repeat=1, by="chủ tịch", now=air.clock.now()
        )


def test_the_slot_airs_the_edition_approved_for_its_week(air, settings):
    with air.sessions.begin() as session:
        approved(session, "2026-W48", title="Tuần 48")
    store_plan(air, settings)
    air.clock.move_to(FRIDAY - timedelta(seconds=15))
    air.run(90)
    (entry,) = [e for e in log(air) if e.outcome == "aired"]
    assert entry.title == "An ninh Núi Thành: Tuần 48"
    assert entry.planned_at == entry.began_at == FRIDAY
    assert entry.seconds == 60.0
    assert entry.ended_at == FRIDAY + timedelta(seconds=60)
    assert entry.approved_by == "minh"
    assert entry.reason is None


def test_without_an_edition_the_last_one_is_repeated_and_the_log_says_so(air, settings):
    with air.sessions.begin() as session:
        approved(session, "2026-W47")
    store_plan(air, settings)
    air.clock.move_to(FRIDAY - timedelta(seconds=15))
    air.run(90)
    entry = log(air)[-1]
    assert (entry.outcome, entry.reason) == ("aired", "fallback-repeat")


def test_nothing_approved_nothing_aired(air, settings):
    store_plan(air, settings)
    air.clock.move_to(FRIDAY - timedelta(seconds=15))
    air.run(30)
    assert [(e.outcome, e.reason, e.began_at) for e in log(air)][-1] == ("missed", "no-edition", None)
    assert air.opened == []


def test_a_recording_that_is_not_the_approved_one_any_more_is_not_aired(air, settings):
    with air.sessions.begin() as session:
        sha256 = approved(session, "2026-W48").audio_sha256
    air.broken.add(sha256)
    store_plan(air, settings)
    air.clock.move_to(FRIDAY - timedelta(seconds=15))
    air.run(30)
    assert [(e.outcome, e.reason) for e in log(air)][-1] == ("failed", "recording-broken")


def test_the_queue_plays_in_order_without_a_gap(air):
    play(air, "một")
    play(air, "hai")
    air.run(50)
    first, second = log(air)
    assert [first.title, second.title] == ["một", "hai"]
    assert second.began_at == first.ended_at
    assert first.by == "trực"


def test_an_item_moved_to_the_front_plays_first(air):
    play(air, "một")
    play(air, "hai")
    last = play(air, "ba")
    air.run(5)
    with air.sessions.begin() as session:
        broadcasts.move(session, last, 1)
    air.run(60)
    assert [e.title for e in sorted(log(air), key=lambda e: e.began_at)] == ["một", "ba", "hai"]


def test_an_alert_cuts_in_and_the_broadcast_goes_on_from_its_segment(air):
    play(air, "chương trình", at=NOON + timedelta(seconds=5), seconds=60.0, segments=(0, 10, 20, 30))
    air.run(30)  # 25 s in
    alert(air)
    air.run(80)
    by_title = {e.title: e for e in log(air)}
    assert by_title["Khẩn"].outcome == "aired"
    assert by_title["Khẩn"].by == "chủ tịch"
    programme = by_title["chương trình"]
    assert (programme.outcome, programme.reason) == ("aired", "interrupted-by-alert")
    assert air.opened[-1] == ("sha chương trình", 20.0)
    assert programme.seconds == pytest.approx(60 + 5, abs=0.1)  # the interrupted segment's first 5 s twice


def test_stop_all_silences_holds_and_resumes(air):
    play(air, "một")
    play(air, "hai")
    air.run(5)
    wish(air, "stop")
    air.run(30)
    assert [(e.title, e.outcome, e.reason) for e in log(air)] == [("một", "cut", "stopped")]
    assert air.mixer.level == 0
    wish(air, "resume")
    air.run(30)
    assert [(e.title, e.outcome) for e in log(air)][-1] == ("hai", "aired")


def test_ending_one_broadcast_leaves_the_others_alone(air):
    one = play(air, "một")
    play(air, "hai")
    air.run(5)
    wish(air, "end", one)
    air.run(30)
    assert [(e.title, e.outcome, e.reason) for e in log(air)] == [("một", "cut", "ended"), ("hai", "aired", None)]


def test_the_queue_gives_a_sleeping_amplifier_its_time_but_only_out_of_silence(air):
    air.mixer.lead = 3 * RATE
    start = air.clock.now()
    play(air, "một", seconds=5.0)
    play(air, "hai", seconds=5.0)
    air.run(20)
    first, second = log(air)
    assert abs(first.began_at - start - timedelta(seconds=3)) < timedelta(seconds=0.6)
    assert abs(second.began_at - first.ended_at) < timedelta(milliseconds=1)


def test_an_alert_waits_for_no_amplifier(air):
    air.mixer.lead = 3 * RATE
    start = air.clock.now()
    alert(air)
    air.run(10)
    assert log(air)[0].began_at - start < timedelta(seconds=0.6)


def test_skip_ends_what_plays_and_the_next_follows(air):
    play(air, "một")
    play(air, "hai")
    air.run(5)
    wish(air, "skip")
    air.run(30)
    assert [(e.title, e.outcome, e.reason) for e in log(air)] == [("một", "cut", "skipped"), ("hai", "aired", None)]


def test_after_a_restart_it_is_logged_once_and_not_begun_again(sessions, settings, clock):
    before = Air(sessions, settings, clock)
    play(before, "tin", at=NOON + timedelta(seconds=2), seconds=60.0, late="resume:5m")
    before.run(20)
    clock.sleep(3)  # killed: nothing of the old playout is left but the database
    after = Air(sessions, settings, clock)
    after.playout.recover()
    after.run(60)
    (entry,) = log(after)
    assert (entry.outcome, entry.reason) == ("aired", "restarted")
    position = after.opened[0][1]
    assert position == pytest.approx(21, abs=1.1)
    assert entry.seconds == pytest.approx(57, abs=1.6)


def test_why_it_is_late_outlives_a_plan_between_cue_and_beginning(air, settings):
    with air.sessions.begin() as session:
        approved(session, "2026-W48")
        for row in timetable.slot_rows(session):
            row.late = "resume:5m"
    store_plan(air, settings)
    air.clock.move_to(FRIDAY + timedelta(seconds=1.5))
    air.playout.tick()
    store_plan(air, settings)
    air.run(90)
    (entry,) = [e for e in log(air) if e.planned_at == FRIDAY]
    assert (entry.outcome, entry.reason) == ("aired", "from-middle")


def test_a_beginning_that_is_left_out_is_told_however_short(sessions, settings, clock):
    play(Air(sessions, settings, clock), "tin", at=NOON + timedelta(seconds=2), seconds=60.0, late="resume:5m")
    clock.sleep(3.5)  # the station was off for the very moment
    after = Air(sessions, settings, clock)
    after.run(65)
    (entry,) = log(after)
    assert (entry.outcome, entry.reason) == ("aired", "from-middle")
    assert entry.seconds == pytest.approx(58.5, abs=0.1)


def test_a_broadcast_that_waited_behind_another_too_long_is_missed_with_the_reason(air):
    play(air, "dài", at=NOON + timedelta(seconds=2), seconds=60.0)
    play(air, "sau", at=NOON + timedelta(seconds=5), late="from-start:20s")
    air.run(90)
    assert [(e.title, e.outcome, e.reason) for e in log(air)] == [
        ("dài", "aired", None),
        ("sau", "missed", "another-on-air"),
    ]


def test_a_clock_before_the_last_entry_holds_the_schedule(air, clock):
    play(air, "một", at=NOON + timedelta(seconds=3), seconds=5.0)
    air.run(12)
    clock._wall -= 86_400
    play(air, "hai", at=clock.now() + timedelta(seconds=3))
    air.run(10)
    assert not air.playout.trusted
    assert [e.title for e in log(air)] == ["một"]


def test_planning_twice_changes_nothing(air, settings):
    store_plan(air, settings)
    with air.sessions() as session:
        first = ahead.view(session, NOON, NOON + timedelta(days=7), settings.tz)
    store_plan(air, settings)
    with air.sessions() as session:
        assert ahead.view(session, NOON, NOON + timedelta(days=7), settings.tz) == first
    assert [p.programme for p in first] == ["tieng-loa-an-ninh", "an-ninh-nui-thanh", "an-ninh-nui-thanh"]


def test_the_operator_is_warned_two_days_and_two_hours_before_once(air, settings):
    store_plan(air, settings)

    def warned(before):
        with air.sessions.begin() as session:
            return [w.starts_at for w in notices.due(session, FRIDAY - before, settings.tz)]

    assert not any(w == FRIDAY for w in warned(timedelta(days=2, seconds=1)))
    assert len([w for w in warned(timedelta(days=2)) if w == FRIDAY]) == 1
    assert not any(w == FRIDAY for w in warned(timedelta(days=1, hours=20)))
    assert len([w for w in warned(timedelta(hours=2)) if w == FRIDAY]) == 1


def test_a_warning_stands_until_the_week_has_its_edition_and_says_what_is_played_instead(air, settings):
    store_plan(air, settings)
    now = FRIDAY - timedelta(days=1)

    def standing():
        with air.sessions() as session:
            return [(w.title, w.code) for w in notices.standing(session, now, settings.tz) if w.starts_at == FRIDAY]

    assert standing() == [("An ninh Núi Thành", "no-edition")]
    with air.sessions.begin() as session:
        approved(session)
    assert standing() == []


def typed_alert(air):
    with air.sessions.begin() as session:
        row = broadcasts.alert(
            session, text="Bão vào.", recording=None, title="Khẩn", repeat=1, by="chủ tịch", now=air.clock.now()
        )
        return row.id


def test_a_typed_alert_begins_with_its_siren_and_goes_over_to_the_speech_when_it_is_there(air):
    alert_id = typed_alert(air)
    air.run(2)  # longer than one round
    with air.sessions.begin() as session:
        session.get_one(Broadcast, alert_id).recording = recording(session, "lời", 10.0).sha256
    air.run(20)
    entry = log(air)[0]
    assert (entry.outcome, entry.reason, entry.audio_sha256) == ("aired", None, "sha lời")
    assert air.opened == [("sha lời", 1.5)]  # without its own siren: that has been heard
    assert entry.seconds in (pytest.approx(2 * 1.5 + 8.5), pytest.approx(3 * 1.5 + 8.5))


def test_an_alert_spoken_within_the_first_siren_was_heard_whole(air):
    alert_id = typed_alert(air)
    air.run(0.5)
    with air.sessions.begin() as session:
        row = recording(session, "lời", 10.0)
        row.segments = [{"kind": "alert", "title": "Lần 1", "start_s": 1.9, "end_s": 10.0}]  # after a breath of its own
        session.get_one(Broadcast, alert_id).recording = row.sha256
    air.run(20)
    entry = log(air)[0]
    assert air.opened == [("sha lời", pytest.approx(1.75))]
    assert (entry.outcome, entry.reason, entry.seconds) == ("aired", None, pytest.approx(1.5 + 8.25))


def test_an_alert_that_can_not_be_spoken_sounds_its_siren_and_the_log_says_so(air):
    typed_alert(air)
    air.run(60)
    assert (log(air)[0].outcome, log(air)[0].reason) == ("failed", "alert-not-spoken")
    assert log(air)[0].seconds == pytest.approx(30)


def edit(air, bulletin_id, text="Đã sửa sau khi duyệt."):
    with air.sessions.begin() as session:
        bulletin = bulletins.get(session, bulletin_id)
        bulletins.edit(session, bulletin, text=text, week=bulletin.week, title=bulletin.title, by="lan", now=NOON)


@pytest.mark.parametrize("at", [None, timedelta(minutes=2)])
def test_what_is_edited_after_it_was_put_in_the_queue_does_not_air(air, at):
    play(air, "trước", seconds=30)
    with air.sessions.begin() as session:
        bulletin = approved(session)
        row = broadcasts.recording(session, bulletin.audio_sha256)
        facts = ANY_HOUR | {"bulletin_id": bulletin.id, "approved_by": "minh", "text_sha256": bulletin.text_sha256}
        start = air.clock.now() + at if at else None
        broadcasts.play(session, row, by="trực", now=air.clock.now(), at=start, title="Bản tin", facts=facts)
    air.run(5)
    edit(air, bulletin.id)
    air.run(200)
    (entry,) = [e for e in log(air) if e.title == "Bản tin"]
    assert (entry.outcome, entry.reason, entry.began_at) == ("withdrawn", "not-approved", None)


@pytest.mark.parametrize(
    ("between", "again"), [(None, {"đông": 2, "tây": 1}), ("all", {"đông": 2, "cả xã": 4, "tây": 2})]
)
def test_what_is_taken_back_is_cued_anew_with_what_waits_for_its_outputs_only(
    sessions, settings, clock, between, again
):
    air = Air(sessions, settings, clock, zones=("dong", "tay"))
    with sessions.begin() as session:
        for slug in ("dong", "tay"):
            zones.save(session, slug, slug, ["null:"], [], NOON)
        bulletin = approved(session)
        sound = broadcasts.recording(session, bulletin.audio_sha256)
        facts, at = ANY_HOUR | {"bulletin_id": bulletin.id}, NOON + timedelta(seconds=8)
        broadcasts.play(session, sound, by="trực", now=NOON, at=at, title="bỏ", zone="dong", facts=facts)
    play(air, "đông", at=at + timedelta(seconds=1), zone="dong")
    if between:
        play(air, "cả xã", at=at + timedelta(seconds=1), zone=between)
    play(air, "tây", at=at + timedelta(seconds=1), zone="tay")
    air.run(3)
    edit(air, bulletin.id)
    air.run(2)
    opened = Counter(sha256.removeprefix("sha ") for sha256, _ in air.opened)
    assert {name: opened[name] for name in again} == again
    air.run(60)
    assert sorted((e.title, e.outcome) for e in log(air)) == sorted(
        [("bỏ", "withdrawn"), *((name, "aired") for name in again)]
    )


@pytest.mark.parametrize("replanned", [False, True])
def test_what_is_edited_in_the_last_seconds_before_its_slot_is_replaced_by_the_fallback(air, settings, replanned):
    with air.sessions.begin() as session:
        approved(session, "2026-W47")
        bulletin = approved(session, "2026-W48", title="Tuần 48")
    store_plan(air, settings)
    air.clock.move_to(FRIDAY - timedelta(seconds=9))
    air.run(4)
    edit(air, bulletin.id)
    if replanned:  # before the playout has seen it
        store_plan(air, settings)
    air.run(90)
    (entry,) = [e for e in log(air) if e.outcome == "aired"]
    assert (entry.reason, entry.began_at) == ("fallback-repeat", FRIDAY)
    assert air.opened[-1][0] == entry.audio_sha256


def cued(air, settings):
    """Friday's broadcast, five seconds before it begins."""
    with air.sessions.begin() as session:
        approved(session, "2026-W48")
    store_plan(air, settings)
    air.clock.move_to(FRIDAY - timedelta(seconds=9))
    air.run(4)


@pytest.mark.parametrize(("column", "value"), [("klass", "uu-tien"), ("zone", "thon-1")])
def test_what_the_plan_says_otherwise_of_a_cued_broadcast_is_cued_anew(air, settings, column, value):
    cued(air, settings)
    with air.sessions.begin() as session:
        for row in session.scalars(sa.select(Broadcast).where(Broadcast.starts_at == FRIDAY)):
            setattr(row, column, value)
    air.run(4)
    assert len(air.opened) == 2


def test_a_slot_removed_in_the_last_seconds_does_not_air(air, settings):
    cued(air, settings)
    with air.sessions.begin() as session:
        for slot in timetable.slot_rows(session):
            slots.remove(session, slot.id, air.clock.now())
    air.run(30)
    assert [e for e in log(air) if e.planned_at == FRIDAY] == []
    assert air.playout.on_air() == frozenset()


def test_a_slot_removed_a_blink_before_its_moment_does_not_air_after_it(air, settings):
    with air.sessions.begin() as session:
        approved(session, "2026-W48")
    store_plan(air, settings)
    air.clock.move_to(FRIDAY - timedelta(seconds=9))
    air.run(8.9, step=0.1)
    with air.sessions.begin() as session:
        for slot in timetable.slot_rows(session):
            slots.remove(session, slot.id, air.clock.now())
    air.run(30)  # its first pass takes it out of the mixer, the next is after its moment
    assert [e for e in log(air) if e.planned_at == FRIDAY] == []
    assert air.playout.on_air() == frozenset()


def test_a_damaged_edition_is_replaced_by_the_fallback_and_the_log_says_why(air, settings):
    with air.sessions.begin() as session:
        last = approved(session, "2026-W47").audio_sha256
        air.broken.add(approved(session, "2026-W48").audio_sha256)
    store_plan(air, settings)
    air.clock.move_to(FRIDAY - timedelta(seconds=15))
    air.run(90)
    (entry,) = [e for e in log(air) if e.planned_at == FRIDAY]
    assert (entry.outcome, entry.audio_sha256, entry.began_at) == ("aired", last, FRIDAY)
    assert entry.reason == "recording-broken fallback-repeat"


def test_what_was_taken_back_a_block_too_late_is_faded_out_and_costs_nothing_else(air):
    first = play(air, "một")
    air.playout.tick()
    air.mixer.render(4800, air.clock.wall())
    with air.sessions.begin() as session:
        asrun.end(session, session.get_one(Broadcast, first), broadcasts.Status.WITHDRAWN, air.clock.now())
    play(air, "hai")
    air.run(30)
    assert [(e.title, e.outcome) for e in log(air)] == [("một", "withdrawn"), ("hai", "aired")]


def test_what_was_heard_while_the_disk_was_full_is_written_down_when_it_is_not(air):
    play(air, "một")
    air.run(2)
    full = sqlite3.OperationalError("database or disk is full")

    def refuse(*_args):
        raise sa.exc.OperationalError("COMMIT", {}, full)

    sa.event.listen(air.sessions, "before_commit", refuse)
    for _ in range(60):
        air.mixer.render(24_000, air.clock.wall())
        air.clock.sleep(0.5)
        with pytest.raises(sa.exc.OperationalError):
            air.playout.tick()
    assert log(air) == []
    sa.event.remove(air.sessions, "before_commit", refuse)
    air.playout.tick()
    (entry,) = log(air)
    assert (entry.outcome, entry.seconds) == ("aired", 20.0)


def test_a_device_lost_in_mid_broadcast_keeps_the_place_and_the_log_names_the_gap(air):
    play(air, "tin", seconds=20.0)
    air.run(5)
    air.outlets[0].up = False
    air.run(8)
    assert air.playout.on_air() == frozenset()  # the status does not claim what nobody hears
    air.outlets[0].up = True
    air.mixer.missed(8 * 48_000)  # as the output does when it has its device again
    air.run(20)
    (entry,) = log(air)
    assert (entry.outcome, entry.reason, entry.seconds) == ("aired", "output-lost", 20.0)
    assert entry.proof["gap_frames"] == 8 * 48_000


def test_what_waits_for_its_device_does_not_go_on_in_the_quiet_hours(air):
    evening = NOON.replace(hour=14, minute=55)  # 21:55, five minutes before they begin
    air.clock.move_to(evening)
    with air.sessions.begin() as session:
        broadcasts.play(
            session, recording(session, "tin", 200.0), by="trực", now=evening, at=evening + timedelta(seconds=2),
            late="from-start:20m", facts={"overruled": ["outside-allowed"]},
        )  # fmt: skip
    air.run(100)
    air.outlets[0].up = False
    air.run(90)
    assert log(air) == []  # 102 seconds are left of it, and it may still be over by ten
    air.run(20)
    (entry,) = log(air)
    assert (entry.outcome, entry.reason) == ("cut", "output-lost hours-quiet")


def test_a_device_that_stays_away_ends_what_was_on_air_after_its_grace(air):
    play(air, "tin", at=NOON + timedelta(seconds=2), late="from-start:1m")
    air.run(5)
    air.outlets[0].up = False
    air.run(70)
    (entry,) = log(air)
    assert (entry.outcome, entry.reason) == ("cut", "output-lost no-output")
    assert entry.seconds == pytest.approx(3, abs=0.6)


def test_what_is_due_without_a_device_waits_for_it_and_then_begins_by_its_policy(air):
    air.outlets[0].up = False
    play(air, "đầu", at=NOON + timedelta(seconds=5), seconds=20.0)
    play(air, "tiếp", at=NOON + timedelta(seconds=40), seconds=40.0, late="resume:5m")
    air.run(20)
    assert not air.playout.busy()
    air.outlets[0].up = True
    air.run(5)
    assert air.opened == [("sha đầu", 0.0)]
    air.outlets[0].up = False
    air.mixer.clear()
    air.run(30)
    air.outlets[0].up = True
    air.run(60)
    assert air.opened[-1][1] == pytest.approx(15, abs=1)


def test_what_no_device_ever_took_is_missed_with_the_reason(air):
    air.outlets[0].up = False
    play(air, "tin", at=NOON + timedelta(seconds=5), late="from-start:20s")
    air.run(40)
    assert [(e.outcome, e.reason) for e in log(air)] == [("missed", "no-output")]


def test_zones_have_queues_of_their_own_and_all_waits_for_both(sessions, settings, clock):
    air = Air(sessions, settings, clock, zones=("dong", "tay"))
    with sessions.begin() as session:
        zones.save(session, "dong", "Thôn Đông", ["null:"], [], NOON)
        zones.save(session, "tay", "Thôn Tây", ["null:"], [], NOON)
    play(air, "đông", zone="dong", seconds=20)
    play(air, "tây", zone="tay", seconds=10)
    play(air, "cả xã", seconds=10)
    air.run(60)
    began = {e.title: (e.began_at - NOON).total_seconds() for e in log(air)}
    assert (began["đông"], began["tây"]) == (0, 0)
    assert began["cả xã"] == pytest.approx(20, abs=1)
    assert all(e.outcome == "aired" for e in log(air))


@pytest.mark.parametrize("spoken", [False, True])
def test_an_alert_for_some_zones_begins_in_all_of_them_in_the_same_block_and_is_a_line_each(
    sessions, settings, clock, spoken
):
    air = Air(sessions, settings, clock, zones=("dong", "tay", "nam"))
    with sessions.begin() as session:
        for slug in ("dong", "tay", "nam"):
            zones.save(session, slug, f"Thôn {slug}", ["null:"], [], NOON)
        sound = recording(session, "còi", 5.0).sha256
    play(air, "cả xã", seconds=60)
    air.run(2)
    sent = alerts.typed(sessions, "Lũ đang về.", 1, "trực", clock.now(), ["dong", "Thôn tay", "dong"])
    if spoken:
        with sessions.begin() as session:
            for row in sent:
                session.get_one(Broadcast, row.id).recording = sound
    air.run(3)
    with sessions() as session:
        assert {row.zone for row in broadcasts.on_air(session) if row.kind == "alert"} == {"dong", "tay"}
    assert [outlet.mixer.playing()[0].key for outlet in air.outlets[:2]] == [row.id for row in sent]
    assert air.outlets[2].mixer.playing()[0].key not in {row.id for row in sent}  # the rest goes on with the programme
    wish(air, "stop")
    air.run(2)
    lines = [e for e in log(air) if e.title.startswith(alerts.TITLE)]
    assert sorted(e.zone for e in lines) == ["dong", "tay"]
    assert len({e.began_at for e in lines}) == 1
    assert {(e.outcome, e.reason) for e in lines} == {("cut", "stopped")}


def test_what_was_meant_for_a_zone_that_is_gone_is_heard_nowhere_and_says_so(sessions, settings, clock):
    air = Air(sessions, settings, clock, zones=("tay",))
    with sessions.begin() as session:
        zones.save(session, "dong", "Thôn Đông", ["null:"], [], NOON)
        zones.save(session, "tay", "Thôn Tây", ["file:t"], [], NOON)
    play(air, "xếp hàng", zone="dong")
    play(air, "hẹn giờ", zone="dong", at=NOON + timedelta(seconds=5))
    air.run(2)
    assert log(air) == []  # a zone that is only new has its outputs soon
    with sessions.begin() as session:
        session.execute(sa.delete(ZoneRow).where(ZoneRow.slug == "dong"))
    air.run(10)
    assert {(e.title, e.outcome, e.reason) for e in log(air)} == {
        ("xếp hàng", "missed", "zone-gone"),
        ("hẹn giờ", "missed", "zone-gone"),
    }


def live_row(air, **more):
    with air.sessions.begin() as session:
        row = Broadcast(title="sống", status="ready", starts_at=air.clock.now(), created_at=NOON, zone="all", **more)
        session.add(row)
        session.flush()
        return row.id


def test_a_relay_interrupted_by_an_alert_is_joined_again_and_ends_at_its_time(air):
    live_row(air, kind="at", live={"url": "http://dai", "seconds": 60})
    air.run(20)
    alert(air, seconds=10)
    air.run(60)
    entry = next(e for e in log(air) if e.title == "sống")
    assert (entry.outcome, entry.reason) == ("aired", "interrupted-by-alert")
    assert (entry.ended_at - entry.began_at).total_seconds() == pytest.approx(60, abs=1)
    assert entry.seconds == pytest.approx(50, abs=1)


def test_a_microphone_is_heard_above_what_plays_which_goes_on_after_it(air):
    play(air, "nhạc", seconds=40, segments=(0, 10, 20))
    air.run(5)
    live_row(air, kind="mic", live={"seconds": 10, "ducks": False})
    air.run(60)
    assert [(e.title, e.outcome, e.reason) for e in log(air)] == [
        ("nhạc", "aired", "interrupted-by-other"),
        ("sống", "aired", None),
    ]


def test_over_music_the_microphone_leaves_it_running(air):
    play(air, "nhạc", seconds=40)
    air.run(5)
    live_row(air, kind="mic", live={"seconds": 10, "ducks": True})
    air.run(60)
    assert {(e.title, e.outcome, e.reason, e.seconds) for e in log(air)} == {
        ("nhạc", "aired", None, 40.0),
        ("sống", "aired", None, 10.0),
    }


def test_an_alert_ends_the_microphone(air):
    live_row(air, kind="mic", live={"seconds": 60})
    air.run(5)
    alert(air)
    air.run(20)
    entry = next(e for e in log(air) if e.title == "sống")
    assert (entry.outcome, entry.reason) == ("cut", "interrupted-by-alert interrupted")


def test_skip_leaves_the_microphone_alone(air):
    live_row(air, kind="mic", live={"seconds": 10})
    air.run(3)
    wish(air, "skip")
    air.run(20)
    assert [e.outcome for e in log(air)] == ["aired"]


def test_one_bad_broadcast_costs_only_itself(air):
    bad = play(air, "hỏng", at=NOON + timedelta(seconds=3))
    with air.sessions.begin() as session:
        session.get_one(Broadcast, bad).late = "whenever"
    play(air, "lành", at=NOON + timedelta(seconds=3), seconds=5)
    air.run(20)
    assert [(e.title, e.outcome) for e in log(air)] == [("hỏng", "failed"), ("lành", "aired")]


def wall(hour, minute=0):
    return NOON + timedelta(hours=hour - 12, minutes=minute)


def test_the_queue_is_not_heard_in_the_night_when_the_power_comes_back(sessions, settings, clock):
    air = Air(sessions, settings, clock)
    clock.move_to(wall(17, 20))
    play(air, "chiều", facts={"overruled": []})
    play(air, "đêm", facts={"overruled": ["outside-allowed"]})
    play(air, "cho phép")
    wish(air, "stop")
    air.run(2)
    clock.move_to(wall(23))
    wish(air, "resume")
    air.run(60)
    assert [(e.title, e.outcome, e.reason) for e in log(air)] == [
        ("chiều", "missed", "hours-quiet"), ("đêm", "missed", "hours-quiet"), ("cho phép", "aired", None),
    ]  # fmt: skip
    with sessions() as session:
        assert {e.title for e in missed.asking(session, clock.now())} == {"chiều", "đêm"}


def test_a_slot_with_a_long_grace_does_not_begin_in_the_quiet_hours(air, settings):
    with air.sessions.begin() as session:
        approved(session, "2026-W48")
        session.execute(sa.update(SlotRow).values(late="from-start:6h"))
    store_plan(air, settings)
    air.clock.move_to(FRIDAY + timedelta(hours=5))
    air.run(30)
    found = [(e.outcome, e.reason) for e in log(air) if e.planned_at == FRIDAY]
    assert found == [("missed", "hours-quiet")]


def test_what_waits_cued_until_the_hours_are_over_is_taken_back(sessions, settings, clock):
    air = Air(sessions, settings, clock)
    clock.move_to(wall(17, 59))
    play(air, "dài", seconds=700.0)
    play(air, "chờ", seconds=20.0, facts={"overruled": []})
    air.run(800, step=5.0)
    assert [(e.title, e.outcome, e.reason) for e in log(air)] == [
        ("chờ", "missed", "hours-outside-allowed"), ("dài", "aired", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "expected"), [(0, ("aired", None)), (1, ("missed", "expired"))], ids=["its last day", "the day after"]
)
def test_a_bulletin_that_has_expired_meanwhile_refuses_to_air(air, day, expected):
    with air.sessions.begin() as session:
        bulletin = approved(session)
        bulletin.expires = wall(12).date()
        facts, at = {"bulletin_id": bulletin.id}, wall(23, 59) if not day else wall(24, 1)
        row = broadcasts.recording(session, bulletin.audio_sha256)
        held = wall(21)
        air.clock.move_to(held)
        broadcasts.play(session, row, by="trực", now=held, title="Bản tin", facts=ANY_HOUR | facts)
    air.clock.move_to(at)
    air.run(5)
    air.run(90)
    assert [(e.outcome, e.reason) for e in log(air)] == [expected]


def test_what_is_cued_when_its_bulletin_expires_is_taken_back(air):
    air.clock.move_to(wall(23, 59))
    play(air, "trước", seconds=100.0)
    with air.sessions.begin() as session:
        bulletin = approved(session)
        bulletin.expires = wall(12).date()
    play_bulletin = {"bulletin_id": bulletin.id}
    with air.sessions.begin() as session:
        row = broadcasts.recording(session, bulletin.audio_sha256)
        broadcasts.play(session, row, by="trực", now=air.clock.now(), title="Bản tin", facts=ANY_HOUR | play_bulletin)
    air.run(150)
    assert {e.title: (e.outcome, e.reason) for e in log(air)}["Bản tin"] == ("missed", "expired")
