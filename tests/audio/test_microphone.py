"""Somebody at the microphone: chimes around the voice, and its ends."""

import numpy as np

from audio.chimes import closing
from audio.cues import Lane
from audio.fader import FADE
from audio.format import RATE
from audio.live import Tap
from audio.microphone import BEHIND, BLOCK, CHIME, Microphone
from audio.mixer import Mixer

VOICE = np.full(BLOCK, 0.25, np.float32)
HUSH = np.zeros(BLOCK, np.float32)


def speak(microphone, mixer, blocks, voice, at):
    heard = []
    for n in range(blocks):
        microphone.write(voice)
        heard.append(mixer.render(BLOCK, at + n / 100))
    return np.concatenate(heard)


def on_air(quiet_s=2.0, **more):
    microphone, mixer = Microphone(quiet_s=quiet_s, **more), Mixer()
    tap = Tap(microphone._reel, None, behind=BEHIND)
    microphone._taps.append(tap)
    mixer.cue("mic", Lane.MICROPHONE, tap, 0.0)
    return microphone, mixer


def test_the_voice_comes_after_the_chime_and_the_closing_chime_after_the_voice():
    microphone, mixer = on_air()
    before = speak(microphone, mixer, 270, VOICE, 0)
    assert before[BEHIND : BEHIND + RATE].any()
    during = speak(microphone, mixer, 200, VOICE, 10)
    assert (during[RATE:] == 0.25).all()
    assert abs(microphone.level - 0.25) < 0.01
    microphone.finish()
    after = speak(microphone, mixer, 600, VOICE, 20)
    assert mixer.playing() == ()
    rest = after[BEHIND + BLOCK + 2 * FADE :]
    assert np.abs(rest[: len(closing())]).max() > 0.3  # the chime
    assert not rest[len(closing()) + BLOCK :].any()


def test_a_microphone_nobody_speaks_into_ends_by_itself():
    microphone, mixer = on_air(quiet_s=2.0)
    speak(microphone, mixer, CHIME // BLOCK + 30, HUSH, 0)
    speak(microphone, mixer, 1000, HUSH, 10)
    assert microphone.trouble == "mic-quiet"
    assert mixer.playing() == ()


def test_short_pauses_do_not_end_it():
    microphone, mixer = on_air(quiet_s=2.0)
    for n in range(5):
        speak(microphone, mixer, 150, HUSH, n * 10)
        speak(microphone, mixer, 50, VOICE, n * 10 + 2)
    assert microphone.trouble == ""
    assert [p.key for p in mixer.playing()] == ["mic"]


def test_without_chimes_there_is_only_the_voice():
    microphone, mixer = on_air(chimes=False)
    during = speak(microphone, mixer, 100, VOICE, 0)
    assert (during[BEHIND + BLOCK + FADE :] == 0.25).all()
    microphone.finish()
    after = speak(microphone, mixer, 100, VOICE, 10)
    assert mixer.playing() == ()
    assert np.abs(after).max() <= 0.25


def test_its_time_is_over_when_it_is_over_and_the_chime_still_follows():
    microphone, mixer = on_air(longest_s=5.0)
    speak(microphone, mixer, 400, VOICE, 0)
    assert microphone.facts() == {"input_level": 0.25, "quiet_s": 0, "left_s": 1}
    speak(microphone, mixer, 400, VOICE, 10)
    assert microphone.trouble == "mic-limit"
    assert microphone.facts()["left_s"] == 0
    speak(microphone, mixer, 400, VOICE, 20)
    assert mixer.playing() == ()


def test_a_limit_does_not_hide_that_nobody_spoke():
    microphone, mixer = on_air(quiet_s=2.0, longest_s=60.0)
    speak(microphone, mixer, 1000, HUSH, 0)
    assert microphone.trouble == "mic-quiet"
