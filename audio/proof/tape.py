"""Sound to be compared: whole on disk, and thinned out in memory."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audio import disk
from audio.dsp import joined, resampled
from audio.format import RATE, Samples

LOW = 8_000  # Hz; speech lies below 4 kHz, and a horn gives little more
LOBES = 4  # images 30 dB down are enough to recognise a wave by
SILENT = 0.0003  # -70 dB: a line with nothing on it


@dataclass(frozen=True)
class Tape:
    """`full` at 48 kHz (16 bits, in a file), `low` at 8 kHz without its mean."""

    full: NDArray[np.int16]
    low: Samples

    @property
    def seconds(self) -> float:
        return len(self.full) / RATE

    @property
    def silent(self) -> bool:
        return float(np.sqrt(np.einsum("i,i", self.low, self.low) / len(self.low))) < SILENT


@contextmanager
def loaded(path: Path, most_s: float = disk.LONGEST_S) -> Iterator[Tape]:
    """A file of any format, of which no more than the first `most_s` count. Raises BadAudio, TooLong."""
    with tempfile.TemporaryFile() as spool:

        def kept() -> Iterator[Samples]:
            left = round(most_s * RATE)
            for block in disk.blocks(path):
                spool.write(disk.to_int16(block[:left]).tobytes())
                yield block[:left]
                left -= min(left, len(block))
                if not left:
                    return

        low = joined(resampled(kept(), RATE, LOW, LOBES))
        spool.flush()
        yield Tape(np.memmap(spool, np.int16, "r"), low - low.mean())
