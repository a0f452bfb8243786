"""The soft tone that wakes an amplifier before what comes."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from audio.cues import Lane
from audio.decks import Blank
from audio.fader import FADE
from audio.format import RATE
from audio.mixer import Mixer
from audio.rouse import PEAK, TONE_HZ, tone

T0 = 1_000_000.0


def test_it_sounds_through_the_lead_and_is_silent_before_and_after():
    lead = 3 * RATE
    whole = tone(5 * RATE, 6 * RATE, lead)
    assert whole is not None
    assert not whole[: 2 * RATE].any()
    assert not whole[5 * RATE :].any()
    middle = whole[2 * RATE + FADE : 5 * RATE - FADE]
    assert np.abs(middle).max() <= PEAK
    assert np.sqrt(np.mean(np.square(middle))) > 0.6 * PEAK


@given(st.lists(st.integers(1, 3000), min_size=1, max_size=40))
def test_it_has_no_step_whatever_the_sizes_of_the_blocks(sizes):
    lead, coming, parts = 20_000, 25_000, []
    for size in sizes:
        block = tone(coming, size, lead)
        parts.append(np.zeros(size, np.float32) if block is None else block)
        coming -= size
    out = np.concatenate(parts)
    assert np.abs(np.diff(out)).max(initial=0.0) <= PEAK * (2 * np.pi * TONE_HZ / RATE + 1 / FADE) + 1e-6


def test_without_a_lead_or_a_coming_sound_there_is_none():
    assert tone(RATE, 480, 0) is None
    assert tone(0, 480, RATE) is None
    assert tone(9 * RATE, 480, RATE) is None


def rendered(mixer, seconds, t0=T0):
    return np.concatenate([mixer.render(480, t0 + n / 100) for n in range(round(seconds * 100))])


def test_the_mixer_wakes_the_amplifier_before_what_is_cued_and_not_between_two_that_follow():
    mixer = Mixer(lead=2 * RATE)
    mixer.cue("a", Lane.SCHEDULED, Blank(RATE), T0 + 4)
    mixer.cue("b", Lane.SCHEDULED, Blank(RATE), T0 + 5)
    out = rendered(mixer, 6)
    loud = np.flatnonzero(out)
    assert 2 * RATE - FADE <= loud[0] <= 2 * RATE + FADE
    assert loud[-1] < 4 * RATE
    assert [e.key for e in mixer.happened()] == ["a", "a", "b", "b"]


def test_an_alert_and_what_comes_at_once_wait_for_no_amplifier():
    mixer = Mixer(lead=2 * RATE)
    mixer.cue("alert", Lane.ALERT, Blank(RATE), 0.0)
    assert not rendered(mixer, 1).any()
    assert mixer.happened()[0].instant == T0
