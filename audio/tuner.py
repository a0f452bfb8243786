"""The tuner: a child process (ffmpeg) that turns a network stream into frames, and is started again when it ends.

A process of its own, because what it reads comes from the network: whatever a broken stream does to a decoder, or
however long a server keeps it waiting, is then no matter of the station. The only module that knows ffmpeg streams.
"""

from __future__ import annotations

import logging
import shutil
import subprocess
import threading
from collections import deque

import numpy as np

from audio.format import RATE, Samples

log = logging.getLogger(__name__)
KEPT = 20 * RATE  # frames held back at most; more than that waits in the network
CHUNK = 4800 * 4  # bytes read at once: 0.1 s
TIMEOUT_S = 8  # without a byte from the server after which the connection counts as dead
BACK_OFF_S = (0.5, 1.0, 2.0, 5.0, 10.0)  # waits between tries; the last one for ever
LISTENED = RATE * 10  # frames after which a connection was a good one, and the next try comes soon


def program() -> str:
    """The system's ffmpeg, which the machine keeps up to date, else the one that came with our packages."""
    found = shutil.which("ffmpeg")
    if found:
        return found
    import imageio_ffmpeg

    return str(imageio_ffmpeg.get_ffmpeg_exe())


def command(url: str) -> list[str]:
    """Raw mono float32 at 48 kHz on standard output. Only network streams: no file of this machine goes on air."""
    return [
        *(program(), "-nostdin", "-loglevel", "error"),
        *("-protocol_whitelist", "http,https,tcp,tls,crypto,hls,rtp,udp,rtmp,icecast"),
        *("-rw_timeout", str(TIMEOUT_S * 1_000_000)),
        *("-i", url, "-vn", "-sn", "-dn", "-ac", "1", "-ar", str(RATE), "-f", "f32le", "-"),
    ]


class Tuner:
    """Receives until it is stopped. `ready` frames are waiting; `take` gives them, and never waits."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._blocks: deque[Samples] = deque()
        self._received = 0  # written by the thread only
        self._taken = 0  # written by the taker only
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, name="tuner", daemon=True)

    @property
    def ready(self) -> int:
        return self._received - self._taken

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End the process; may be called from any thread."""
        self._stopping.set()
        process = self._process
        if process is not None:
            process.kill()

    def take(self, frames: int) -> Samples:
        """At most so many frames."""
        parts: list[Samples] = []
        need = min(frames, self.ready)
        while need > 0:
            block = self._blocks.popleft()
            if len(block) > need:
                self._blocks.appendleft(block[need:])
                block = block[:need]
            parts.append(block)
            need -= len(block)
            self._taken += len(block)
        return np.concatenate(parts) if parts else np.zeros(0, np.float32)

    def _run(self) -> None:
        tries = 0
        while not self._stopping.is_set():
            before = self._received
            self._listen()
            tries = 0 if self._received - before > LISTENED else tries + 1
            if not self._stopping.is_set() and tries <= 1:
                log.warning("mất sóng %s, đang nối lại", self._url)
            self._stopping.wait(BACK_OFF_S[min(tries, len(BACK_OFF_S) - 1)])

    def _listen(self) -> None:
        """One connection, to its end."""
        try:
            process = subprocess.Popen(command(self._url), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        except OSError as error:
            log.error("không chạy được ffmpeg: %s", error)
            return
        self._process = process
        with process:
            try:
                self._receive(process)
            finally:
                process.kill()

    def _receive(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        while not self._stopping.is_set():
            if self.ready >= KEPT:
                self._stopping.wait(0.1)
                continue
            data = process.stdout.read(CHUNK)
            frames = len(data) // 4
            if not frames:
                return
            block = np.frombuffer(data, "<f4", frames)
            self._blocks.append(np.nan_to_num(block).astype(np.float32))
            self._received += frames
