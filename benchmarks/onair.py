"""On the air, measured in the recording of a real sound server: starts, stops, alerts.

Run: .venv/bin/python -m benchmarks.onair [starts]. Prints a table of figure and target; needs PulseAudio.
"""

from __future__ import annotations

import contextlib
import gc
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import soundfile

from benchmarks.table import row, spread
from broadcaster import accounts, broadcasts, bulletins, priority, programmes, store, wishes
from broadcaster.clock import Clock
from broadcaster.database import Sessions, connect
from broadcaster.samples import SAMPLE
from broadcaster.settings import Settings
from tests.pulse import RATE, Pulse, find
from tests.runner import Runner

APART_S = 2.0
ANY_HOUR = {"overruled": ["quiet", "outside-allowed", "too-many-minutes", "too-many-repeats"]}
BURST_S = 0.5


def noise(path: Path, seconds: float, seed: int) -> np.ndarray:
    samples = (0.2 * np.random.default_rng(seed).standard_normal(round(seconds * RATE))).clip(-0.9, 0.9)
    soundfile.write(path, samples.astype(np.float32), RATE)
    return samples.astype(np.float32)


def starts(pulse: Pulse, sessions: Sessions, settings: Settings, folder: Path, count: int) -> list[float]:
    """Errors in ms of broadcasts planned 2 s apart."""
    path = folder / "burst.wav"
    noise(path, BURST_S, 1)
    clock = Clock()
    recording = store.import_recording(sessions, settings, path, "burst", clock.now())
    meant = soundfile.read(store.path_of(settings, recording.sha256), dtype="float32")[0]
    recorder = pulse.record(folder / "starts.raw")
    first = datetime.now(UTC) + timedelta(seconds=4)
    planned = [first + timedelta(seconds=APART_S * n + 0.0137 * n) for n in range(count)]
    with sessions.begin() as session:
        for at in planned:
            broadcasts.play(session, recording, by="đo", now=clock.now(), at=at, facts=ANY_HOUR)
    time.sleep((planned[-1] - datetime.now(UTC)).total_seconds() + 2)
    heard, zero = recorder.stop()
    errors = []
    for at in planned:
        around = round((at.timestamp() - zero) * RATE)
        piece = heard[around - RATE // 2 : around + RATE]
        index, likeness = find(meant, piece)
        if likeness < 0.5:
            errors.append(float("nan"))
            continue
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
        gap = next((n for n in range(begun, len(windows) - 8) if not windows[n : n + 8].any()), len(windows) - 1)
        again = np.flatnonzero(windows[gap:])
        speech.append(float(gap + again[0]) * 10 if len(again) else float("nan"))
    return siren, silence, speech


def cpu_s(pid: int) -> float:
    """Of all its threads, in nanoseconds by the scheduler: the ticks of /proc/…/stat miss what runs in between."""
    return sum(int(path.read_text().split()[0]) for path in Path(f"/proc/{pid}/task").glob("*/schedstat")) / 1e9


def memory_mb(pid: int) -> float:
    line = next(li for li in Path(f"/proc/{pid}/status").read_text().splitlines() if li.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


class Panel:
    """The panel, asked for ten pages a second, while a bulletin is rendered."""

    def __init__(self, data: Path, sessions: Sessions, env: dict[str, str]) -> None:
        with sessions.begin() as session:
            text = "\n".join(SAMPLE.read_text(encoding="utf-8") for _ in range(40))
            programme = programmes.listed(session)[0]
            accounts.add_user(session, "đo", secrets.token_urlsafe(), ["author"], Clock().now())
            bulletin = bulletins.add(
                session, programme, text=text, week="2099-W01", title="đo", by="đo", now=Clock().now()
            )
            bulletins.submit(session, bulletin, by="đo", now=Clock().now())
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        command = [sys.executable, "-m", "web.serve", "--data", str(data), "--host", "127.0.0.1"]
        self._process = subprocess.Popen([*command, "--port", str(self._port)], env=env)
        self._stop = threading.Event()
        self.pages = 0
        self._thread = threading.Thread(target=self._ask)
        self._thread.start()

    def _ask(self) -> None:
        while not self._stop.wait(0.1):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self._port}/dang-nhap", timeout=5) as page:
                    page.read()
                self.pages += 1
            except OSError:
                continue  # it is still starting

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()
        self._process.terminate()
        self._process.wait()


def virtual_days(days: int) -> list[float]:
    """Resident MB after each virtual day of forty broadcasts through playout, channels and mixer."""
    from broadcaster.clock import VirtualClock
    from broadcaster.database import open_database
    from tests.broadcaster.helpers import Air, recording
    from tests.conftest import NOON

    grown = []
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), database_url=f"sqlite:///{folder}/s.db", output="null:")
        sessions = open_database(settings)
        clock = VirtualClock(NOON)
        air = Air(sessions, settings, clock)
        with sessions.begin() as session:
            row_ = recording(session, "ngày", 600.0)
        for _ in range(days):
            for _ in range(40):
                with sessions.begin() as session:
                    broadcasts.play(session, row_, by="đo", now=clock.now(), facts=ANY_HOUR)
                air.run(620, step=5)
            clock.sleep(86_400 - 40 * 620)
            gc.collect()
            grown.append(memory_mb(os.getpid()))
    return grown


