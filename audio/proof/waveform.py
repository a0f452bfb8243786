"""Comparing waves at 8 kHz: a line-in or the monitor, with noise, another level and another clock, but without a room.

Windows of ten seconds each find their own place; their places tell drift and jumps. Along that path the recording is
projected on what was meant, 50 ms at a time: where nothing of it is left is a hole, even if noise fills it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from audio.format import Samples
from audio.loudness import decibels
from audio.proof.path import Jump, Step, course, follow, steadied
from audio.proof.tape import LOW
from audio.proof.verdict import FAULTY, HEARD, HOLE, INSERTED, SKIPPED, WAVEFORM, Fault, Verdict

WINDOW = 10 * LOW
REACH = LOW // 2  # where to look around the expected place; with a slip the bands know it no better
LEAST = 0.2  # likeness: chance stays under 0.1, a window with as much noise as sound has 0.7
FITS = 0.5  # likeness usual for a line; a horn in a room has less, and is no matter for this method
ENOUGH = 0.15  # of the windows; a common jingle alone doesn't make it this broadcast
LOOKS = 15  # windows all over a long broadcast, of which none fits, are enough to see that the others won't
JUMP = LOW // 2000  # half a millisecond
FRAME = LOW // 20
GONE = 0.25  # of the usual gain: 12 dB down
BESIDE = (-1.5, -1.0, -0.5, 0.5, 1.0, 1.5)  # samples: how far a place may be off where clocks differ much
CLEAR = 8.0  # a frame can tell a hole when its share stands out so many times from the noise


def compare(meant: Samples, heard: Samples, lag: float, elsewhere: Callable[[int], float]) -> Verdict | None:
    """The verdict, if this method fits. `lag` (in samples) says about where `meant` begins in `heard`."""
    window = min(WINDOW, len(meant))

    def followed(every: int) -> list[Step]:
        ours, theirs = meant[:, np.newaxis], heard[:, np.newaxis]
        return follow(ours, theirs, lag, window=window, reach=REACH, least=FITS, elsewhere=elsewhere, every=every)

    sparse = len(meant) // window // LOOKS
    looks = followed(sparse) if sparse > 1 else []
    if sum(step.score >= FITS for step in looks) < ENOUGH * len(looks):  # a chime fits through a horn, too
        return None
    steps = followed(1)
    good = [step for step in steps if step.score >= LEAST]
    if len(good) < max(1, ENOUGH * len(steps)) or np.median([step.score for step in good]) < FITS:
        return None
    ran, leaps = course(good, JUMP)
    slope = ran or 0.0
    good, leaps = steadied(good, slope, leaps)
    turns = [_turn(meant, heard, jump, slope) for jump in leaps]
    frames = _project(meant, heard, good, slope, turns, window)
    faults = [turn.fault for turn in turns] + frames.holes()
    judged = float(frames.inside.sum()) * FRAME / LOW + sum(turn.missing for turn in turns) / LOW
    lost = sum(fault.seconds for fault in faults if fault.kind != INSERTED)
    return Verdict(
        outcome=FAULTY if faults else HEARD,
        method=WAVEFORM,
        offset_s=(good[0].lag - slope * good[0].middle) / LOW,
        drift_ppm=None if ran is None else ran * 1e6,
        level_db=decibels(frames.usual),
        meant_s=len(meant) / LOW,
        judged_s=judged,
        heard_s=max(0.0, judged - lost),
        likeness=float(np.median([step.score for step in good])),
        resolution_s=2 * FRAME / LOW,
        faults=tuple(sorted(faults, key=lambda fault: fault.at_s)),
    )


@dataclass(frozen=True)
class _Turn:
    """At sample `at` of what was meant the lag jumps by `by`."""

    at: int
    by: float

    @property
    def missing(self) -> float:
        return max(0.0, -self.by)

    @property
    def fault(self) -> Fault:
        return Fault(INSERTED if self.by > 0 else SKIPPED, self.at / LOW, abs(self.by) / LOW)


def _turn(meant: Samples, heard: Samples, jump: Jump, slope: float) -> _Turn:
    """Between the middles of two windows: up to where the old lag fits best, and from where the new one does."""
    first, last = int(jump.before.middle), int(jump.after.middle)
    end = min(last + int(max(0.0, -jump.by)), len(meant) - FRAME)
    starts = np.arange(first, max(first + 1, end), FRAME)
    old = _explained(meant, heard, starts, jump.before.lag + slope * (starts - first))
    new = _explained(meant, heard, starts, jump.after.lag + slope * (starts - last))
    left = int(max(0.0, -jump.by)) // FRAME
    before = np.concatenate(([0.0], np.cumsum(old)))
    after = np.concatenate((np.cumsum(new[::-1])[::-1], np.zeros(left + 1)))[left:]
    return _Turn(first + FRAME * int(np.argmax(before + after[: len(before)])), jump.by)


def _explained(
    meant: Samples, heard: Samples, starts: NDArray[np.intp], lags: NDArray[np.floating]
) -> NDArray[np.float64]:
    """How much less of the recording is left, frame by frame, when what was meant is taken out of it: below nothing
    where it isn't there. Its gain is taken from the frames that fit best."""
    ours = sliding_window_view(meant, FRAME)[starts]
    places = np.clip(np.round(starts + lags).astype(int), 0, len(heard) - FRAME)
    product = np.einsum("ij,ij->i", ours, sliding_window_view(heard, FRAME)[places]).astype(np.float64)
    energy = np.einsum("ij,ij->i", ours, ours).astype(np.float64)
    loud = energy >= np.median(energy)
    gain = max(0.0, float(np.percentile(product[loud] / (energy[loud] + 1e-12), 75)))
    return np.asarray(gain * (2 * product - gain * energy), np.float64)


