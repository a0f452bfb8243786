"""What is left of a recording in mourning: its jingles fall silent, everything that is said stays."""

from __future__ import annotations

from audio.format import RATE
from broadcaster.models import Broadcast, Recording


def audible(broadcast: Broadcast, recording: Recording) -> tuple[int, int]:
    """(first frame, frame after the last one) of a broadcast's recording that may be heard: all of it, or in mourning
    what lies between the jingles at its ends."""
    if not broadcast.mourning:
        return 0, recording.frames
    said = [s for s in recording.segments if s["kind"] not in ("jingle", "silence")]
    if not said:
        return 0, recording.frames
    begin, end = said[0]["start_s"], said[-1]["end_s"]
    return round(begin * RATE), min(recording.frames, round(end * RATE))
