"""Any voice, slower or faster, at its own pitch."""

import numpy as np

from audio.format import RATE, Samples
from audio.tempo import stretched
from audio.voices import Voice

SPEEDS = range(80, 121, 5)  # percent: outside, words blur or listeners lose the thread
NOTHING_S = 0.1  # what is shorter has no words in it


class PacedVoice:
    """Says what `voice` says in 100 / `percent` of the time."""

    def __init__(self, voice: Voice, percent: int) -> None:
        self.name, self.version = voice.name, f"{voice.version} {percent}%"
        self._voice, self._percent = voice, percent

    def speak(self, text: str) -> Samples:
        """See Voice.speak."""
        sound = self._voice.speak(text)
        if len(sound) <= NOTHING_S * RATE or not np.any(sound):
            return sound
        return stretched(sound, 100 / self._percent)

    def close(self) -> None:
        self._voice.close()


def paced(voice: Voice, percent: int) -> Voice:
    """The voice at a speed of SPEEDS; at 100 the voice itself."""
    return voice if percent == 100 else PacedVoice(voice, percent)
