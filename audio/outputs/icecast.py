"""`icecast://user:password@host:port/mount`: a source client of an Icecast server, in MP3, at the clock's pace."""

from __future__ import annotations

import base64
import socket
import threading
from collections import deque
from urllib.parse import unquote, urlsplit

import soundfile

from audio.errors import OutputUnavailable
from audio.format import RATE, Samples
from audio.outputs import Clock, Health, Render, shown
from audio.outputs.paced import PacedOutput

PORT = 8000
CONNECT_S = 5.0
SEND_S = 5.0  # a server that takes nothing for so long is gone
BACKLOG = 256 * 1024  # bytes waiting to be sent: half a minute; more means that the line is too slow


class IcecastOutput(PacedOutput):
    """Connected or failed: when the line breaks it says so in its health, and is opened again by whoever keeps it.

    Raises OutputUnavailable stream-bad (no address); `start` stream-refused (password) or stream-lost (no answer).
    """

    def __init__(self, uri: str, clock: Clock) -> None:
        parts = urlsplit(uri)
        try:
            port = parts.port or PORT
        except ValueError as error:
            raise OutputUnavailable("stream-bad", uri) from error
        if not parts.hostname or len(parts.path) < 2:
            raise OutputUnavailable("stream-bad", uri)
        self._where = (parts.hostname, port)
        self._mount = parts.path
        self._login = f"{unquote(parts.username or 'source')}:{unquote(parts.password or '')}"
        super().__init__(shown(uri), clock)
        self._line: _Line | None = None
        self._encoder: soundfile.SoundFile | None = None

    def start(self, render: Render) -> None:
        self._line = _Line(self._connect())
        self._encoder = soundfile.SoundFile(self._line, "w", RATE, 1, "MPEG_LAYER_III", format="MP3")
        super().start(render)

    def stop(self) -> None:
        super().stop()
        if self._line:
            self._line.close()
        self._line = self._encoder = None

    def health(self) -> Health:
        health = super().health()
        if self._line is None or not self._line.broken:
            return health
        return Health(False, health.blocks, health.underruns, "stream-lost")

    def take(self, block: Samples, instant: float) -> None:
        if self._encoder is not None and self._line is not None and not self._line.broken:
            self._encoder.write(block)

    def _connect(self) -> socket.socket:
        try:
            line = socket.create_connection(self._where, CONNECT_S)
            line.settimeout(SEND_S)
            login = base64.b64encode(self._login.encode()).decode()
            head = (
                f"PUT {self._mount} HTTP/1.1\r\nHost: {self._where[0]}:{self._where[1]}\r\n"
                f"Authorization: Basic {login}\r\nUser-Agent: tieng-loa\r\nContent-Type: audio/mpeg\r\n"
                "Ice-Name: Tieng Loa\r\nIce-Public: 0\r\nExpect: 100-continue\r\n\r\n"
            )
            line.sendall(head.encode())
            answer = line.recv(1024).decode("latin-1").split("\r\n")[0]
        except OSError as error:
            raise OutputUnavailable("stream-lost", str(error)) from error
        if answer.split(" ")[1:2] not in (["100"], ["200"]):
            line.close()
            raise OutputUnavailable("stream-refused", answer)
        return line


class _Line:
    """What the encoder writes to: sent by a thread of its own, so that a slow line never holds up the pace."""

    def __init__(self, line: socket.socket) -> None:
        self.broken = False
        self._socket = line
        self._waiting: deque[bytes] = deque()
        self._size = 0
        self._at = 0
        self._more = threading.Event()
        self._thread = threading.Thread(target=self._send, name="icecast", daemon=True)
        self._thread.start()

    def write(self, data: bytes) -> int:
        """Only what comes in order is sent: at its end the encoder goes back to correct a header long gone."""
        if self._at == self._size and not self.broken:
            self._waiting.append(bytes(data))
            self._size += len(data)
            self.broken = sum(map(len, self._waiting)) > BACKLOG
            self._more.set()
        self._at += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset if whence == 0 else offset + (self._at if whence == 1 else self._size)
        return self._at

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        self.broken = True
        self._more.set()
        self._thread.join()
        self._socket.close()

    def _send(self) -> None:
        while not self.broken:
            self._more.wait()
            self._more.clear()
            try:
                while self._waiting:
                    self._socket.sendall(self._waiting.popleft())
            except OSError:
                self.broken = True
