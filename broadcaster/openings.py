"""How the sound of a broadcast is opened: its recording, what is live, or the siren before a speech still to come."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from audio.cues import Source
from audio.decks import Muted, Until
from broadcaster.heard import Run
from broadcaster.models import Broadcast, Recording
from broadcaster.mourning import Span, audible, silent
from broadcaster.sirens import Sirens
from broadcaster.sources import Live
from broadcaster.stretches import Opener

OpenSource: TypeAlias = Callable[[str, int], Source]  # (recording's sha256, first frame); raises BadAudio
OpenLive: TypeAlias = Callable[[dict[str, Any]], Live]  # (what Broadcast.live holds)


class Openings:
    def __init__(self, open_source: OpenSource, open_live: OpenLive) -> None:
        self._open, self._open_live = open_source, open_live
        self._sirens = Sirens(open_source)

    def audible(self, session: Session, broadcast: Broadcast) -> tuple[int, int | None, tuple[Span, ...]]:
        """(first frame, end or None, what passes in silence) of what may be heard."""
        recording = session.get(Recording, broadcast.recording) if broadcast.recording else None
        if not recording or not broadcast.mourning:
            return 0, None, ()
        return *audible(broadcast, recording), silent(broadcast, recording)

    def opener(self, broadcast: Broadcast, run: Run, last: int | None, mute: tuple[Span, ...] = ()) -> Opener:
        """What opens it, up to frame `last` of its recording, silent in the spans of `mute`; raises AudioError then."""
        if broadcast.live:
            run.live = self._open_live(broadcast.live)
            return run.live
        if last is not None:
            recording = broadcast.recording or ""
            return lambda start: Until(Muted(self._open(recording, start), start, mute), last - start)
        if broadcast.kind != "alert" or broadcast.recording:
            return partial(self._open, broadcast.recording or "")
        return self._sirens.opener(run)

    def follow(self, session: Session, runs: Iterable[Run]) -> None:
        """Hand spoken alerts to the sirens that sound in their place."""
        self._sirens.follow(session, runs)
