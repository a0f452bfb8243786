"""The sound devices of this machine, asked in a process of its own."""

import json
import subprocess
import sys

import pytest

from audio import device
from broadcaster import devices
from broadcaster.devices import Devices


class Library:
    """What sounddevice says of a Windows machine: each device once for each sound system."""

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


def test_the_answer_of_the_other_process_is_taken(monkeypatch):
    answer = json.dumps({"outputs": ["Loa"], "inputs": ["Micrô"]}).encode()
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: subprocess.CompletedProcess(a, 0, answer))
    assert devices.present() == Devices(("Loa",), ("Micrô",))


@pytest.mark.parametrize("error", [subprocess.CalledProcessError(1, "x"), subprocess.TimeoutExpired("x", 1)])
def test_nobody_who_could_tell_is_not_taken_for_no_devices(monkeypatch, error):
    def run(*_, **__):
        raise error

    monkeypatch.setattr(subprocess, "run", run)
    assert not devices.present().known


@pytest.mark.alone
@pytest.mark.slow
def test_the_devices_of_a_real_sound_server_are_found(pulse):
    asked = subprocess.run([sys.executable, "-m", "audio.device"], env=pulse.env, capture_output=True, check=True)
    found = json.loads(asked.stdout)
    assert "loa" in found["outputs"]
    assert "micro" in found["inputs"]
