"""What sounds everywhere leaves out the zones in which it is paused or forbidden, and the log says so."""

from datetime import timedelta

import pytest

from broadcaster import ahead, asrun, broadcasts, hours, periods, plan, playing, programmes, timetable, zones
from broadcaster.database import looking
from broadcaster.models import Broadcast, Recording
from broadcaster.phrases import REASONS
from tests.broadcaster.helpers import Air, approved, recording
from tests.conftest import NOON
from tests.schedules.made import NUI_THANH

FRIDAY = NOON.replace(day=27, hour=10, minute=30)  # 17:30 in Việt Nam
DAY = FRIDAY.astimezone(NUI_THANH).date()


@pytest.fixture
def village(sessions, settings, clock):
    """Two zones, an edition for both at half past five on Friday, and the loudspeakers."""
    with sessions.begin() as session:
        for number in (1, 2):
            zones.save(session, f"thon-{number}", f"Thôn {number}", [f"file:{number}"], [], NOON)
        approved(session)
    return Air(sessions, settings, clock, zones=("thon-1", "thon-2"))


def aired(village):
    """Let Friday evening pass; the line of the edition, and in which zones there was sound."""
    with village.sessions.begin() as session:
        plan.store(session, NOON, NUI_THANH)
    village.clock.move_to(FRIDAY - timedelta(seconds=15))
    village.run(30)
    sounding = [outlet.zone for outlet in village.outlets if outlet.mixer.playing()]
    village.run(60)
    with looking(village.sessions) as session:
        (entry,) = [e for e in asrun.entries(session) if e.planned_at == FRIDAY]
    return entry, sounding


def pause(village, **more):
    with village.sessions.begin() as session:
        periods.add(session, first=DAY, last=DAY, reason="sửa điện", now=NOON, **more)


def quiet(village, zone):
    with village.sessions.begin() as session:
        hours.set_for(session, zone, quiet="17:00-05:00")


def test_without_a_word_about_zones_everything_sounds_everywhere(village):
    entry, sounding = aired(village)
    assert (sounding, entry.reason, entry.remark) == (["thon-1", "thon-2"], None, None)


def test_a_paused_zone_stays_silent_and_the_log_says_why(village):
    pause(village, zone="thon-1")
    entry, sounding = aired(village)
    assert sounding == ["thon-2"]
    assert (entry.outcome, entry.reason) == ("aired", "zone-left-out")
    assert entry.remark == "không phát ở Thôn 1: sửa điện"


def test_a_zone_in_its_own_quiet_hours_stays_silent(village):
    quiet(village, "thon-1")
    entry, sounding = aired(village)
    assert (sounding, entry.remark) == (["thon-2"], "không phát ở Thôn 1: trong giờ yên tĩnh")


def test_a_reason_against_the_hours_holds_in_every_zone(village):
    quiet(village, "thon-1")
    with village.sessions.begin() as session:
        for row in timetable.slot_rows(session):
            row.override_reason, row.overruled = "bầu cử", ["quiet"]
    entry, sounding = aired(village)
    assert (sounding, entry.remark) == (["thon-1", "thon-2"], "bầu cử")


def test_where_every_zone_is_closed_it_is_missed_and_the_plan_says_so_before(village):
    pause(village, zone="thon-1")
    quiet(village, "thon-2")
    entry, sounding = aired(village)
    assert (sounding, entry.outcome, entry.reason.split()[-1]) == ([], "missed", "zones-closed")


def test_the_plan_tells_beforehand_that_a_zone_is_left_out(village):
    pause(village, zone="thon-1")
    with village.sessions.begin() as session:
        plan.store(session, NOON, NUI_THANH)
        plan.store(session, NOON, NUI_THANH)
        (line,) = ahead.view(session, FRIDAY, FRIDAY + timedelta(minutes=1), NUI_THANH)
        assert line.warnings == ("zone-left-out",)
        assert session.query(Broadcast).filter_by(starts_at=FRIDAY).one().refused is None


def test_a_pause_of_another_programme_in_the_zone_changes_nothing(village):
    with village.sessions.begin() as session:
        other = next(p for p in programmes.listed(session) if p.slug != "an-ninh-nui-thanh")
        periods.add(session, first=DAY, last=DAY, reason="nghỉ", now=NOON, zone="thon-1", programme=other)
    assert aired(village)[1] == ["thon-1", "thon-2"]


