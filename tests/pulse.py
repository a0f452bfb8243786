"""A real sound server for tests and benchmarks: PulseAudio with a null sink, and a recorder of what it plays."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

RATE = 48_000
FORM = "rate=48000 channels=1"


class Pulse:
    """A private PulseAudio with null sinks, and recorders of what they play."""

    def __init__(self, folder: Path, sinks: tuple[str, ...] = ("loa",)) -> None:
        self.folder, self.sinks = folder, sinks
        self.server = f"unix:{folder / 'pulse.sock'}"
        self.env = dict(os.environ, PULSE_SERVER=self.server, HOME=str(folder), XDG_RUNTIME_DIR=str(folder))
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        socket = self.folder / "pulse.sock"
        sound = "\n".join(f"pcm.{sink} {{ type pulse device {sink} hint {{ show on }} }}" for sink in self.sinks)
        sound += f"\npcm.micro {{ type pulse device {self.sinks[-1]}.monitor hint {{ show on }} }}\n"
        (self.folder / ".asoundrc").write_text(sound)  # the devices by the names of their sinks
        socket.unlink(missing_ok=True)
        self.process = subprocess.Popen(
            [
                *("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"),
                *("-L", f"module-native-protocol-unix socket={socket} auth-anonymous=1"),
                *(part for sink in self.sinks for part in ("-L", f"module-null-sink sink_name={sink} {FORM}")),
            ],
            env=self.env,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # a share of the processor of its own, as it has on a machine that plays
        )
        for _ in range(100):
            asked = subprocess.run(["pactl", "info"], env=self.env, capture_output=True)
            if asked.returncode == 0:
                return
            time.sleep(0.05)
        raise RuntimeError("PulseAudio did not start")

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()

    def record(self, path: Path, sink: str = "loa") -> Recorder:
        return Recorder(self, path, sink)


class Recorder:
    """What the sink plays, and when each part of it arrived."""

    def __init__(self, pulse: Pulse, path: Path, sink: str) -> None:
        self._path = path
        self._stamps = path.with_suffix(".stamps")
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("record_monitor.py")), str(path), str(self._stamps), sink],
            env=pulse.env,
        )
        while not self._stamps.exists() or self._stamps.stat().st_size < 16 * 20:
            time.sleep(0.05)

    def stop(self) -> tuple[np.ndarray, float]:
        """(float32 samples at 48 kHz, wall instant of the first one)."""
        time.sleep(0.3)
        self._process.terminate()
        self._process.wait()
        samples = np.fromfile(self._path, "<i2").astype(np.float32) / 32768
        stamps = np.fromfile(self._stamps, "<f8").reshape(-1, 2)
        steady = stamps[len(stamps) // 10 :]
        return samples, float(np.median(steady[:, 0] - steady[:, 1] / RATE))


def find(needle: np.ndarray, haystack: np.ndarray) -> tuple[int, float]:
    """(sample at which `needle` begins in `haystack`, correlation there: 1 is identical)."""
    size = 1 << (len(haystack) + len(needle)).bit_length()
    product = np.fft.irfft(np.fft.rfft(haystack, size) * np.conj(np.fft.rfft(needle, size)), size)
    at = int(np.argmax(product[: len(haystack)]))
    part = haystack[at : at + len(needle)]
    scale = float(np.linalg.norm(part) * np.linalg.norm(needle[: len(part)]))
    return at, float(product[at]) / scale if scale else 0.0
