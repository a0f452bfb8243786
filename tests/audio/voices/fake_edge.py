"""A local speech service with the web socket protocol of Edge's reading aloud, which breaks on demand."""

import asyncio
import json
import re
import threading
from collections import deque
from contextlib import contextmanager
from html import unescape

from aiohttp import WSMsgType, web

from tests.audio.voices.fake_google import tone

SSML = re.compile(r"<voice name='([^']*)'><prosody [^>]*>(.*)</prosody></voice></speak>$", re.S)


def part(path, content, kind="audio/mpeg"):
    """A binary message: the length of its headers, the headers, the content."""
    headers = f"X-RequestId:1\r\n{f'Content-Type:{kind}' + chr(13) + chr(10) if kind else ''}Path:{path}\r\n".encode()
    return len(headers).to_bytes(2, "big") + headers + content


def note(path, content):
    return f"X-RequestId:1\r\nContent-Type:application/json; charset=utf-8\r\nPath:{path}\r\n\r\n{json.dumps(content)}"


class FakeEdge:
    """`faults` are used up one a connection: an HTTP status, or a name that `serve` knows."""

    def __init__(self):
        self.faults, self.asked = deque(), []
        self.url = ""
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run)

    async def serve(self, request):
        assert request.query["TrustedClientToken"] == "token"
        assert request.query["Sec-MS-GEC"]
        fault = self.faults.popleft() if self.faults else None
        if isinstance(fault, int):
            return web.Response(status=fault)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        config = (await socket.receive()).data
        assert "Path:speech.config" in config
        assert "audio-24khz-48kbitrate-mono-mp3" in config
        message = await socket.receive()
        assert message.type == WSMsgType.TEXT
        assert "Path:ssml" in message.data
        voice, text = SSML.search(message.data).groups()
        text = unescape(text)
        self.asked.append((voice, text))
        await socket.send_str(note("turn.start", {}))
        sound = tone(text if fault != "half" else text[: len(text) // 8])
        if fault == "hang":
            await asyncio.sleep(3)
        if fault == "damaged":
            sound = bytes(len(sound))
        if fault != "no-audio":
            for start in range(0, len(sound), 700):
                await socket.send_bytes(part("audio", sound[start : start + 700]))
        await socket.send_bytes(part("audio", b"", kind=None))
        await socket.send_str(note("turn.end", {}))
        await socket.close()
        return socket

    def _run(self):
        asyncio.set_event_loop(self._loop)
        app = web.Application()
        app.router.add_get("/edge/v1", self.serve)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        self._loop.run_until_complete(runner.setup())
        site = web.TCPSite(runner, "127.0.0.1", 0)
        self._loop.run_until_complete(site.start())
        port = site._server.sockets[0].getsockname()[1]
        self.url = f"ws://127.0.0.1:{port}/edge/v1?TrustedClientToken=token"
        self._ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    @contextmanager
    def running(self):
        self._thread.start()
        assert self._ready.wait(10)
        try:
            yield self
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
