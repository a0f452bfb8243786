"""The vocal tract: how formants, pitch and noise over time become a wave. Nothing here knows Vietnamese.

A chain of resonators (after D. Klatt, "Software for a cascade/parallel formant synthesizer", JASA 67, 1980), used
at the moment of each pulse of the voice: the pulse's answer is computed as a spectrum and added to the wave. So
nothing runs sample by sample, and numpy alone is fast enough.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audio.format import Samples

RATE = 16_000  # Hz; what lies above 8 kHz carries no speech sound
STEP = 40  # samples from one frame of a Movement to the next: 2.5 ms
PULSE = 512  # samples that the answer to one pulse may last
GRAIN = 128  # samples of one grain of noise
ANSWER = 256  # samples that the answer to one grain may last
BATCH = 128  # pulses or grains worked on at once: what fits the processor's cache

HIGH = np.array([3400.0, 4300.0, 5300.0, 6300.0, 7300.0])  # Hz; formants that speech sounds share
HIGH_WIDTH = np.array([200.0, 250.0, 350.0, 450.0, 550.0])  # Hz
LOW_WIDTH = np.array([70.0, 90.0, 130.0])  # Hz; of the three formants that move
NASAL_WIDER = np.array([90.0, 80.0, 100.0])  # Hz more through the nose
NASAL_POLE, NASAL_WIDTH = 1000.0, 120.0  # Hz; where the nose's pole and zero cancel each other
GLOTTIS, TILT, BAR = 120.0, 3000.0, 300.0  # Hz; low-passes of the voice, and of the voice behind closed lips
VOICE = 1.5  # a vowel [a] at level 1 comes out at an RMS of about 0.05
NOISE = 0.05  # so does noise
POWER, EVENED = 1.17, 0.4  # open vowels would be 10 dB above close ones: too far for a horn
SPREAD, SPREADERS = -0.7, 8  # all-passes that take the peak off a pulse: as loud, but it fits under the ceiling
JITTER_S = 0.00003  # a voice without it buzzes

Frames = NDArray[np.float64]


@dataclass(frozen=True)
class Movement:
    """What the mouth does, a row every 2.5 ms. Levels are linear; 1 is the level of a vowel."""

    formants: Frames  # (n, 3) Hz
    pitch: Frames  # (n,) Hz
    voice: Frames  # (n,)
    bar: Frames  # (n,) 0-1: how far the voice is heard through closed walls only
    nasal: Frames  # (n,) 0-1
    zero: Frames  # (n,) Hz: what the nose swallows
    breath: Frames  # (n,) noise at the glottis
    mouth: Frames  # (n,) noise in front of the tongue, coloured by the cavity before it
    hiss: Frames  # (n, ANSWER // 2 + 1) noise at the teeth or lips: its spectrum


def sound(move: Movement, size: float) -> Samples:
    """The wave, mono at 16 kHz. `size` scales the formants: 1 a man, 1.15 a woman."""
    wave = np.zeros(len(move.pitch) * STEP + 2 * PULSE)
    chance = np.random.default_rng(7)  # the same text must give the same bytes
    for first, pulses in _voiced(move, size, chance):
        np.add.at(wave, first[:, None] + np.arange(PULSE), pulses)
    for first, grains in _noisy(move, size, chance):
        np.add.at(wave, first[:, None] + np.arange(ANSWER), grains)
    return np.asarray(wave[: len(move.pitch) * STEP], np.float32)


def _voiced(move: Movement, size: float, chance: np.random.Generator) -> Iterator[tuple[NDArray[np.int64], Frames]]:
    """Where each pulse of the voice begins, and what comes of it."""
    clock = np.arange(len(move.pitch)) * STEP / RATE
    turns = np.cumsum(move.pitch) * STEP / RATE
    times = np.interp(np.arange(1, int(turns[-1]) + 1), turns, clock)
    times = np.clip(times + JITTER_S * chance.standard_normal(len(times)), 0, clock[-1])
    times = times[np.interp(times, clock, move.voice) > 0.001]
    z = _unit(PULSE)
    edge = _low_pass(TILT, z) * _low_pass(GLOTTIS, z) ** 2 / (1 - np.exp(-2 * np.pi * GLOTTIS / RATE)) * (1 - z)
    edge = edge * ((z - SPREAD) / (1 - SPREAD * z)) ** SPREADERS
    walls = _low_pass(BAR, z) ** 2
    for start in range(0, len(times), BATCH):
        moments = times[start : start + BATCH]
        at = np.minimum((moments * RATE / STEP).astype(int), len(clock) - 1)
        whole = _cascade(move, at, size, z) * edge * VOICE
        whole *= (np.sqrt((np.abs(whole) ** 2).mean(axis=1, keepdims=True)) / POWER) ** -EVENED
        whole *= 1 - move.bar[at, None] + move.bar[at, None] * walls
        place = moments * RATE
        first = place.astype(int)
        late = np.exp(-2j * np.pi * np.arange(len(z)) * (place - first)[:, None] / PULSE)
        level = np.interp(moments, clock, move.voice) * np.sqrt(120 / move.pitch[at])
        yield first, np.fft.irfft(whole * late * level[:, None], PULSE, axis=1)


def _noisy(move: Movement, size: float, chance: np.random.Generator) -> Iterator[tuple[NDArray[np.int64], Frames]]:
    """Where each grain of noise begins, and what comes of it."""
    window = np.hanning(GRAIN + 1)[:-1]
    window *= STEP / window.sum()
    z = _unit(ANSWER)
    high, dark = np.abs(1 - 0.9 * z), np.abs((1 - 0.95 * z) / (1 - 0.5 * z))
    white = chance.standard_normal(len(move.pitch) * STEP + GRAIN)
    for start in range(0, len(move.pitch), BATCH):
        at = np.arange(start, min(start + BATCH, len(move.pitch)))
        throat, front = (np.abs(part) for part in _throat_and_front(move, at, size, z))
        spectrum = move.breath[at, None] * _even(throat * high) + move.mouth[at, None] * _even(front * dark)
        spectrum += move.hiss[at]
        grains = np.fft.rfft(white[at[:, None] * STEP + np.arange(GRAIN)] * window, ANSWER, axis=1)
        wave = np.roll(np.fft.irfft(grains * spectrum, ANSWER, axis=1), GRAIN // 2, axis=1)
        yield np.maximum(at * STEP - GRAIN, 0), wave * NOISE


def _cascade(move: Movement, at: NDArray[np.int64], size: float, z: Frames) -> NDArray[np.complex128]:
    nasal = move.nasal[at, None]
    widths = LOW_WIDTH + nasal * NASAL_WIDER
    under = _fixed(size, z)[None, :].copy()
    under = under * _pole(NASAL_POLE * size, NASAL_WIDTH, z) / _pole(move.zero[at] * size, NASAL_WIDTH, z)
    for number in range(3):
        under = under * _pole(move.formants[at, number] * size, widths[:, number], z)
    return np.asarray(1 / under)


def _throat_and_front(
    move: Movement, at: NDArray[np.int64], size: float, z: Frames
) -> tuple[NDArray[np.complex128], NDArray[np.complex128]]:
    widths = LOW_WIDTH + np.array([200.0, 60.0, 60.0])
    first, second, third = (_pole(move.formants[at, n] * size, np.full(len(at), widths[n]), z) for n in range(3))
    cavity = second * third * _pole(HIGH[0] * size, HIGH_WIDTH[0] + 60, z)
    return 1 / (first * second * third * _fixed(size, z)), 1 / cavity


def _fixed(size: float, z: Frames) -> NDArray[np.complex128]:
    product = np.ones(len(z), complex)
    for frequency, width in zip(HIGH, HIGH_WIDTH, strict=True):
        product = product * _pole(frequency * size, width, z)[0]
    return product


def _pole(frequency: float | Frames, width: float | Frames, z: Frames) -> NDArray[np.complex128]:
    """One over Klatt's resonator at the points `z` of the unit circle: 1 at 0 Hz, a dip at `frequency`."""
    c = -np.exp(-2 * np.pi * np.atleast_1d(width) / RATE)[:, None]
    b = 2 * np.sqrt(-c) * np.cos(2 * np.pi * np.atleast_1d(frequency) / RATE)[:, None]
    return np.asarray((1 - b * z - c * z**2) / (1 - b - c))


def _low_pass(frequency: float, z: Frames) -> NDArray[np.complex128]:
    a = np.exp(-2 * np.pi * frequency / RATE)
    return np.asarray((1 - a) / (1 - a * z))


def _even(spectrum: Frames) -> Frames:
    return np.asarray(spectrum / np.sqrt((spectrum**2).mean(axis=1, keepdims=True)))


def _unit(length: int) -> Frames:
    return np.asarray(np.exp(-2j * np.pi * np.arange(length // 2 + 1) / length))
