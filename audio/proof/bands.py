"""Sound as it rises and falls in bands of pitch: what survives a horn, a room and a microphone.

A loudspeaker's colour and an echo multiply each band, and a logarithm turns that into something added, which is taken
away with the mean of two seconds around.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from audio.format import Samples
from audio.proof.match import Bands
from audio.proof.tape import LOW

STEPS = 25  # a second
HOP = LOW // STEPS
WINDOW = 512  # 64 ms
EDGES_HZ = np.geomspace(250, 3600, 17)  # sixteen bands; a horn gives little below
DEPTH = 1e-4  # 40 dB below the loudest moments of a band nothing is told from noise
AROUND = 2 * STEPS


def bands(low: Samples) -> Bands:
    """(time, band) of a sound at 8 kHz, 25 steps a second. Empty when it is shorter than a window."""
    if len(low) < WINDOW:
        return np.zeros((0, len(EDGES_HZ) - 1), np.float32)
    lines = np.round(EDGES_HZ * WINDOW / LOW).astype(int)
    hann = np.hanning(WINDOW).astype(np.float32)
    frames = sliding_window_view(low, WINDOW)[::HOP]
    powers = []
    for first in range(0, len(frames), 1000):
        spectrum = np.fft.rfft(frames[first : first + 1000] * hann, axis=1)
        power = np.square(spectrum.real) + np.square(spectrum.imag)
        powers.append(np.add.reduceat(power[:, : lines[-1]], lines[:-1], axis=1))
    power = np.concatenate(powers)
    floor = DEPTH * np.percentile(power, 95, axis=0) + 1e-12
    level = np.log(power + floor)
    return np.asarray(level - _mean_around(level), np.float32)


def _mean_around(level: NDArray[np.float64]) -> NDArray[np.float64]:
    padded = np.pad(level, ((AROUND // 2, AROUND // 2), (0, 0)), mode="reflect" if len(level) > AROUND else "edge")
    sums = np.concatenate((np.zeros((1, level.shape[1])), np.cumsum(padded, axis=0)))
    return np.asarray((sums[AROUND:] - sums[:-AROUND])[: len(level)] / AROUND)
