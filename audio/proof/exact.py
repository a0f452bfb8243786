"""Comparing frame by frame: the mixer's own tap, or a recording as true as that, at any constant volume."""

from itertools import product

import numpy as np
from numpy.typing import NDArray

from audio.format import RATE, Samples
from audio.loudness import decibels
from audio.proof.match import match
from audio.proof.verdict import EXACT, FAULTY, HEARD, HOLE, INSERTED, SKIPPED, Fault, Verdict

BLOCK = RATE
PIECE = RATE // 4  # enough to tell one place from another
LOOK = 5 * RATE  # how far a slip is looked for; what is longer the windows of a wave tell as well
CLOSE = RATE // 2  # where it is looked for first
NEAR = RATE // 50  # how well the place is known beforehand
FULL = 32768
LOUD = 0.003  # -50 dB: a piece to recognise a place by
LEFT = LOUD / 10  # of it in the recording; next to nothing resembles anything
TRIES = 20
OFTEN = 1.0  # a fault a second: this is no exact copy, and its differences are no faults

Int16 = NDArray[np.int16]


def compare(meant: Int16, heard: Int16, lag: int) -> Verdict | None:
    """The verdict, if this method fits. `lag` (in frames, to 20 ms) says where `meant` begins in `heard`."""
    walk = _Walk(meant, heard)
    if not walk.begin(lag):
        return None
    offset = walk.lag
    faults = walk.run()
    judged = walk.at - walk.first
    lost = sum(fault.seconds for fault in faults if fault.kind != INSERTED)
    if len(faults) > max(3.0, OFTEN * judged / RATE) or any(f.seconds * RATE > LOOK for f in faults):
        return None
    return Verdict(
        outcome=FAULTY if faults else HEARD,
        method=EXACT,
        offset_s=offset / RATE,
        drift_ppm=0.0,
        level_db=decibels(walk.gain),
        meant_s=len(meant) / RATE,
        judged_s=judged / RATE,
        heard_s=judged / RATE - lost,
        likeness=1.0,
        resolution_s=1 / RATE,
        faults=tuple(faults),
    )


class _Walk:
    def __init__(self, meant: Int16, heard: Int16) -> None:
        self._meant, self._heard = meant, heard
        self.first = self.at = self.lag = 0
        self.gain = 1.0

    def begin(self, lag: int) -> bool:
        """Find the exact place and volume by the first piece that is loud enough."""
        self.first = self.at = max(0, -lag)
        for reach, number in product((NEAR, CLOSE), range(TRIES)):  # after an early slip `lag` is that of the rest
            at = self.first + number * PIECE
            found = self._place(at, lag, reach)
            if found is not None:
                self.lag = found
                self.first = self.at = max(0, -found)
                return True
        return False

    def run(self) -> list[Fault]:
        """Walk to the end of either."""
        faults: list[Fault] = []
        end = min(len(self._meant), len(self._heard) - self.lag)
        while self.at < end:
            size = min(BLOCK, end - self.at)
            bad = self._wrong(self.at, size, self.lag)
            if len(bad) and self._other_volume(self.at, size):
                bad = self._wrong(self.at, size, self.lag)
            if len(bad):
                self.at += int(bad[0])
                faults += self._recover(end)
                end = min(len(self._meant), len(self._heard) - self.lag)
            else:
                self.at += size
        self.at = max(self.first, end)
        return faults

    def _recover(self, end: int) -> list[Fault]:
        """From a frame that is wrong to the next place that is right again."""
        begin, ahead, old = self.at, 0, self.lag
        while begin + ahead + PIECE <= end:
            for reach in (CLOSE, LOOK):  # the same word may begin twice within five seconds
                found = self._place(begin + ahead, old, reach)
                if found is not None:
                    return self._between(begin, begin + ahead, old, found)
            ahead += PIECE // 4 if ahead < RATE else ahead // 4
        self.at = end
        return [Fault(HOLE, begin / RATE, (end - begin) / RATE)]

    def _between(self, begin: int, right: int, old: int, new: int) -> list[Fault]:
        """The wrong begins at `begin`; from `right` on the lag is `new`. What exactly lies between?"""
        self.lag, self.at = new, right + PIECE
        back = min(right, right - begin + max(0, old - new) + PIECE, right + new)
        bad = self._wrong(right - back, back, new)
        again = right - back + int(bad[-1]) + 1 if len(bad) else right - back
        by, faults = new - old, []
        if by:
            faults.append(Fault(INSERTED if by > 0 else SKIPPED, begin / RATE, abs(by) / RATE))
        lost = again - begin - max(0, -by)
        if lost > 0:
            faults.append(Fault(HOLE, begin / RATE, lost / RATE))
        return faults

    def _place(self, at: int, lag: int, reach: int) -> int | None:
        """The lag at which the piece at `at` is in the recording frame by frame."""
        piece = _samples(self._meant[at : at + PIECE])
        first = max(0, at + lag - reach)
        region = _samples(self._heard[first : max(0, at + lag + PIECE + reach)])
        level = float(np.sqrt(np.mean(np.square(piece)))) if len(piece) else 0.0
        if len(piece) < PIECE or len(region) < PIECE or level < LOUD:
            return None
        found = first + round(match(piece[:, np.newaxis], region[:, np.newaxis]).shift) - at
        theirs = _samples(self._heard[at + found : at + found + PIECE])
        gain = float(piece @ theirs) / float(piece @ piece)
        if gain * level < LEFT or np.abs(theirs - gain * piece).max() > _tolerance(gain):
            return None
        self.gain = gain
        return found

    def _other_volume(self, at: int, size: int) -> bool:
        """Whether the rest of the block is only louder or softer; that is no fault."""
        before = self.gain
        return size >= PIECE and self._place(at + size - PIECE, self.lag, 0) == self.lag and self.gain != before

    def _wrong(self, at: int, size: int, lag: int) -> NDArray[np.intp]:
        """Frames of a stretch that differ."""
        ours, theirs = _samples(self._meant[at : at + size]), _samples(self._heard[at + lag : at + lag + size])
        return np.flatnonzero(np.abs(theirs - self.gain * ours) > _tolerance(self.gain))


def _samples(whole: Int16) -> Samples:
    return np.asarray(whole, np.float32) / np.float32(FULL)


def _tolerance(gain: float) -> float:
    """Both sides were rounded to 16 bits; the recorder may have rounded once more."""
    return (2.0 + gain) / FULL
