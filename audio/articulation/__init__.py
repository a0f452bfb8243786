"""The offline voice's own mouth: Vietnamese syllables in, sound out. No recordings, no model, only rules."""

from audio.articulation.score import COMMA_S, written
from audio.articulation.syllables import syllable
from audio.articulation.tract import RATE, sound
from audio.format import Samples

__all__ = ["COMMA_S", "LOUDNESS", "RATE", "VERSION", "articulate", "syllable"]

VERSION = 1  # counts up with every change that can be heard: recordings are then made again
SIZE = 1.2  # a woman's vocal tract
LOUDNESS = 0.055  # RMS of a sentence, some 17 dB under its peaks


def articulate(text: str) -> Samples:
    """Syllables and punctuation in spoken form as mono float32 at RATE; what is no syllable is left out."""
    return sound(written(text).movement(), SIZE)
