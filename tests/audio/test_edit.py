import subprocess
import sys

import numpy as np
import pytest

from audio.dsp import joined
from audio.edit import phrase, softened, tidied
from audio.format import RATE

LOUD = np.full(RATE // 2, 0.5, np.float32)


def silence(seconds):
    return np.zeros(round(seconds * RATE), np.float32)


def test_importing_pydub_warns_of_nothing():
    code = "import audio.edit"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_phrase_begins_and_ends_softly_and_keeps_its_middle():
    out = phrase(LOUD)
    assert len(out) == len(LOUD)
    assert max(abs(out[0]), abs(out[-1])) < 0.01
    assert np.allclose(out[RATE // 50 : -RATE // 50], 0.5, atol=1e-6)
    assert np.abs(np.diff(out)).max() < 0.01


def test_the_rest_after_a_phrase_is_as_long_as_asked():
    out = phrase(LOUD, 0.75)
    assert len(out) == len(LOUD) + 0.75 * RATE
    assert not out[len(LOUD) :].any()


@pytest.mark.parametrize("length", [1, 10, 100, 400])
def test_a_phrase_shorter_than_its_fades_is_only_softer(length):
    out = phrase(LOUD[:length])
    assert len(out) == length
    assert out.max() <= 0.5


def test_a_stream_is_softened_at_its_ends_only():
    out = joined(softened([LOUD, LOUD, LOUD]))
    assert max(abs(out[0]), abs(out[-1])) < 0.01
    assert np.allclose(out[RATE // 50 : -RATE // 50], 0.5, atol=1e-6)
    assert len(joined(softened([]))) == 0


@pytest.mark.parametrize("size", [1, 7, 100, 719, 5000])
def test_the_size_of_the_blocks_does_not_matter_to_the_fades(size):
    pieces = [LOUD[first : first + size] for first in range(0, len(LOUD), size)]
    assert np.array_equal(joined(softened(pieces)), joined(softened([LOUD])))


def test_one_block_is_softened_at_both_ends():
    out = joined(softened([LOUD]))
    assert max(abs(out[0]), abs(out[-1])) < 0.01


def test_silence_is_taken_off_the_ends_and_shortened_inside():
    sound = [silence(1), LOUD, silence(4), LOUD, silence(1.5), LOUD, silence(3)]
    assert len(joined(tidied(sound, 2.0))) / RATE == pytest.approx(0.5 + 2.0 + 0.5 + 1.5 + 0.5, abs=0.03)


def test_silence_alone_leaves_nothing():
    assert len(joined(tidied([silence(2)]))) == 0
