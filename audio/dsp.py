"""The signal mathematics: resampling, K-weighting, true peak, limiting. The only module that knows scipy, and
only when it is used: loading it takes half a second and 40 MB that a station on air never needs.

Everything that runs over a stream works on frames with some neighbouring samples on both sides ("context"),
so a long programme gives the same samples in pieces as it would in one array.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import ceil, gcd

import numpy as np
from numpy.typing import NDArray

from audio.format import RATE, Samples

REACH = 12  # input samples each side that the true-peak interpolator looks at
OVERSAMPLING = 4  # ITU-R BS.1770-4 annex 2: at least 4x at 48 kHz
TURN = RATE // 50  # the limiter needs 20 ms to go down and as much to come back: slow enough not to rasp
K_WEIGHTING = np.array(  # ITU-R BS.1770-4 annex 1, tables 1 (head) and 2 (RLB), for 48 kHz
    [
        [1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241, 0.73248077421585],
        [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621],
    ]
)


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


@lru_cache(maxsize=8)
def _low_pass(half: int, cutoff: float) -> NDArray[np.float32]:
    from scipy import signal

    taps = signal.firwin(2 * half + 1, cutoff, window=("kaiser", 7.0))
    return np.asarray(taps, np.float32)


def resampled(blocks: Iterable[Samples], rate: int) -> Iterator[Samples]:
    """A stream at `rate` Hz as a stream at 48 kHz (polyphase filter, about 70 dB of image rejection)."""
    from scipy import signal

    if rate == RATE:
        yield from blocks
        return
    common = gcd(RATE, rate)
    up, down = RATE // common, rate // common
    half = 16 * max(up, down)
    kernel = _low_pass(half, 0.95 / max(up, down))
    context = down * ceil(half / up / down)
    size = down * max(1, rate // down)
    for frame in framed(blocks, size, context):
        wanted = ceil((len(frame) - 2 * context) * up / down)
        first = context * up // down
        out = signal.resample_poly(frame, up, down, window=kernel)
        yield np.asarray(out[first : first + wanted], np.float32)


def resample(samples: Samples, rate: int) -> Samples:
    """An array at `rate` Hz as one at 48 kHz."""
    return joined(resampled([samples], rate))


def down(samples: Samples, factor: int) -> Samples:
    """Every `factor`-th sample, without what the lower rate can't hold."""
    from scipy import signal

    return np.asarray(signal.resample_poly(samples, 1, factor), np.float32)


def horn(samples: Samples, rate: int, low: float = 200.0, high: float = 5000.0) -> Samples:
    """What a horn loudspeaker lets through."""
    from scipy import signal

    return np.asarray(
        signal.sosfilt(signal.butter(4, [low, high], "bandpass", fs=rate, output="sos"), samples), np.float32
    )


def joined(blocks: Iterable[Samples]) -> Samples:
    """A stream as one array."""
    return np.concatenate([np.zeros(0, np.float32), *blocks])


class KWeighting:
    """The two filters of BS.1770 over a stream; keeps its state between blocks."""

    def __init__(self) -> None:
        self._state = np.zeros((len(K_WEIGHTING), 2))

    def __call__(self, block: Samples) -> NDArray[np.float64]:
        from scipy import signal

        out, self._state = signal.sosfilt(K_WEIGHTING, block.astype(np.float64), zi=self._state)
        # Silence lets the state fade into numbers so small that the processor takes 20 times as long.
        self._state[np.abs(self._state) < 1e-30] = 0.0
        return np.asarray(out)


@lru_cache(maxsize=1)
def _between() -> Samples:
    """The interpolator, a column for each point between two samples; on the sample itself it is the identity."""
    kernel = OVERSAMPLING * _low_pass(REACH * OVERSAMPLING, 1 / OVERSAMPLING)
    columns = [kernel[::-1][OVERSAMPLING - step :: OVERSAMPLING] for step in range(1, OVERSAMPLING)]
    return np.stack(columns, axis=1)


def true_peaks(frame: Samples) -> Samples:
    """For each sample of `frame` but REACH at either end, the highest of the wave up to the next one.

    Plain sums are five times faster here than a filter call, and unlike a matrix product start no threads that
    would wait for each other while the sound card needs the processor.
    """
    inner = len(frame) - 2 * REACH
    wave = np.zeros((OVERSAMPLING - 1, inner), np.float32)
    for offset, weights in enumerate(_between(), 1):
        wave += weights[:, np.newaxis] * frame[offset : offset + inner]
    return np.asarray(np.maximum(np.abs(wave).max(axis=0), np.abs(frame[REACH : inner + REACH])), np.float32)


def limited(blocks: Iterable[Samples], ceiling: float) -> Iterator[Samples]:
    """Hold the true peak of a stream at `ceiling` (linear). Looks ahead, so no sample is ever clipped.

    The gain each sample needs is spread over TURN to both sides (minimum), then smoothed by a window of the
    same width, so it reaches the needed value exactly at the peak and never moves abruptly.
    """
    from scipy import ndimage

    context = 2 * TURN + REACH
    for frame in framed(blocks, RATE, context):
        inner = frame[context : len(frame) - context]
        peaks = true_peaks(frame)
        if np.max(peaks) <= ceiling:
            yield inner
            continue
        needed = np.minimum(1.0, ceiling / np.maximum(peaks, ceiling)).astype(np.float64)
        lowest = ndimage.minimum_filter1d(needed, 2 * TURN + 1, mode="nearest")
        gain = ndimage.uniform_filter1d(lowest, TURN + 1, mode="nearest")
        gain = ndimage.uniform_filter1d(gain, TURN + 1, mode="nearest")
        yield (inner * gain[2 * TURN : len(gain) - 2 * TURN]).astype(np.float32)
