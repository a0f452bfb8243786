"""Sound files for the rest of the project: look at one, load it, import it, write it."""

from dataclasses import dataclass, replace
from pathlib import Path

from audio import disk
from audio.disk import check_format, sha256
from audio.dsp import framed, joined
from audio.format import RATE, Samples
from audio.mastering import MAX_TRUE_PEAK, TARGET_LUFS, Master, clip
from audio.segments import Composed

__all__ = ["AudioInfo", "check_format", "import_clip", "info", "load", "sha256", "write"]


@dataclass(frozen=True)
class AudioInfo:
    """Length of a file once it is at 48 kHz."""

    frames: int
    duration_s: float


def load(path: Path | str, longest_s: float = disk.LONGEST_S) -> Samples:
    """A whole file as mono float32 at 48 kHz: 11.5 MB a minute. Raises BadAudio, TooLong."""
    return joined(disk.blocks(path, longest_s))


def info(path: Path | str) -> AudioInfo:
    """Decodes the file to its end, because headers lie. Raises BadAudio, TooLong."""
    frames = sum(len(block) for block in disk.blocks(path))
    return AudioInfo(frames, frames / RATE)


def import_clip(
    src: Path | str, dst: Path, target_lufs: float = TARGET_LUFS, max_true_peak: float = MAX_TRUE_PEAK
) -> Composed:
    """A jingle or a recording as a finished FLAC: mono, levelled, silence taken off its ends and long ones shortened.

    Raises BadAudio (not decodable, silent), TooLong; `dst` is then as it was.
    """
    lengths: list[int] = []
    with Master(dst.parent) as master:
        master.add("clip", Path(src).stem, clip(Path(src), lambda block: lengths.append(len(block))))
        made = master.write(dst, voice="", target_lufs=target_lufs, max_true_peak=max_true_peak)
    return replace(made, silence_s=max(0, sum(lengths) - made.frames) / RATE)


def write(path: Path, samples: Samples) -> None:
    """Write mono float32 at 48 kHz as WAV, FLAC, MP3 or OGG (Opus), by suffix. Raises UnknownFormat for others."""
    disk.write(path, framed([samples], RATE))
