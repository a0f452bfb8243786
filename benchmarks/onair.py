"""On the air, measured in the recording of a real sound server: starts, stops, alerts.

Run: .venv/bin/python -m benchmarks.onair [starts]. Prints a table of figure and target; needs PulseAudio.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import soundfile

from broadcaster import broadcasts, prepare, wishes
from broadcaster.clock import Clock
from broadcaster.database import Sessions, connect
from broadcaster.settings import Settings
from tests.pulse import RATE, Pulse, find
from tests.runner import Runner

APART_S = 2.0
BURST_S = 0.5


def noise(path: Path, seconds: float, seed: int) -> np.ndarray:
    samples = (0.2 * np.random.default_rng(seed).standard_normal(round(seconds * RATE))).clip(-0.9, 0.9)
    soundfile.write(path, samples.astype(np.float32), RATE)
    return samples.astype(np.float32)


def row(name: str, values: list[float], target: str) -> None:
    sizes = np.abs(values)
    print(
        f"{name:42} median {np.median(values):7.2f}  p99 {np.percentile(sizes, 99):7.2f}  "
        f"max {sizes.max():7.2f} ms  n {len(values):3}   target {target}",
        flush=True,
    )


def starts(pulse: Pulse, sessions: Sessions, settings: Settings, folder: Path, count: int) -> list[float]:
    """Errors in ms of broadcasts planned 2 s apart."""
    path = folder / "burst.wav"
    noise(path, BURST_S, 1)
    clock = Clock()
    recording = prepare.import_recording(sessions, settings, path, "burst", clock.now())
    meant = soundfile.read(prepare.path_of(settings, recording.sha256), dtype="float32")[0]
    recorder = pulse.record(folder / "starts.raw")
    first = datetime.now(UTC) + timedelta(seconds=4)
    planned = [first + timedelta(seconds=APART_S * n + 0.0137 * n) for n in range(count)]
    with sessions.begin() as session:
        for at in planned:
            broadcasts.play(session, recording, by="đo", now=clock.now(), at=at)
    time.sleep((planned[-1] - datetime.now(UTC)).total_seconds() + 2)
    heard, zero = recorder.stop()
    errors = []
    for at in planned:
        around = round((at.timestamp() - zero) * RATE)
        piece = heard[around - RATE // 2 : around + RATE]
        index, likeness = find(meant, piece)
        if likeness < 0.99:
            print(f"  at {at}: likeness {likeness:.3f}")
        errors.append((index - RATE // 2) / RATE * 1000)
    return errors


def onset(heard: np.ndarray, zero: float, after: float, loud: float) -> float:
    """Milliseconds from the instant `after` to the first sample above `loud`."""
    first = round((after - zero) * RATE)
    found = np.flatnonzero(np.abs(heard[first : first + 3 * RATE]) > loud)
    return float(found[0]) / RATE * 1000 if len(found) else float("nan")


def alerts(
    pulse: Pulse, runner: Runner, sessions: Sessions, settings: Settings, folder: Path, count: int
) -> tuple[list[float], list[float], list[float]]:
    """(wish to siren, wish to silence, wish to speech) in ms, while a quiet programme is on air."""
    quiet = folder / "quiet.wav"
    soundfile.write(quiet, np.zeros(600 * RATE, np.float32) + 0.0001 * np.sin(np.arange(600 * RATE)), RATE)
    recorder = pulse.record(folder / "alerts.raw")
    asked: list[float] = []
    stopped: list[float] = []
    for _ in range(count):
        with sessions.begin() as session:
            text = "Nước sông Tam Kỳ đang lên nhanh. Bà con ở ven sông hãy đến nơi an toàn."
            broadcasts.alert(session, text=text, recording=None, title="đo", repeat=1, by="đo", now=Clock().now())
        asked.append(time.time())
        time.sleep(4.0 + 0.03 * np.random.default_rng().random())
        wishes.ask(sessions, "stop", "đo", Clock())
        stopped.append(time.time())
        time.sleep(0.7)
        wishes.ask(sessions, "resume", "đo", Clock())
        time.sleep(0.5)
    heard, zero = recorder.stop()
    siren = [onset(heard, zero, at, 0.05) for at in asked]
    silence = []
    for at in stopped:
        first = round((at - zero) * RATE)
        loud = np.flatnonzero(np.abs(heard[first : first + RATE // 2]) > 0.002)
        silence.append(float(loud[-1]) / RATE * 1000 if len(loud) else 0.0)
    speech = []
    for at in asked:
        first = round((at - zero) * RATE)
        after = heard[first : first + 4 * RATE]
        windows = np.abs(after[: len(after) // 480 * 480]).reshape(-1, 480).max(axis=1) > 0.01
        begun = int(np.flatnonzero(windows)[0])
        gap = next((n for n in range(begun, len(windows) - 20) if not windows[n : n + 20].any()), len(windows) - 1)
        again = np.flatnonzero(windows[gap:])
        speech.append(float(gap + again[0]) * 10 if len(again) else float("nan"))
    return siren, silence, speech


def cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


def memory_mb(pid: int) -> float:
    line = next(li for li in Path(f"/proc/{pid}/status").read_text().splitlines() if li.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    folder = Path(tempfile.mkdtemp())
    pulse = Pulse(folder)
    pulse.start()
    runner = Runner(folder / "data", pulse.env)
    began = time.monotonic()
    try:
        runner.run("--output", "sound:")
        print(f"ready after {time.monotonic() - began:.1f} s (first run, empty folder)")
        pid = runner.station_pid()
        data = folder / "data"
        settings = Settings.load(data, None)
        sessions = connect(settings)
        time.sleep(5)
        used = cpu_s(pid)
        time.sleep(10)
        print(f"idle: {(cpu_s(pid) - used) * 10:.1f} % of a core (target < 2), {memory_mb(pid):.0f} MB (target < 120)")
        row("start error", starts(pulse, sessions, settings, folder, count), "median 0.5, p99 1")
        siren, silence, speech = alerts(pulse, runner, sessions, settings, folder, max(5, count // 3))
        row("alert: commit to first sample of siren", siren, "p99 80")
        row("alert: commit to first word", speech, "2000")
        row("stop all: commit to silence", silence, "p99 200")
        long = folder / "long.wav"
        noise(long, 20, 2)
        recording = prepare.import_recording(sessions, settings, long, "long", Clock().now())
        with sessions.begin() as session:
            broadcasts.play(session, recording, by="đo", now=Clock().now())
        time.sleep(3)
        used = cpu_s(pid)
        time.sleep(10)
        print(f"playing: {(cpu_s(pid) - used) * 10:.1f} % of a core (target < 6), {memory_mb(pid):.0f} MB")
    finally:
        runner.stop()
        pulse.stop()


if __name__ == "__main__":
    threading.current_thread().name = "benchmark"
    main()
