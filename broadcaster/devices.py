"""Which sound devices this machine has just now, asked in a process of its own: looking must not disturb what plays."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass

PATIENCE_S = 8.0  # a sound server that hangs answers never


@dataclass(frozen=True)
class Devices:
    """Names that open them; `known` is False when nobody could tell."""

    outputs: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    known: bool = True


def present() -> Devices:
    """What is there now; takes a few tenths of a second."""
    try:
        asked = subprocess.run(
            [sys.executable, "-m", "audio.device"], capture_output=True, timeout=PATIENCE_S, check=True
        )
        found = json.loads(asked.stdout)
    except (subprocess.SubprocessError, ValueError):
        return Devices(known=False)
    return Devices(tuple(found["outputs"]), tuple(found["inputs"]))
