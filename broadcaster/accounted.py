"""What each output has made of a broadcast, over all its stretches: kept with it, and told in its line of the log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from audio.format import RATE
from audio.outputs import shown
from broadcaster.stretches import Account

SUMS = ("frames", "gap", "underruns")


def summed(kept: Sequence[dict[str, Any]], more: Iterable[Account]) -> list[dict[str, Any]]:
    """What is kept, and another stretch: {zone, output, frames, gap, underruns} of each output, without passwords."""
    found = {(row["zone"], row["output"]): dict(row) for row in kept}
    for account in more:
        name = {"zone": account.zone, "output": shown(account.output)}
        row = found.setdefault((account.zone, name["output"]), name | dict.fromkeys(SUMS, 0))
        for what in SUMS:
            row[what] += getattr(account, what)
    return list(found.values())


def silent(kept: Sequence[dict[str, Any]]) -> list[str]:
    """The zones in which nothing was heard, where others heard something."""
    frames: dict[str, int] = {}
    for row in kept:
        frames[row["zone"]] = max(frames.get(row["zone"], 0), row["frames"])
    return sorted(zone for zone, heard in frames.items() if not heard) if any(frames.values()) else []


def told(kept: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """For the log: {zone, output, seconds, gap_frames, underruns}."""
    return [
        {"zone": row["zone"], "output": row["output"], "seconds": round(row["frames"] / RATE, 3),
         "gap_frames": row["gap"], "underruns": row["underruns"]}
        for row in kept
    ]  # fmt: skip
