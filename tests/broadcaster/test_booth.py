"""A sentence on demand."""

import threading
from io import BytesIO

import pytest
import soundfile

from audio.errors import VoiceUnavailable
from audio.segments import Speech
from audio.voices import open_voice
from broadcaster.booth import MOST_WAITING, Booth
from broadcaster.errors import BroadcasterError
from broadcaster.speaking import render

Offline = type(open_voice("espeak"))
SENTENCE = "Mời bà con nghe bản tin an ninh."


@pytest.fixture
def booth(settings):
    settings.make_folders()
    booth = Booth(settings)
    yield booth
    booth.close()


def test_a_sentence_is_flac_at_the_rate_of_the_house(booth):
    sound, rate = soundfile.read(BytesIO(booth.say(["espeak"], SENTENCE)))
    assert rate == 48_000
    assert 1 < len(sound) / rate < 5
    assert abs(sound).max() > 0.05


def test_what_was_tried_is_not_spoken_again_by_the_rendering(booth, settings, tmp_path, monkeypatch):
    booth.say(["espeak"], SENTENCE)
    monkeypatch.setattr(Offline, "speak", lambda self, text: pytest.fail("spoken twice"))
    rendered = render(settings, [("item", Speech("Tin", ((SENTENCE, 0.0),)))], tmp_path / "out.flac", ["espeak"])
    assert [said.text for said in rendered.composed.said] == [SENTENCE]


def test_a_voice_that_fails_gives_way_to_the_next(booth):
    assert booth.say(["piper:khong-co", "espeak"], SENTENCE) == booth.say(["espeak"], SENTENCE)


def test_when_no_voice_can_speak_it_is_said_in_words(booth, monkeypatch):
    def fail(self, text):
        raise VoiceUnavailable("no sound")

    monkeypatch.setattr(Offline, "speak", fail)
    with pytest.raises(BroadcasterError, match="sentence-voices"):
        booth.say(["espeak"], SENTENCE)


def test_only_a_few_wait_and_the_rest_is_told_at_once(booth, monkeypatch):
    go, started = threading.Event(), threading.Semaphore(0)
    speak = Offline.speak

    def slow(self, text):
        started.release()
        go.wait(30)
        return speak(self, text)

    monkeypatch.setattr(Offline, "speak", slow)
    heard = []
    people = [
        threading.Thread(target=lambda n=n: heard.append(booth.say(["espeak"], f"Câu {'a' * n}.")))
        for n in range(MOST_WAITING)
    ]
    for person in people:
        person.start()
    assert started.acquire(timeout=30)
    while booth._inside < MOST_WAITING:  # the others have taken their places
        threading.Event().wait(0.01)
    with pytest.raises(BroadcasterError, match="sentence-busy"):
        booth.say(["espeak"], SENTENCE)
    go.set()
    for person in people:
        person.join(30)
    assert len(heard) == MOST_WAITING
    assert booth.say(["espeak"], SENTENCE)


def test_a_sentence_is_heard_at_the_speed_of_its_programme(booth):
    lengths = [len(soundfile.read(BytesIO(booth.say(["espeak"], SENTENCE, speed)))[0]) for speed in (100, 80)]
    assert lengths[1] / lengths[0] == pytest.approx(1.25, rel=0.01)


def refused(booth):
    with pytest.raises(BroadcasterError, match="sentence-voices"):
        booth.say(["espeak"], "Câu sau.")


def test_a_sentence_at_hand_does_not_wait_for_the_one_that_is_spoken(booth, monkeypatch):
    known = booth.say(["espeak"], SENTENCE, ahead=True)
    go, started = threading.Event(), threading.Event()

    def slow(self, text):
        started.set()
        go.wait(30)
        raise VoiceUnavailable("not needed")

    monkeypatch.setattr(Offline, "speak", slow)
    other = threading.Thread(target=refused, args=(booth,))
    other.start()
    assert started.wait(30)
    try:
        assert booth.say(["espeak"], SENTENCE) == known
        with pytest.raises(BroadcasterError, match="sentence-busy"):
            booth.say(["espeak"], "Câu chưa ai đợi.", ahead=True)
    finally:
        go.set()
        other.join(30)


def test_a_sentence_by_a_voice_that_only_stood_in_is_asked_for_again(booth, monkeypatch):
    booth.say(["piper:khong-co", "espeak"], SENTENCE)
    opened = []
    monkeypatch.setattr("broadcaster.booth.open_voice", lambda spec, **_: opened.append(spec) or open_voice("espeak"))
    booth.say(["piper:khong-co", "espeak"], SENTENCE)
    assert opened == ["piper:khong-co"]


def test_when_a_voice_has_been_replaced_what_is_at_hand_is_not(booth, settings, monkeypatch):
    settings.voices.mkdir()
    booth.say(["espeak"], SENTENCE)
    (settings.voices / "moi.onnx").write_bytes(b"")
    opened = []
    monkeypatch.setattr("broadcaster.booth.open_voice", lambda spec, **_: opened.append(spec) or open_voice("espeak"))
    booth.say(["espeak"], SENTENCE)
    assert opened == ["espeak"]
