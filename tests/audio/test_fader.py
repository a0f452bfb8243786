"""Gains move evenly and come to rest exactly."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.fader import FADE, Fader

ONES = np.ones(100, np.float32)


def test_at_full_and_at_rest_the_block_itself_is_returned():
    assert Fader().shape(ONES) is ONES


@given(st.lists(st.integers(1, 300), min_size=1), st.sampled_from([0.0, 0.16, 0.5]))
def test_however_it_is_cut_the_way_is_even_and_ends_at_the_target(sizes, target):
    fader = Fader()
    fader.to(target)
    out = np.concatenate([fader.shape(np.ones(n, np.float32)) for n in [*sizes, FADE]])
    assert out[0] == 1
    assert np.abs(np.diff(out)).max() <= 1 / FADE + 1e-6
    assert fader.shape(ONES)[0] == pytest.approx(target)
