"""In mourning the jingles fall silent; everything that is said goes on air, and alerts as always."""

from datetime import timedelta

import numpy as np
import pytest

from audio import files
from audio.format import RATE
from broadcaster import (
    ahead,
    asrun,
    broadcasts,
    bulletins,
    editor,
    music,
    periods,
    plan,
    playing,
    prepare,
    programmes,
    running_order,
    store,
    week,
)
from broadcaster.database import looking
from broadcaster.models import Broadcast, Bulletin, Recording, Rendering
from broadcaster.mourning import audible, silent
from broadcaster.running_order import Part
from tests.broadcaster import helpers
from tests.broadcaster.helpers import Air, approved, refused, settled
from tests.conftest import NOON
from tests.schedules.made import NUI_THANH

FRIDAY = NOON.replace(day=27, hour=10, minute=30)
SEGMENTS = [
    {"kind": "jingle", "title": "Nhạc hiệu", "start_s": 0.0, "end_s": 8.0},
    {"kind": "item", "title": "Tin", "start_s": 9.0, "end_s": 50.0},
    {"kind": "closing", "title": "Lời kết", "start_s": 51.0, "end_s": 54.0},
    {"kind": "jingle", "title": "Nhạc cắt", "start_s": 55.0, "end_s": 60.0},
]


def recording(segments):
    return Recording(sha256="x", title="", frames=60 * RATE, lufs=-16, true_peak_dbtp=-1, segments=segments)


def mourn(session, day):
    periods.add(session, first=day, last=day, reason="quốc tang", effect="mourning", now=NOON)


def test_only_the_jingles_at_the_ends_are_left_out():
    assert audible(Broadcast(mourning=True), recording(SEGMENTS)) == (9 * RATE, 54 * RATE)
    assert audible(Broadcast(mourning=False), recording(SEGMENTS)) == (0, 60 * RATE)


def test_what_has_no_segments_is_heard_whole():
    assert audible(Broadcast(mourning=True), recording([])) == (0, 60 * RATE)


def test_a_jingle_in_the_middle_passes_in_silence():
    middle = {"kind": "jingle", "title": "Nhạc cắt", "start_s": 20.0, "end_s": 24.0}
    sound = recording([*SEGMENTS[:2], middle, *SEGMENTS[2:]])
    assert silent(Broadcast(mourning=True), sound) == ((20 * RATE, 24 * RATE),)
    assert silent(Broadcast(mourning=False), sound) == ()


def test_an_edition_in_mourning_begins_on_time_with_its_words_and_is_logged_as_aired(sessions, settings, clock):
    air = Air(sessions, settings, clock)
    day = FRIDAY.astimezone(NUI_THANH).date()
    with sessions.begin() as session:
        bulletin = approved(session, "2026-W48")
        session.get_one(Recording, bulletin.audio_sha256).segments = SEGMENTS
        mourn(session, day)
        plan.store(session, NOON, NUI_THANH)
    clock.move_to(FRIDAY - timedelta(seconds=15))
    air.run(90)
    with sessions.begin() as session:
        (entry,) = [e for e in asrun.entries(session) if e.planned_at == FRIDAY]
    assert (entry.outcome, entry.reason, entry.began_at, entry.seconds) == (
        "aired", "mourning-cut", FRIDAY, 45.0,
    )  # fmt: skip
    assert air.opened == [(bulletin.audio_sha256, 9.0)]


SLUG = "an-ninh-nui-thanh"
DAY = FRIDAY.astimezone(NUI_THANH).date()


@pytest.fixture
def tune(sessions, settings, tmp_path):
    """Four seconds of a tone in the store; its sha256."""
    path = tmp_path / "nhac.wav"
    files.write(path, (0.2 * np.sin(np.arange(4 * RATE) / 20)).astype(np.float32))
    return store.import_recording(sessions, settings, path, "Nhạc nền", NOON).sha256


def render_all(sessions, settings):
    with looking(sessions) as session:
        waiting = [row.id for row in session.query(Rendering).filter_by(status="waiting")]
    for each in waiting:
        prepare.work(settings, each)


