"""The station keeps its emergency templates spoken: by itself, one at a time, in quiet moments."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from broadcaster import alert_templates, alertdesk, lexicon, prepare, voices
from broadcaster.database import looking
from broadcaster.models import Rendering
from broadcaster.standby import CLEAR, Standby
from broadcaster.station import Station
from broadcaster.takes import AlertTake
from tests.broadcaster.helpers import recording
from tests.conftest import NOON


@pytest.fixture
def standby(settings, sessions):
    with sessions.begin() as session:
        alert_templates.seed(session, NOON)
    return Standby(settings, sessions)


def whole(sessions):
    with looking(sessions) as session:
        return [t.text for t in alertdesk.whole(session)]


def ordered(sessions):
    """What waits to be spoken."""
    with looking(sessions) as session:
        query = sa.select(AlertTake.text).join(Rendering).where(Rendering.status == "waiting")
        return list(session.scalars(query))


def render(sessions, voice="espeak", status="done"):
    """The renderer's work, put in its place."""
    with sessions.begin() as session:
        for row in session.scalars(sa.select(Rendering).where(Rendering.status == "waiting")):
            take = session.scalars(sa.select(AlertTake).where(AlertTake.rendering_id == row.id)).one()
            sound = recording(session, row.id)
            sound.voice, row.status, row.recording = f"{voice} 1.0", status, sound.sha256
            row.spoken_sha256 = alertdesk.would_say(session, take.text, take.repeat)


def all_of(standby, sessions, **how):
    """What is ordered until nothing more is."""
    told = []
    while True:
        standby.tend(NOON, None, quiet=True)
        new = ordered(sessions)
        if not new:
            return told
        told += new
        assert len(new) == 1
        render(sessions, **how)


def test_a_new_station_has_every_template_without_blanks_spoken_one_after_the_other(standby, sessions):
    assert all_of(standby, sessions) == whole(sessions)
    with looking(sessions) as session:
        assert len(alertdesk.kept_ready(session)) == len(whole(sessions)) > 1


@pytest.mark.parametrize(
    ("quiet", "due", "works"),
    [(True, None, True), (True, CLEAR, True), (True, CLEAR - timedelta(seconds=1), False), (False, None, False)],
)
def test_nothing_is_spoken_while_something_is_on_air_or_due_soon(standby, sessions, quiet, due, works):
    standby.tend(NOON, due and NOON + due, quiet=quiet)
    assert bool(ordered(sessions)) is works


def test_while_anything_else_is_rendered_nothing_is_added(standby, sessions):
    with sessions.begin() as session:
        session.add(Rendering(text_sha256="x", created_at=NOON, status="working"))
    standby.tend(NOON, None, quiet=True)
    assert ordered(sessions) == []


def test_a_changed_lexicon_has_only_those_spoken_anew_that_would_be_said_otherwise(standby, sessions):
    all_of(standby, sessions)
    with sessions.begin() as session:
        lexicon.add(session, "ngầm tràn", "ngầm tràn, đập tràn", by=None, now=NOON)
    assert all_of(standby, sessions) == [text for text in whole(sessions) if "ngầm tràn" in text]


def test_a_new_template_is_spoken_and_one_with_blanks_is_not(standby, sessions):
    all_of(standby, sessions)
    with sessions.begin() as session:
        for text in ("Sóng thần. Chạy lên đồi.", "Cháy tại «nơi»."):
            row = alert_templates.AlertTemplate()
            alert_templates.save(session, row, "other", "Mới", text, "truc", NOON)
    assert all_of(standby, sessions) == ["Sóng thần. Chạy lên đồi."]


def test_another_voice_speaks_them_anew_and_what_the_old_one_said_can_be_sent_meanwhile(
    standby, sessions, settings, monkeypatch
):
    all_of(standby, sessions)
    monkeypatch.setattr(voices, "candidates", lambda *_, **__: ["piper:hay", "espeak"])
    with looking(sessions) as session:
        assert len(alertdesk.kept_ready(session)) == len(whole(sessions))
    assert all_of(standby, sessions, voice="piper:hay") == whole(sessions)
    assert all_of(Standby(settings, sessions), sessions) == []  # the same after a restart


def test_what_could_not_be_spoken_is_not_tried_without_end(standby, sessions):
    assert all_of(standby, sessions, status="failed") == whole(sessions)
    assert all_of(standby, sessions) == []


def test_nobody_waits_for_it_but_a_person_who_wants_to_hear_it_does(standby, sessions):
    standby.tend(NOON, None, quiet=True)
    (kept,) = prepare.waiting(sessions)
    assert kept[1] is False
    with sessions.begin() as session:
        take = alertdesk.want(session, ordered(sessions)[0], alertdesk.REPEATS, "truc", NOON)
    assert prepare.waiting(sessions) == [kept, (take.rendering_id, True)]


def test_the_station_keeps_them_ready_without_anybody_at_the_desk_and_writes_nothing_once_they_are(
    standby, sessions, settings, clock, monkeypatch
):
    station = Station(settings, clock)
    monkeypatch.setattr(station._renderer, "poll", lambda: render(sessions))
    monkeypatch.setattr(station._alarms, "cue_at", lambda instant: None)
    station._last_alive, station._beat_at = None, float("inf")  # no sign of life is written here
    try:
        for minute in range(1, 6):
            station._rung.add("plan")
            for _ in range(3):
                station._pass()
            clock.move_to(NOON + timedelta(minutes=minute))
        with looking(sessions) as session:
            assert len(alertdesk.kept_ready(session)) == len(whole(sessions))
            count = session.scalar(sa.select(sa.func.count()).select_from(Rendering))
        assert count == len(whole(sessions))
    finally:
        station._air.stop()
        station._renderer.close()
        station._watch.close()
        station._bell.close()
