"""Ten years of power cuts, wrong clocks and edits on a virtual clock: whether the log explains every broadcast.

Run: python -m benchmarks.years [YEARS] [SEED]. Without a seed each run draws another one, and prints it.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.table import row
from broadcaster import programmes
from broadcaster.database import open_database
from broadcaster.errors import BroadcasterError
from broadcaster.settings import Settings
from broadcaster.years import years

START = datetime(2027, 1, 1, tzinfo=UTC)
YEAR_DAYS = 365.25


def main(length: float = 10, seed: int | None = None) -> int:
    """1 when a rule of the air did not hold; the seed brings the same years again."""
    seed = random.randrange(1_000_000) if seed is None else seed
    print(f"{length:g} years, seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), database_url=f"sqlite:///{folder}/station.db", output="null:")
        sessions = open_database(settings)
        with sessions.begin() as session:
            programmes.seed(session, START)
        began = time.perf_counter()
        try:
            told = years(sessions, settings, START, START + timedelta(days=YEAR_DAYS * length), seed)
        except BroadcasterError as error:
            if error.code != "drill-broken":
                raise
            broken = f"{error.values['broken']}: {error.values['detail']}"
            row(f"{length:g} years of mishaps, seed {seed}", broken, "every rule holds", False)
            return 1
        finally:
            sessions.kw["bind"].dispose()
        took = time.perf_counter() - began
    lines = sum(told.outcomes.values())
    row(f"{length:g} years of mishaps, seed {seed}", f"{took:.0f} s, {took / length:.0f} s a year")
    row("broadcasts due, and lines of the log", f"{told.due} due, {lines} lines", "every rule holds", lines >= told.due)
    for title, counts in (("outcomes", told.outcomes), ("mishaps", told.mishaps)):
        row(title, ", ".join(f"{name} {n}" for name, n in sorted(counts.items())))
    return 0


if __name__ == "__main__":
    given = sys.argv[1:] or ["10"]
    sys.exit(main(float(given[0]), int(given[1]) if len(given) > 1 else None))
