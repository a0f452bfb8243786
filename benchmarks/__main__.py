"""All benchmarks, one after the other: .venv/bin/python -m benchmarks [NAME...]. Each prints a table of its own."""

import subprocess
import sys
from pathlib import Path

HELP = ("table", "panel_station")  # what benchmarks share


def main() -> int:
    """The number of benchmarks that failed to run; a target that is missed is shown, not counted."""
    names = sys.argv[1:] or sorted(p.stem for p in Path(__file__).parent.glob("[a-z]*.py") if p.stem not in HELP)
    failed = 0
    for name in names:
        print(f"\n== {name} " + "=" * (100 - len(name)), flush=True)
        failed += subprocess.run([sys.executable, "-m", f"benchmarks.{name}"]).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
