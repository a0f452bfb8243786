"""What an announcer would say for a written Vietnamese bulletin, and what nobody should voice."""

from audio.reading.bulletin import STANDARD, read, read_line
from audio.reading.clean import normalise
from audio.reading.model import (
    Dropped,
    LexiconEntry,
    Preferences,
    Reading,
    ReadingError,
    ReadingWarning,
    Sentence,
    Spoken,
)

__all__ = [
    "STANDARD",
    "Dropped",
    "LexiconEntry",
    "Preferences",
    "Reading",
    "ReadingError",
    "ReadingWarning",
    "Sentence",
    "Spoken",
    "normalise",
    "read",
    "read_line",
]
