"""What a broadcast is read from: recordings that are the approved ones, relays, the microphone."""

from __future__ import annotations

from typing import Any, Protocol

from audio.cues import Source
from audio.decks import Deck
from audio.microphone import Microphone
from audio.relay import Relay
from broadcaster.verifying import Verifier


class Live(Protocol):
    """Opens sources on something that happens now. `trouble` is a reason code for the log, or ""."""

    trouble: str

    def __call__(self, start: int) -> Source:
        """A source from frame `start` on. Raises AudioError."""

    def finish(self) -> None:
        """Come to an end by itself, with what belongs to it."""

    def close(self) -> None:
        """Let go of everything."""

    def facts(self) -> dict[str, Any]:
        """How it is just now, for the status."""


class Sources:
    def __init__(self, verifier: Verifier) -> None:
        self._verifier = verifier

    def recording(self, sha256: str, start: int) -> Source:
        """Raises BadAudio."""
        return Deck(self._verifier.path(sha256), start)

    def live(self, facts: dict[str, Any]) -> Live:
        """For what Broadcast.live holds."""
        if "url" in facts:
            fallback = facts.get("fallback")
            return Relay(facts["url"], facts["seconds"], (lambda: self.recording(fallback, 0)) if fallback else None)
        return Microphone(
            facts.get("device", ""),
            facts.get("quiet_s", 120.0),
            chimes=facts.get("chimes", True),
            longest_s=facts.get("longest_s", 0.0),
        )
