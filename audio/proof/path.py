"""How a recording runs along what was meant: window by window, then its drift and its jumps."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from audio.proof.match import Bands, match

FEW = 4  # windows: fewer tell nothing of a drift


@dataclass(frozen=True)
class Step:
    """One window: its middle in what was meant, how much later it is in the recording (both in steps), how alike."""

    middle: float
    lag: float
    score: float


@dataclass(frozen=True)
class Jump:
    """Between two windows the lag changes by `by`, from the line of `before` to that of `after`."""

    before: Step
    after: Step
    by: float


def follow(
    meant: Bands,
    heard: Bands,
    lag: float,
    *,
    window: int,
    reach: int,
    least: float,
    elsewhere: Callable[[int], float],
    every: int = 1,
) -> list[Step]:
    """Find each window of `meant` (or one of `every` so many) near where the one before it was; one that isn't there
    (score under `least`) is looked for where `elsewhere` (first step of the window → lag) says. Windows outside
    `heard`, and those with next to nothing to hear, are left out."""
    energy = np.square(meant).sum(axis=1)
    quiet = 0.01 * float(energy.mean())
    steps = []
    for first in range(0, len(meant) - window // 2 + 1, every * window):
        piece = meant[first : first + window]
        if float(energy[first : first + window].mean()) < quiet:
            continue
        found = _near(piece, heard, first + lag, reach)
        if found is None:
            continue
        if found[1] < least:
            other = _near(piece, heard, first + elsewhere(first), reach)
            found = other if other and other[1] > found[1] else found
        steps.append(Step(first + len(piece) / 2, found[0] - first, found[1]))
        if found[1] >= least:
            lag = found[0] - first
    return steps


def _near(piece: Bands, heard: Bands, place: float, reach: int) -> tuple[float, float] | None:
    """(place in `heard`, score) of the best fit within `reach` of `place`; None when the recording isn't that long."""
    first = max(0, round(place) - reach)
    region = heard[first : round(place) + len(piece) + reach]
    if len(region) < len(piece) - reach or round(place) + reach < 0:
        return None
    found = match(piece[: len(region)], region)
    return first + found.shift, found.score


def course(steps: list[Step], least: float) -> tuple[float | None, list[Jump]]:
    """(drift, jumps): by how much of itself the recording runs longer (None with too few windows), and where the lag
    changes by `least` or more beside that, and by more than it scatters anyway.

    From window to window a few jumps don't disturb the median. Without jumps, pairs half the way apart tell the drift
    many times better.
    """
    if len(steps) < 2:
        return None, []
    lags, middles = np.array([step.lag for step in steps]), np.array([step.middle for step in steps])
    slopes = np.diff(lags) / np.diff(middles)
    drift = float(np.median(slopes)) if len(steps) >= FEW else 0.0
    changes = np.diff(lags) - drift * np.diff(middles)
    limit = max(least, 8 * float(np.median(np.abs(changes - np.median(changes)))))
    jumps = [Jump(steps[n], steps[n + 1], float(changes[n])) for n in np.flatnonzero(np.abs(changes) > limit)]
    if not jumps and len(steps) >= FEW:
        half = len(steps) // 2
        drift = float(np.median((lags[half:] - lags[:-half]) / (middles[half:] - middles[:-half])))
    return drift if len(steps) >= FEW else None, jumps


def steadied(steps: list[Step], drift: float, jumps: list[Jump]) -> tuple[list[Step], list[Jump]]:
    """The same, with each lag (less the drift) the median of itself and two on either side, as far as the next jump.

    Drifting by samples within a window blurs its place by one, and a hiss of 3 kHz a sample away is its opposite.
    """
    turns = [next(n for n, step in enumerate(steps) if step is jump.after) for jump in jumps]
    smooth: list[Step] = []
    for first, last in pairwise([0, *turns, len(steps)]):
        straight = np.array([step.lag - drift * step.middle for step in steps[first:last]])
        medians = np.median(sliding_window_view(np.pad(straight, 2, "edge"), 5), axis=1)
        smooth += [
            replace(step, lag=float(lag) + drift * step.middle)
            for step, lag in zip(steps[first:last], medians, strict=True)
        ]
    return smooth, [replace(jump, before=smooth[n - 1], after=smooth[n]) for n, jump in zip(turns, jumps, strict=True)]
