"""How loud a sound is heard (LUFS) and how high its wave really goes (dBTP), measured block by block.

ITU-R BS.1770-4 (the algorithm) as EBU R 128 and EBU Tech 3341 use it, for one channel at 48 kHz.
"""

from array import array
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from math import inf, log10
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audio import disk
from audio.dsp import GRAIN, REACH, TURN, KWeighting, framed, highest, true_peaks, turned_down
from audio.format import RATE, Samples

OFFSET = -0.691  # BS.1770-4 annex 1, equation 2: cancels the K filter's gain at 997 Hz
ABSOLUTE_GATE = -70.0  # LKFS; BS.1770-4 annex 1, equation 6
RELATIVE_GATE = -10.0  # LU below the loudness of what passed the absolute gate; equation 7
STEP = RATE // 10  # gating blocks of 400 ms overlap by 75 %, so one begins every 100 ms; annex 1, equation 3
STEPS_A_BLOCK = 4


@dataclass(frozen=True)
class Loudness:
    """Integrated loudness and true peak; both are -inf for silence."""

    lufs: float
    true_peak_dbtp: float


def decibels(ratio: float, factor: float = 20.0) -> float:
    """A ratio of amplitudes (factor 20) or of powers (factor 10) in decibels; -inf for nothing."""
    return factor * log10(ratio) if ratio > 0 else -inf


class LoudnessMeter:
    """Feed it blocks of any size; ask at any time. It keeps energy and peak of every 2 ms (14 MB an hour), so it can
    also foretell what a gain and the limiter would make of the sound."""

    def __init__(self) -> None:
        self._weigh = KWeighting()
        self._rest: Samples = np.zeros(0, np.float32)  # less than one step
        self._energy = array("f")  # mean square of each grain of each whole step
        self._peaks = array("f")  # its highest sample

    def add(self, block: Samples) -> None:
        """Count mono float32 samples at 48 kHz in."""
        held = np.concatenate((self._rest, block))
        whole = len(held) // STEP * STEP
        self._rest = held[whole:]
        if whole:
            weighted = self._weigh(held[:whole]).reshape(-1, GRAIN)
            self._energy.frombytes((np.einsum("ij,ij->i", weighted, weighted) / np.float32(GRAIN)).tobytes())
            self._peaks.frombytes(highest(held[:whole]).tobytes())

    def integrated(self) -> float:
        """Gated loudness in LUFS. Less than one gating block is taken whole, so that one word has a level."""
        energy = np.asarray(self._energy)
        if len(energy) < STEPS_A_BLOCK * STEP // GRAIN:
            rest = float(np.square(copy(self._weigh)(self._rest)).sum())
            frames = len(energy) * GRAIN + len(self._rest)
            return _lufs((float(energy.sum()) * GRAIN + rest) / frames) if frames else -inf
        return _gated(energy)

    def foretold(self, gain: float, ceiling: float) -> float:
        """What `integrated` would be after `gain` decibels and the limiter.

        The peaks are those of the samples; and for a sound of a few words the limiter is left out.
        """
        energy = np.asarray(self._energy)
        if len(energy) < STEPS_A_BLOCK * STEP // GRAIN:
            return self.integrated() + gain
        peaks = np.pad(np.asarray(self._peaks), 2 * TURN + 1)
        return _gated(energy * np.square(turned_down(peaks, 10 ** ((ceiling - gain) / 20)))) + gain


class Meter(LoudnessMeter):
    """Measures the true peak too."""

    def __init__(self) -> None:
        super().__init__()
        self._tail: Samples = np.zeros(2 * REACH, np.float32)
        self._peak = 0.0

    def add(self, block: Samples) -> None:
        """Count mono float32 samples at 48 kHz in."""
        super().add(block)
        if not len(block):
            return
        heard = np.concatenate((self._tail, block))
        self._peak = max(self._peak, float(np.max(true_peaks(heard, self._peak))))
        self._tail = heard[-2 * REACH :]

    def true_peak_dbtp(self) -> float:
        """Highest point of the wave between and on the samples, in dB relative to full scale."""
        end = np.concatenate((self._tail, np.zeros(REACH, np.float32)))
        return decibels(max(self._peak, float(np.max(true_peaks(end)))))


def measure(sound: Samples | Path | str) -> Loudness:
    """Loudness of an array (mono, 48 kHz) or of a file. Raises BadAudio when the file can't be decoded."""
    blocks: Iterable[Samples] = framed([sound], RATE) if isinstance(sound, np.ndarray) else disk.blocks(sound)
    meter = Meter()
    for block in blocks:
        meter.add(block)
    return Loudness(meter.integrated(), meter.true_peak_dbtp())


def _gated(energy: NDArray[np.floating]) -> float:
    steps = energy.reshape(-1, STEP // GRAIN).mean(axis=1, dtype=np.float64)
    power = np.convolve(steps, np.ones(STEPS_A_BLOCK) / STEPS_A_BLOCK, "valid")
    power = power[power > _power(ABSOLUTE_GATE)]
    if not len(power):
        return -inf
    return _lufs(float(power[power > _power(_lufs(float(power.mean())) + RELATIVE_GATE)].mean()))


def _lufs(power: float) -> float:
    return OFFSET + decibels(power, 10.0)


def _power(lufs: float) -> float:
    return float(10 ** ((lufs - OFFSET) / 10))
