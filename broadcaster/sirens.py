"""An alert that is typed: a siren sounds at once, and goes over to the speech when that has been spoken."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlalchemy.orm import Session

from audio.chimes import siren
from audio.cues import Source
from audio.errors import AudioError
from audio.format import RATE
from audio.lead import Lead
from broadcaster.heard import Run
from broadcaster.models import Broadcast, Recording

MOST_SIRENS = 20  # rounds, 30 s: by then the speech of a typed alert has come, or it won't
BREATH_S = 0.15  # between siren and speech


class Sirens:
    def __init__(self, open_source: Callable[[str, int], Source]) -> None:
        self._open = open_source
        self._siren = siren()

    def opener(self, run: Run) -> Callable[[int], Source]:
        """The siren in place of a speech that is still to come."""

        def siren_first(start: int) -> Source:
            run.leads.append(Lead(self._siren, MOST_SIRENS))
            return run.leads[-1]

        return siren_first

    def follow(self, session: Session, runs: Iterable[Run]) -> None:
        """Hand a spoken alert to the sirens that sound in its place."""
        for run in runs:
            waiting = [lead for lead in run.leads if not lead.followed]
            recording = session.get_one(Broadcast, run.key).recording if waiting else None
            if recording is None:
                continue
            try:
                speech = self._speech_of(session, recording)
                for lead in waiting:
                    lead.follow(self._open(recording, speech), speech)
            except AudioError:
                session.get_one(Broadcast, run.key).recording = None  # the siren ends alone, and the log says so

    def _speech_of(self, session: Session, alert: str) -> int:
        """The frame to go over to from the siren: a breath before the first word."""
        starts = [s["start_s"] for s in session.get_one(Recording, alert).segments if s["kind"] == "alert"]
        return max(len(self._siren), round((starts[0] - BREATH_S) * RATE) if starts else 0)
