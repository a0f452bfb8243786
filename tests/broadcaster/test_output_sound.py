"""Outputs on a real sound server: one that is killed and comes back, and two that play the same."""

from __future__ import annotations

import os
import time

import numpy as np
import pytest
import soundfile

from audio.cues import Lane
from audio.decks import Deck
from audio.microphone import Microphone
from broadcaster import newcomers, priority
from broadcaster.channels import Channels
from broadcaster.clock import Clock
from broadcaster.newcomers import Newcomers
from broadcaster.output import Channel
from tests.pulse import RATE, Pulse, find

pytestmark = [pytest.mark.slow, pytest.mark.alone]


@pytest.fixture(autouse=True)
def before_others():
    """As the station's process is."""
    priority.ahead()
    yield
    os.setpriority(os.PRIO_PROCESS, 0, 0)


@pytest.fixture
def server(tmp_path, monkeypatch):
    """A sound server of its own, with two loudspeakers."""
    server = Pulse(tmp_path, ("loa", "loa2"))
    for name in ("PULSE_SERVER", "HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, server.env[name])
    server.start()
    yield server
    server.stop()


@pytest.fixture
def noise(tmp_path):
    white = np.fft.rfft(np.random.default_rng(9).standard_normal(40 * RATE))
    white[40 * 2000 :] = 0  # below 2 kHz, so that a correction of the drift doesn't hide where it is
    samples = np.fft.irfft(white).clip(-0.9, 0.9)
    path = tmp_path / "noise.flac"
    soundfile.write(path, samples.astype(np.float32), RATE)
    return path, soundfile.read(path, dtype="float32")[0]


def tend(air, seconds, until=lambda: False):
    """Let real time pass as the station does; returns the seconds it took."""
    began = time.monotonic()
    while time.monotonic() - began < seconds and not until():
        air.tend()
        air.happened()
        time.sleep(0.01)
    return time.monotonic() - began


def test_a_sound_server_killed_in_mid_broadcast_is_found_and_the_broadcast_goes_on(server, noise, tmp_path):
    path, meant = noise
    air, channel = Channels(Clock()), Channel("all", "sound:loa", Clock())
    air.arrange([channel])
    tend(air, 3, lambda: channel.health().blocks > 100)
    air.cue("tin", Lane.SCHEDULED, "all", lambda start: Deck(path, start), time.time() + 0.5)
    tend(air, 4)
    heard_to = channel.mixer.playing()[0].frames
    server.stop()
    found_s = tend(air, 10, lambda: not channel.up)
    tend(air, 1)
    delivered = channel.mixer.playing()[0].frames
    assert not air.heard("tin")
    server.start()
    recorder = server.record(tmp_path / "after.raw")
    back_s = tend(air, 15, lambda: channel.up)
    tend(air, 5)
    heard, _ = recorder.stop()
    # From which frame on did it sound again? A second from where it stopped is looked for in what was recorded.
    piece = meant[delivered + RATE : delivered + 2 * RATE]
    index, likeness = find(piece, heard)
    first = int(np.argmax(np.abs(heard) > 0.01))
    resumed_at = delivered + RATE - (index - first)
    gap_s = channel.mixer.playing()[0].gap / RATE
    print(
        f"found after {found_s:.2f} s, open {back_s:.2f} s after the server, "
        f"went on {(resumed_at - delivered) / RATE * 1000:+.0f} ms from where it was, gap {gap_s:.2f} s"
    )
    assert found_s < 3.5
    assert likeness > 0.9
    assert abs(resumed_at - delivered) < 0.2 * RATE
    assert delivered - heard_to < 0.5 * RATE
    assert gap_s > found_s
    air.stop()


def test_two_devices_play_the_same_within_5_ms(server, noise, tmp_path):
    path, meant = noise
    air = Channels(Clock())
    channels = [Channel("dong", "sound:loa", Clock()), Channel("tay", "sound:loa2", Clock())]
    air.arrange(channels)
    tend(air, 6, lambda: all(c.health().blocks > 200 for c in channels))
    for number in range(4):  # again when the machine was too busy for a device: then nothing can be said
        dry = [c.health().underruns for c in channels]
        recorders = [server.record(tmp_path / f"{sink}.raw", sink) for sink in server.sinks]
        at = time.time() + 1
        air.cue(str(number), Lane.SCHEDULED, "all", lambda start: Deck(path, start), at)
        tend(air, 8)
        starts = []
        for recorder in recorders:
            heard, zero = recorder.stop()
            index, likeness = find(meant[5 * RATE : 5 * RATE + RATE // 4], heard)
            starts.append(zero + index / RATE - 5 - at)
        air.clear()
        tend(air, 1)
        if dry == [c.health().underruns for c in channels]:
            break
    air.stop()
    print(f"start errors {[round(s * 1000, 2) for s in starts]} ms, apart {abs(starts[0] - starts[1]) * 1000:.2f} ms")
    assert likeness > 0.4
    assert abs(starts[0] - starts[1]) < 0.005


def test_what_is_spoken_into_the_microphone_is_heard_from_the_loudspeaker(server, noise, tmp_path):
    path, meant = noise
    speaker, air = Channel("nguoi", "sound:loa2", Clock()), Channels(Clock())  # the second sink is the microphone
    air.arrange([Channel("all", "sound:loa", Clock())])
    speaker.start()
    tend(air, 3)
    microphone = Microphone("micro", quiet_s=60.0)
    recorder = server.record(tmp_path / "mic.raw")
    air.cue("mic", Lane.MICROPHONE, "all", microphone, time.time())
    tend(air, 3.5)
    speaker.mixer.cue("loi", Lane.QUEUE, Deck(path), 0.0)
    tend(air, 4)
    level = microphone.level
    microphone.finish()
    tend(air, 8, lambda: not air.playing())
    microphone.close()
    speaker.stop()
    air.stop()
    heard, _ = recorder.stop()
    likeness = max(find(meant[RATE * n : RATE * n + RATE // 4], heard)[1] for n in (1, 2, 3))
    print(f"likeness {likeness:.3f}, level {level:.2f}")
    assert likeness > 0.4
    assert level > 0.05
    assert air.playing() == []


def test_a_device_plugged_in_while_another_is_open_is_taken_in(server, monkeypatch):
    monkeypatch.setattr(newcomers, "LOOK_S", 0.5)
    devices = server.folder / ".asoundrc"
    both = devices.read_text()
    devices.write_text("\n".join(line for line in both.splitlines() if "loa2" not in line))
    clock = Clock()
    air, channels = Channels(clock), [Channel("a", "sound:loa", clock), Channel("b", "sound:loa2", clock)]
    coming = Newcomers(clock)
    air.arrange(channels)
    tend(air, 3, lambda: channels[0].health().blocks > 100)
    assert [c.up for c in channels] == [True, False]
    devices.write_text(both)
    began = time.monotonic()
    while time.monotonic() - began < 30 and not all(c.up and c.health().blocks > 10 for c in channels):
        air.tend()
        coming.tend(channels, quiet=True)
        time.sleep(0.02)
    found = [c.up for c in channels]
    coming.close()
    air.stop()
    print(f"taken in after {time.monotonic() - began:.1f} s")
    assert found == [True, True]
