"""How a recording runs along what was meant: window by window, then its drift and its jumps."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audio.proof.match import Bands, match


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
    meant: Bands, heard: Bands, lag: float, *, window: int, reach: int, least: float, elsewhere: Callable[[int], float]
) -> list[Step]:
    """Find each window of `meant` near where the one before it was; one that isn't there (score under `least`) is
    looked for where `elsewhere` (first step of the window → lag) says. Windows outside `heard`, and those with next to
    nothing to hear, are left out."""
    energy = np.square(meant).sum(axis=1)
    quiet = 0.01 * float(energy.mean())
    steps = []
    for first in range(0, len(meant) - window // 2 + 1, window):
        piece = meant[first : first + window]
        if float(energy[first : first + window].mean()) < quiet:
            continue
        found = _near(piece, heard, first + lag, reach)
        if found is None:
            continue
        if found[1] < least:
            other = _near(piece, heard, first + elsewhere(first), reach)
            found = other if other and other[1] >= least else found
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


def drift(steps: list[Step]) -> float | None:
    """By how much of itself the recording runs longer; None with too few windows. Jumps don't disturb it, as long as
    they are few: it is the median of what happens from window to window."""
    if len(steps) < 4:
        return None
    lags, middles = _arrays(steps)
    return float(np.median(np.diff(lags) / np.diff(middles)))


def jumps(steps: list[Step], slope: float, least: float) -> list[Jump]:
    """Where the lag changes by `least` or more beside the drift, and by more than it scatters anyway."""
    if len(steps) < 2:
        return []
    lags, middles = _arrays(steps)
    changes = np.diff(lags) - slope * np.diff(middles)
    limit = max(least, 8 * float(np.median(np.abs(changes - np.median(changes)))))
    return [Jump(steps[n], steps[n + 1], float(changes[n])) for n in np.flatnonzero(np.abs(changes) > limit)]


def _arrays(steps: list[Step]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return np.array([step.lag for step in steps]), np.array([step.middle for step in steps])
