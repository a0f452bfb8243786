"""`file:DIR`: what would have been heard, a FLAC for every stretch of sound, named by its first instant (UTC)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import soundfile

from audio.errors import OutputUnavailable
from audio.format import RATE, Samples
from audio.outputs import Clock, Render
from audio.outputs.paced import PacedOutput

QUIET = 5 * RATE  # frames of digital silence that end a file: longer than any pause inside a programme


class FileOutput(PacedOutput):
    """Writes while something sounds and closes the file after five seconds of silence."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        super().__init__(f"file:{folder}", clock)
        self._folder = folder
        self._file: soundfile.SoundFile | None = None
        self._silent = 0

    def start(self, render: Render) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            probe = self._folder / ".probe"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise OutputUnavailable("folder-not-writable", str(self._folder)) from error
        super().start(render)

    def stop(self) -> None:
        super().stop()
        self._close()

    def take(self, block: Samples, instant: float) -> None:
        sounding = bool(np.any(block))
        if self._file is None:
            if not sounding:
                return
            lead = int(np.argmax(block != 0))  # the file begins at the first frame that sounds
            block, instant = block[lead:], instant + lead / RATE
            name = datetime.fromtimestamp(instant, UTC).strftime("%Y%m%dT%H%M%S.%fZ")
            self._file = soundfile.SoundFile(
                self._folder / f"{name}.flac", "w", samplerate=RATE, channels=1, subtype="PCM_16"
            )
        self._silent = 0 if sounding else self._silent + len(block)
        self._file.write(block)
        if self._silent >= QUIET:
            self._close()

    def _close(self) -> None:
        if self._file:
            self._file.close()
            self._file = None
        self._silent = 0
