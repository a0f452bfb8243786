"""A stream that is relayed: replaced while it is away, joined softly when it comes."""

import time

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from audio.fader import FADE
from audio.format import RATE
from audio.relay import PREBUFFER, STEP, Desk, Interval, Relay


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


class Silent:
    """A stream that never comes."""

    ready = 0

    def __init__(self, url):
        pass

    def start(self):
        pass

    def stop(self):
        pass

    def take(self, frames):
        return np.zeros(0, np.float32)


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


def test_who_joins_later_reads_the_reel_from_where_the_broadcast_is_by_then(monkeypatch):
    monkeypatch.setattr("audio.relay.Tuner", Silent)
    relay = Relay("http://dai", 60.0, Quarter)
    first = relay(2 * RATE)
    while first.finished or not len(first.read(RATE)):
        time.sleep(0.001)
    joined = relay(3 * RATE)
    while not len(block := joined.read(STEP)):
        time.sleep(0.001)
    relay.close()
    # The reel's first second was read already: a tap from its start would hear the opening fade.
    assert np.allclose(block, 0.25)
