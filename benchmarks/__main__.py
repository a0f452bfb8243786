"""All benchmarks, one after the other, then one table of what was measured, beside the peers, and the targets.

.venv/bin/python -m benchmarks [NAME...]
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.table import KEPT

HELP = {"table", "panel_station"}  # what benchmarks share
FIRST = ("onair", "peers")  # what needs the machine's quiet most, and is compared


def names() -> list[str]:
    """Every benchmark there is."""
    found = {p.stem for p in Path(__file__).parent.glob("[a-z]*.py")} - HELP
    return [*FIRST, *sorted(found - {*FIRST})]


def main(wanted: list[str]) -> int:
    """The number of benchmarks that failed to run; a target that is missed is shown, not counted."""
    failed: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "rows"
        for name in wanted or names():
            print(f"\n== {name} " + "=" * (100 - len(name)), flush=True)
            with kept.open("a", encoding="utf-8") as file:
                file.write(f"\n{name}\n")
            command = [sys.executable, "-m", f"benchmarks.{name}"]
            if subprocess.run(command, env=dict(os.environ, **{KEPT: str(kept)})).returncode:
                failed.append(name)
        print("\n== all of it " + "=" * 91 + kept.read_text(encoding="utf-8"))
    for name in failed:
        print(f"✗ {name} did not run to its end")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
