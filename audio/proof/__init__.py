"""Proof: a recording compared with what was meant to be heard. Three ways of looking, of which the most exact that
fits is taken: frame by frame (the mixer's tap), by the wave (a line-in), by bands of pitch (a microphone)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

from audio import disk
from audio.format import RATE
from audio.proof import exact, likeness, waveform
from audio.proof.bands import HOP, STEPS, bands
from audio.proof.match import Bands, locate, match
from audio.proof.tape import Tape, loaded
from audio.proof.verdict import ABSENT, FAULTY, HEARD, SILENT, UNSURE, Fault, Verdict

__all__ = ["ABSENT", "FAULTY", "HEARD", "SILENT", "UNSURE", "Fault", "Verdict", "compare", "judge"]

A = TypeVar("A")
B = TypeVar("B")

LEAST_S = 3.0  # shorter pieces have too little to be told from others
CERTAIN = 7.0  # times chance; the best of an hour of places that mean nothing reaches 5
STRAIGHT = 0.85  # likeness of a wave that may be an exact copy: half a sample of 8 kHz beside its place costs a tenth


def judge(meant: Path, recording: Path, *, most_s: float = disk.LONGEST_S) -> Verdict:
    """Compare a recording (any format) with the file that was to be heard, or with its first `most_s` seconds, when no
    more than that went out. Raises BadAudio, TooLong when one of them can't be read."""
    with ExitStack() as open_:
        ours, theirs = _both(open_.enter_context, loaded(meant, most_s), loaded(recording))
        return compare(ours, theirs)


def _both(ask: Callable[[A], B], meant: A, heard: A) -> tuple[B, B]:
    """The same of both at once: most of it is library code, which takes a core each."""
    with ThreadPoolExecutor(1, "meant") as beside:
        waited = beside.submit(ask, meant)
        theirs = ask(heard)
        return waited.result(), theirs


def compare(meant: Tape, heard: Tape) -> Verdict:
    """The same for sound already loaded."""
    if heard.silent:
        return Verdict(SILENT, meant_s=meant.seconds, judged_s=min(meant.seconds, heard.seconds))
    ours, theirs = _both(bands, meant.low, heard.low)
    least = round(min(LEAST_S, 0.9 * meant.seconds) * STEPS)
    if meant.seconds < 1 or heard.seconds < LEAST_S or len(ours) < least:
        return Verdict(UNSURE, meant_s=meant.seconds)
    lag, certainty = locate(ours, theirs, least)
    if certainty < CERTAIN:
        return Verdict(ABSENT, meant_s=meant.seconds, judged_s=min(meant.seconds, heard.seconds))
    anywhere = _elsewhere(ours, theirs)
    by_wave = waveform.compare(meant.low, heard.low, lag * HOP, lambda first: HOP * anywhere(round(first / HOP)))
    if by_wave is None:
        return likeness.compare(ours, theirs, lag, anywhere)
    if by_wave.likeness > STRAIGHT and by_wave.offset_s is not None:
        return exact.compare(meant.full, heard.full, round(by_wave.offset_s * RATE)) or by_wave
    return by_wave


def _elsewhere(ours: Bands, theirs: Bands) -> Callable[[int], float]:
    """Where in the whole recording the ten seconds from a step on fit best, as a lag."""

    def find(first: int) -> float:
        piece = ours[first : first + 10 * STEPS]
        return match(piece, theirs).shift - first if len(piece) <= len(theirs) else 0.0

    return find
