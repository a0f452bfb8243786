"""Comparing how bands of pitch rise and fall: a microphone before a horn, in a room, in the wind.

It can tell that this broadcast was heard, when, and where it was missing for a second or more. It can't tell a skipped
frame, the drift, nor the level, and says so by leaving them out.
"""

from collections.abc import Callable

import numpy as np

from audio.proof.bands import STEPS
from audio.proof.match import Bands
from audio.proof.path import Step, course, follow
from audio.proof.verdict import ABSENT, FAULTY, HEARD, HOLE, INSERTED, LIKENESS, SKIPPED, Fault, Verdict

WINDOW = 10 * STEPS
REACH = 2 * STEPS
LEAST = 0.25  # of one window; chance stays under 0.15
ENOUGH = 0.25  # of the windows must be there to call it this broadcast
JUMP = STEPS // 5  # 200 ms
MOMENT = 2 * STEPS  # a hole is seen when two seconds have nothing in common
GONE = 0.25  # of the usual likeness


def compare(meant: Bands, heard: Bands, lag: float, elsewhere: Callable[[int], float]) -> Verdict:
    """The verdict. `lag` (in steps) says where `meant` begins in `heard`."""
    window = min(WINDOW, len(meant))
    steps = follow(meant, heard, lag, window=window, reach=REACH, least=LEAST, elsewhere=elsewhere)
    good = [step for step in steps if step.score >= LEAST]
    usual = float(np.median([step.score for step in good])) if good else 0.0
    judged = len(steps) * window / STEPS
    if len(good) < max(1, ENOUGH * len(steps)):
        return Verdict(ABSENT, LIKENESS, meant_s=len(meant) / STEPS, judged_s=judged, likeness=usual)
    ran, turns = course(good, JUMP)
    slope = ran or 0.0
    faults = [
        Fault(
            INSERTED if turn.by > 0 else SKIPPED,
            (turn.before.middle + turn.after.middle) / 2 / STEPS,
            abs(turn.by) / STEPS,
        )
        for turn in turns
    ]
    spans = [(turn.before.middle / STEPS, turn.after.middle / STEPS) for turn in turns]
    faults += [
        hole
        for hole in _holes(meant, heard, good, usual)
        if not any(hole.at_s < last and hole.at_s + hole.seconds > first for first, last in spans)
    ]
    lost = sum(fault.seconds for fault in faults if fault.kind != INSERTED)
    return Verdict(
        outcome=FAULTY if faults else HEARD,
        method=LIKENESS,
        offset_s=(good[0].lag - slope * good[0].middle) / STEPS,
        meant_s=len(meant) / STEPS,
        judged_s=judged,
        heard_s=max(0.0, judged - lost),
        likeness=usual,
        resolution_s=MOMENT / STEPS,
        faults=tuple(sorted(faults, key=lambda fault: fault.at_s)),
    )


def _holes(meant: Bands, heard: Bands, good: list[Step], usual: float) -> list[Fault]:
    """Stretches of a moment or more without likeness, along the path of the windows that were found."""
    times = np.arange(len(meant))
    lags = np.interp(times, [step.middle for step in good], [step.lag for step in good])
    places = np.round(times + lags).astype(int)
    inside = (places >= 0) & (places < len(heard))
    theirs = heard[np.clip(places, 0, len(heard) - 1)]
    around = np.ones(MOMENT)

    def spread(values: Bands) -> np.ndarray:
        return np.convolve(values.sum(axis=1), around, "same")

    power = spread(meant**2)
    alike = spread(meant * theirs) / np.sqrt(power * spread(theirs**2) + 1e-9)
    telling = inside & (power > 0.1 * np.median(power))
    gone = telling & (alike < GONE * usual)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], gone.astype(int), [0]))))
    runs = zip(edges[::2], edges[1::2], strict=True)
    # A moment has little in common when three quarters of it are gone, so a hole is as much longer than its moments;
    # holes that then reach into each other are one, in which the echo sounded alike by chance.
    joined: list[list[float]] = []
    for first, last in runs:
        begin, end = first - 3 * MOMENT / 8, last + 3 * MOMENT / 8
        if joined and begin <= joined[-1][1]:
            joined[-1][1] = end
        else:
            joined.append([begin, end])
    return [Fault(HOLE, float(begin) / STEPS, float(end - begin) / STEPS) for begin, end in joined]
