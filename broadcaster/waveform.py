"""The outline of a recording as the pages draw it; worked out once, then kept beside the recordings."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from uuid import uuid4

from audio import disk
from audio.errors import BadAudio
from audio.peaks import peaks
from broadcaster.settings import Settings
from broadcaster.store import path_of

COLUMNS = 480  # two or three of an old screen's pixels each
LOUDEST = 100


def outline(settings: Settings, sha256: str) -> list[int]:
    """Levels from 0 to LOUDEST, from left to right; [] when there is no such sound."""
    kept = settings.outlines / f"{sha256}.json"
    with suppress(OSError, ValueError):
        return [int(level) for level in json.loads(kept.read_text(encoding="ascii"))]
    try:
        levels = [round(level * LOUDEST) for level in peaks(disk.blocks(path_of(settings, sha256)), COLUMNS)]
    except BadAudio:
        return []
    with suppress(OSError):  # a disk that refuses costs the time saved, never the picture
        kept.parent.mkdir(parents=True, exist_ok=True)
        beside = kept.with_name(f"{uuid4().hex}.part")
        beside.write_text(json.dumps(levels), encoding="ascii")
        os.replace(beside, kept)
    return levels
