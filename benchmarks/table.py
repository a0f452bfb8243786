"""The rows of a benchmark's table: what was measured, the figures, the target, and whether it is met.

Each is printed at once, and kept for the table of all benchmarks at the end when that is wanted.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

KEPT = "TIENG_LOA_BENCHMARK_ROWS"  # names a file that rows are added to


def row(name: str, figure: str, target: str = "", met: bool | None = None) -> None:
    """One line. `met` None: there is nothing to meet."""
    mark = {True: "✓", False: "✗", None: " "}[met]
    line = f"{mark} {name:58} {figure:50} {target}".rstrip()
    print(line, flush=True)
    if KEPT in os.environ:
        with Path(os.environ[KEPT]).open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def spread(
    name: str, values: Sequence[float], *, median: float | None = None, p99: float | None = None, unit: str = "ms"
) -> None:
    """Median (signed) and 99th percentile of the sizes, against targets in the same unit."""
    found = np.array([v for v in values if np.isfinite(v)])
    if not len(found):
        row(name, "nothing heard", "", False)
        return
    mid, high = float(np.median(found)), float(np.percentile(np.abs(found), 99))
    lost = f", {len(values) - len(found)} not heard" if len(found) < len(values) else ""
    met = (median is None or abs(mid) <= median) and (p99 is None or high <= p99) and not lost
    target = " ".join(f"{word} ≤ {most:g}" for word, most in (("median", median), ("p99", p99)) if most is not None)
    figure = f"median {mid:+.2f}  p99 {high:.2f} {unit}  (n {len(found)}{lost})"
    row(name, figure, target, met if target else None)
