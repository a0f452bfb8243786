"""A channel without a real device: tried again with back-off, the gap told to the mixer, underruns added up."""

from __future__ import annotations

import numpy as np
import pytest

from audio.cues import Lane
from audio.decks import Blank
from audio.errors import OutputUnavailable
from audio.format import RATE
from audio.outputs import Health
from broadcaster import output
from broadcaster.output import BACK_OFF_S, Channel


class Device:
    """An output that is there or not, as the test says."""

    def __init__(self):
        self.there, self.well, self.tries, self.render = True, True, 0, None
        self.hastened = []

    def start(self, render):
        self.tries += 1
        if not self.there:
            raise OutputUnavailable("no-device", "test")
        self.render, self.well = render, True

    def hasten(self, wanted):
        self.hastened.append(wanted)

    def stop(self):
        self.render = None

    def health(self):
        return Health(self.well, 1, 3)


@pytest.fixture
def device(monkeypatch):
    device = Device()
    monkeypatch.setattr(output, "open_output", lambda uri, clock: device)
    return device


@pytest.fixture
def channel(device, clock):
    return Channel("all", "test:", clock)


def test_a_lost_device_is_tried_again_for_ever_with_growing_pauses(channel, device, clock):
    channel.start()
    device.well = device.there = False
    tries = []
    for _ in range(600):
        channel.tend()
        tries.append(device.tries)
        clock.sleep(0.1)
    assert not channel.up
    assert channel.health() == Health(False, 0, 3, "no-device")
    assert 60 / BACK_OFF_S[-1] < tries[-1] < 60 / BACK_OFF_S[-1] + len(BACK_OFF_S) + 2
    device.there = True
    clock.sleep(BACK_OFF_S[-1])
    channel.tend()
    assert channel.up
    assert channel.failure is None


def test_what_was_on_air_goes_on_where_it_was_and_knows_its_gap(channel, device, clock):
    channel.start()
    channel.mixer.cue("a", Lane.QUEUE, Blank(10 * RATE), 0.0)
    device.render(RATE, clock.wall())
    clock.sleep(1)
    device.well = device.there = False
    clock.sleep(4)
    channel.tend()
    (playing,) = channel.mixer.playing()
    assert (playing.frames, playing.gap) == (RATE, 4 * RATE)  # known while it is away: it may never come back
    device.there = True
    clock.sleep(1)
    channel.tend()
    device.render(RATE, clock.wall())
    (playing,) = channel.mixer.playing()
    assert (playing.frames, playing.gap) == (2 * RATE, 5 * RATE)


def test_without_a_device_a_stop_is_obeyed(channel, device, clock):
    channel.start()
    channel.mixer.cue("a", Lane.QUEUE, Blank(10 * RATE), 0.0)
    device.render(RATE, clock.wall())
    device.well = device.there = False
    channel.tend()
    channel.mixer.clear()
    channel.tend()
    assert channel.mixer.playing() == ()


@pytest.fixture
def two(monkeypatch):
    """A first device and one that stands in for it, by their names."""
    devices = {"sound:usb": Device(), "sound:": Device()}
    monkeypatch.setattr(output, "open_output", lambda uri, clock: devices[uri])
    return devices["sound:usb"], devices["sound:"]


def tended(channel, clock, seconds):
    for _ in range(round(seconds * 10)):
        channel.tend()
        clock.sleep(0.1)


@pytest.mark.parametrize("opens", [True, False])
def test_another_device_stands_in_and_the_first_is_gone_back_to_when_nothing_sounds(two, clock, opens):
    first, second = two
    channel = Channel("all", "sound:usb|sound:", clock)
    channel.start()
    assert first.render
    assert second.tries == 0
    channel.mixer.cue("a", Lane.QUEUE, Blank(600 * RATE), 0.0)
    first.render(RATE, clock.wall())
    first.well, first.there = False, opens
    clock.sleep(2)
    tended(channel, clock, 1)
    assert (channel.up, first.render, channel.health().detail) == (True, None, "standing-in")
    second.render(RATE, clock.wall())
    (playing,) = channel.mixer.playing()
    assert playing.frames == 2 * RATE  # where it was, at once
    first.there = True
    tended(channel, clock, 2 * output.HOME_S)
    assert second.render  # it sounds: nobody is cut off for the sake of order
    channel.mixer.clear()
    for _ in range(3):
        second.render(RATE, clock.wall())
    tended(channel, clock, output.HOME_S + 1)
    assert (second.render, channel.failure, channel.health().detail) == (None, None, "")
    assert first.render


def test_with_both_away_both_are_tried_again(two, clock):
    for device in two:
        device.there = False
    channel = Channel("all", "sound:usb|sound:", clock)
    channel.start()
    tended(channel, clock, 20)
    assert not channel.up
    assert {device.tries for device in two} == {two[0].tries}
    two[1].there = True
    tended(channel, clock, 6)
    assert channel.health().detail == "standing-in"


def test_closed_for_good_it_lets_go_of_everything(channel, device, clock):
    channel.start()
    channel.mixer.cue("a", Lane.QUEUE, Blank(RATE), 0.0)
    assert np.array_equal(device.render(480, clock.wall()), np.zeros(480, np.float32))
    channel.stop()
    assert device.render is None
    assert [type(e).__name__ for e in channel.mixer.happened()] == ["Began", "Ended"]


def test_the_thread_that_renders_comes_first_while_something_sounds_or_is_about_to(channel, device):
    channel.start()
    channel.mixer.cue("x", Lane.QUEUE, Blank(RATE // 50), 0.03)
    for block in range(5):
        device.render(RATE // 50, block / 50)
    assert device.hastened == [True, True, False, False, False]
