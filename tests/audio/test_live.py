"""Live sound: reels and taps, the desk that chooses between stream and fallback, the microphone's order of things."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from audio.chimes import closing
from audio.cues import Lane
from audio.fader import FADE
from audio.format import RATE
from audio.live import REEL, Reel, Tap
from audio.microphone import BEHIND, BLOCK, CHIME, Microphone
from audio.mixer import Mixer
from audio.relay import PREBUFFER, STEP, Desk, Interval

VOICE = np.full(BLOCK, 0.25, np.float32)
HUSH = np.zeros(BLOCK, np.float32)


@given(st.lists(st.tuples(st.integers(1, 5000), st.integers(1, 5000)), min_size=1, max_size=60))
def test_two_taps_read_every_frame_once_and_in_order(steps):
    reel = Reel()
    taps, heard = [Tap(reel), Tap(reel)], [[], []]
    for write, read in steps:
        reel.write(np.arange(reel.written, reel.written + write, dtype=np.float32))
        for tap, parts in zip(taps, heard, strict=True):
            parts.append(tap.read(read))
    for parts in heard:
        whole = np.concatenate(parts)
        assert np.array_equal(whole, np.arange(len(whole)))


def test_a_tap_ends_when_its_time_is_over_and_skips_what_others_have_played():
    reel = Reel()
    reel.write(np.arange(1000, dtype=np.float32))
    tap = Tap(reel, 0, frames=500)
    tap.skip(100)
    assert tap.read(300).tolist() == list(range(100, 400))
    assert len(tap.read(300)) == 100
    assert tap.finished


def test_a_tap_far_behind_gets_nothing_wrong():
    reel = Reel()
    tap = Tap(reel)
    for _ in range(3):
        reel.write(np.ones(REEL // 2, np.float32))
    assert len(tap.read(100)) == 0  # those frames are gone
    assert not tap.finished


class Stream:
    """What has come of a network stream."""

    def __init__(self):
        self.ready = 0

    def take(self, frames):
        self.ready -= frames
        assert self.ready >= 0
        return np.full(frames, 0.5, np.float32)


class Quarter:
    """A fallback of quarters, of a few seconds."""

    opened = 0

    def __init__(self):
        Quarter.opened += 1
        self.left = 3 * RATE

    @property
    def finished(self):
        return self.left <= 0

    def read(self, frames):
        n = min(frames, self.left)
        self.left -= n
        return np.full(n, 0.25, np.float32)

    def skip(self, frames):
        self.left -= frames

    def close(self):
        self.left = 0


def laid_down(desk, stream, steps):
    """What the desk lays down while the stream gives `comes` frames before each step."""
    out = []
    for comes in steps:
        stream.ready += comes
        out.append(desk.next(STEP, stream.ready))
    return np.concatenate(out)


def test_a_stream_that_dies_is_replaced_softly_and_comes_back_once_there_is_enough_of_it():
    stream = Stream()
    desk = Desk(stream.take, Quarter)
    alive, dead = [STEP] * 40, [0] * 200
    out = laid_down(desk, stream, [PREBUFFER, *alive, *dead, *alive, *alive, *alive])
    assert out[2 * FADE] == 0.5
    assert 0.25 in out[: -RATE * 3]
    assert np.abs(np.diff(out)).max() <= 0.6 / FADE  # no click anywhere
    assert out[-1] == 0.5
    assert out[FADE:].min() > 0.1  # and never silent
    assert desk.stood_in


def test_a_stream_that_never_comes_is_replaced_from_the_first_frame_and_the_fallback_begins_again():
    Quarter.opened = 0
    out = laid_down(Desk(Stream().take, Quarter), Stream(), [0] * 200)
    assert (out[FADE:] == 0.25).all()
    assert Quarter.opened == 4  # ten seconds of a recording of three


@given(st.lists(st.integers(0, 3 * STEP), min_size=20, max_size=150))
def test_however_a_stream_comes_no_step_is_shorter_or_clicks(steps):
    stream = Stream()
    out = laid_down(Desk(stream.take, Quarter), stream, steps)
    assert len(out) == STEP * len(steps)
    assert np.abs(np.diff(out)).max() <= 0.8 / FADE


def test_the_interval_signal_is_a_chime_now_and_then():
    out = Interval().read(30 * RATE)
    assert out[: 5 * RATE].any()
    assert not out[6 * RATE : 12 * RATE].any()
    assert out[13 * RATE : 18 * RATE].any()


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
