"""From rough parts to one finished file: every part at the same loudness, no peak too high.

Spoken parts wait on disk as raw float32, finished recordings where they are, so a long programme costs memory for
about a second of sound, not for all.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, count, groupby
from math import isfinite
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from audio import disk
from audio.ahead import ahead
from audio.bed import laid_under
from audio.dsp import limited
from audio.edit import softened, tidied
from audio.errors import BadAudio
from audio.format import RATE, Samples
from audio.label import Label
from audio.loudness import LoudnessMeter, Meter
from audio.segments import Boundary, Composed

TARGET_LUFS = -16.0  # speech on horn loudspeakers; EBU R 128 asks -23 of television
MAX_TRUE_PEAK = -1.0  # dBTP, EBU R 128
LONGEST_SILENCE_S = 2.4  # after 2.5 s of nothing people think the loudspeaker is broken
MARGIN_DB = 0.2  # below the allowed true peak: players reconstruct the wave with filters of their own
MOST_GAIN_DB = 40.0  # more would only raise the noise of a recording that holds nothing else
NEAR_ENOUGH_LU = 0.2
MOST_STEPS = 8  # towards a part's gain; each costs a few milliseconds
MOST_TRIES = 4  # at writing the whole; the first nearly always does


@dataclass(frozen=True)
class _Part:
    """`sound` can be asked for again; `foretold` tells its loudness after a gain and the limiter."""

    title: Boundary
    frames: int
    bed: Path | None
    sound: Callable[[], Iterator[Samples]]
    foretold: Callable[[float, float], float]


@dataclass(frozen=True)
class _Bed:
    first: int
    frames: int
    meter: LoudnessMeter


class Master:
    """Collects parts, then writes them. Use as a context: the waiting sound is on disk only inside it."""

    def __init__(self, folder: Path) -> None:
        self._spool = tempfile.TemporaryFile(dir=folder, prefix=".spool.")  # noqa: SIM115 - closed by __exit__
        self._spooled = 0
        self._parts: list[_Part] = []
        self._beds: dict[Path, _Bed] = {}
        self._frames = 0

    def __enter__(self) -> "Master":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._spool.close()

    def add(self, kind: str, title: str, blocks: Iterable[Samples], bed: Path | None = None) -> None:
        """Take the next part in, at whatever level it has."""
        first, frames, meter = self._take_in(blocks)
        self._append(kind, title, frames, bed, lambda: self._waiting(first, frames), meter.foretold)

    def add_finished(self, kind: str, title: str, path: Path, known: Label, rest: Samples, bed: Path | None) -> None:
        """Take a recording of ours in, with a rest after it: what its label says need not be measured again."""

        def sound() -> Iterator[Samples]:
            return chain(_exactly(known.frames, disk.blocks(path), path.name), [rest])

        self._append(kind, title, known.frames + len(rest), bed, sound, lambda gain, _: known.lufs + gain)

    def _append(
        self,
        kind: str,
        title: str,
        frames: int,
        bed: Path | None,
        sound: Callable[[], Iterator[Samples]],
        foretold: Callable[[float, float], float],
    ) -> None:
        if bed and bed not in self._beds:
            self._beds[bed] = _Bed(*self._take_in(disk.blocks(bed)))
        boundary = Boundary(kind, title, self._frames / RATE, (self._frames + frames) / RATE)
        self._parts.append(_Part(boundary, frames, bed, sound, foretold))
        self._frames += frames

    def write(self, out: Path, *, voice: str, target_lufs: float, max_true_peak: float) -> Composed:
        """Level, limit and write the parts to FLAC. Raises BadAudio when nothing is audible."""
        ceiling = max_true_peak - MARGIN_DB
        if not any(isfinite(part.foretold(0.0, ceiling)) for part in self._parts):
            raise BadAudio(f"{out.name}: nothing audible", "silent")
        segments = tuple(part.title for part in self._parts)
        gains = [_gain(part, target_lufs, ceiling) for part in self._parts]
        said = target_lufs
        with disk.replacing(out) as beside:
            for attempt in range(1, MOST_TRIES + 1):
                meter = Meter()
                label = Label(self._frames, said, ceiling, segments)
                sound = ahead(limited(self._levelled(gains, target_lufs), _ratio(ceiling)))
                disk.encode(beside, ".flac", _metered(sound, meter), label.text())
                miss = target_lufs - meter.integrated()
                if abs(said - meter.integrated()) <= NEAR_ENOUGH_LU:
                    break
                if attempt == MOST_TRIES - 1:  # as near as it gets: the label tells the truth
                    said = meter.integrated()
                else:
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

    def _levelled(self, gains: list[float], target: float) -> Iterator[Samples]:
        for path, group in groupby(zip(self._parts, gains, strict=True), lambda pair: pair[0].bed):
            run = list(group)
            spoken = chain.from_iterable(_scaled(part, gain) for part, gain in run)
            if path is None:
                yield from spoken
            else:
                bed, frames = self._beds[path], sum(part.frames for part, _ in run)
                music = chain.from_iterable(self._waiting(bed.first, bed.frames) for _ in count())
                yield from laid_under(spoken, frames, music, _ratio(target - bed.meter.integrated()))

    def _take_in(self, blocks: Iterable[Samples]) -> tuple[int, int, LoudnessMeter]:
        """Put sound by; returns its first frame there, how many there are, and how loud they were."""
        meter, first = LoudnessMeter(), self._spooled
        self._spool.seek(0, 2)
        for block in blocks:
            meter.add(block)
            self._spool.write(np.asarray(block, np.float32).tobytes())
            self._spooled += len(block)
        return first, self._spooled - first, meter

    def _waiting(self, first: int, frames: int) -> Iterator[Samples]:
        for place in range(first, first + frames, RATE):
            self._spool.seek(4 * place)
            yield np.frombuffer(self._spool.read(4 * min(RATE, first + frames - place)), np.float32)


def clip(path: Path, read: Callable[[Samples], object] = len) -> Iterator[Samples]:
    """A recorded file as a part: soft edges, silence taken out. `read` is given what is read, as it was.

    Raises BadAudio, also when all is silence.
    """
    heard = False
    for block in softened(tidied(_shown(disk.blocks(path), read), LONGEST_SILENCE_S)):
        heard = heard or len(block) > 0
        yield block
    if not heard:
        raise BadAudio(f"{path.name}: silent from beginning to end", "silent")


def _shown(blocks: Iterable[Samples], read: Callable[[Samples], object]) -> Iterator[Samples]:
    for block in blocks:
        read(block)
        yield block


def label(path: Path) -> Label | None:
    """What a finished file of ours says of itself; None of a stranger's. Raises BadAudio."""
    frames, text = disk.header(path)
    return Label.read(text, frames)


