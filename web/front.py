"""HTTPS in front of the server, for whoever comes over the network: it takes the connections that the server accepted,
and hands each back as a plain one once it is secured. What comes without HTTPS is led to it."""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import closing

PATIENCE_S = 10.0  # for the first byte, the handshake, the head of a request that is led elsewhere
LINGER_S = 60.0  # for the last block to reach a slow telephone
STALLED_S = 120.0  # without a byte taken; the server is as patient
MOST = 100  # connections at a time; the server itself holds as many
BLOCK = 64 * 1024  # bytes
LONGEST_HEAD = 8 * 1024  # bytes
HANDSHAKE = b"\x16"  # the first byte of TLS (RFC 8446, 5.1)
HEAD = re.compile(rb"(?:GET|HEAD|POST) (/[!-~]*) HTTP/1\.[01]\r\n(?:.*\r\n)*?host: *([\w.:\[\]-]+) *\r\n", re.I)
LED = "HTTP/1.1 307 Temporary Redirect\r\nLocation: https://{}{}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Front:
    """A thread with its own loop. `context` may be given another certificate at any time."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        self._loop = asyncio.new_event_loop()
        self._tasks: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, name="https", daemon=True)
        self._thread.start()

    def take(self, conn: socket.socket, hand_back: Callable[[socket.socket], None]) -> None:
        """From any thread: secure it, then call `hand_back` with a plain socket that speaks for it."""
        self._loop.call_soon_threadsafe(self._begin, conn, hand_back)

    def close(self) -> None:
        """End with the server: whoever is still there is cut off."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(PATIENCE_S)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _end(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _begin(self, conn: socket.socket, hand_back: Callable[[socket.socket], None]) -> None:
        if len(self._tasks) >= MOST:
            conn.close()
            return
        task = self._loop.create_task(self._serve(conn, hand_back))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, conn: socket.socket, hand_back: Callable[[socket.socket], None]) -> None:
        conn.setblocking(False)
        try:
            with closing(conn):
                first = await asyncio.wait_for(self._first(conn), PATIENCE_S)
                if first == HANDSHAKE:
                    await self._secure(conn, hand_back)
                elif first:
                    await asyncio.wait_for(self._lead(conn), PATIENCE_S)
        except (TimeoutError, OSError):  # whoever is there went away, or is no browser; ssl's errors are OSErrors
            return

    async def _first(self, conn: socket.socket) -> bytes:
        """The first byte, which stays to be read."""
        ready = asyncio.Event()
        self._loop.add_reader(conn, ready.set)
        try:
            await ready.wait()
        finally:
            self._loop.remove_reader(conn)
        return conn.recv(1, socket.MSG_PEEK)

    async def _lead(self, conn: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head and len(head) < LONGEST_HEAD:
            more = await self._loop.sock_recv(conn, LONGEST_HEAD)
            if not more:
                return
            head += more
        if found := HEAD.match(head):
            path, host = (part.decode("latin-1") for part in found.groups())
            await self._loop.sock_sendall(conn, LED.format(host, path).encode("latin-1"))

    async def _secure(self, conn: socket.socket, hand_back: Callable[[socket.socket], None]) -> None:
        reader = asyncio.StreamReader(BLOCK, self._loop)
        protocol = asyncio.StreamReaderProtocol(reader, loop=self._loop)
        transport, _ = await self._loop.connect_accepted_socket(
            lambda: protocol, conn, ssl=self._context, ssl_handshake_timeout=PATIENCE_S, ssl_shutdown_timeout=LINGER_S
        )
        outside = asyncio.StreamWriter(transport, protocol, reader, self._loop)
        ours, theirs = socket.socketpair()
        from_server, inside = await asyncio.open_connection(sock=ours, limit=BLOCK)
        hand_back(theirs)
        try:
            await asyncio.gather(_pump(reader, inside), _pump(from_server, outside))
        except asyncio.CancelledError:
            transport.abort()
            raise
        finally:
            inside.close()
            outside.close()
            await outside.wait_closed()  # what is still on its way to a slow telephone must reach it


async def _pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    """One direction, no faster than the other side takes it; its end is passed on."""
    try:
        while block := await source.read(BLOCK):
            target.write(block)
            await asyncio.wait_for(target.drain(), STALLED_S)
    except OSError:  # gone, or takes nothing any more (TimeoutError): the other direction ends too
        target.close()
        return
    if target.can_write_eof():
        target.write_eof()
    else:
        target.close()