@dataclass(frozen=True)
class _Frames:
    """For each frame of what was meant: whether the recording reaches there, and how much of it is in it."""

    inside: NDArray[np.bool_]
    telling: NDArray[np.bool_]
    gain: NDArray[np.float64]
    usual: float

    def holes(self) -> list[Fault]:
        """Runs of two or more telling frames that hold next to nothing. What their neighbours lack counts too."""
        share = np.clip(self.gain / self.usual, 0.0, 1.0)
        gone = share < GONE
        told = np.flatnonzero(self.telling)
        found: list[Fault] = []
        for run in np.split(told, np.flatnonzero(np.diff(gone[told].astype(int))) + 1):
            if len(run) < 2 or not gone[run[0]]:
                continue
            first, last = int(run[0]), int(run[-1])
            edges = [n for n in (first - 1, last + 1) if 0 <= n < len(share) and self.telling[n]]
            length = last + 1 - first - float(share[run].sum()) + float((1 - share[edges]).sum())
            found.append(Fault(HOLE, first * FRAME / LOW, length * FRAME / LOW))
        return found


def _mild(sound: Samples) -> Samples:
    """Without the highest pitches, in which a wave half a sample away looks like its opposite."""
    return np.asarray(np.convolve(sound, np.array([0.25, 0.5, 0.25], np.float32), "same"), np.float32)


def _project(
    meant: Samples, heard: Samples, good: list[Step], slope: float, turns: list[_Turn], window: int
) -> _Frames:
    meant, heard = _mild(meant), _mild(heard)
    starts = np.arange(0, len(meant) - FRAME + 1, FRAME)
    lags, spared = np.zeros(len(starts)), np.zeros(len(starts), bool)
    edges = [0, *(turn.at for turn in turns), len(meant)]
    for first, last in pairwise(edges):
        within = [step for step in good if first <= step.middle < last] or [
            min(good, key=lambda step: abs(step.middle - (first + last) / 2))
        ]
        middles = np.array([step.middle for step in within])
        own = (starts >= first) & (starts < last)
        level = np.interp(starts[own], middles, np.array([step.lag for step in within]) - slope * middles)
        lags[own] = level + slope * starts[own]
    for turn in turns:
        spared |= (starts > turn.at - FRAME) & (starts < turn.at + turn.missing)
    places = starts + lags
    inside = (places >= 0) & (places < len(heard) - FRAME) & ~spared
    ours = meant[: len(starts) * FRAME].reshape(-1, FRAME)
    theirs = _at(heard, places)
    energy = np.einsum("ij,ij->i", ours, ours).astype(np.float64) + 1e-12
    product = np.einsum("ij,ij->i", ours, theirs)
    gain = product / energy
    sure = inside & (np.abs(starts[:, np.newaxis] - np.array([step.middle for step in good])).min(axis=1) < window / 2)
    loud = sure & (energy > np.percentile(energy[sure], 70)) if sure.any() else sure
    usual = max(float(np.median(gain[loud])) if loud.any() else 0.0, 1e-6)
    gone = np.flatnonzero(inside & (gain < GONE * usual))
    for by in BESIDE:
        there = np.einsum("ij,ij->i", ours[gone], _at(heard, places[gone] + by)) / energy[gone]
        gain[gone] = np.maximum(gain[gone], there)
    rest = np.einsum("ij,ij->i", theirs, theirs) - product * gain
    noise = np.sqrt(max(float(np.median(rest[loud])) if loud.any() else 0.0, 0.0) / FRAME / energy)
    telling = inside & (usual > CLEAR * noise) & (energy > 1e-3 * np.percentile(energy, 90))
    return _Frames(inside, telling, gain, usual)


def _at(sound: Samples, places: NDArray[np.float64]) -> Samples:
    """The frames that begin at these places, which lie between the samples."""
    frames = sliding_window_view(sound, FRAME)
    whole = np.clip(np.floor(places).astype(int), 0, len(frames) - 2)
    part = (places - np.floor(places)).astype(np.float32)[:, np.newaxis]
    return np.asarray(frames[whole] * (1 - part) + frames[whole + 1] * part, np.float32)