def boundaries(path: Path) -> tuple[Boundary, ...]:
    """The segments a finished file says it holds; none when it is not one of ours. Raises BadAudio."""
    found = label(path)
    return found.segments if found else ()


def _gain(part: _Part, target: float, ceiling: float) -> float:
    """Decibels that bring a part to the target, counting what the limiter takes away again."""
    gain = 0.0
    if isfinite(part.foretold(gain, ceiling)):
        for _ in range(MOST_STEPS):
            miss = target - part.foretold(gain, ceiling)
            gain = min(gain + miss, MOST_GAIN_DB)
            if abs(miss) < NEAR_ENOUGH_LU / 4:
                break
    return gain


def _scaled(part: _Part, gain: float) -> Iterator[Samples]:
    ratio = np.float32(_ratio(gain))
    return (block * ratio for block in part.sound())


def _exactly(frames: int, blocks: Iterable[Samples], name: str) -> Iterator[Samples]:
    for block in blocks:
        frames -= len(block)
        yield block
    if frames:
        raise BadAudio(f"{name}: not as long as it says")


def _metered(blocks: Iterable[Samples], meter: Meter) -> Iterator[NDArray[np.int16]]:
    """Measure what goes to the file, after rounding."""
    for block in blocks:
        rounded = disk.to_int16(block)
        meter.add(np.asarray(rounded, np.float32) / np.float32(32768))
        yield rounded


def _ratio(gain: float) -> float:
    return float(10 ** (gain / 20))
