"""The sound devices of this machine, asked in a process of its own."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from audio import device
from broadcaster import devices


class Library:
    """What sounddevice says of a Windows machine: each device once for each sound system."""

    @staticmethod
    def _terminate():
        pass

    @staticmethod
    def _initialize():
        pass

    @staticmethod
    def query_hostapis():
        return ({"name": "MME"}, {"name": "WASAPI"})

    @staticmethod
    def query_devices():
        return [
            {"name": "Loa", "hostapi": 0, "max_output_channels": 2, "max_input_channels": 0},
            {"name": "Loa", "hostapi": 1, "max_output_channels": 2, "max_input_channels": 0},
            {"name": "USB Audio", "hostapi": 1, "max_output_channels": 1, "max_input_channels": 1},
        ]


def test_a_name_that_stands_for_two_devices_is_told_apart(monkeypatch):
    monkeypatch.setattr(device, "_library", lambda: Library)
    assert device.present() == {"outputs": ["Loa, MME", "Loa, WASAPI", "USB Audio"], "inputs": ["USB Audio"]}


COUNTING = """
import os, sys
for n, _ in enumerate(sys.stdin):
    print('{"outputs": ["Loa"], "inputs": ["%d lần, tiến trình %d"]}' % (n + 1, os.getpid()), flush=True)
"""


@pytest.fixture
def looker(monkeypatch):
    """Makes one that runs a program of ours."""
    made = []

    def make(program, rest_s=60.0):
        monkeypatch.setattr(devices, "LOOKER", (sys.executable, "-c", program))
        made.append(devices.Looker(rest_s))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_one_process_answers_look_after_look(looker):
    one = looker(COUNTING)
    first, second = one.look(), one.look()
    assert first.outputs == ("Loa",)
    assert first.known
    assert second.inputs == (first.inputs[0].replace("1 lần", "2 lần"),)


def test_a_process_that_died_is_replaced(looker):
    one = looker(COUNTING)
    first = one.look()
    os.kill(int(first.inputs[0].split()[-1]), signal.SIGKILL)
    again = one.look()
    if not again.known:  # it was dying while it was asked
        again = one.look()
    assert again.inputs[0].startswith("1 lần")
    assert again != first


def test_nobody_looks_for_a_while_and_the_process_ends(looker):
    one = looker(COUNTING, rest_s=0.05)
    first = one.look()
    while Path("/proc", first.inputs[0].split()[-1]).exists():
        time.sleep(0.01)
    assert one.look().inputs[0].startswith("1 lần")


@pytest.mark.parametrize(
    "program", ["import sys; sys.exit('no-portaudio')", "print('hỏng', flush=True)", "import time; time.sleep(60)"]
)
def test_nobody_who_could_tell_is_not_taken_for_no_devices(looker, program, monkeypatch):
    monkeypatch.setattr(devices, "PATIENCE_S", 0.5)
    one = looker(program)
    assert not one.look().known
    assert not one.look().known


@pytest.mark.paced
@pytest.mark.slow
def test_the_devices_of_a_real_sound_server_are_found_also_those_that_come_later(pulse, monkeypatch):
    for name, value in pulse.env.items():
        monkeypatch.setenv(name, value)
    one = devices.Looker()
    found = one.look()
    assert "loa" in found.outputs
    assert "micro" in found.inputs
    known = pulse.folder / ".asoundrc"
    before = known.read_text()
    known.write_text(before + "pcm.loa-sau { type pulse device loa hint { show on } }\n")
    assert "loa-sau" in one.look().outputs
    known.write_text(before)
    assert "loa-sau" not in one.look().outputs
    one.close()
