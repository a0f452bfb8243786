"""Music under speech: it makes way while somebody speaks, and comes up a little where nobody does."""

from collections.abc import Iterable, Iterator
from math import ceil

import numpy as np

from audio.dsp import framed, gliding, lowest, smoothed
from audio.format import RATE, Samples

DUCKED_DB = -20.0  # below the speech: a horn loudspeaker blurs more than headphones do
OPEN_DB = -12.0  # in a pause; still below the gate of a loudness meter, so a bed makes no segment louder
SPEECH = 10**-4.5  # mean square (-45 dB): above it somebody speaks, at the level of a finished programme
GRAIN = RATE // 100
HOLD = 35  # grains: within 0.35 s of speech the bed stays down, so it doesn't pump between two sentences
RAMP = 30  # grains that going down or up takes
SIZE = 2 * RATE
FADE_IN = RATE * 3 // 10
FADE_OUT = RATE * 6 // 5
NEAR = (HOLD + RAMP // 2 + 1) * GRAIN  # how far around a moment must be known


def laid_under(speech: Iterable[Samples], frames: int, music: Iterator[Samples], gain: float) -> Iterator[Samples]:
    """`speech` (`frames` long, at its final level) over endless `music`, which `gain` (linear) brings to that level.

    The music fades in where the speech begins and out where it ends, and hears the speech coming, so that it is down
    before the first word.
    """
    held, place = np.zeros(0, np.float32), 0
    for frame in framed(speech, SIZE, NEAR):
        inner = len(frame) - 2 * NEAR
        while len(held) < inner:
            held = np.concatenate((held, next(music)))
        room = np.float32(gain) * _room(frame)[:inner]
        if place < FADE_IN or place + inner > frames - FADE_OUT:
            moment = np.arange(place, place + inner)
            room *= np.clip(np.minimum(moment / FADE_IN, (frames - moment) / FADE_OUT), 0, 1).astype(np.float32)
        room *= held[:inner]
        yield room + frame[NEAR : NEAR + inner]
        held, place = held[inner:], place + inner


def _room(frame: Samples) -> Samples:
    """How loud the bed may be (linear) at each sample of `frame` but NEAR at its ends."""
    padded = np.zeros(ceil(len(frame) / GRAIN) * GRAIN, np.float32)
    padded[: len(frame)] = frame
    grains = padded.reshape(-1, GRAIN)
    silent = np.einsum("ij,ij->i", grains, grains) <= SPEECH * GRAIN
    opened = smoothed(lowest(silent.astype(np.float64), 2 * HOLD + 1), RAMP + 1)
    return gliding(10 ** ((DUCKED_DB + (OPEN_DB - DUCKED_DB) * opened) / 20), GRAIN)
