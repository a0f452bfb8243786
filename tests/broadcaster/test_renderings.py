"""Rehearsals of a bulletin, and which of them are spoken."""

from __future__ import annotations

from broadcaster import bulletins, renderings
from tests.broadcaster.helpers import approved, recording, settled, waiting
from tests.conftest import NOON


def test_a_rehearsal_of_a_stale_bulletin_is_the_recording_it_needs(session, settings, programme):
    row = waiting(session, programme)
    settled(session, settings, programme, voice="espeak:south")
    assert renderings.of(session, row) is None
    asked = renderings.want_rehearsal(session, row, NOON)
    assert renderings.of(session, row) is asked
    assert renderings.want_rehearsal(session, row, NOON) is asked


def test_a_rehearsal_of_an_approved_bulletin_is_no_approval(session, settings, programme):
    row = approved(session)
    heard = row.audio_sha256
    settled(session, settings, programme, speed=85)
    asked = renderings.want_rehearsal(session, row, NOON)
    asked.status, asked.recording = "done", recording(session, "nghe thử").sha256
    session.flush()
    assert renderings.of(session, row).recording == row.audio_sha256 == heard
    assert bulletins.may_air(row)
    assert bulletins.released(session, row.id, heard)
    assert not bulletins.released(session, row.id, asked.recording)


def test_only_the_last_of_several_rehearsals_is_recorded(session, settings, programme):
    row = waiting(session, programme)
    asked = []
    for speed in (90, 95, 105):
        settled(session, settings, programme, speed=speed)
        asked.append(renderings.want_rehearsal(session, row, NOON))
    for each in asked:
        session.refresh(each)
    assert [each.status for each in asked] == ["cancelled", "cancelled", "waiting"]
