import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.format import RATE
from audio.listen import CODES, Heard, Listener, faults, rushed, syllables
from audio.voices import open_voice

SENTENCES = (
    "Kính thưa toàn thể bà con nhân dân trong xã.",
    "Mời bà con nghe chuyên mục an ninh trật tự của công an xã.",
    "Trộm cau, trộm chó, trộm xe máy vào ban đêm, nhất là từ hai mươi hai giờ đến bốn giờ.",
    "Bà con không cung cấp mã ô tê pê, không chuyển tiền cho người lạ.",
    "Công an xã ghi nhận hai vụ lừa đảo qua điện thoại, thiệt hại ba phẩy năm triệu đồng.",
    "Hết.",
)


def speech(seconds, level=0.2):
    """Sound with the swing of syllables, four a second, that dies away at its end."""
    moment = np.arange(round(seconds * RATE)) / RATE
    swing = 0.55 + 0.45 * np.sin(2 * np.pi * 4 * moment)
    sound = level * swing * np.sin(2 * np.pi * 300 * moment)
    fall = min(len(sound), RATE // 10)
    sound[-fall:] *= np.linspace(1, 0, fall) ** 2
    return sound.astype(np.float32)


def codes(samples, text):
    return [fault.code for fault in faults(samples, text)]


TEXT = "bà con chú ý nghe bản tin sau đây"  # nine syllables


def test_sound_speech_has_no_fault():
    assert codes(speech(2.5), TEXT) == []


@pytest.mark.parametrize("spec", ["espeak", "espeak:central", "espeak:south"])
def test_what_the_house_voice_says_is_not_suspected(spec):
    voice = open_voice(spec)
    assert [codes(voice.speak(text), text) for text in SENTENCES] == [[]] * len(SENTENCES)


@pytest.mark.parametrize(
    ("sound", "code"),
    [
        (np.zeros(2 * RATE, np.float32), "silent"),
        (speech(2.5, 0.001), "silent"),
        (np.zeros(0, np.float32), "silent"),
        (speech(0.6), "too-short"),
        (speech(9.0), "too-long"),
        (np.concatenate([speech(1.2), np.zeros(RATE * 5 // 4, np.float32), speech(1.2)]), "hole"),
        (np.clip(20 * speech(2.5), -1, 1), "clipped"),
        (speech(4.5)[: round(2.42 * RATE)][: -RATE // 8], "cut-off"),
    ],
)
def test_each_fault_is_found_and_named(sound, code):
    assert code in codes(sound, TEXT)
    assert code in CODES


def test_a_text_with_nothing_to_say_has_no_fault():
    assert codes(np.zeros(100, np.float32), "... —") == []


def test_one_sample_at_full_scale_is_no_clipping():
    sound = speech(2.5)
    sound[RATE] = 1.0
    assert codes(sound, TEXT) == []


@given(st.integers(0, 3 * RATE), st.floats(0, 1), st.text(max_size=30))
def test_any_sound_and_text_get_an_answer(length, level, text):
    sound = np.full(length, level, np.float32)
    assert {fault.code for fault in faults(sound, text)} <= set(CODES)


def heard(*seconds):
    return [Heard(TEXT, s, ()) for s in seconds]


def test_a_sentence_much_quicker_than_the_others_has_lost_a_part():
    found = rushed(heard(2.4, 2.5, 2.6, 2.3, 2.5, 1.4))
    assert [[fault.code for fault in h.faults] for h in found] == [[]] * 5 + [["too-short"]]


def test_of_a_few_sentences_nothing_is_usual():
    assert rushed(heard(2.4, 1.0)) == heard(2.4, 1.0)


class HalfOfOne:
    """The house voice, which swallows the second half of one sentence."""

    name, version = "half", "1"

    def __init__(self):
        self._voice = open_voice("espeak")

    def speak(self, text):
        sound = self._voice.speak(text)
        return sound[: len(sound) // 2] if text == SENTENCES[2] else sound

    def close(self):
        self._voice.close()


def test_a_rendering_reports_its_faulty_sentences_once():
    listener = Listener(HalfOfOne())
    for text in SENTENCES * 2:
        listener.speak(text)
    [faulty] = listener.faulty()
    assert faulty.text == SENTENCES[2]
    assert "too-short" in [fault.code for fault in faulty.faults]


def test_syllables_are_counted_as_they_are_written():
    assert syllables("Hai mươi ba, vi-rút.") == 5


class Spoken:
    """A voice whose sound is good for every text."""

    name = version = "spoken"

    def speak(self, text):
        return speech(0.28 * len(text.split()))

    def close(self):
        pass


def test_a_sentence_that_a_recogniser_understands_far_worse_than_the_others_is_flagged():
    texts = [f"bà con hãy khóa cửa nhà số {n}" for n in ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")]
    answers = iter([*texts[:4], "không rõ gì", *texts[5:]])
    listener = Listener(Spoken(), lambda _sound: next(answers))
    for text in texts:
        listener.speak(text)
    (found,) = listener.faulty()
    assert found.text == texts[4]
    assert [fault.code for fault in found.faults] == ["misheard"]


def test_short_sentences_are_not_put_to_the_recogniser():
    listener = Listener(Spoken(), lambda _sound: pytest.fail("asked"))
    listener.speak("xin chào bà con")