def released(sessions, settings, tune):
    """An approved edition with a bed, a song that is marked as music, and jingles before, within and after."""
    with sessions.begin() as session:
        programme = programmes.get(session, SLUG)
        session.get_one(Recording, tune).music = True
        order = (
            Part("jingle"),
            Part("bulletin", bed=True),
            Part("jingle", chime="closing"),
            Part("recording", recording=tune, title="Bài hát"),
            Part("closing", text="Cảm ơn bà con.", bed=True),
            Part("jingle", chime="closing"),
        )
        editor.arrange(session, programme, order, version=programme.version)
        settled(session, settings, programme, bed=tune)
        row = bulletins.add(
            session, programme, text="Đêm qua mất hai xe máy.", week="2026-W48", title="Tin", by="lan", now=NOON
        )
        bulletins.submit(session, row, by="lan", now=NOON)
    render_all(sessions, settings)
    with sessions.begin() as session:
        bulletins.approve(session, session.get_one(Bulletin, row.id), by="minh", now=NOON)
        return row.id


def of_friday(session):
    return session.query(Broadcast).filter_by(starts_at=FRIDAY, kind="scheduled").one()


def plan_again(sessions):
    with sessions.begin() as session:
        plan.store(session, NOON, NUI_THANH)


def test_the_day_before_mourning_an_edition_is_rendered_without_any_music_and_that_one_airs(
    sessions, settings, clock, tune
):
    bulletin = released(sessions, settings, tune)
    with sessions.begin() as session:
        mourn(session, DAY)
    plan_again(sessions)
    with looking(sessions) as session:
        assert (of_friday(session).recording, of_friday(session).note) == (
            session.get_one(Bulletin, bulletin).audio_sha256,
            "mourning-cut",
        )
        assert session.query(Rendering).filter_by(mourning=True, status="waiting").count() == 1
    render_all(sessions, settings)
    plan_again(sessions)
    plan_again(sessions)
    with looking(sessions) as session:
        assert session.query(Rendering).filter_by(mourning=True).count() == 1, "it is made once"
        plain, whole = (
            session.get_one(Recording, sha256)
            for sha256 in (of_friday(session).recording, session.get_one(Bulletin, bulletin).audio_sha256)
        )
        assert [s["kind"] for s in plain.segments] == ["item", "closing"]
        assert [s["text"] for s in plain.said] == [s["text"] for s in whole.said]
        assert (of_friday(session).note, of_friday(session).refused) == ("mourning", None)
        assert bulletins.released(session, bulletin, plain.sha256)
        assert bulletins.released(session, bulletin, whole.sha256)
    air = Air(sessions, settings, clock)
    clock.move_to(FRIDAY - timedelta(seconds=15))
    air.run(60)
    with looking(sessions) as session:
        (entry,) = [e for e in asrun.entries(session) if e.planned_at == FRIDAY]
    assert (entry.outcome, entry.reason, entry.audio_sha256) == ("aired", "mourning", plain.sha256)
    assert entry.approved_by == "minh"


def test_what_would_be_said_otherwise_than_it_was_approved_is_not_rendered_anew(sessions, settings, tune):
    released(sessions, settings, tune)
    with sessions.begin() as session:
        mourn(session, DAY)
        programme = programmes.get(session, SLUG)
        order = running_order.read(programme.running_order)
        closing = running_order.find(order, order[4].id)
        changed = running_order.changed(order, Part("closing", id=closing.id, text="Hẹn gặp lại.", bed=True))
        programme.running_order = running_order.written(changed)
        plan.store(session, NOON, NUI_THANH)
        assert session.query(Rendering).filter_by(mourning=True).count() == 0
        assert of_friday(session).note == "mourning-cut"


def test_other_jingles_after_approval_do_not_keep_it_from_being_rendered_without_any(sessions, settings, tune):
    bulletin = released(sessions, settings, tune)
    with sessions.begin() as session:
        mourn(session, DAY)
        programme = programmes.get(session, SLUG)
        order = running_order.read(programme.running_order)
        programme.running_order = running_order.written((*order[:2], Part("jingle"), *order[2:]))
        settled(session, settings, programme, bed=None)
    plan_again(sessions)
    render_all(sessions, settings)
    plan_again(sessions)
    with looking(sessions) as session:
        plain = session.get_one(Recording, of_friday(session).recording)
        whole = session.get_one(Recording, session.get_one(Bulletin, bulletin).audio_sha256)
        assert of_friday(session).note == "mourning"
        assert [s["text"] for s in plain.said] == [s["text"] for s in whole.said]
        assert bulletins.released(session, bulletin, plain.sha256)


