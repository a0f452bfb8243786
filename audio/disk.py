"""Sound on disk: any format people send, as blocks; whole files or none when writing. FLAC, WAV, MP3 and OGG through
libsndfile, the rest through `audio.containers`."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BufferedIOBase, BytesIO
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

import numpy as np
import soundfile
from numpy.typing import NDArray

from audio.dsp import framed, joined, resampled
from audio.errors import BadAudio, NotWritten, TooLong, UnknownFormat
from audio.format import RATE, Samples

LONGEST_S = 4 * 3600.0
"""No programme lasts this long; a wrong header or a whole day's recording must not fill the disk."""

FORMATS = {
    ".wav": ("WAV", "PCM_16"),
    ".flac": ("FLAC", "PCM_16"),
    ".mp3": ("MP3", "MPEG_LAYER_III"),
    ".ogg": ("OGG", "OPUS"),
    ".opus": ("OGG", "OPUS"),
}


def blocks(path: Path | str, longest_s: float = LONGEST_S) -> Iterator[Samples]:
    """A file as mono float32 blocks of about a second at 48 kHz. Raises BadAudio, TooLong."""
    with open_binary(Path(path)) as file:
        yield from decoded(file, Path(path).name, longest_s)


def decode(data: bytes, name: str) -> Samples:
    """The same for audio held in memory (an answer from a speech service), as one array."""
    return joined(decoded(BytesIO(data), name))


def decoded(file: BufferedIOBase, name: str, longest_s: float = LONGEST_S) -> Iterator[Samples]:
    """The blocks of an open file; `name` is for the messages."""
    frames = 0
    for block in framed(_mono(file, name), RATE):
        frames += len(block)
        if frames > longest_s * RATE:
            raise TooLong(f"{name}: longer than {longest_s:.0f} s")
        if not np.isfinite(block).all():
            raise BadAudio(f"{name}: holds values that are no numbers")
        yield block
    if not frames:
        raise BadAudio(f"{name}: holds no sound", "empty")


def _mono(file: BufferedIOBase, name: str) -> Iterator[Samples]:
    """Mono blocks of any size at 48 kHz."""
    if not file.read(1):
        return  # the libraries below stumble over a file without a byte
    file.seek(0)
    try:
        sound = soundfile.SoundFile(file)
    except soundfile.LibsndfileError:
        from audio import containers  # 30 MB, for few files

        file.seek(0)
        yield from containers.blocks(file, name)
        return
    with sound:
        try:
            own = sound.blocks(sound.samplerate, dtype="float32", always_2d=True)
            yield from resampled((b[:, 0] if sound.channels == 1 else b.mean(axis=1) for b in own), sound.samplerate)
        except soundfile.LibsndfileError as error:
            raise BadAudio(f"{name}: not decodable ({error.error_string.rstrip('.')})") from error


def open_binary(path: Path) -> BufferedIOBase:
    """Open for reading. Raises BadAudio when that is not possible."""
    try:
        return path.open("rb")
    except OSError as error:
        raise BadAudio(f"{path.name}: cannot be opened ({error.strerror})", "missing") from error


def header(path: Path) -> tuple[int, str]:
    """(frames, comment tag) of a FLAC file at 48 kHz; (0, "") of any other. Raises BadAudio when there is no file."""
    with open_binary(path) as file:
        try:
            with soundfile.SoundFile(file) as sound:
                ours = sound.format == "FLAC" and sound.samplerate == RATE
                return (sound.frames, str(sound.comment)) if ours else (0, "")
        except soundfile.LibsndfileError:
            return 0, ""


def check_format(path: Path) -> None:
    """Raises UnknownFormat unless the suffix names a format that can be written: asked before a long work begins."""
    if path.suffix.lower() not in FORMATS:
        raise UnknownFormat(path.name)


def write(path: Path, stream: Iterable[Samples]) -> None:
    """Write a mono 48 kHz stream in the format the suffix names, complete or not at all.

    Raises UnknownFormat for an unknown suffix, NotWritten or OSError when the disk refuses.
    """
    check_format(path)
    with replacing(path) as beside:
        encode(beside, path.suffix.lower(), stream)


def encode(
    path: Path | BinaryIO, suffix: str, stream: Iterable[Samples | NDArray[np.int16]], comment: str = ""
) -> None:
    """Fill `path` (or a file in memory) in the format of `suffix`, whatever its name.

    16-bit formats get no dither: digital silence stays silence, and the same sound gives the same file.
    """
    container, subtype = FORMATS[suffix]
    try:
        with soundfile.SoundFile(path, "w", RATE, 1, subtype, format=container) as sound:
            if comment:  # libsndfile refuses an empty one
                sound.comment = comment
            for block in stream:
                sound.write(to_int16(block) if subtype == "PCM_16" else block)
    except soundfile.LibsndfileError as error:
        name = getattr(path, "name", suffix)
        raise NotWritten(f"{name}: cannot be written ({error.error_string.rstrip('.')})") from error


def to_int16(samples: Samples | NDArray[np.int16]) -> NDArray[np.int16]:
    """Round to 16 bits, unless it is; full scale is 32768, as libsndfile reads it back."""
    if samples.dtype == np.int16:
        return np.asarray(samples, np.int16)
    scaled = samples * np.float32(32768)
    np.rint(scaled, out=scaled)
    np.minimum(np.maximum(scaled, -32768, out=scaled), 32767, out=scaled)
    return np.asarray(scaled, np.int16)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file beside `path` to fill; on success it is forced to disk and takes the name, else it is removed.

    A power cut leaves the old file or the new one, never half of one.
    """
    beside = path.with_name(f".{path.stem}.{uuid4().hex}.part")
    try:
        beside.touch()  # told by the system why it can't be: libsndfile knows no more than "System error"
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    try:
        yield beside
        with beside.open("r+b") as file:
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    if os.name == "posix":  # Windows has no directory to force out
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def sha256(path: Path | str) -> str:
    """The name a recording goes by."""
    with open_binary(Path(path)) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
