import numpy as np
import pytest

from audio.errors import VoiceUnavailable
from audio.format import RATE
from audio.voices.google import GoogleVoice

SENTENCE = "Mời bà con nghe bản tin."
LONG = "Bà con tuyệt đối không cung cấp số tài khoản, mã xác thực cho người lạ, không chuyển tiền khi chưa rõ."


@pytest.fixture
def waits():
    return []


@pytest.fixture
def voice(google, waits):
    return GoogleVoice(sleep=waits.append, timeout_s=1.0)


def test_the_address_comes_from_the_parameter_the_environment_or_google(google, monkeypatch):
    monkeypatch.setenv("BROADCASTER_GTTS_URL", "http://127.0.0.1:9")
    GoogleVoice(base_url=google.url).speak(SENTENCE)
    assert google.texts == [SENTENCE]


def test_an_address_that_is_none_is_refused():
    with pytest.raises(VoiceUnavailable, match="no web address"):
        GoogleVoice(base_url="file:///etc/passwd")


def test_a_long_sentence_goes_in_pieces_of_a_hundred_characters(google, voice):
    voice.speak(LONG)
    assert len(google.texts) > 1
    assert all(len(text) <= 100 for text in google.texts)
    assert "".join(google.texts).replace(" ", "").count("n") == LONG.count("n")


def test_pieces_are_joined_without_a_click(google, voice):
    steps = np.abs(np.diff(voice.speak(LONG)))
    highest_of_the_tone = 0.3 * 2 * np.pi * 440 / RATE
    assert steps.max() < 2 * highest_of_the_tone


@pytest.mark.parametrize("fault", [429, 500, 503, "truncated", "no-audio", "broken-off", "hang", "silent", "brief"])
def test_what_may_pass_is_tried_again_with_growing_pauses(google, voice, waits, fault):
    google.faults.extend([fault, fault])
    assert len(voice.speak(SENTENCE)) > RATE
    assert waits == [1.0, 2.0]


def test_after_three_more_tries_it_gives_up_and_says_why(google, voice, waits):
    google.faults.extend([429] * 4)
    with pytest.raises(VoiceUnavailable, match="4 times: HTTP 429"):
        voice.speak(SENTENCE)
    assert waits == [1.0, 2.0, 4.0]
    assert len(google.texts) == 4


@pytest.mark.parametrize(("fault", "reason"), [("html", "web page"), (403, "HTTP 403")])
def test_a_refusal_is_not_asked_again(google, voice, waits, fault, reason):
    google.faults.append(fault)
    with pytest.raises(VoiceUnavailable, match=reason):
        voice.speak(SENTENCE)
    assert waits == []


def test_no_network_is_said_after_the_tries(waits):
    voice = GoogleVoice(base_url="http://127.0.0.1:9", sleep=waits.append)
    with pytest.raises(VoiceUnavailable, match="not reached"):
        voice.speak(SENTENCE)
    assert len(waits) == 3
