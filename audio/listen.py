"""Is this sound the sentence it should be? Checks that need no recogniser, and one that asks it where there is one.

The first find what breaks on the way from a voice to a file (half an answer, a hole, a level that clips); the last
finds a sentence that came out worse than this voice's usual.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np
from numpy.typing import NDArray

from audio import recogniser
from audio.format import RATE, Samples
from audio.voices import Voice

# Announcers say 180-230 syllables a minute. Half a second a syllable is dictation, a tenth cannot be articulated.
SHORTEST_S, LONGEST_S = 0.1, 0.55
BREATH_S = 1.2  # on top of it: the silence a voice may put around one short word
QUIET = 0.003  # -50 dBFS
HOLE_S = 1.0
CLIPPED = 0.999
FLAT = 4  # neighbouring samples at full scale: one alone is chance, four are a cut-off wave
# The end that is looked at lies mostly in the fade every voice puts there. Over 40 bulletin sentences of eSpeak NG nine
# in ten end below 0.2 of the speech's level and of Piper all below 0.05; cut anywhere, half of them end above 0.4.
TAIL_S, LAST_S, LOUD_END = 0.025, 0.005, 0.8
RUSHED = 0.65  # of the rendering's usual time a syllable: of the same 40 sentences the quickest takes 0.81
ENOUGH = 5  # sentences from which one can tell what is usual
GRAIN = RATE // 100
WORD = re.compile(r"\w+")

CODES = ("silent", "too-short", "too-long", "hole", "clipped", "cut-off", recogniser.CODE)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a sentence: a code out of CODES and, for a person to judge by, the measured figure."""

    code: str
    figure: float


@dataclass(frozen=True)
class Heard:
    """One sentence of a rendering, as it was said."""

    text: str
    seconds: float
    faults: tuple[Fault, ...]


class Listener:
    """A voice that listens to itself: says what the other says, and remembers how it sounded."""

    def __init__(self, voice: Voice, understand: Callable[[Samples], str] | None = None) -> None:
        """`understand` is a recogniser (audio.recogniser.heard); it takes about a fifth of the time of the speech."""
        self.name, self.version, self._voice = voice.name, voice.version, voice
        self._understand = understand
        self._heard: list[Heard] = []
        self._rates: dict[int, float] = {}  # by place in _heard: the share of syllables that were misunderstood

    def speak(self, text: str) -> Samples:
        """See Voice.speak."""
        sound = self._voice.speak(text)
        if self._understand is not None and syllables(text) >= recogniser.FEWEST:
            self._rates[len(self._heard)] = recogniser.error_rate(text, self._understand(sound))
        self._heard.append(Heard(text, len(sound) / RATE, tuple(faults(sound, text))))
        return sound

    def close(self) -> None:
        self._voice.close()

    def faulty(self) -> list[Heard]:
        """The sentences a person should listen to, in order, each once."""
        found = rushed(self._heard)
        places = list(self._rates)
        for odd in recogniser.far_off(list(self._rates.values())):
            place = places[odd]
            misheard = Fault(recogniser.CODE, self._rates[place])
            found[place] = replace(found[place], faults=(*found[place].faults, misheard))
        return [heard for heard in dict.fromkeys(found) if heard.faults]


def rushed(heard: Sequence[Heard]) -> list[Heard]:
    """The same, with "too-short" added where a sentence took far less time than the others: part of it is missing."""
    paces = [h.seconds / said for h in heard if (said := syllables(h.text))]
    if len(paces) < ENOUGH:
        return list(heard)
    least = RUSHED * median(paces)
    return [_rushed(h, least) for h in heard]


def _rushed(heard: Heard, least: float) -> Heard:
    said = syllables(heard.text)
    if not said or heard.seconds / said >= least or any(fault.code == "too-short" for fault in heard.faults):
        return heard
    return Heard(heard.text, heard.seconds, (*heard.faults, Fault("too-short", heard.seconds / said)))


def syllables(text: str) -> int:
    """Of a text in spoken form: Vietnamese writes each apart."""
    return len(WORD.findall(text))


def faults(samples: Samples, text: str) -> list[Fault]:
    """What is wrong with the sound of one sentence in spoken form; `samples` are mono at 48 kHz."""
    said = syllables(text)
    if not said:
        return []
    level = _levels(samples)
    if not len(level) or level.max() <= QUIET:
        return [Fault("silent", 0.0)]
    seconds = len(samples) / RATE
    found = []
    if seconds < SHORTEST_S * said:
        found.append(Fault("too-short", seconds / said))
    if seconds > LONGEST_S * said + BREATH_S:
        found.append(Fault("too-long", seconds / said))
    hole = _longest_run(level <= QUIET) * GRAIN / RATE
    if hole > HOLE_S:
        found.append(Fault("hole", hole))
    loudest = max(samples.max(), -samples.min())
    flat = _longest_run(np.abs(samples) >= CLIPPED) if loudest >= CLIPPED else 0
    if flat >= FLAT:
        found.append(Fault("clipped", float(flat)))
    end = _loudness_of_the_end(samples, level)
    if end > LOUD_END:
        found.append(Fault("cut-off", end))
    return found


def _loudness_of_the_end(samples: Samples, level: Samples) -> float:
    """Of the last moment, against the sentence's own level (1.0: as loud as the speech is)."""
    tail = samples[-round(TAIL_S * RATE) : -round(LAST_S * RATE)]
    speech = level[level > QUIET]
    if not len(tail):
        return 0.0
    return float(np.sqrt(np.mean(tail**2)) / np.sqrt(np.mean(speech**2)))


def _levels(samples: Samples) -> Samples:
    """The RMS of every hundredth of a second."""
    whole = samples[: len(samples) // GRAIN * GRAIN]
    return np.asarray(np.sqrt(np.mean(whole.reshape(-1, GRAIN) ** 2, axis=1)), np.float32)


def _longest_run(true: NDArray[np.bool_]) -> int:
    """The length of the longest run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], true, [False])).astype(np.int8)))
    return int((edges[1::2] - edges[::2]).max(initial=0))
