"""Live sound: reels and taps, the desk that chooses between stream and fallback, the microphone's order of things."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from audio.live import REEL, Reel, Tap


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
