"""How long judging a broadcast of 15 minutes takes, and what the verdict is, for each way of recording it.

Run: .venv/bin/python -m benchmarks.proof. Seconds are those of the whole: reading both files, finding, comparing;
on a machine with other work the processor's tell more.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from audio import files
from audio.chimes import closing, opening
from audio.format import RATE
from audio.proof import judge
from benchmarks.table import row
from tests.audio.proof import faults as made

MINUTES = 15
TARGET_S = 3.0


def main() -> None:
    """Prints a line a recording."""
    sound = np.concatenate([opening(), made.talk(MINUTES * 60 - 9), closing()])
    other = np.concatenate([opening(), made.talk(MINUTES * 60 - 9, seed=2), closing()])
    recordings: dict[str, Callable[[], np.ndarray]] = {
        "mixer's tap": lambda: made.between(sound),
        "tap, one frame lost": lambda: made.between(made.skipped(sound, 301, 1)),
        "line, 0 dB of noise": lambda: made.noisy(made.between(sound), 0),
        "line, 50 ppm": lambda: made.noisy(made.between(made.drifted(sound, 50)), 20),
        "line, 50 ppm, hole of 200 ms": lambda: made.noisy(
            made.between(made.drifted(made.holed(sound, 400, 0.2), 50)), 20
        ),
        "line, 7 s skipped": lambda: made.noisy(made.between(made.skipped(sound, 300, 7 * RATE)), 20),
        "microphone, horn, echo of 1 s": lambda: made.through_a_horn(made.between(sound)),
        "same, 5 s missing": lambda: made.through_a_horn(made.between(made.holed(sound, 400, 5))),
        "another edition": lambda: made.between(other),
        "silence": lambda: np.zeros(len(sound), np.float32),
    }
    with tempfile.TemporaryDirectory() as name:
        meant = Path(name) / "meant.flac"
        files.write(meant, sound)
        for title, recorded in recordings.items():
            path = Path(name) / "heard.flac"
            files.write(path, recorded().astype(np.float32))
            began, worked = time.perf_counter(), time.process_time()
            found = judge(meant, path)
            took, worked = time.perf_counter() - began, time.process_time() - worked
            faults = ", ".join(f"{f.kind} {f.seconds * 1000:.2f} ms at {f.at_s:.2f} s" for f in found.faults[:3])
            drift = "" if found.drift_ppm is None else f" {found.drift_ppm:.1f} ppm"
            verdict = f"{found.outcome} {found.method or '-'}{drift} {faults}"
            figure = f"{took:.2f} s, processor {worked:.2f} s: {verdict}"
            row(f"judging {MINUTES} minutes, {title}", figure, f"< {TARGET_S:g} s", took < TARGET_S)


if __name__ == "__main__":
    main()
