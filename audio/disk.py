"""Sound on disk: any format libsndfile reads, as blocks; whole files or none when writing."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BufferedIOBase, BytesIO
from pathlib import Path
from uuid import uuid4

import numpy as np
import soundfile
from numpy.typing import NDArray

from audio.dsp import joined, resampled
from audio.errors import AudioError, BadAudio, TooLong, UnknownFormat
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
    with _opened(file, name) as sound:
        yield from resampled(_mono(sound, name, longest_s), sound.samplerate)


@contextmanager
def _opened(file: BufferedIOBase, name: str) -> Iterator[soundfile.SoundFile]:
    try:
        with soundfile.SoundFile(file) as sound:
            yield sound
    except soundfile.LibsndfileError as error:
        raise BadAudio(f"{name}: not decodable ({error.error_string.rstrip('.')})") from error


def _mono(sound: soundfile.SoundFile, name: str, longest_s: float) -> Iterator[Samples]:
    frames = 0
    for block in sound.blocks(sound.samplerate, dtype="float32", always_2d=True):
        frames += len(block)
        if frames > longest_s * sound.samplerate:
            raise TooLong(f"{name}: longer than {longest_s:.0f} s")
        mono = block[:, 0] if sound.channels == 1 else block.mean(axis=1)
        if not np.isfinite(mono).all():
            raise BadAudio(f"{name}: holds values that are no numbers")
        yield mono
    if not frames:
        raise BadAudio(f"{name}: holds no sound")


def open_binary(path: Path) -> BufferedIOBase:
    """Open for reading. Raises BadAudio when that is not possible."""
    try:
        return path.open("rb")
    except OSError as error:
        raise BadAudio(f"{path.name}: cannot be opened ({error.strerror})") from error


def header(path: Path) -> tuple[int, str]:
    """(frames, comment tag: "" when it has none) of a sound file at 48 kHz; 0 frames at any other rate. Raises
    BadAudio."""
    with open_binary(path) as file, _opened(file, path.name) as sound:
        return (sound.frames if sound.samplerate == RATE else 0), str(sound.comment)


def check_format(path: Path) -> None:
    """Raises UnknownFormat unless the suffix names a format that can be written: asked before a long work begins."""
    if path.suffix.lower() not in FORMATS:
        raise UnknownFormat(path.name)


def write(path: Path, stream: Iterable[Samples]) -> None:
    """Write a mono 48 kHz stream in the format the suffix names, complete or not at all.

    Raises UnknownFormat for an unknown suffix, AudioError or OSError when the disk refuses.
    """
    check_format(path)
    with replacing(path) as beside:
        encode(beside, path.suffix.lower(), stream)


def encode(path: Path, suffix: str, stream: Iterable[Samples], comment: str = "") -> None:
    """Fill `path` in the format of `suffix`, whatever its name.

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
        raise AudioError(f"{path.name}: cannot be written ({error.error_string.rstrip('.')})") from error


def to_int16(samples: Samples) -> NDArray[np.int16]:
    """Round to 16 bits; full scale is 32768, as libsndfile reads it back."""
    return np.asarray(np.clip(np.rint(samples * 32768.0), -32768, 32767), np.int16)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file beside `path` to fill; on success it is forced to disk and takes the name, else it is removed.

    A power cut leaves the old file or the new one, never half of one.
    """
    beside = path.with_name(f".{path.stem}.{uuid4().hex}.part")
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
