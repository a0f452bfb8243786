"""A local speech service with Google Translate's batchexecute protocol, which breaks on demand."""

import base64
import json
import threading
from collections import deque
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from urllib.parse import parse_qs

import numpy as np
import soundfile

PATH = "/_/TranslateWebserverUi/data/batchexecute"
RATE = 24_000  # what the real service answers with
SYLLABLE_S = 0.25
RPC = "jQ1olc"


def tone(text, syllable_s=SYLLABLE_S, level=0.3):
    """A quarter of a second of tone a syllable that dies away at its end, as MP3."""
    moment = np.arange(round(RATE * syllable_s * len(text.split()))) / RATE
    file = BytesIO()
    fall = np.minimum(1, (len(moment) - np.arange(len(moment))) / (RATE / 10))
    soundfile.write(file, level * fall * np.sin(2 * np.pi * 440 * moment), RATE, format="MP3")
    return file.getvalue()


def spoken_text(headers, body):
    """The text a request asks for; AssertionError when the real service would not understand it."""
    assert headers["Content-Type"] == "application/x-www-form-urlencoded;charset=utf-8"
    assert headers["Referer"].startswith("http://translate.google.com")
    [[[rpc, parameters, nothing, kind]]] = json.loads(parse_qs(body)["f.req"][0])
    assert (rpc, nothing, kind) == (RPC, None, "generic")
    text, lang, speed, _ = json.loads(parameters)
    assert (lang, speed) == ("vi", None)
    assert 0 < len(text) <= 100
    return text


def answer(audio):
    """What the service sends: a guard line, then lines of JSON, in one of which the audio hides."""
    text = base64.b64encode(audio).decode() if isinstance(audio, bytes) else audio
    inner = json.dumps([text], separators=(",", ":")).replace("=", "\\u003d")
    line = json.dumps([["wrb.fr", RPC, inner, None, None, None, "generic"]], separators=(",", ":"))
    return f')]}}\'\n\n{len(line)}\n{line}\n57\n[["di",77],["af.httprm",76,"1",4]]\n'.encode()


class FakeGoogle(ThreadingHTTPServer):
    """`faults` are used up one a request: an HTTP status, or a name that `do_POST` knows."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.faults = deque()
        self.texts = []
        self.misunderstood = []
        self.released = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        try:
            assert self.path == PATH
            text = spoken_text(self.headers, body)
        except (AssertionError, ValueError, KeyError, TypeError) as error:
            self.server.misunderstood.append(repr(error))
            return self.reply(400, b"")
        self.server.texts.append(text)
        fault = self.server.faults.popleft() if self.server.faults else None
        if isinstance(fault, int):
            return self.reply(fault, b"<html>error</html>")
        if fault == "html":
            return self.reply(200, b"<!doctype html><title>Before you continue</title>", "text/html")
        if fault == "hang":
            self.server.released.wait(10)
            return None
        if fault == "broken-off":
            return self.reply(200, answer(tone(text)), announced=1_000_000)
        if fault == "truncated":
            whole = base64.b64encode(tone(text)).decode()
            return self.reply(200, answer(whole[: len(whole) // 2 // 4 * 4 + 1]))
        if fault == "silent":
            return self.reply(200, answer(tone(text, level=0.0)))
        if fault == "brief":  # far too little for the text
            return self.reply(200, answer(tone(text, syllable_s=0.04)))
        if fault == "hurried":  # could be, but not beside the other sentences
            return self.reply(200, answer(tone(text, syllable_s=0.14)))
        if fault == "no-audio":
            return self.reply(200, answer(b"").replace(b'"[\\"\\"]"', b"null"))
        return self.reply(200, answer(tone(text)))

    def reply(self, status, content, kind="application/json", announced=None):
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(announced or len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """The test's output is enough."""


@contextmanager
def running():
    server = FakeGoogle()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
