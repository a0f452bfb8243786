"""Decks: what the mixer reads from. A deck decodes ahead in its own thread, so that the callback never waits."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import soundfile

from audio.cues import Source
from audio.errors import BadAudio
from audio.format import RATE, Samples

AHEAD = 4 * RATE  # frames decoded ahead: rides out seconds of a busy disk or SD card
CHUNK = RATE // 4  # frames decoded at once
FADE = RATE // 100  # frames over which sound goes and comes at the edge of what is muted


class Blank:
    """A source of silence with a length, in frames: stands in for a recording on the virtual clock."""

    def __init__(self, frames: int) -> None:
        self.left = frames

    @property
    def finished(self) -> bool:
        return self.left <= 0

    def read(self, frames: int) -> Samples:
        n = min(frames, self.left)
        self.left -= n
        return np.zeros(n, np.float32)

    def skip(self, frames: int) -> None:
        self.left -= min(frames, self.left)

    def close(self) -> None:
        self.left = 0


class Until:
    """The first `frames` frames of a source."""

    def __init__(self, source: Source, frames: int) -> None:
        self._source, self.left = source, frames

    @property
    def finished(self) -> bool:
        return self.left <= 0 or self._source.finished

    def read(self, frames: int) -> Samples:
        """See Source.read."""
        got: Samples = self._source.read(min(frames, self.left))
        self.left -= len(got)
        return got

    def skip(self, frames: int) -> None:
        """See Source.skip."""
        self.left -= min(frames, self.left)
        self._source.skip(frames)

    def close(self) -> None:
        self._source.close()


class Muted:
    """A source that passes in silence in some spans (first frame, frame after the last one), counted from where the
    recording begins; `start` is its own first frame. Its edges are faded."""

    def __init__(self, source: Source, start: int, spans: Sequence[tuple[int, int]]) -> None:
        self._source, self._at, self._spans = source, start, spans

    @property
    def finished(self) -> bool:
        return self._source.finished

    def read(self, frames: int) -> Samples:
        """See Source.read."""
        got: Samples = self._source.read(frames)
        begin, end = self._at, self._at + len(got)
        self._at = end
        near = [(a, b) for a, b in self._spans if a - FADE < end and b + FADE > begin]
        if not near:
            return got
        where = np.arange(begin, end)
        gain = np.ones(len(got), np.float32)
        for first, last in near:  # distance from the span, as a share of the fade: 0 within it
            away = np.maximum(first - where, where - last + 1)
            gain = np.minimum(gain, np.clip(away / FADE, 0.0, 1.0).astype(np.float32))
        return (got * gain).astype(np.float32)

    def skip(self, frames: int) -> None:
        """See Source.skip."""
        self._at += frames
        self._source.skip(frames)

    def close(self) -> None:
        self._source.close()


class Deck:
    """One recording (48 kHz mono file), decoded ahead from `start` (frames).

    Raises BadAudio when the file can't be opened, isn't 48 kHz mono, or nothing came within the wait.
    """

    def __init__(self, path: Path, start: int = 0, wait_s: float = 5.0) -> None:
        try:
            self._file = soundfile.SoundFile(path)
        except (soundfile.LibsndfileError, OSError) as error:
            raise BadAudio(f"{path}: {error}") from error
        if self._file.samplerate != RATE or self._file.channels != 1:
            self._file.close()
            raise BadAudio(f"{path}: not 48 kHz mono")
        self.length = self._file.frames
        self._file.seek(min(start, self.length))
        self._chunks: deque[Samples] = deque()
        self._decoded = 0  # written by the thread only
        self._read = 0  # written by the reader only
        self._skip = 0  # frames still to be left out
        self._exhausted = False
        self._wanted = threading.Event()
        self._first = threading.Event()
        self._closed = False
        self._thread = threading.Thread(target=self._decode, name=f"deck {path.name}", daemon=True)
        self._thread.start()
        if not self._first.wait(wait_s):
            self.close()
            raise BadAudio(f"{path}: could not be decoded in {wait_s:g} s")

    @property
    def finished(self) -> bool:
        return self._closed or (self._exhausted and self._read >= self._decoded)

    def read(self, frames: int) -> Samples:
        """Up to `frames` frames, at once; fewer when decoding is behind or the recording ends."""
        parts: list[Samples] = []
        need = frames
        while need > 0 and self._chunks:
            chunk = self._chunks.popleft()
            if self._skip:
                left_out = min(self._skip, len(chunk))
                self._skip -= left_out
                self._read += left_out
                chunk = chunk[left_out:]
            if len(chunk) > need:
                self._chunks.appendleft(chunk[need:])
                chunk = chunk[:need]
            parts.append(chunk)
            need -= len(chunk)
        self._read += frames - need
        if self._decoded - self._read < AHEAD - CHUNK:
            self._wanted.set()  # a chunk at a time: being woken for every block costs more than decoding
        if len(parts) == 1:
            return parts[0]
        return np.concatenate(parts) if parts else np.zeros(0, np.float32)

    def skip(self, frames: int) -> None:
        """See Source.skip. What has not been decoded yet is decoded first, 100 times as fast as it plays."""
        self._skip += frames

    def close(self) -> None:
        """Stop decoding; never waits (it is called from the audio callback)."""
        self._closed = True
        self._wanted.set()

    def _decode(self) -> None:
        try:
            with self._file:
                while not self._closed and self._decode_more():
                    self._first.set()
        finally:  # whatever happens here, a reader must come to the end
            self._exhausted = True
            self._first.set()

    def _decode_more(self) -> bool:
        """Whether there may be more."""
        if self._decoded - self._read >= AHEAD - CHUNK:
            self._wanted.wait(0.5)
            self._wanted.clear()
            return True
        try:
            chunk = self._file.read(CHUNK, dtype="float32")
        except (soundfile.LibsndfileError, OSError):
            return False  # a broken tail ends the recording; as-run shows the short length
        if len(chunk):
            self._chunks.append(chunk)
            self._decoded += len(chunk)
        return len(chunk) == CHUNK
