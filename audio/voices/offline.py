"""The voice that always works: Vietnamese by our own articulation, what Vietnamese can't spell by eSpeak NG.

Why not eSpeak NG alone: docs/decisions/0066.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

import numpy as np

from audio.articulation import COMMA_S, LOUDNESS, VERSION, articulate, syllable
from audio.articulation import RATE as MOUTH_RATE
from audio.dsp import joined, resample
from audio.edit import phrase, tidied
from audio.format import RATE, Samples
from audio.voices.espeak import NOTHING_S, EspeakVoice

WORD_OR_MARKS = re.compile(r"([^\W_]+)([^\w\s]*)")
BETWEEN_S = 0.05  # a breath where the two change over


class OfflineVoice:
    """Called "espeak" as it always was: stations have that name in their settings."""

    name = "espeak"

    def __init__(self) -> None:
        self._stranger = EspeakVoice()
        self.version = f"{self._stranger.version} + articulation {VERSION}"

    def speak(self, text: str) -> Samples:
        """See Voice.speak."""
        parts: list[Samples] = []
        for ours, words in _runs(unicodedata.normalize("NFC", text)):
            said = resample(articulate(words), MOUTH_RATE) if ours else self._foreign(words)
            pause = BETWEEN_S if words[-1].isalnum() else COMMA_S
            parts += [said, np.zeros(round(pause * RATE), np.float32)]
        sound = joined(tidied(parts))
        return phrase(sound) if len(sound) else np.zeros(round(NOTHING_S * RATE), np.float32)

    def close(self) -> None:
        """Nothing is held between sentences."""
        self._stranger.close()

    def _foreign(self, words: str) -> Samples:
        said = self._stranger.speak(words)
        loudness = np.sqrt(np.mean(said**2))
        return said * np.float32(LOUDNESS / loudness) if loudness > 0 else said


def _runs(text: str) -> Iterator[tuple[bool, str]]:
    """The text in pieces that one mouth can say: (ours?, words). Marks stay with the word before them."""
    for ours, run in groupby(WORD_OR_MARKS.finditer(text), key=lambda found: syllable(found[1]) is not None):
        yield ours, " ".join(found[0] for found in run)
