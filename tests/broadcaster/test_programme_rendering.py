"""From a running order to a file: the parts lie where they were put, at the speed that was asked for."""

from __future__ import annotations

import numpy as np
import pytest
import soundfile

from audio import files
from audio.format import RATE
from broadcaster import bulletins, editor, lengths, prepare, programmes, renderings, running_order, store
from broadcaster.database import looking
from broadcaster.editor import Wanted
from broadcaster.models import Recording, Rendering
from broadcaster.renderings import as_today
from broadcaster.running_order import Part
from tests.conftest import NOON

SLUG = "an-ninh-nui-thanh"
TEXT = "Đêm qua trong xã mất hai xe máy. Bà con hãy khóa cửa cẩn thận.\nGƯƠNG NGƯỜI TỐT\nEm Bình trả lại của rơi."


@pytest.fixture
def song(sessions, settings, tmp_path):
    """Four seconds of a tone in the store; its sha256."""
    path = tmp_path / "bai-hat.wav"
    files.write(path, (0.2 * np.sin(np.arange(4 * RATE) / 20)).astype(np.float32))
    return store.import_recording(sessions, settings, path, "Bài hát", NOON).sha256


def rendered(sessions, settings):
    """The edition as the worker makes it, and the bulletin it is of."""
    with sessions.begin() as session:
        programme = programmes.get(session, SLUG)
        row = bulletins.add(session, programme, text=TEXT, week="2026-W48", title="Tuần 48", by="lan", now=NOON)
        asked = renderings.want_rehearsal(session, row, NOON)
    prepare.work(settings, asked.id)
    with looking(sessions) as session:
        done = session.get_one(Rendering, asked.id)
        assert done.status == "done", done.error
        assert as_today(session, bulletins.get(session, row.id)).id == done.id
        return session.get_one(Recording, done.recording)


def test_what_is_heard_is_what_was_arranged(sessions, settings, song):
    with sessions.begin() as session:
        programme = programmes.get(session, SLUG)
        parts = (
            Part("recording", recording=song, title="Dân ca"),
            Part("pause", seconds=2.0),
            Part("call", text="Đây là bản tin tuần «tuần» của «đài»."),
            Part("deeds", text="Trước hết là gương tốt."),
            Part("bulletin"),
        )
        editor.arrange(session, programme, parts, version=programme.version)
    recording = rendered(sessions, settings)
    assert [s["kind"] for s in recording.segments] == ["recording", "silence", "call", "item", "item"]
    assert [s["title"] for s in recording.segments] == [
        "Dân ca",
        "",
        "Xướng",
        "GƯƠNG NGƯỜI TỐT",
        recording.segments[4]["title"],
    ]
    said = [sentence["text"] for sentence in recording.said]
    assert said[0] == "Đây là bản tin tuần bốn mươi tám của Đài Truyền thanh xã."
    assert said[1] == "Trước hết là gương tốt."
    sound, _ = soundfile.read(store.path_of(settings, recording.sha256), dtype="float32")
    call = recording.segments[2]["start_s"]
    rest = sound[round((call - 1.5) * RATE) : round((call - 0.1) * RATE)]
    assert np.abs(rest).max() < 1e-3
    assert np.abs(sound[RATE : 3 * RATE]).max() > 0.05


def test_slower_speech_is_longer_speech_and_music_keeps_its_time(sessions, settings, song):
    with sessions.begin() as session:
        programme = programmes.get(session, SLUG)
        order = (Part("recording", recording=song), Part("bulletin"))
        editor.arrange(session, programme, order, version=programme.version)
    usual = rendered(sessions, settings)
    with sessions.begin() as session:
        programme = programmes.get(session, SLUG)
        editor.settle(session, settings, programme, Wanted(speed=80), version=programme.version)
    slow = rendered(sessions, settings)

    def spoken(recording):
        return sum(sentence["end_s"] - sentence["start_s"] for sentence in recording.said)

    def music(recording):
        return recording.segments[0]["end_s"] - recording.segments[0]["start_s"]

    assert spoken(slow) / spoken(usual) == pytest.approx(1.25, rel=0.01)
    assert music(slow) == pytest.approx(music(usual), abs=0.01)
    assert slow.voice == f"{usual.voice} 80%"


def test_the_estimate_is_near_what_comes_out(sessions, settings, song):
    with sessions.begin() as session:
        programme = programmes.get(session, SLUG)
        order = running_order.added(editor.order_of(programme), Part("recording", recording=song), 1)
        editor.arrange(session, programme, order, version=programme.version)
    recording = rendered(sessions, settings)
    with looking(sessions) as session:
        programme = programmes.get(session, SLUG)
        sentences = bulletins.read(TEXT).sentences
        promised = lengths.promised(session, programme, sentences).total_seconds()
    assert recording.frames / RATE == pytest.approx(promised, rel=0.25)
