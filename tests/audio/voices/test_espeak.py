import re
from concurrent.futures import ThreadPoolExecutor

import espeakng_loader
import numpy as np
import pytest

from audio.errors import VoiceUnavailable
from audio.format import RATE
from audio.voices.espeak import EspeakVoice

SENTENCES = (
    "Kính thưa toàn thể bà con nhân dân trong xã.",
    "Mời bà con nghe chuyên mục an ninh trật tự của công an xã.",
    "Trộm cau, trộm chó, trộm xe máy vào ban đêm, nhất là từ hai mươi hai giờ đến bốn giờ.",
    "Theo nghị định, hành vi này có thể bị phạt tiền từ một triệu đến hai triệu đồng.",
    "Đã uống rượu, bia thì không lái xe.",
)


def test_it_reads_as_fast_as_an_announcer():
    voice = EspeakVoice()
    syllables = sum(len(re.findall(r"\w+", sentence)) for sentence in SENTENCES)
    seconds = sum(len(voice.speak(sentence)) / RATE for sentence in SENTENCES)
    assert 180 <= syllables / seconds * 60 <= 230


def test_tones_are_heard_apart():
    voice = EspeakVoice()
    spoken = {voice.speak(word).tobytes() for word in ("ma", "má", "mà", "mả", "mã", "mạ")}
    assert len(spoken) == 6


def test_threads_take_turns():
    voice = EspeakVoice()
    alone = [voice.speak(sentence) for sentence in SENTENCES]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(voice.speak, SENTENCES))
    assert all(np.array_equal(a, b) for a, b in zip(alone, together, strict=True))


def test_a_missing_library_is_said_not_crashed(monkeypatch, tmp_path):
    monkeypatch.setattr(espeakng_loader, "get_library_path", lambda: str(tmp_path / "none.so"))
    with pytest.raises(VoiceUnavailable, match="cannot be loaded"):
        EspeakVoice()


def test_missing_data_is_said_not_crashed(monkeypatch, tmp_path, capfd):
    monkeypatch.setattr(espeakng_loader, "get_data_path", lambda: str(tmp_path / "none"))
    with pytest.raises(VoiceUnavailable, match="no usable data"):
        EspeakVoice()


def test_an_unknown_language_is_said():
    with pytest.raises(VoiceUnavailable, match="no voice"):
        EspeakVoice("xx-none")
