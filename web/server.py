"""The server under the panel: waitress, which needs nothing from the system. It keeps of a body what the page it is for
takes, on the disk; of more it hands on none, and the page says so. What a browser still sends is thrown away meanwhile,
for browsers read no answer before they have sent all."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import waitress
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.receiver import FixedStreamReceiver
from waitress.server import BaseWSGIServer

from broadcaster import reach
from web.front import Front
from web.limits import Withheld

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

THREADS = 8
THROWN_AWAY = 2 * 1024**3  # bytes read to no end, so that a browser shows why; who announces more is cut off
Limit = Callable[[str, str, str], int]  # bytes of a body that are kept, by method, path and cookies


def create(app: WSGIApplication, host: str, port: int, limit: Limit, front: Front | None = None) -> Any:
    """A server that `run`s until it is interrupted. With a `front`, who is not on this machine comes by HTTPS alone."""

    def channel(scheme: str) -> Any:
        return type("Channel", (HTTPChannel,), {"parser_class": staticmethod(lambda adj: Parser(adj, limit, scheme))})

    plain, secure = channel("http"), channel("https")

    def accepted(listening: Any, conn: socket.socket, addr: Any, adj: Any, map: dict[int, Any]) -> None:
        if front is None or reach.loopback(addr[0]):
            plain(listening, conn, addr, adj, map=map)
            return

        def hand_back(ready: socket.socket) -> None:
            listening.trigger.pull_trigger(lambda: secure(listening, ready, addr, adj, map=map))

        front.take(conn, hand_back)

    sockets: dict[int, Any] = {}
    server = waitress.create_server(
        app,
        map=sockets,
        listen=f"[::]:{port} 0.0.0.0:{port}" if host == "::" else f"{reach.bracketed(host)}:{port}",
        threads=THREADS,
        max_request_body_size=sys.maxsize,
        ident=None,
        clear_untrusted_proxy_headers=False,  # web.proxies and web.probes must see who was brought by a proxy
    )
    for listening in sockets.values():
        if isinstance(listening, BaseWSGIServer):
            listening.channel_class = accepted
    return server


class Nowhere:
    """A buffer that keeps nothing, and says it had `size` bytes."""

    def __init__(self, size: int) -> None:
        self._size = size

    def __len__(self) -> int:
        return self._size

    def append(self, data: bytes) -> None:
        pass

    def close(self) -> None:
        pass


class Parser(HTTPRequestParser):  # type: ignore[misc]  # the library ships no types
    def __init__(self, adj: Any, limit: Limit, scheme: str = "http") -> None:
        super().__init__(adj)
        self._scheme = scheme
        self.body_rcv: Any = None
        self.expect_continue: bool = False
        self._ask = limit
        self._limit = 0
        self._withheld = False

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        self.url_scheme = self._scheme
        if self.body_rcv is not None:
            path = self.path.encode("latin-1").decode("utf-8", "replace")
            self._limit = self._ask(self.command, path, self.headers.get("COOKIE", ""))
            if self.content_length > self._limit:
                self._withhold(self.content_length)

    def received(self, data: bytes) -> int:
        try:
            consumed: int = super().received(data)
        except OSError:  # the disk filled meanwhile
            self._limit = 0
            if self.chunked:
                self._cut_off()
            else:
                self._withhold(self.body_rcv.remain - len(data))
            return len(data)
        if self.chunked and not self._withheld and self.body_rcv.__len__() > self._limit:
            self._withhold(None)
        elif self._withheld and self.body_bytes_received > THROWN_AWAY:
            self._cut_off()
        return consumed

    def get_body_stream(self) -> Any:
        return Withheld(self._limit) if self._withheld else super().get_body_stream()

    def _withhold(self, left: int | None) -> None:
        """Keep nothing of the body; `left` bytes of it are still to come, None: as many as the sender likes."""
        self._withheld = True
        self.body_rcv.getbuf().close()
        if left is None:
            self.body_rcv.buf = Nowhere(self._limit + 1)
        elif 0 < left <= THROWN_AWAY and not self.expect_continue:
            self.body_rcv = FixedStreamReceiver(left, Nowhere(0))
        else:
            self._cut_off()

    def _cut_off(self) -> None:
        """Answer now, and read no more from this sender."""
        self._withheld, self.completed, self.expect_continue = True, True, False
        if self.chunked:
            self.headers["CONTENT_LENGTH"] = str(self._limit + 1)
        self.headers["CONNECTION"] = "close"
        self.body_rcv = None
