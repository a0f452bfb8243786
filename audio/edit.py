"""Cutting and joining: soft edges, rests, and silence taken out. The only module that knows pydub."""

import warnings
from collections.abc import Iterable, Iterator
from math import inf

import numpy as np

from audio.dsp import framed, joined
from audio.format import RATE, Samples

with warnings.catch_warnings():
    # pydub 0.25.1 warns on import about things that don't concern us: ffmpeg, which we never let it call;
    # audioop, which leaves the standard library (we install audioop-lts); its own regular expressions.
    warnings.filterwarnings("ignore", "Couldn't find ffmpeg or avconv", RuntimeWarning)
    warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)
    warnings.filterwarnings("ignore", r".*invalid escape sequence", DeprecationWarning)
    warnings.filterwarnings("ignore", r".*invalid escape sequence", SyntaxWarning)
    from pydub import AudioSegment

QUIET = 0.001  # -60 dBFS: below this a listener hears nothing, and a cut can't click
GRAIN = RATE // 100
MS = RATE // 1000
FADE_IN_MS = 5  # as long as a click needs to vanish, too short to swallow a consonant
FADE_OUT_MS = 15
FULL_SCALE = 2**31  # pydub works on integers; 32 bits keep what the voice gave


def phrase(samples: Samples, pause_s: float = 0.0) -> Samples:
    """A piece of sound with soft edges, and a rest of `pause_s` seconds after it."""
    soft = joined(softened([samples]))
    if pause_s <= 0:
        return soft
    rest = AudioSegment.silent(round(pause_s * 1000), frame_rate=RATE)
    return _samples(_segment(soft).append(rest, crossfade=0))


def softened(blocks: Iterable[Samples]) -> Iterator[Samples]:
    """Soft edges for a stream: it fades in where it begins and out where it ends.

    pydub gets exactly the samples to fade: it repeats some when a fade is longer than the sound.
    """
    head, tail = FADE_IN_MS * MS, FADE_OUT_MS * MS
    held: Samples = np.zeros(0, np.float32)
    begun = False
    for block in blocks:
        held = np.concatenate((held, block))
        if not begun and len(held) >= head + tail:
            yield _faded(held[:head], rising=True)
            held, begun = held[head:], True
        if begun and len(held) > tail:
            yield held[:-tail]
            held = held[-tail:]
    if not begun:  # shorter than both fades: half of it comes, half of it goes
        tail = len(held) // 2 // MS * MS
        yield _faded(held[:tail], rising=True)
        held = held[tail:]
    yield held[: len(held) - tail]
    yield _faded(held[len(held) - tail :], rising=False)


def tidied(blocks: Iterable[Samples], longest_s: float = inf) -> Iterator[Samples]:
    """A stream without the silence at its ends, and with none inside longer than `longest_s`."""
    return framed(_loud(blocks, longest_s), RATE)


def _loud(blocks: Iterable[Samples], longest_s: float) -> Iterator[Samples]:
    quiet: list[Samples] = []
    heard = False
    for block in framed(blocks, RATE):
        kept: list[Samples] = []
        starts = np.arange(0, len(block), GRAIN)
        for start, loud in zip(starts, np.maximum.reduceat(np.abs(block), starts) > QUIET, strict=True):
            grain = block[start : start + GRAIN]
            if loud:
                kept += [*quiet, grain]
                quiet.clear()
                heard = True
            elif heard and len(quiet) * GRAIN < longest_s * RATE:
                quiet.append(grain)
        if kept:
            yield np.concatenate(kept)


def _faded(samples: Samples, *, rising: bool) -> Samples:
    if not len(samples):
        return samples
    sound, whole = _segment(samples), len(samples) // MS
    return _samples(sound.fade_in(whole) if rising else sound.fade_out(whole))


def _segment(samples: Samples) -> AudioSegment:
    whole = np.clip(samples.astype(np.float64) * FULL_SCALE, -FULL_SCALE, FULL_SCALE - 1).astype(np.int32)
    return AudioSegment(whole.tobytes(), sample_width=4, frame_rate=RATE, channels=1)


def _samples(sound: AudioSegment) -> Samples:
    whole = np.frombuffer(sound.raw_data, np.int32)
    return (whole / FULL_SCALE).astype(np.float32)
