"""The parts a programme is made of, before and after they are rendered. Frozen values, no behaviour.

`bed` names the recording of music that plays quietly underneath. Segments in a row with the same bed share it without
a break.
"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Speech:
    """Sentences in spoken form, each with the pause after it in seconds."""

    title: str
    sentences: tuple[tuple[str, float], ...]
    bed: Path | None = None


@dataclass(frozen=True)
class Chime:
    """One of the built-in sounds: "opening", "closing" or "siren"."""

    title: str
    name: str
    bed: None = None


@dataclass(frozen=True)
class Clip:
    """A recorded file, of any format `audio.files.load` reads."""

    title: str
    path: Path
    bed: Path | None = None


@dataclass(frozen=True)
class Silence:
    """A rest; `audio.compose` shortens what would make the listener think the station is off."""

    seconds: float
    bed: Path | None = None


Segment = Speech | Chime | Clip | Silence


@dataclass(frozen=True)
class Boundary:
    """Where one segment lies in the finished file. `kind` is the segment's class name in lower case."""

    kind: str
    title: str
    start_s: float
    end_s: float


@dataclass(frozen=True)
class Said:
    """Where one spoken sentence lies in the finished file, without the pause after it."""

    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True)
class Composed:
    """A finished FLAC file and what is known about it."""

    path: Path
    duration_s: float
    lufs: float
    true_peak_dbtp: float
    sha256: str
    voice: str
    segments: tuple[Boundary, ...]
    frames: int
    said: tuple[Said, ...] = ()
    silence_s: float = 0.0  # that was in what was imported, and is not in this
