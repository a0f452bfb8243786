import pytest

from audio.errors import VoiceUnavailable
from audio.format import RATE
from audio.voices.edge import DEFAULT, EdgeVoice

SENTENCE = "Mời bà con nghe bản tin <an ninh> & trật tự."


@pytest.fixture
def waits():
    return []


@pytest.fixture
def voice(edge, waits):
    return EdgeVoice(sleep=waits.append, timeout_s=1)


def test_the_service_hears_the_sentence_and_the_voice(edge, voice):
    assert len(voice.speak(SENTENCE)) > RATE
    [(voice_asked, text)] = edge.asked
    assert ("HoaiMyNeural" in voice_asked, text) == ("HoaiMyNeural" in DEFAULT, SENTENCE)


def test_another_voice_of_the_service_may_be_asked_for(edge):
    EdgeVoice("vi-VN-NamMinhNeural").speak(SENTENCE)
    assert "NamMinhNeural" in edge.asked[0][0]


@pytest.mark.parametrize("fault", [429, 503, "half", "damaged", "no-audio", "hang"])
def test_what_may_pass_is_tried_again_with_growing_pauses(edge, voice, waits, fault):
    edge.faults.extend([fault, fault])
    assert len(voice.speak(SENTENCE)) > RATE
    assert waits == [1.0, 2.0]


def test_after_three_more_tries_it_gives_up_and_says_why(edge, voice, waits):
    edge.faults.extend([503] * 4)
    with pytest.raises(VoiceUnavailable, match="HTTP 503") as caught:
        voice.speak(SENTENCE)
    assert (caught.value.code, waits) == ("busy", [1.0, 2.0, 4.0])


def test_a_refusal_is_not_asked_again(edge, voice, waits):
    edge.faults.append(404)
    with pytest.raises(VoiceUnavailable, match="HTTP 404") as caught:
        voice.speak(SENTENCE)
    assert (caught.value.code, waits) == ("refused", [])


def test_a_voice_name_that_is_none_is_refused(edge, waits):
    with pytest.raises(VoiceUnavailable, match="no voice"):
        EdgeVoice("tiếng nói", sleep=waits.append).speak(SENTENCE)
    assert edge.asked == []


def test_no_network_is_said(edge, monkeypatch, waits):
    monkeypatch.setattr("edge_tts.communicate.WSS_URL", "ws://127.0.0.1:9/?x=1")
    with pytest.raises(VoiceUnavailable) as caught:
        EdgeVoice(sleep=waits.append).speak(SENTENCE)
    assert (caught.value.code, len(waits)) == ("offline", 3)
