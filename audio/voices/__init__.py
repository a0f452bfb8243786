"""Voices turn a sentence into sound. One module an engine; nobody outside this folder names one."""

from pathlib import Path
from typing import Protocol

from audio.errors import UnknownVoice, VoiceUnavailable
from audio.format import Samples
from audio.voices.models import model_path

KINDS = ("auto", "espeak", "espeak:north", "espeak:central", "espeak:south", "piper:NAME", "gtts", "edge")


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


def open_voice(spec: str = "auto", *, models: Path | None = None) -> Voice:
    """The voice called `spec`; "auto" needs neither network nor model. Raises UnknownVoice, VoiceUnavailable.

    KIND or KIND:DETAIL. "piper:X" is the model file X, or the one called X in the folder `models`.
    """
    # Imported here: a machine without a network never loads the HTTP stack, one without a model no inference engine.
    kind, _, detail = spec.partition(":")
    if spec in ("auto", "espeak", "espeak:north"):
        from audio.voices.offline import OfflineVoice

        return OfflineVoice()
    if kind == "espeak":
        from audio.voices.espeak import DIALECTS, EspeakVoice

        if detail in DIALECTS:
            return EspeakVoice(DIALECTS[detail])
    if kind == "piper" and detail:
        try:
            from audio.voices.piper import PiperVoice
        except ImportError as error:
            raise VoiceUnavailable(f"onnxruntime cannot be used on this machine ({error})") from error

        return PiperVoice(model_path(detail, models))
    if spec == "gtts":
        from audio.voices.google import GoogleVoice

        return GoogleVoice()
    if kind == "edge":
        try:
            from audio.voices.edge import DEFAULT, EdgeVoice
        except ImportError as error:
            raise VoiceUnavailable("the package edge-tts is not installed") from error

        return EdgeVoice(detail or DEFAULT)
    raise UnknownVoice(f"no voice called {spec!r} (known: {', '.join(KINDS)})")


def needs_network(spec: str) -> bool:
    """Whether a voice is silent without the internet: never the one for an emergency."""
    return spec.partition(":")[0] in ("gtts", "edge")