def test_a_fallback_that_is_music_does_not_air_that_day_and_the_plan_says_so(sessions, settings, clock, tune):
    with sessions.begin() as session:
        programme = programmes.get(session, SLUG)
        programme.fallback, programme.fallback_recording = "recording", tune
        mourn(session, DAY)
        plan.store(session, NOON, NUI_THANH)
        assert of_friday(session).refused is None, "unmarked, it is speech"
        session.get_one(Recording, tune).music = True
        plan.store(session, NOON, NUI_THANH)
        assert of_friday(session).refused == "mourning-music"
        day = FRIDAY - timedelta(hours=1), FRIDAY + timedelta(hours=1)
        (line,) = [p for p in ahead.view(session, *day, NUI_THANH) if p.starts_at == FRIDAY]
        assert "mourning-music" in line.warnings
    air = Air(sessions, settings, clock)
    clock.move_to(FRIDAY - timedelta(seconds=15))
    air.run(30)
    with looking(sessions) as session:
        (entry,) = [e for e in asrun.entries(session) if e.planned_at == FRIDAY]
    assert (entry.outcome, "mourning-music" in entry.reason, air.opened) == ("missed", True, [])


def test_a_song_is_refused_that_day_and_speech_is_not(session):
    song, words = helpers.recording(session, "bài hát"), helpers.recording(session, "lời dặn")
    song.music = True
    mourn(session, DAY)
    order = {"by": "truc", "now": NOON, "tz": NUI_THANH, "at": FRIDAY, "why": "cần"}
    with refused("mourning-music"):
        playing.recording(session, song, **order)
    playing.recording(session, words, **order)
    playing.recording(session, song, **order | {"at": FRIDAY + timedelta(days=1)})


@pytest.mark.parametrize("kind", ["queue", "at"])
def test_what_was_ordered_before_mourning_was_called_is_asked_again_at_air(sessions, settings, clock, kind):
    with sessions.begin() as session:
        song = helpers.recording(session, "bài hát")
        song.music = True
        order = {"by": "truc", "now": FRIDAY - timedelta(hours=1), "at": FRIDAY if kind == "at" else None}
        broadcasts.play(session, song, **order)
        broadcasts.play(session, helpers.recording(session, "lời dặn", 10.0), **order)
        mourn(session, DAY)
        programmes.get(session, SLUG).retired_at = NOON
    clock.move_to(FRIDAY - timedelta(seconds=5))
    air = Air(sessions, settings, clock)
    air.run(30)
    with looking(sessions) as session:
        found = {e.title: (e.outcome, e.reason) for e in asrun.entries(session)}
    assert found == {"bài hát": ("missed", "mourning-music"), "lời dặn": ("aired", "mourning")}


def test_beds_and_jingles_are_music_until_somebody_says_otherwise(session, settings):
    bed, other = helpers.recording(session, "nền"), helpers.recording(session, "khác")
    programmes.get(session, SLUG).bed = bed.sha256
    assert (music.is_music(session, bed), music.is_music(session, other)) == (True, False)
    bed.music = False
    assert not music.is_music(session, bed)


def test_the_week_and_the_plan_tell_what_is_different_in_mourning_also_far_ahead(session):
    far = FRIDAY + timedelta(days=21)
    mourn(session, DAY)
    mourn(session, far.astimezone(NUI_THANH).date())
    approved(session)
    plan.store(session, NOON, NUI_THANH)
    for at, code in ((FRIDAY, "mourning-cut"), (far, "mourning")):
        span = at - timedelta(minutes=1), at + timedelta(minutes=1)
        (planned,) = ahead.view(session, *span, NUI_THANH)
        (entry,) = week.entries(session, *span, NOON, NUI_THANH)
        assert code in planned.warnings
        assert code in entry.warnings
