"""The Icecast output, with a real server: what listeners hear, refusals, and a server that goes and comes back."""

from __future__ import annotations

import time

import numpy as np
import pytest

from audio.errors import OutputUnavailable
from audio.format import RATE
from audio.outputs import open_output, shown
from audio.tuner import Tuner
from broadcaster.clock import Clock
from broadcaster.output import Channel

pytestmark = [pytest.mark.slow, pytest.mark.paced]


def tone(frames, instant):
    return (0.3 * np.sin(2 * np.pi * 1000 * (np.arange(frames) / RATE + instant % 1))).astype(np.float32)


def wait_for(true, seconds=15):
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.05)
    return true()


def test_a_listener_hears_what_is_sent(icecast):
    output = open_output(icecast.source, Clock())
    output.start(tone)
    tuner = Tuner(icecast.url)
    time.sleep(0.5)
    tuner.start()
    assert wait_for(lambda: tuner.ready > 2 * RATE)
    heard = tuner.take(2 * RATE)[RATE:]
    tuner.stop()
    output.stop()
    spectrum = np.abs(np.fft.rfft(heard))
    assert np.argmax(spectrum) == 1000  # a second of it: one bin a hertz
    assert 0.2 < np.abs(heard).max() < 0.4


def test_a_wrong_password_and_a_dead_server_are_told_apart(icecast):
    with pytest.raises(OutputUnavailable, match="stream-refused"):
        open_output(icecast.source.replace("mat-khau", "sai"), Clock()).start(tone)
    icecast.stop()
    with pytest.raises(OutputUnavailable, match="stream-lost"):
        open_output(icecast.source, Clock()).start(tone)
    with pytest.raises(OutputUnavailable, match="stream-bad"):
        open_output("icecast://", Clock())


def test_the_password_is_not_shown(icecast):
    assert "mat-khau" not in open_output(icecast.source, Clock()).uri
    assert shown("icecast://u:p@h:1/m") == "icecast://u:…@h:1/m"
    assert shown("sound:USB: Audio") == "sound:USB: Audio"


def test_after_the_server_was_away_it_is_sent_to_again(icecast):
    channel = Channel("all", icecast.source, Clock())
    channel.start()
    assert channel.up
    icecast.stop()
    assert wait_for(lambda: channel.tend() or not channel.up, 10)
    icecast.start()
    assert wait_for(lambda: channel.tend() or channel.up, 10)
    channel.stop()