def load_of(pid: int, seconds: float = 10) -> float:
    """Percent of a core."""
    used = cpu_s(pid)
    time.sleep(seconds)
    return (cpu_s(pid) - used) / seconds * 100


def main() -> None:
    """Needs PulseAudio and some ten minutes; the argument is the number of starts."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    priority.ahead()  # sound server and recorder too: what is measured is the station, not them
    folder = Path(tempfile.mkdtemp())
    pulse = Pulse(folder)
    pulse.start()
    with contextlib.suppress(OSError):  # where sessions have shares of the processor
        Path(f"/proc/{pulse.process.pid if pulse.process else 0}/autogroup").write_text(str(priority.AHEAD))
    runner = Runner(folder / "data", pulse.env)
    try:
        began = time.monotonic()
        runner.run("--output", "sound:")
        first_s = time.monotonic() - began
        runner.stop()
        began = time.monotonic()
        runner.run("--output", "sound:")
        again_s, work_s = time.monotonic() - began, cpu_s(runner.station_pid())
        figure = f"{again_s:.1f} s, the very first time {first_s:.1f} s; processor {work_s:.1f} s"
        row("start to ready", figure, "< 3 s", again_s < 3)
        measure(pulse, runner, folder, count)
    finally:
        runner.stop()
        pulse.stop()
        shutil.rmtree(folder, ignore_errors=True)
    grown = virtual_days(4)
    figure = " → ".join(f"{mb:.1f}" for mb in grown) + " MB"
    row("memory over virtual days of 40 broadcasts", figure, "no growth", grown[-1] - grown[1] < 1)


def measure(pulse: Pulse, runner: Runner, folder: Path, count: int) -> None:
    """Everything about one running station."""
    pid, data = runner.station_pid(), folder / "data"
    settings = Settings.load(str(data), None)
    sessions = connect(settings)
    time.sleep(8)
    busy, size = load_of(pid), memory_mb(pid)
    row("idle, of one core", f"{busy:.1f} %", "< 2 %", busy < 2)
    row("idle, resident", f"{size:.0f} MB", "< 120 MB", size < 120)
    spread("start error", starts(pulse, sessions, settings, folder, count), median=0.5, p99=1.0)
    siren, silence, speech = alerts(pulse, runner, sessions, settings, folder, max(5, count // 3))
    spread("alert: committed wish to first sample of the siren", siren, p99=80)
    spread("alert: committed wish to first word of two sentences", speech, p99=2000)
    spread("stop all: committed wish to silence", silence, p99=200)
    long = folder / "long.wav"
    noise(long, 20, 2)
    recording = store.import_recording(sessions, settings, long, "long", Clock().now())
    with sessions.begin() as session:
        broadcasts.play(session, recording, by="đo", now=Clock().now(), facts=ANY_HOUR)
    time.sleep(3)
    busy, size = load_of(pid), memory_mb(pid)
    row("playing, of one core", f"{busy:.1f} %", "< 6 %", busy < 6)
    row("playing, resident", f"{size:.0f} MB", "< 120 MB", size < 120)
    panel = Panel(data, sessions, runner.env)
    try:
        time.sleep(4)
        errors = starts(pulse, sessions, settings, folder, count)
    finally:
        panel.stop()
    spread(f"start error, {panel.pages} pages served, a bulletin rendered", errors, p99=3.0)
    underruns = runner("status")["output"]["underruns"]
    row("underruns of the device in all of this", str(underruns), "0", underruns == 0)


if __name__ == "__main__":
    threading.current_thread().name = "benchmark"
    main()
