"""How long a person waits at the desk: a sentence on demand, new and again, and the outline of a quarter of an hour.

Run: .venv/bin/python -m benchmarks.desk [VOICE …] [--data DIR]   Without a voice: espeak. DIR/voices: Piper models.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

import numpy as np

from audio import files
from audio.format import RATE
from audio.reading import read
from benchmarks.table import row
from broadcaster import samples, store, waveform
from broadcaster.booth import Booth
from broadcaster.settings import Settings

MINUTES = 15


def seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("voice", nargs="*", default=["espeak"])
    parser.add_argument("--data", type=Path)
    args = parser.parse_args()
    spoken = [s.spoken for s in read(samples.SAMPLE.read_text(encoding="utf-8")).sentences]
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(Settings.load(folder), data=Path(folder))
        settings.make_folders()
        if args.data:
            (Path(folder) / "voices").symlink_to(args.data / "voices")
        for voice in args.voice:
            booth = Booth(settings)
            first = seconds(lambda b=booth, v=voice: b.say([v], "Câu đầu tiên."))  # type: ignore[misc]
            new = [seconds(lambda b=booth, v=voice, s=s: b.say([v], s)) for s in spoken]  # type: ignore[misc]
            again = [seconds(lambda b=booth, v=voice, s=s: b.say([v], s)) for s in spoken]  # type: ignore[misc]
            booth.close()
            figure = f"{median(new):.3f} s, longest {max(new):.3f}, first {first:.3f}, again {median(again):.3f}"
            row(f"a sentence on demand, {voice}, of {len(spoken)}", figure)
        noise = np.random.default_rng(1).standard_normal(RATE * 60 * MINUTES).astype(np.float32) / np.float32(10)
        files.write(store.path_of(settings, "a" * 64), noise)
        drawn, kept = (seconds(lambda: waveform.outline(settings, "a" * 64)) for _ in range(2))
        row(f"outline of {MINUTES} minutes", f"{drawn:.2f} s, kept: {kept:.4f} s")


if __name__ == "__main__":
    main()
