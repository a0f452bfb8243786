from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from audio import files
from audio.format import RATE
from audio.voices import open_voice
from broadcaster import asrun, evidence, phrases, proofs, store, words
from broadcaster.broadcasts import Status
from broadcaster.database import looking
from broadcaster.errors import BroadcasterError
from broadcaster.models import Broadcast
from broadcaster.models_station import AsRun
from tests.conftest import NOON


@pytest.fixture
def aired(sessions, settings, tmp_path):
    """A real recording that the log says was heard from beginning to end."""
    said = open_voice("espeak").speak("Kính thưa bà con, đêm qua trong xã xảy ra hai vụ trộm xe máy ở thôn ba. " * 3)
    files.write(tmp_path / "tin.wav", said)
    recording = store.import_recording(sessions, settings, tmp_path / "tin.wav", "Tin", NOON)
    with sessions.begin() as session:
        row = Broadcast(kind="queue", title="Tin", starts_at=NOON, status="on_air", created_at=NOON)
        row.recording, row.began_at, row.delivered = recording.sha256, NOON, recording.frames
        session.add(row)
        session.flush()
        asrun.end(session, row, Status.AIRED, NOON + timedelta(minutes=1))
        return row.id, files.load(store.path_of(settings, recording.sha256))


def heard(tmp_path, sound):
    path = tmp_path / "ghi.flac"
    files.write(path, np.concatenate([np.zeros(RATE, np.float32), sound, np.zeros(RATE, np.float32)]))
    return path


def test_a_recording_of_the_monitor_proves_the_broadcast_and_is_kept(sessions, settings, aired, tmp_path):
    broadcast, sound = aired
    facts = proofs.judge(sessions, settings, broadcast, heard(tmp_path, sound), "minh", NOON)
    assert (facts["outcome"], facts["method"], facts["offset_s"]) == ("heard", "exact", 1.0)
    with looking(sessions) as session:
        assert evidence.newest(session, [broadcast])[broadcast] == facts
        assert session.query(evidence.Proof).one().recording == "ghi.flac"
        assert session.query(AsRun).one().proof.keys() == {"frames", "gap_frames"}


def test_the_newest_verdict_counts(sessions, settings, aired, tmp_path):
    broadcast, sound = aired
    proofs.judge(sessions, settings, broadcast, heard(tmp_path, 0 * sound), "minh", NOON)
    proofs.judge(sessions, settings, broadcast, heard(tmp_path, sound), "minh", NOON + timedelta(hours=1))
    with looking(sessions) as session:
        assert evidence.newest(session, [broadcast])[broadcast]["outcome"] == "heard"
        (line,) = asrun.entries(session)
        assert line.proof["heard"]["outcome"] == "heard"


def test_a_line_of_the_log_can_be_named_by_its_own_id(sessions, settings, aired, tmp_path):
    _, sound = aired
    with looking(sessions) as session:
        line = session.query(AsRun).one().id
    assert proofs.judge(sessions, settings, line, heard(tmp_path, sound), "minh", NOON)["outcome"] == "heard"


def test_what_cannot_be_judged_is_refused_with_the_reason(sessions, settings, aired, tmp_path):
    broadcast, _ = aired
    (tmp_path / "x.wav").write_text("không phải âm thanh")
    for wanted, path, code in ((broadcast, tmp_path / "x.wav", "sound-bad"), ("khác", tmp_path, "proof-unknown")):
        with pytest.raises(BroadcasterError) as raised:
            proofs.judge(sessions, settings, wanted, path, "minh", NOON)
        assert raised.value.code == code


def test_a_broadcast_that_never_sounded_has_nothing_to_prove(sessions, settings, tmp_path):
    with sessions.begin() as session:
        row = Broadcast(kind="at", title="Lỡ", starts_at=NOON, status="planned", created_at=NOON)
        session.add(row)
        session.flush()
        asrun.end(session, row, Status.MISSED, NOON, "too-late")
        missed = row.id
    with pytest.raises(BroadcasterError) as raised:
        proofs.judge(sessions, settings, missed, tmp_path / "ghi.flac", "minh", NOON)
    assert raised.value.code == "proof-nothing"


@pytest.mark.parametrize("outcome", phrases.PROOFS)
def test_every_verdict_has_words_that_say_what_it_means(outcome):
    facts = {"outcome": outcome, "method": "waveform", "resolution_s": 0.1, "heard_s": 58.8, "judged_s": 60.0}
    facts["faults"] = [{"kind": kind, "at_s": 12.5, "seconds": 0.2} for kind in phrases.SLIPS] * 5
    lines = words.proof(facts)
    assert lines[0].startswith(phrases.PROOFS[outcome])
    assert lines[-1] == "  và 5 chỗ khác (xem đủ bằng --json)"
