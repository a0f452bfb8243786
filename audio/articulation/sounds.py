"""The sounds of Northern Vietnamese as numbers: a man's formants in Hz, seconds, decibels under a vowel, semitones.

Starting values after the acoustic literature (among others Kirby, "Vietnamese (Hanoi Vietnamese)", JIPA 41, 2011;
Klatt 1980 for the consonants); then tuned by ear of the recogniser in benchmarks/intelligibility.py.
"""

from dataclasses import dataclass

import numpy as np

from audio.articulation.tract import ANSWER, RATE, Frames

Formants = tuple[float, float, float]

VOWELS: dict[str, Formants] = {
    "i": (290, 2250, 3000), "ê": (400, 2050, 2700), "e": (660, 1780, 2550),
    "a": (800, 1400, 2500), "ă": (800, 1430, 2500), "â": (570, 1340, 2450), "ơ": (470, 1250, 2450),
    "ư": (330, 1380, 2400), "u": (330, 720, 2350), "ô": (465, 800, 2450), "o": (650, 990, 2500),
}  # fmt: skip
GLIDES: dict[str, Formants] = {"j": (300, 2200, 2900), "w": (340, 720, 2350)}
# Nuclei that move by themselves, and vowels that a consonant after them changes: where from, where to.
MOVING: dict[tuple[str, str], tuple[Formants, Formants]] = {
    ("iê", ""): (VOWELS["i"], (500, 1750, 2550)),
    ("ươ", ""): (VOWELS["ư"], (520, 1330, 2450)),
    ("uô", ""): (VOWELS["u"], (520, 1050, 2450)),
    ("a", "nh"): ((740, 1600, 2500), (480, 2000, 2650)),
    ("o", "ng"): ((720, 1150, 2500), (450, 800, 2400)),
    ("ô", "ng"): ((560, 1050, 2450), (400, 760, 2400)),
}
PAIRS = frozenset({"iê", "ươ", "uô"})
SHORT = frozenset({"ă", "â"})
ROUND = frozenset({"u", "ô", "o"})
AS_NASAL = {"p": "m", "t": "n", "c": "ng", "ch": "nh"}  # made in the same place


@dataclass(frozen=True)
class Place:
    """Where the mouth closes: its locus, and how far the vowel pulls the second formant away from it."""

    locus: Formants
    pull: float
    murmur: float  # Hz: second formant of the nasal made here
    zero: float  # Hz: what the mouth behind the closure swallows of it


PLACES = {
    "lips": Place((250, 850, 2200), 0.55, 1050, 850),
    "teeth": Place((250, 1800, 2700), 0.40, 1450, 1550),
    "ridge": Place((250, 1800, 2700), 0.35, 1450, 1550),
    "curled": Place((270, 1600, 2150), 0.40, 1450, 1550),
    "palate": Place((240, 2150, 2900), 0.25, 2050, 2300),
    "velum": Place((250, 1500, 2300), 0.85, 1900, 3000),
    "throat": Place((0, 0, 0), 1.0, 0, 0),
}
CODA_PLACES = {"m": "lips", "n": "ridge", "ng": "velum", "nh": "palate"}


@dataclass(frozen=True)
class Noise:
    """`kind`: "breath" (at the glottis), "mouth" (before the tongue) or a spectrum of HISSES."""

    kind: str
    level: float
    seconds: float


@dataclass(frozen=True)
class Onset:
    """A closure or narrowing of `hold` seconds, with voice or without; then noises before the vowel begins."""

    place: str
    hold: float
    voice: tuple[float, float] | None = None  # level as it begins and as it ends
    manner: str = ""  # of the voice: "walls" (mouth shut), "nose", "side" (of the tongue), "narrow"
    rasp: Noise | None = None  # heard with the voice
    burst: Noise | None = None
    noise: Noise | None = None

    @property
    def voiceless(self) -> bool:
        return self.burst is not None or self.noise is not None


