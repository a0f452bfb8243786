"""Where one thing lies in another: normalised cross-correlation of arrays of (time, bands)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bands = NDArray[np.float32]


@dataclass(frozen=True)
class Place:
    """`shift` in steps of time, to a fraction of one; `score` from -1 to 1."""

    shift: float
    score: float


def match(piece: Bands, within: Bands) -> Place:
    """Where the whole of `piece` fits best into `within`, which is no shorter."""
    room = len(within) - len(piece) + 1
    scores = _products(piece, within)[:room] / _root(_energy(piece)[-1] * _windows(within, len(piece)))
    return _best(scores)


def locate(meant: Bands, heard: Bands, least: int) -> tuple[int, float]:
    """(shift, how many times higher than chance) of `meant` in `heard`, where they may overlap in part, by `least`
    steps or more. The shift is negative when `heard` began later."""
    n, m = len(meant), len(heard)
    if min(n, m) < least:
        return 0, 0.0
    size = _fast(n + m)
    products = np.roll(_products(meant, heard, size), n - 1)[: n + m - 1]
    shifts = np.arange(-(n - 1), m)
    ours, theirs = _energy(meant), _energy(heard)
    first, last = np.maximum(0, shifts), np.minimum(m, shifts + n)
    shared = np.maximum(0, last - first)
    energy = (theirs[last] - theirs[first]) * (ours[last - shifts] - ours[first - shifts])
    likeness = products / _root(energy) * np.sqrt(shared) * (shared >= least)
    chance = 1.4826 * float(np.median(np.abs(likeness[shared >= least])))
    best = int(np.argmax(likeness))
    return int(shifts[best]), float(likeness[best]) / max(chance, 1e-9)


def _products(piece: Bands, within: Bands, size: int = 0) -> NDArray[np.float64]:
    size = size or _fast(len(within))
    spectrum = np.fft.rfft(within, size, axis=0) * np.conj(np.fft.rfft(piece, size, axis=0))
    return np.asarray(np.fft.irfft(spectrum.sum(axis=1), size), np.float64)


def _energy(bands: Bands) -> NDArray[np.float64]:
    """Running sum: the energy before each step, and at the end of all."""
    return np.concatenate(([0.0], np.cumsum(np.square(bands, dtype=np.float64).sum(axis=1))))


def _windows(bands: Bands, width: int) -> NDArray[np.float64]:
    sums = _energy(bands)
    return sums[width:] - sums[:-width]


def _root(energy: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.sqrt(np.maximum(energy, 1e-6 * float(energy.max()) + 1e-30))


def _best(scores: NDArray[np.float64]) -> Place:
    """The highest score; a parabola through its neighbours tells the fraction of a step."""
    at = int(np.argmax(scores))
    if not 0 < at < len(scores) - 1:
        return Place(float(at), float(scores[at]))
    before, here, after = scores[at - 1 : at + 2]
    bend = before - 2 * here + after
    return Place(at + float((before - after) / (2 * bend)) if bend < 0 else float(at), float(here))


def _fast(size: int) -> int:
    """The next size that a Fourier transform likes."""
    power = 1 << max(0, (size - 1).bit_length() - 3)
    return power * -(-size // power)
