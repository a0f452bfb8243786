"""Rendering as a whole: one voice a programme, what was said before is not said again, what sounds wrong is told."""

import multiprocessing
import time

import pytest

from audio.errors import UnknownVoice, VoiceUnavailable
from audio.segments import Chime, Speech
from audio.voices import google as gtts
from broadcaster import bulletins, prepare, programmes, renderings, voices
from broadcaster.clock import Clock
from broadcaster.database import looking
from broadcaster.editorial import await_rendering
from broadcaster.errors import BroadcasterError
from broadcaster.models import Rendering
from broadcaster.renderer import Renderer
from broadcaster.speaking import render
from tests.audio.voices import fake_google
from tests.conftest import NOON

SENTENCES = tuple(f"Đây là câu thứ {n} của bản tin an ninh." for n in ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy"])
PARTS = [("jingle", Chime("Nhạc hiệu", "closing")), ("item", Speech("Tin", tuple((s, 0.3) for s in SENTENCES)))]


@pytest.fixture
def google(monkeypatch):
    monkeypatch.setattr(gtts, "BACK_OFF_S", (0.0, 0.0, 0.0))
    with fake_google.running() as server:
        monkeypatch.setenv("BROADCASTER_GTTS_URL", server.url)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        yield server


@pytest.fixture
def out(settings, tmp_path):
    settings.make_folders()
    return tmp_path / "out.flac"


def test_when_a_voice_fails_in_the_middle_the_next_one_says_everything(settings, google, out, tmp_path):
    google.faults.extend([None, None, None, 403])
    rendered = render(settings, PARTS, out, ["gtts", "espeak"])
    pure = render(settings, PARTS, tmp_path / "pure.flac", ["espeak"])
    assert rendered.composed.sha256 == pure.composed.sha256
    assert rendered.composed.voice.startswith("espeak 1.")
    [passed] = rendered.passed_over
    assert (passed["voice"], passed["reason"]) == ("gtts", "refused")
    assert pure.passed_over == []


def test_what_was_said_before_the_failure_is_not_asked_for_again(settings, google, out):
    google.faults.extend([None, None, None, 403])
    render(settings, PARTS, out, ["gtts", "espeak"])
    google.texts.clear()
    assert render(settings, PARTS, out, ["gtts", "espeak"]).passed_over == []
    assert google.texts == list(SENTENCES[3:])


def test_of_a_changed_bulletin_only_the_changed_sentence_is_spoken(settings, google, out):
    render(settings, PARTS, out, ["gtts"])
    google.texts.clear()
    changed = [(s, 0.5) for s in (*SENTENCES[:3], "Câu này đã sửa lại cho đúng.", *SENTENCES[4:])]
    render(settings, [("item", Speech("Tin", tuple(changed)))], out, ["gtts"])
    assert google.texts == ["Câu này đã sửa lại cho đúng."]


def test_new_and_kept_sentences_give_the_same_bytes(settings, out):
    first = render(settings, PARTS, out, ["espeak"])
    assert render(settings, PARTS, out, ["espeak"]).composed.sha256 == first.composed.sha256


def test_when_no_voice_can_speak_the_last_ones_reason_is_told(settings, google, out):
    google.faults.extend([429] * 4)
    with pytest.raises(VoiceUnavailable, match="429"):
        render(settings, PARTS, out, ["piper:none", "gtts"])
    assert not out.exists()


def test_a_voice_nobody_knows_is_no_reason_to_take_another(settings, out):
    with pytest.raises(UnknownVoice):
        render(settings, PARTS, out, ["loa", "espeak"])


def test_a_sentence_that_lost_its_end_is_told(settings, google, out):
    google.faults.extend([None, None, "hurried"])
    [faulty] = render(settings, PARTS, out, ["gtts"]).faulty
    assert faulty["text"] == SENTENCES[2]
    assert "too-short" in [fault["code"] for fault in faulty["faults"]]


@pytest.fixture
def ordered(settings, sessions):
    """A submitted bulletin of seven sentences, in the online voice first; returns (bulletin id, rendering id)."""
    with sessions.begin() as session:
        programme = programmes.get(session, "an-ninh-nui-thanh")
        text = "\n".join(SENTENCES)
        bulletin = bulletins.add(session, programme, text=text, week="2026-W48", title="Tin", by="lan", now=NOON)
        voices.use(session, settings, ["gtts"], NOON)
        return bulletin.id, bulletins.submit(session, bulletin, by="lan", now=NOON).id


def row(sessions, rendering_id):
    with looking(sessions) as session:
        return session.get_one(Rendering, rendering_id)


def test_the_row_tells_which_voice_failed_and_which_sentences_to_hear(settings, sessions, google, ordered):
    google.faults.extend([None, None, 403])
    prepare.work(settings, ordered[1])
    found = row(sessions, ordered[1])
    assert found.status == "done"
    assert [entry["voice"] for entry in found.passed_over] == ["gtts"]
    assert found.faulty == []


def cancelling(sessions, act):
    """A watch that lets somebody act after the third sentence, and waits until progress is written again."""

    def watch(done, total):
        if done == 4:
            with sessions.begin() as session:
                act(session)
            time.sleep(0.6)

    return watch


@pytest.mark.parametrize("how", ["cancel", "edit", "withdraw", "send_back"])
def test_a_rendering_nobody_wants_any_more_stops(settings, sessions, google, ordered, how):
    def act(session):
        bulletin = bulletins.get(session, ordered[0])
        if how == "cancel":
            assert bulletins.cancel_rendering(session, bulletin, by="lan")
        elif how == "edit":
            bulletins.edit(session, bulletin, text="Tin khác hẳn.", week="2026-W48", title="Tin", by="lan", now=NOON)
        elif how == "withdraw":
            bulletins.withdraw(session, bulletin, by="lan")
        else:
            bulletins.send_back(session, bulletin, by="minh", reason="sai", now=NOON)

    prepare.work(settings, ordered[1], cancelling(sessions, act))
    found = row(sessions, ordered[1])
    assert (found.status, found.recording, found.error) == ("cancelled", None, None)
    assert len(google.texts) < len(SENTENCES)
    assert list(settings.recordings.iterdir()) == []
    with pytest.raises(BroadcasterError, match="render-cancelled"):
        await_rendering(sessions, settings, Clock(), ordered[1], lambda done, total: None)


def test_one_that_was_cancelled_before_it_began_is_not_begun(settings, sessions, google, ordered):
    with sessions.begin() as session:
        bulletins.cancel_rendering(session, bulletins.get(session, ordered[0]), by="lan")
    prepare.work(settings, ordered[1])
    assert google.texts == []


def test_a_cancelled_rendering_asked_for_again_goes_on_where_it_stopped(settings, sessions, google, ordered):
    def act(session):
        bulletins.cancel_rendering(session, bulletins.get(session, ordered[0]), by="lan")

    prepare.work(settings, ordered[1], cancelling(sessions, act))
    before = set(google.texts)
    google.texts.clear()
    with sessions.begin() as session:
        again = renderings.want(session, bulletins.get(session, ordered[0]), NOON).id
    assert again != ordered[1]
    prepare.work(settings, again)
    assert row(sessions, again).status == "done"
    assert before.isdisjoint(google.texts)


@pytest.mark.slow
def test_a_rendering_killed_in_the_middle_goes_on_after_the_restart(settings, sessions, google, ordered):
    google.faults.extend([None, None, None, "hang"])
    worker = multiprocessing.get_context("spawn").Process(target=prepare.work, args=(settings, ordered[1]))
    worker.start()
    deadline = time.monotonic() + 60
    while len(google.texts) < 4 and time.monotonic() < deadline:
        time.sleep(0.05)
    worker.kill()
    worker.join()
    before = set(google.texts[:3])
    google.texts.clear()
    assert row(sessions, ordered[1]).status == "working"
    renderer = Renderer(settings, sessions, lambda: None)
    renderer.start()
    renderer.close()
    assert prepare.waiting(sessions) == [(ordered[1], False)]
    prepare.work(settings, ordered[1])
    assert row(sessions, ordered[1]).status == "done"
    assert before.isdisjoint(google.texts)
    assert len(google.texts) >= len(SENTENCES) - 3
