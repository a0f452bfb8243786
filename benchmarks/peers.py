"""How late other ways to play a file at a given moment are, on the same sound server, where they are installed:
a player started at the time (what cron does), MPD, Liquidsoap. Compare with benchmarks.onair.

Run: .venv/bin/python -m benchmarks.peers [starts]. Needs PulseAudio; what is not installed is left out.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import soundfile

from benchmarks.table import row, spread
from tests.pulse import RATE, Pulse, find

APART_S = 2.5


def starts(pulse: Pulse, folder: Path, play: Callable[[], object], meant: np.ndarray, count: int) -> list[float]:
    """Errors in ms when `play` is called at the planned moments."""
    recorder = pulse.record(folder / "peer.raw")
    first = time.time() + 2
    planned = [first + APART_S * n + 0.0137 * n for n in range(count)]
    for at in planned:
        time.sleep(max(0.0, at - time.time()))
        play()
    time.sleep(APART_S)
    heard, zero = recorder.stop()
    errors = []
    for at in planned:
        around = round((at - zero) * RATE)
        piece = heard[max(0, around - RATE // 2) : around + round((APART_S - 0.6) * RATE)]
        index, likeness = find(meant, piece) if len(piece) > RATE else (0, 0.0)
        errors.append((index - RATE // 2) / RATE * 1000 if likeness > 0.5 else float("nan"))
    return errors


@contextmanager
def running(command: list[str], env: dict[str, str], up: Callable[[], bool]) -> Iterator[None]:
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 30
        while not up() and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(2)
        yield
    finally:
        process.terminate()
        process.wait()


def mpd(pulse: Pulse, folder: Path, burst: Path, meant: np.ndarray, count: int) -> None:
    conf = folder / "mpd.conf"
    conf.write_text(
        f'music_directory "{burst.parent}"\ndb_file "{folder}/mpd.db"\nbind_to_address "{folder}/mpd.sock"\n'
        'audio_output {\n  type "pulse"\n  name "pulse"\n}\n'
    )
    env = dict(pulse.env, MPD_HOST=str(folder / "mpd.sock"))

    def mpc(*words: str) -> bool:
        return subprocess.run(["mpc", "-q", *words], env=env, capture_output=True).returncode == 0

    with running(["mpd", "--no-daemon", str(conf)], env, lambda: mpc("status")):
        mpc("update", "--wait")
        mpc("add", burst.name)
        spread("MPD, told to play at the time", starts(pulse, folder, lambda: mpc("play", "1"), meant, count))


def liquidsoap(pulse: Pulse, folder: Path, burst: Path, meant: np.ndarray, count: int) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    script = folder / "station.liq"
    script.write_text(
        "settings.init.allow_root.set(true)\nsettings.server.telnet.set(true)\n"
        f"settings.server.telnet.port.set({port})\nsettings.frame.audio.samplerate.set({RATE})\n"
        'q = request.queue(id="q")\noutput.pulseaudio(fallback(track_sensitive=false, [q, blank()]))\n'
    )

    def told(words: str) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", port), 3) as line:
                line.sendall(f"{words}\nquit\n".encode())
                while line.recv(4096):
                    pass
        except OSError:
            return False
        return True

    with running(["liquidsoap", str(script)], pulse.env, lambda: told("uptime")):
        errors = starts(pulse, folder, lambda: told(f"q.push {burst}"), meant, count)
        spread("Liquidsoap, pushed at the time", errors)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    folder = Path(tempfile.mkdtemp())
    pulse = Pulse(folder)
    pulse.start()
    burst = folder / "media" / "burst.wav"
    burst.parent.mkdir()
    meant = (0.2 * np.random.default_rng(1).standard_normal(RATE // 2)).clip(-0.9, 0.9).astype(np.float32)
    soundfile.write(burst, meant, RATE)
    os.environ.update(pulse.env)
    try:
        player = ["paplay", f"--server={pulse.server}", str(burst)]
        started: list[subprocess.Popen[bytes]] = []
        errors = starts(pulse, folder, lambda: started.append(subprocess.Popen(player)), meant, count)
        for process in started:
            process.wait()
        spread("a player started at the time (cron)", errors)
        for name, needs, measure in (("MPD", ("mpd", "mpc"), mpd), ("Liquidsoap", ("liquidsoap",), liquidsoap)):
            if all(map(shutil.which, needs)):
                measure(pulse, folder, burst, meant, count)
            else:
                row(name, "not installed")
    finally:
        pulse.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
