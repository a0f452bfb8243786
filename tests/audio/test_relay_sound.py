"""Relays of real streams from servers on this machine: Icecast that goes and comes back, HLS, and nobody there."""

from __future__ import annotations

import functools
import subprocess
import threading
import time
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from audio.format import RATE
from audio.outputs import open_output
from audio.relay import Relay
from audio.tuner import program
from broadcaster.clock import Clock
from tests.audio.test_relay import Quarter

pytestmark = [pytest.mark.slow, pytest.mark.paced]
BLOCK = RATE // 50


def tone(frames, instant):
    return (0.3 * np.sin(2 * np.pi * 1000 * (np.arange(frames) / RATE + instant % 1))).astype(np.float32)


class Listener:
    """Reads a tap at the pace of time, as a mixer does; `heard` says of each half second what it was."""

    def __init__(self, relay, start=0):
        self.relay, self.tap = relay, relay(start)
        self.missing, self.heard, self._part = 0, [], []

    def listen(self, seconds, until=None):
        due = time.monotonic()
        for _ in range(round(seconds * 50)):
            block = self.tap.read(BLOCK)
            if not self.tap.finished:
                self.missing += BLOCK - len(block)
            self._part.append(block)
            if len(self._part) == 25:
                self.heard.append(self._what(np.concatenate(self._part)))
                self._part = []
                if until and self.heard[-1] == until:
                    return
            due += BLOCK / RATE
            time.sleep(max(0.0, due - time.monotonic()))

    def _what(self, sound):
        if len(sound) < 1000 or np.abs(sound).max() < 0.01:
            return "silence"
        spectrum = np.abs(np.fft.rfft(sound))
        if np.argmax(spectrum) == 0:
            return "fallback"  # Quarter is a constant
        return f"{np.argmax(spectrum) * RATE / len(sound):.0f} Hz"


def feed(icecast):
    output = open_output(icecast.source, Clock())
    output.start(tone)
    return output


def test_a_stream_that_goes_is_replaced_and_comes_back(icecast):
    feeder = feed(icecast)
    listener = Listener(Relay(icecast.url, 120, Quarter))
    time.sleep(5)  # it is cued ahead
    listener.listen(2)
    assert listener.heard[0] == "1000 Hz"
    icecast.stop()
    feeder.stop()
    listener.listen(25, until="fallback")
    assert listener.heard[-1] == "fallback"
    icecast.start()
    feeder = feed(icecast)
    listener.listen(25, until="1000 Hz")
    listener.listen(2)
    assert listener.heard[-1] == "1000 Hz"
    print(f"half seconds: {listener.heard}, frames missing: {listener.missing}")
    assert "silence" not in listener.heard
    assert listener.missing < RATE // 10
    assert listener.relay.trouble == "relay-fallback"
    listener.relay.finish()
    assert listener.tap.finished
    feeder.stop()


def test_nobody_there_means_the_fallback_at_once(icecast):
    icecast.stop()
    listener = Listener(Relay(icecast.url, 3, Quarter))
    time.sleep(7)
    listener.listen(4)
    assert set(listener.heard[:6]) == {"fallback"}
    assert listener.tap.finished  # it ends at its time


def test_an_hls_stream_is_relayed(tmp_path):
    made = [program(), "-loglevel", "error", "-f", "lavfi", "-i", "sine=frequency=440:duration=20", "-c:a", "aac"]
    subprocess.run([*made, "-f", "hls", "-hls_time", "2", "-hls_list_size", "0", tmp_path / "dai.m3u8"], check=True)
    handler = functools.partial(Quiet, directory=str(tmp_path))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    listener = Listener(Relay(f"http://127.0.0.1:{server.server_port}/dai.m3u8", 60, Quarter))
    time.sleep(4)
    listener.listen(3)
    listener.relay.finish()
    server.shutdown()
    server.server_close()
    assert set(listener.heard[1:]) == {"440 Hz"}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        """Nothing on the tests' screen."""
