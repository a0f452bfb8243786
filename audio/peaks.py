"""The outline of a recording, for people who look where others listen."""

from collections.abc import Iterable

import numpy as np

from audio.dsp import framed
from audio.format import RATE, Samples

GRAIN = RATE // 100


def peaks(blocks: Iterable[Samples], columns: int) -> list[float]:
    """The highest level in each of at most `columns` equal stretches, 0.0 to 1.0. Raises what `blocks` raises."""
    grains = np.array([np.abs(grain).max() for grain in framed(blocks, GRAIN)], np.float32)
    if not len(grains):
        return []
    starts = np.linspace(0, len(grains), min(columns, len(grains)), endpoint=False).astype(int)
    return [float(level) for level in np.minimum(np.maximum.reduceat(grains, starts), 1.0)]
