"""What a broadcast is read from: recordings that are the approved ones, relays, the microphone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from audio.cues import Source
from audio.decks import Deck
from audio.errors import AudioError
from audio.microphone import Microphone
from audio.relay import Relay
from broadcaster.verifying import Verifier


class Live(Protocol):
    """Opens sources on something that happens now."""

    @property
    def trouble(self) -> str:
        """A reason code for the log, or ""."""

    def __call__(self, start: int) -> Source:
        """A source from frame `start` on. Raises AudioError."""

    def finish(self) -> None:
        """Come to an end by itself, with what belongs to it."""

    def close(self) -> None:
        """Let go of everything."""

    def facts(self) -> dict[str, Any]:
        """How it is just now, for the status."""


class Shared:
    """One opening for all broadcasts of an order, each with a share of its own: a microphone is opened and a stream
    fetched once. The last share that is closed closes it, and calls `over`."""

    def __init__(self, live: Live, over: Callable[[], None]) -> None:
        self._live, self._over = live, over
        self._shares: list[Share] = []

    def share(self) -> Share:
        self._shares.append(Share(self._live, self._left))
        return self._shares[-1]

    def _left(self, share: Share) -> None:
        if share in self._shares:
            self._shares.remove(share)
            if not self._shares:
                self._over()
                self._live.close()


class Share:
    """What one of those broadcasts holds: a Live."""

    def __init__(self, live: Live, left: Callable[[Share], None]) -> None:
        self._live, self._left = live, left
        self._open: list[Source] = []
        self.finish, self.facts = live.finish, live.facts

    @property
    def trouble(self) -> str:
        return self._live.trouble

    def __call__(self, start: int) -> Source:
        """See Live."""
        try:
            self._open.append(self._live(start))
        except AudioError:
            self.close()
            raise
        return self._open[-1]

    def close(self) -> None:
        """Let go of what is its own."""
        for source in self._open:
            source.close()
        self._left(self)


class Sources:
    def __init__(self, verifier: Verifier) -> None:
        self._verifier = verifier
        self._shared: dict[str, Shared] = {}

    def recording(self, sha256: str, start: int) -> Source:
        """Raises BadAudio."""
        return Deck(self._verifier.path(sha256), start)

    def live(self, facts: dict[str, Any]) -> Live:
        """For what Broadcast.live holds; broadcasts of one order share it."""
        order = facts.get("order")
        if order is None:
            return self._opened(facts)
        if order not in self._shared:
            self._shared[order] = Shared(self._opened(facts), partial(self._shared.__delitem__, order))
        return self._shared[order].share()

    def _opened(self, facts: dict[str, Any]) -> Live:
        if "url" in facts:
            fallback = facts.get("fallback")
            return Relay(facts["url"], facts["seconds"], (lambda: self.recording(fallback, 0)) if fallback else None)
        return Microphone(
            facts.get("device", ""),
            facts.get("quiet_s", 120.0),
            chimes=facts.get("chimes", True),
            longest_s=facts.get("longest_s", 0.0),
        )
