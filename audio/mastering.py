"""From rough parts to one finished file: every part at the same loudness, no peak too high.

Parts wait on disk as raw float32, so a long programme costs memory for about a second of sound, not for all.
"""

import json
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from math import isfinite
from pathlib import Path
from types import TracebackType

import numpy as np

from audio import disk
from audio.dsp import limited
from audio.edit import softened, tidied
from audio.errors import BadAudio
from audio.format import RATE, Samples
from audio.loudness import LoudnessMeter, Meter
from audio.segments import Boundary, Composed

TARGET_LUFS = -16.0  # speech on horn loudspeakers; EBU R 128 asks -23 of television
MAX_TRUE_PEAK = -1.0  # dBTP, EBU R 128
LONGEST_SILENCE_S = 2.4  # after 2.5 s of nothing people think the loudspeaker is broken
MARGIN_DB = 0.2  # below the allowed true peak: players reconstruct the wave with filters of their own
MOST_GAIN_DB = 40.0  # more would only raise the noise of a recording that holds nothing else
NEAR_ENOUGH_LU = 0.1
MOST_TRIES = 4


@dataclass(frozen=True)
class _Part:
    kind: str
    title: str
    first: int
    frames: int
    lufs: float
    true_peak_dbtp: float


class Master:
    """Collects parts, then writes them. Use as a context: the waiting sound is on disk only inside it."""

    def __init__(self, folder: Path) -> None:
        self._spool = tempfile.TemporaryFile(dir=folder, prefix=".spool.")  # noqa: SIM115 - closed by __exit__
        self._parts: list[_Part] = []
        self._frames = 0

    def __enter__(self) -> "Master":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._spool.close()

    def add(self, kind: str, title: str, blocks: Iterable[Samples]) -> None:
        """Take the next part in, at whatever level it has."""
        meter, first = Meter(), self._frames
        self._spool.seek(0, 2)
        for block in blocks:
            meter.add(block)
            self._spool.write(block.astype(np.float32).tobytes())
            self._frames += len(block)
        frames = self._frames - first
        self._parts.append(_Part(kind, title, first, frames, meter.integrated(), meter.true_peak_dbtp()))

    def write(self, out: Path, *, voice: str, target_lufs: float, max_true_peak: float) -> Composed:
        """Level, limit and write the parts to FLAC. Raises BadAudio when nothing is audible."""
        if not any(isfinite(part.lufs) for part in self._parts):
            raise BadAudio(f"{out.name}: nothing audible")
        segments = tuple(
            Boundary(part.kind, part.title, part.first / RATE, (part.first + part.frames) / RATE)
            for part in self._parts
        )
        tag = json.dumps({"segments": [astuple(s) for s in segments]}, ensure_ascii=False)
        ceiling = max_true_peak - MARGIN_DB
        gains = [self._gain(part, target_lufs, ceiling) for part in self._parts]
        with disk.replacing(out) as beside:
            for attempt in range(1, MOST_TRIES + 1):
                meter = Meter()
                disk.encode(beside, ".flac", _metered(self._levelled(gains, ceiling), meter), tag)
                miss = target_lufs - meter.integrated()
                if abs(miss) <= NEAR_ENOUGH_LU or attempt == MOST_TRIES:
                    break
                gains = [gain + miss for gain in gains]
        return Composed(
            path=out,
            duration_s=self._frames / RATE,
            lufs=meter.integrated(),
            true_peak_dbtp=meter.true_peak_dbtp(),
            sha256=disk.sha256(out),
            voice=voice,
            segments=segments,
            frames=self._frames,
        )

    def _gain(self, part: _Part, target: float, ceiling: float) -> float:
        """Decibels that bring a part to the target, counting what the limiter takes away again."""
        if not isfinite(part.lufs):
            return 0.0
        gain = min(target - part.lufs, MOST_GAIN_DB)
        for _ in range(MOST_TRIES):
            if part.true_peak_dbtp + gain <= ceiling:
                break
            meter = LoudnessMeter()
            for block in limited(self._scaled(part, gain), _ratio(ceiling)):
                meter.add(block)
            miss = target - meter.integrated()
            gain = min(gain + miss, MOST_GAIN_DB)
            if abs(miss) <= NEAR_ENOUGH_LU:
                break
        return gain

    def _levelled(self, gains: list[float], ceiling: float) -> Iterator[Samples]:
        for part, gain in zip(self._parts, gains, strict=True):
            yield from limited(self._scaled(part, gain), _ratio(ceiling))

    def _scaled(self, part: _Part, gain: float) -> Iterator[Samples]:
        ratio = np.float32(_ratio(gain))
        for first in range(part.first, part.first + part.frames, RATE):
            self._spool.seek(4 * first)
            frames = min(RATE, part.first + part.frames - first)
            yield np.frombuffer(self._spool.read(4 * frames), np.float32) * ratio


def clip(path: Path) -> Iterator[Samples]:
    """A recorded file as a part: soft edges, silence taken out. Raises BadAudio, also when all is silence."""
    heard = False
    for block in softened(tidied(disk.blocks(path), LONGEST_SILENCE_S)):
        heard = heard or len(block) > 0
        yield block
    if not heard:
        raise BadAudio(f"{path.name}: silent from beginning to end")


def boundaries(path: Path) -> tuple[Boundary, ...]:
    """The segments a finished file says it holds; none when it is not one of ours. Raises BadAudio."""
    try:
        held = json.loads(disk.comment(path))
        return tuple(Boundary(*one) for one in held["segments"])
    except (ValueError, KeyError, TypeError):
        return ()


def _metered(blocks: Iterable[Samples], meter: Meter) -> Iterator[Samples]:
    """Measure what goes to the file, after rounding."""
    for block in blocks:
        meter.add((disk.to_int16(block) / 32768).astype(np.float32))
        yield block


def _ratio(gain: float) -> float:
    return float(10 ** (gain / 20))