def test_the_queue_leaves_out_a_zone_outside_its_hours_unless_somebody_gave_a_reason(village):
    quiet(village, "thon-1")
    village.clock.move_to(FRIDAY + timedelta(minutes=20))
    with village.sessions.begin() as session:
        now = village.clock.now()
        for name, facts in (("không lý do", None), ("có lý do", {"remark": "bão", "overruled": ["quiet"]})):
            broadcasts.play(session, recording(session, name, 10.0), by="truc", now=now, facts=facts)
    village.run(5)
    assert [o.zone for o in village.outlets if o.mixer.playing()] == ["thon-2"]
    village.run(11)
    assert [o.zone for o in village.outlets if o.mixer.playing()] == ["thon-1", "thon-2"]


def test_alerts_are_heard_everywhere(village):
    pause(village, zone="thon-1")
    quiet(village, "thon-1")
    village.clock.move_to(FRIDAY)
    with village.sessions.begin() as session:
        sound = recording(session, "còi", 10.0).sha256
        broadcasts.alert(
            session, text=None, recording=sound, title="Lũ", repeat=1, by="chủ tịch", now=village.clock.now()
        )
    village.run(3)
    assert [o.zone for o in village.outlets if o.mixer.playing()] == ["thon-1", "thon-2"]


JINGLES = [
    {"kind": "jingle", "title": "Nhạc hiệu", "start_s": 0.0, "end_s": 8.0},
    {"kind": "item", "title": "Tin", "start_s": 9.0, "end_s": 50.0},
    {"kind": "jingle", "title": "Nhạc cắt", "start_s": 55.0, "end_s": 60.0},
]


def segments(village, segments):
    with village.sessions.begin() as session:
        for row in session.query(Recording):
            row.segments = segments


def test_words_for_everywhere_are_heard_without_jingles_while_one_zone_mourns(village):
    segments(village, JINGLES)
    pause(village, zone="thon-1", effect="mourning")
    entry, sounding = aired(village)
    assert sounding == ["thon-1", "thon-2"]
    assert (entry.outcome, entry.reason, entry.seconds) == ("aired", "mourning-cut", 41.0)


def test_music_for_everywhere_leaves_out_the_zone_that_mourns_and_is_whole_elsewhere(village):
    segments(village, [{"kind": "jingle", "title": "Bài hát", "start_s": 2.0, "end_s": 58.0}])
    pause(village, zone="thon-1", effect="mourning")
    entry, sounding = aired(village)
    assert (sounding, entry.outcome, entry.reason, entry.seconds) == (["thon-2"], "aired", "zone-left-out", 60.0)
    assert entry.remark == f"không phát ở Thôn 1: {REASONS['mourning-music']}"


def test_music_that_a_person_queues_for_everywhere_leaves_that_zone_out_too(village):
    pause(village, zone="thon-1", effect="mourning")
    village.clock.move_to(FRIDAY - timedelta(hours=2))
    with village.sessions.begin() as session:
        song = recording(session, "bài hát", 20.0)
        song.music = True
        playing.recording(
            session,
            song,
            by="truc",
            now=village.clock.now(),
            tz=NUI_THANH,
            why="hội làng",
            at=FRIDAY + timedelta(hours=1),
        )
    village.clock.move_to(FRIDAY + timedelta(hours=1) - timedelta(seconds=15))
    village.run(20)
    assert [outlet.zone for outlet in village.outlets if outlet.mixer.playing()] == ["thon-2"]


def test_music_is_missed_where_every_zone_mourns(village):
    segments(village, [{"kind": "jingle", "title": "Bài hát", "start_s": 2.0, "end_s": 58.0}])
    for zone in ("thon-1", "thon-2"):
        pause(village, zone=zone, effect="mourning")
    entry, sounding = aired(village)
    assert (sounding, entry.outcome, entry.reason) == ([], "missed", "zone-left-out zones-closed")


def test_another_zone_in_mourning_changes_nothing_for_a_zone_of_its_own(village):
    segments(village, JINGLES)
    with village.sessions.begin() as session:
        for slot in timetable.slot_rows(session):
            slot.zone = "thon-2"
    pause(village, zone="thon-1", effect="mourning")
    entry, sounding = aired(village)
    assert (sounding, entry.reason, entry.seconds) == (["thon-2"], None, 60.0)
