"""What comparing a recording with what was meant can tell. Frozen values."""

from dataclasses import dataclass

HEARD = "heard"  # all of it that the recording could show
FAULTY = "faulty"  # it was heard, but not as it was meant
ABSENT = "absent"  # the recording holds other sound
SILENT = "silent"  # the recording holds no sound
UNSURE = "unsure"  # too little to go by

HOLE = "hole"  # silence, or something else, in the place of what was meant
SKIPPED = "skipped"  # left out: what follows comes too early
INSERTED = "inserted"  # a pause or a repetition: what follows comes too late

EXACT = "exact"  # frame by frame: the mixer's tap
WAVEFORM = "waveform"  # by the shape of the wave: a line-in, a monitor
LIKENESS = "likeness"  # by the rise and fall in bands of pitch: a microphone before a loudspeaker


@dataclass(frozen=True)
class Fault:
    """`at_s` counts in what was meant."""

    kind: str
    at_s: float
    seconds: float


@dataclass(frozen=True)
class Verdict:
    """`offset_s`: where in the recording the broadcast begins (negative: the recording began later).

    `judged_s`: how much of what was meant lies inside the recording and can be heard at all; `heard_s`: how much of
    that was there. `resolution_s`: shorter faults can't be seen this way. `likeness`: 0 nothing in common, 1 the same.
    A value that was not measured is None.
    """

    outcome: str
    method: str | None = None
    offset_s: float | None = None
    drift_ppm: float | None = None
    level_db: float | None = None
    meant_s: float = 0.0
    judged_s: float = 0.0
    heard_s: float = 0.0
    likeness: float = 0.0
    resolution_s: float | None = None
    faults: tuple[Fault, ...] = ()

    @property
    def found(self) -> bool:
        """Whether the broadcast is in the recording."""
        return self.outcome in (HEARD, FAULTY)
