"""In mourning the jingles fall silent; everything that is said goes on air, and alerts as always."""

from datetime import timedelta

import pytest

from audio.format import RATE
from broadcaster import asrun, periods, plan
from broadcaster.models import Broadcast, Recording
from broadcaster.mourning import audible
from tests.broadcaster.helpers import Air, approved
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


def test_only_the_jingles_at_the_ends_are_left_out():
    assert audible(Broadcast(mourning=True), recording(SEGMENTS)) == (9 * RATE, 54 * RATE)
    assert audible(Broadcast(mourning=False), recording(SEGMENTS)) == (0, 60 * RATE)


@pytest.mark.parametrize("segments", [[], SEGMENTS[:1]])
def test_what_has_nothing_but_music_or_no_segments_is_heard_whole(segments):
    assert audible(Broadcast(mourning=True), recording(segments)) == (0, 60 * RATE)


def test_an_edition_in_mourning_begins_on_time_with_its_words_and_is_logged_as_aired(sessions, settings, clock):
    air = Air(sessions, settings, clock)
    day = FRIDAY.astimezone(NUI_THANH).date()
    with sessions.begin() as session:
        bulletin = approved(session, "2026-W48")
        session.get_one(Recording, bulletin.audio_sha256).segments = SEGMENTS
        periods.add(session, first=day, last=day, reason="quốc tang", effect="mourning", now=NOON)
        plan.store(session, NOON, NUI_THANH)
    clock.move_to(FRIDAY - timedelta(seconds=15))
    air.run(90)
    with sessions.begin() as session:
        (entry,) = [e for e in asrun.entries(session) if e.planned_at == FRIDAY]
    assert (entry.outcome, entry.reason, entry.began_at, entry.seconds) == ("aired", None, FRIDAY, 45.0)
    assert air.opened == [(bulletin.audio_sha256, 9.0)]
