"""The station's own sounds, made from sine waves: nobody's recording, the same everywhere."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from audio.format import RATE, Samples

LEVEL = 0.5
ATTACK_S = 0.006  # a mallet is soft: no click even on a horn
# Partials as (times the note, strength, seconds to fall to 1/e). A marimba bar is tuned to 4 and 10 times its
# note; the slow fundamental and a slightly sharp octave give it the ring of a bell.
BAR = ((1.0, 1.0, 0.75), (2.005, 0.3, 0.5), (4.0, 0.22, 0.22), (10.0, 0.05, 0.06))
# Notes in Hz of the pentatonic scale C D E G A, equal temperament, as (start in seconds, Hz, strength).
OPENING = (
    (0.0, 523.25, 0.8),
    (0.45, 659.26, 0.8),
    (0.9, 783.99, 0.85),
    (1.35, 880.0, 0.9),
    (1.8, 783.99, 0.8),
    (2.25, 1046.5, 1.0),
    (2.25, 523.25, 0.7),
)
CLOSING = ((0.0, 1046.5, 0.9), (0.5, 880.0, 0.85), (1.0, 783.99, 0.8), (1.5, 587.33, 0.8), (2.0, 523.25, 1.0))
SIREN_HZ = (650.0, 950.0)
SIREN_TURN_S = 0.375
SIREN_S = 4 * SIREN_TURN_S  # short: what the siren is for must be said within two seconds
SIREN_LEVEL = 0.184  # peak: -16 LUFS, so that it is as loud as the speech after it, prepared or not


def opening() -> Samples:
    """Five seconds that rise: a programme begins."""
    return _motif(OPENING, 5.0)


def closing() -> Samples:
    """Four seconds that come down: it is over."""
    return _motif(CLOSING, 4.0)


def siren() -> Samples:
    """Two tones in turn, twice, with the odd partials a horn loudspeaker carries far; can follow itself."""
    moment = np.arange(round(SIREN_S * RATE)) / RATE
    # The swing is rounded a little, so the tone changes without a click.
    swing = np.tanh(8 * np.sin(np.pi * moment / SIREN_TURN_S))
    low, high = SIREN_HZ
    phase = 2 * np.pi * np.cumsum((low + high) / 2 + (high - low) / 2 * swing) / RATE
    phase -= phase[0]
    wave = np.sin(phase) + np.sin(3 * phase) / 4 + np.sin(5 * phase) / 10
    return _levelled(wave, SIREN_LEVEL)


CHIMES: dict[str, Callable[[], Samples]] = {"opening": opening, "closing": closing, "siren": siren}


def _motif(notes: tuple[tuple[float, float, float], ...], seconds: float) -> Samples:
    out = np.zeros(round(seconds * RATE))
    for start, hertz, strength in notes:
        first = round(start * RATE)
        out[first:] += strength * _note(hertz, len(out) - first)
    return _levelled(out)


def _note(hertz: float, frames: int) -> NDArray[np.float64]:
    moment = np.arange(frames) / RATE
    ring = sum(
        strength * np.exp(-moment / decay) * np.sin(2 * np.pi * hertz * times * moment)
        for times, strength, decay in BAR
    )
    return np.asarray(ring * np.minimum(1.0, moment / ATTACK_S))


def _levelled(wave: NDArray[np.float64], level: float = LEVEL) -> Samples:
    return np.asarray(wave * (level / np.abs(wave).max()), np.float32)
