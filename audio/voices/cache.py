"""What has been said before is not said again: sentences on disk, by voice, version and spoken text.

Several processes may use one folder. An entry is written beside and renamed, so it is whole or not there; it carries
its own digest, so one that the disk has damaged is thrown away and said again. The least recently used go first.
"""

import hashlib
import os
import unicodedata
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from audio.disk import decode, encode, to_int16
from audio.errors import AudioError
from audio.format import Samples
from audio.voices import Voice

BUDGET = 300_000_000  # bytes: some three hours of speech
SPARED = 0.9  # of the budget is left after a clean-up, so that not every sentence needs one
DIGEST_BYTES = 32


class CachedVoice:
    """Says what `voice` says, at 16 bits, whether it is new or was kept; `made` and `found` count the sentences."""

    def __init__(self, voice: Voice, folder: Path, budget: int = BUDGET) -> None:
        self.name, self.version, self._voice = voice.name, voice.version, voice
        self._folder, self._budget = folder, budget
        self._size: int | None = None
        self.made = self.found = 0

    def speak(self, text: str) -> Samples:
        """See Voice.speak. A disk that refuses costs the time saved, never the sentence."""
        path = self._path(text)
        kept = _read(path)
        if kept is not None:
            self.found += 1
            with suppress(OSError):
                os.utime(path)  # used just now
            return kept
        sound = to_int16(self._voice.speak(text))
        self.made += 1
        with suppress(OSError, AudioError):
            self._keep(path, sound)
        return np.asarray(sound / np.float32(32768))

    def close(self) -> None:
        self._voice.close()

    def _path(self, text: str) -> Path:
        said = "\0".join((self.name, self.version, unicodedata.normalize("NFC", text)))
        return self._folder / f"{hashlib.sha256(said.encode('utf-8', 'surrogatepass')).hexdigest()}.voice"

    def _keep(self, path: Path, sound: NDArray[np.int16]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{uuid4().hex}.part")
        try:
            content = BytesIO()
            encode(content, ".flac", [sound])
            data = content.getvalue()
            size = beside.write_bytes(data + hashlib.sha256(data).digest())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        self._size = size_of(self._folder) if self._size is None else self._size + size
        if self._size > self._budget:
            self._size = tidy(self._folder, round(SPARED * self._budget))


def _read(path: Path) -> Samples | None:
    """A kept sentence, or None when there is none that is whole."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    data, digest = content[:-DIGEST_BYTES], content[-DIGEST_BYTES:]
    if hashlib.sha256(data).digest() != digest:
        with suppress(OSError):
            path.unlink()
        return None
    return decode(data, path.name)


def size_of(folder: Path) -> int:
    """Bytes of everything kept; other processes may have added some."""
    return sum(size for _, size, _ in _entries(folder))


def tidy(folder: Path, most: int) -> int:
    """Remove what was not used for longest until at most `most` bytes are left; returns what is left."""
    entries = sorted(_entries(folder))
    left = sum(size for _, size, _ in entries)
    for _, size, path in entries:
        if left <= most:
            break
        with suppress(OSError):  # another process was quicker, or is reading it (Windows)
            path.unlink()
            left -= size
    return left


def _entries(folder: Path) -> list[tuple[int, int, Path]]:
    """(last use, bytes, path) of every file, half-written ones of killed processes included."""
    found = []
    with suppress(FileNotFoundError), os.scandir(folder) as files:
        for file in files:
            with suppress(OSError):
                state = file.stat()
                found.append((state.st_mtime_ns, state.st_size, Path(file.path)))
    return found