ONSETS = {
    "": Onset("throat", 0.024),
    "p": Onset("lips", 0.064, burst=Noise("p", -12, 0.010), noise=Noise("breath", -16, 0.012)),
    "t": Onset("teeth", 0.074, burst=Noise("t", -13, 0.006), noise=Noise("breath", -18, 0.012)),
    "c": Onset("velum", 0.070, noise=Noise("mouth", -3, 0.034)),
    "th": Onset("teeth", 0.044, burst=Noise("t", -8, 0.015), noise=Noise("breath", -11, 0.065)),
    "ch": Onset("palate", 0.075, noise=Noise("ch", -9, 0.042)),
    "tr": Onset("curled", 0.048, noise=Noise("s", -8, 0.072)),
    "ph": Onset("lips", 0.0, noise=Noise("ph", -17, 0.100)),
    "x": Onset("teeth", 0.0, noise=Noise("x", -9, 0.110)),
    "s": Onset("curled", 0.0, noise=Noise("s", -9, 0.110)),
    "kh": Onset("velum", 0.0, noise=Noise("mouth", -6, 0.110)),
    "h": Onset("throat", 0.0, noise=Noise("breath", -9, 0.080)),
    "b": Onset("lips", 0.075, (-14, -9), "walls"),
    "đ": Onset("ridge", 0.070, (-12, -7), "walls"),
    "m": Onset("lips", 0.075, (-5, -5), "nose"),
    "n": Onset("ridge", 0.070, (-5, -5), "nose"),
    "nh": Onset("palate", 0.080, (-5, -5), "nose"),
    "ng": Onset("velum", 0.080, (-5, -5), "nose"),
    "v": Onset("lips", 0.075, (-9, -6), "narrow", Noise("ph", -18, 0)),
    "d": Onset("ridge", 0.080, (-16, -11), "narrow", Noise("x", -6, 0)),
    "r": Onset("curled", 0.080, (-15, -10), "narrow", Noise("s", -7, 0)),
    "g": Onset("velum", 0.070, (-13, -9), "narrow", Noise("mouth", -8, 0)),
    "l": Onset("ridge", 0.065, (-5, -3), "side"),
}

# Tone: (share of the rime, semitones from the middle of the voice). Before p, t, c, ch there are only two.
TONES = {
    "": ((0, 2.7), (1, 2.5)),
    "huyền": ((0, -1), (1, -5)),
    "sắc": ((0, 0), (0.4, 0.3), (1, 5.5)),
    "hỏi": ((0, -0.5), (0.6, -6), (1, -3.5)),
    "ngã": ((0, 1), (0.4, -1), (0.55, -1), (1, 6)),
    "nặng": ((0, 0.5), (0.5, -2.5), (1, -12)),
}
STOPPED_TONES = {"sắc": ((0, 2), (1, 5.5)), "nặng": ((0, -1), (0.6, -3), (1, -8))}


def _spectrum(*points: tuple[float, float]) -> Frames:
    """From (Hz, dB) corners to levels at the points of a grain's spectrum, with an RMS of 1."""
    places = np.arange(ANSWER // 2 + 1) * RATE / ANSWER
    heard = np.interp(places, [hertz for hertz, _ in points], [level for _, level in points])
    levels = 10 ** (heard / 20)
    return np.asarray(levels / np.sqrt((levels**2).mean()))


HISSES = {
    "ph": _spectrum((0, -30), (800, -12), (2000, -8), (5000, -6), (8000, -4)),
    "x": _spectrum((0, -50), (2000, -32), (3500, -14), (4500, 0), (6500, 2), (8000, -4)),
    "s": _spectrum((0, -50), (1200, -30), (2000, -8), (2600, 0), (4000, -2), (6000, -10), (8000, -18)),
    "ch": _spectrum((0, -50), (1500, -34), (2400, -14), (3000, 0), (4500, 2), (6500, -6), (8000, -14)),
    "t": _spectrum((0, -22), (1500, -7), (3000, 0), (4500, 0), (6500, -3), (8000, -8)),
    "p": _spectrum((0, -6), (500, 0), (1500, -8), (4000, -18), (8000, -28)),
}
