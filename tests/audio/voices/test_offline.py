import re
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from audio.format import RATE
from audio.voices import open_voice
from audio.voices.espeak import EspeakVoice
from tests.audio.voices.test_espeak import SENTENCES


def test_it_reads_as_fast_as_an_announcer():
    voice = open_voice("espeak")
    syllables = sum(len(re.findall(r"\w+", sentence)) for sentence in SENTENCES)
    seconds = sum(len(voice.speak(sentence)) / RATE for sentence in SENTENCES)
    assert 180 <= syllables / seconds * 60 <= 240


def test_a_foreign_word_is_said_too_and_as_loud_as_the_rest():
    voice = open_voice("espeak")
    word = voice.speak("karaoke")
    assert len(word) > 0.3 * RATE
    without, whole = voice.speak("quán tắt nhạc"), voice.speak("quán karaoke tắt nhạc")
    assert len(whole) > len(without) + 0.7 * len(word)
    loudness = [np.sqrt(np.mean(sound**2)) for sound in (word, without)]
    assert 0.5 < loudness[0] / loudness[1] < 2


def test_its_version_names_both_engines():
    version = open_voice("espeak").version
    assert EspeakVoice().version in version
    assert "articulation" in version


def test_threads_do_not_disturb_each_other():
    voice = open_voice("espeak")
    texts = [*SENTENCES, "mở nhạc karaoke", "cài ứng dụng VNeID"]
    alone = [voice.speak(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(voice.speak, texts))
    assert all(np.array_equal(a, b) for a, b in zip(alone, together, strict=True))
