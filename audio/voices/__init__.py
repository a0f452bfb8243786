"""Voices turn a sentence into sound. One module an engine; nobody outside this folder names one."""

from typing import Protocol

from audio.errors import UnknownVoice
from audio.format import Samples

NAMES = ("auto", "espeak", "gtts")


class Voice(Protocol):
    """`name` and `version` together say what the same text would sound like: a change means render again."""

    name: str
    version: str

    def speak(self, text: str) -> Samples:
        """One sentence in spoken form (NFC) as mono float32 at 48 kHz, without silence at its ends.

        Text with nothing to say gives a short silence. Raises VoiceUnavailable.
        """

    def close(self) -> None:
        """Let go of what the voice holds; may be called twice."""


def open_voice(spec: str = "auto", *, lang: str = "vi") -> Voice:
    """The voice called `spec`; "auto" needs no network. Raises UnknownVoice, VoiceUnavailable."""
    # Imported here: a machine without a network never loads the HTTP stack, one without espeak still starts.
    if spec in ("auto", "espeak"):
        from audio.voices.offline import OfflineVoice

        return OfflineVoice()
    if spec == "gtts":
        from audio.voices.google import GoogleVoice

        return GoogleVoice(lang)
    raise UnknownVoice(f"no voice called {spec!r} (known: {', '.join(NAMES)})")
