"""The signal mathematics: resampling, K-weighting, true peak, limiting. NumPy alone: SciPy would cost every worker
process 75 MB and half a second (docs/decisions/0080).

Everything that runs over a stream works on frames with some neighbouring samples on both sides ("context"),
so a long programme gives the same samples in pieces as it would in one array. Matrix products are kept so small
that the library starts no threads, which would wait for each other while the sound card needs the processor.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import ceil, gcd

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from audio.format import RATE, Samples

REACH = 12  # input samples each side that the true-peak interpolator looks at
OVERSAMPLING = 4  # ITU-R BS.1770-4 annex 2: at least 4x at 48 kHz
GRAIN = 96  # samples looked at together for a true peak: 2 ms
TURN = 10  # grains that the limiter needs to go down, and as many to come back: 20 ms, slow enough not to rasp
K_WEIGHTING = np.array(  # ITU-R BS.1770-4 annex 1, tables 1 (head) and 2 (RLB), for 48 kHz: b0 b1 b2, a1 a2
    [
        [1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585],
        [1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621],
    ]
)
CHUNK = 32  # samples that K-weighting takes in one step
PAGE = 64  # chunks that one matrix product takes
TOGETHER = 8  # outputs of the resampler that one matrix gives, at least
SMALL = 100_000  # multiplications in one matrix product: no threads are started for it


def framed(blocks: Iterable[Samples], size: int, context: int = 0) -> Iterator[Samples]:
    """Cut a stream into frames of `size` with `context` samples either side (zeros beyond its ends).

    The last frame holds what is left: 1 to `size + context` samples of its own.
    """
    held: Samples = np.zeros(context, np.float32)
    for block in blocks:
        held = np.concatenate((held, block))
        while len(held) >= size + 2 * context:
            yield held[: size + 2 * context]
            held = held[size:]
    if len(held) > context:
        yield np.concatenate((held, np.zeros(context, np.float32)))


def low_pass(half: int, cutoff: float) -> Samples:
    """A sinc under a Kaiser window (beta 7: about 70 dB), 2 * half + 1 taps; `cutoff` 1.0 is half the rate."""
    taps = np.sinc(cutoff * np.arange(-half, half + 1)) * np.kaiser(2 * half + 1, 7.0)
    return np.asarray(taps / taps.sum(), np.float32)


@lru_cache(maxsize=8)
def _phases(up: int, down: int, lobes: int) -> tuple[int, NDArray[np.intp], Samples]:
    """How one period of `down` input samples becomes `up` output samples: the context it needs, where each output
    begins to look, and its weights."""
    half = lobes * max(up, down)
    context = ceil(half / up)
    reach = np.zeros(2 * half + 1 + 2 * up, np.float32)  # zeros around it: each output looks at as many inputs
    reach[up : up + 2 * half + 1] = up * low_pass(half, 0.95 / max(up, down))
    ahead = np.arange(up) * down
    offsets = (np.arange(2 * context + 1) - context) * up
    place = half + (ahead % up)[:, np.newaxis] - offsets + up
    weights = np.where((place >= 0) & (place < len(reach)), reach[np.clip(place, 0, len(reach) - 1)], 0)
    return context, ahead // up, np.asarray(weights, np.float32)


def resampled(blocks: Iterable[Samples], rate: int, target: int = RATE, lobes: int = 16) -> Iterator[Samples]:
    """A stream at `rate` Hz as a stream at `target` Hz (polyphase filter, about 70 dB of image rejection).

    The filter reaches over `lobes` sample distances of the lower rate to either side: fewer are faster and blunter.
    """
    if rate == target:
        yield from blocks
        return
    common = gcd(target, rate)
    up, down = target // common, rate // common
    context, first, weights = _phases(up, down, lobes)
    step = down * max(1, TOGETHER // up)
    for frame in framed(blocks, step * max(1, rate // step), context):
        wanted = ceil((len(frame) - 2 * context) * up / down)
        short = -(len(frame) - 2 * context) % step
        whole = np.concatenate((frame, np.zeros(short, np.float32))) if short else frame
        yield _weighed(whole, down, step, first, weights)[:wanted]


def _weighed(samples: Samples, down: int, step: int, first: NDArray[np.intp], weights: Samples) -> Samples:
    """All periods of a frame. The outputs of a step look at nearly the same inputs: one matrix product serves them, and
    takes half the time of gathering for each output what it looks at, though most of the matrix is zeros."""
    reach = weights.shape[1]
    begin = (np.arange(0, step, down)[:, np.newaxis] + first).reshape(-1)
    matrix = np.zeros((reach + begin[-1], len(begin)), np.float32)
    matrix[begin + np.arange(reach)[:, np.newaxis], np.arange(len(begin))] = np.tile(weights, (step // down, 1)).T
    steps = sliding_window_view(samples, len(matrix))[::step]
    page = max(16, SMALL // matrix.size)
    pages = [steps[start : start + page] @ matrix for start in range(0, len(steps), page)]
    return np.concatenate(pages).reshape(-1)


def resample(samples: Samples, rate: int) -> Samples:
    """An array at `rate` Hz as one at 48 kHz."""
    return joined(resampled([samples], rate))


def joined(blocks: Iterable[Samples]) -> Samples:
    """A stream as one array."""
    return np.concatenate([np.zeros(0, np.float32), *blocks])


class KWeighting:
    """The two filters of BS.1770 over a stream; keeps its state between blocks.

    Recursive filters run sample after sample, which NumPy can't. So the two are written as one system with four
    numbers of memory: what CHUNK samples give is a product with a small matrix, and the memory is carried from
    chunk to chunk by doubling the distance each time. Memory is kept at double precision, sound at single: the
    loudness of a programme moves by less than a millionth of a decibel.
    """

    def __init__(self) -> None:
        self._memory = np.zeros(4)

    def __call__(self, block: Samples) -> Samples:
        """Weigh any number of samples. Only the last block of a stream may be no multiple of CHUNK."""
        answer, recall, gather, forget = _system()
        count = ceil(len(block) / CHUNK)
        pages = np.zeros((ceil(count / PAGE), PAGE, CHUNK), np.float32)
        pages.reshape(-1)[: len(block)] = block
        memories = np.zeros((len(pages) * PAGE + 1, 4))
        memories[0] = self._memory
        memories[1:] = (pages @ gather).reshape(-1, 4)
        distance, power = 1, forget
        while distance <= count:
            memories[distance:] += memories[:-distance] @ power
            distance, power = 2 * distance, power @ power
        self._memory = memories[count].copy()
        # Silence lets the memory fade into numbers so small that the processor takes 20 times as long.
        self._memory[np.abs(self._memory) < 1e-30] = 0.0
        out = pages @ answer + memories[:-1].astype(np.float32).reshape(-1, PAGE, 4) @ recall
        return np.asarray(out.reshape(-1)[: len(block)], np.float32)


@lru_cache(maxsize=1)
def _system() -> tuple[Samples, Samples, Samples, NDArray[np.float64]]:
    """What a chunk of samples answers, what the memory adds to it, what it leaves in the memory, and what of the
    memory is left after it: matrices to multiply rows by from the right."""
    (b, c, d, a1, a2), (p, q, r, e1, e2) = K_WEIGHTING
    step = np.array([[-a1, 1, 0, 0], [-a2, 0, 0, 0], [q - e1 * p, 0, -e1, 1], [r - e2 * p, 0, -e2, 0]])
    enter = np.array([c - a1 * b, d - a2 * b, (q - e1 * p) * b, (r - e2 * p) * b])
    leave = np.array([p, 0, 1, 0])
    powers = [np.linalg.matrix_power(step, n) for n in range(CHUNK + 1)]
    echo = [p * b, *(leave @ powers[n] @ enter for n in range(CHUNK - 1))]
    answer = np.array([[echo[n - m] if n >= m else 0.0 for n in range(CHUNK)] for m in range(CHUNK)])
    recall = np.stack([leave @ power for power in powers[:CHUNK]], axis=1)
    gather = np.stack([power @ enter for power in powers[CHUNK - 1 :: -1]])
    return answer.astype(np.float32), recall.astype(np.float32), gather.astype(np.float32), powers[CHUNK].T


@lru_cache(maxsize=1)
def _between() -> tuple[Samples, float, float]:
    """The interpolator, a row for each point between two samples (on the sample itself it is the identity), and two
    numbers that bound it: no point lies higher than (the samples around it, times the first) + (their second
    differences, times the second). What is smooth can't hide a peak between two samples.
    """
    kernel = OVERSAMPLING * low_pass(REACH * OVERSAMPLING, 1 / OVERSAMPLING)
    rows = np.stack([kernel[::-1][OVERSAMPLING - step :: OVERSAMPLING] for step in range(1, OVERSAMPLING)])
    # A row is a straight line between the two samples beside the point, plus a rest that a straight line doesn't feel.
    rest = rows.astype(np.float64)
    share = np.arange(1, OVERSAMPLING) / OVERSAMPLING
    rest[:, REACH - 1] -= 1 - share
    rest[:, REACH] -= share
    total, tilt = rest.sum(axis=1), (rest * (np.arange(2 * REACH) - REACH + 1)).sum(axis=1)
    rest[:, REACH - 1] -= total - tilt
    rest[:, REACH] -= tilt
    bends = np.abs(np.cumsum(np.cumsum(rest, axis=1), axis=1)).sum(axis=1)
    return rows, 1 + float((np.abs(total) + 2 * np.abs(tilt)).max()), float(bends.max())


def true_peaks(frame: Samples, above: float = 0.0) -> Samples:
    """The highest point of the wave in each GRAIN of `frame` (REACH at either end is only looked at; the last grain
    may be short).

    Exact where it is higher than `above`; elsewhere only known to be lower, which is much faster to find out.
    """
    grains = ceil((len(frame) - 2 * REACH) / GRAIN)
    rows, level, bend = _between()
    bent = frame[2:] - 2 * frame[1:-1] + frame[:-2]
    if level * _height(frame) + bend * _height(bent) <= above:
        return np.zeros(grains, np.float32)
    padded, twice = np.zeros(grains * GRAIN + 2 * REACH, np.float32), np.zeros(grains * GRAIN, np.float32)
    padded[: len(frame)] = frame
    twice[: len(frame) - 2 * REACH] = bent[REACH - 1 : len(frame) - REACH - 1]
    peaks, bends = highest(padded[REACH:-REACH]), highest(twice)
    bound = level * _nearby(peaks) + bend * _nearby(bends)
    bound[[0, -1]] = np.inf  # what lies outside is not known
    tall = np.flatnonzero(bound > above)
    around = np.ascontiguousarray(sliding_window_view(padded, GRAIN + 2 * REACH)[::GRAIN][tall].T)
    for weights in rows:
        wave = np.zeros((GRAIN, len(tall)), np.float32)
        for offset, weight in enumerate(weights, 1):
            wave += weight * around[offset : offset + GRAIN]
        peaks[tall] = np.maximum(peaks[tall], np.abs(wave).max(axis=0))
    return peaks


def _height(samples: Samples) -> float:
    return max(float(samples.max(initial=0.0)), -float(samples.min(initial=0.0)))


def highest(samples: Samples) -> Samples:
    """The highest sample of each GRAIN."""
    if not len(samples):
        return np.zeros(0, np.float32)
    return np.asarray(np.maximum.reduceat(np.abs(samples), np.arange(0, len(samples), GRAIN)))


def _nearby(values: Samples) -> Samples:
    """The highest of each value and its neighbours."""
    out = values.copy()
    np.maximum(out[1:], values[:-1], out=out[1:])
    np.maximum(out[:-1], values[1:], out=out[:-1])
    return out


def limited(blocks: Iterable[Samples], ceiling: float) -> Iterator[Samples]:
    """Hold the true peak of a stream at `ceiling` (linear). Looks ahead, so no sample is ever clipped.

    The gain each grain needs is spread over TURN to both sides (minimum), then smoothed by a window of the same
    width, so it reaches the needed value at the peak and never moves abruptly.
    """
    context = (2 * TURN + 2) * GRAIN + REACH
    for frame in framed(blocks, RATE, context):
        inner = frame[context : len(frame) - context]
        peaks = true_peaks(frame, ceiling)
        if peaks.max() <= ceiling:
            yield inner
            continue
        yield inner * gliding(turned_down(peaks, ceiling), GRAIN)[: len(inner)]


def turned_down(peaks: Samples, ceiling: float) -> NDArray[np.float64]:
    """The limiter's gain for each grain but 2 * TURN + 1 at either end, given the peaks of all."""
    needed = ceiling / np.maximum(peaks, ceiling).astype(np.float64)
    return smoothed(smoothed(lowest(needed, 2 * TURN + 3), TURN + 1), TURN + 1)


def gliding(values: NDArray[np.float64], grain: int) -> Samples:
    """A value a grain as one a sample, without steps; the first and the last value are neighbours, not heard."""
    edges = ((values[:-1] + values[1:]) / 2).astype(np.float32)[:, np.newaxis]
    return np.asarray((edges[:-1] + (edges[1:] - edges[:-1]) * _ramp(grain)).reshape(-1))


@lru_cache(maxsize=4)
def _ramp(grain: int) -> Samples:
    return np.linspace(0, 1, grain, endpoint=False, dtype=np.float32)


def lowest(values: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """The lowest of every `width` values in a row; the result is shorter by width - 1."""
    seen = 1
    while seen < width:
        step = min(seen, width - seen)
        values = np.minimum(values[:-step], values[step:])
        seen += step
    return values


def smoothed(values: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """The mean of every `width` values in a row; the result is shorter by width - 1."""
    sums = np.concatenate(([0.0], np.cumsum(values)))
    return (sums[width:] - sums[:-width]) / width
