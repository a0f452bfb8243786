"""Emergency templates kept spoken by the station itself, one after another, while nothing sounds or soon will."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster import alertdesk, takes, voices
from broadcaster.alertdesk import NOBODY, REPEATS
from broadcaster.database import Sessions, looking
from broadcaster.models import Recording, Rendering
from broadcaster.settings import Settings

CLEAR = timedelta(minutes=2)  # before the next broadcast: one template takes seconds, on a small machine half a minute


@dataclass(frozen=True)
class Message:
    """A template without blanks, what would be said of it today, and the voice that would say it."""

    text: str
    said: str
    voice: str


class Standby:
    """Looks without writing; a message is ordered once while it would be said the same, also if that failed."""

    def __init__(self, settings: Settings, sessions: Sessions) -> None:
        self._settings, self._sessions = settings, sessions
        self._ordered: set[Message] = set()

    def tend(self, now: datetime, next_at: datetime | None, *, quiet: bool) -> None:
        """Order the next message that is not ready. `next_at` is when something is due, `quiet`: nothing is on air."""
        if not quiet or (next_at is not None and next_at - now < CLEAR):
            return
        with looking(self._sessions) as session:
            if session.scalar(sa.select(Rendering.id).where(Rendering.status.in_(["waiting", "working"])).limit(1)):
                return
            missing = [m for m in unready(session, self._settings) if m not in self._ordered]
        if missing:
            with self._sessions.begin() as session:
                alertdesk.order(session, missing[0].text, REPEATS, NOBODY, now)
            self._ordered.add(missing[0])


def unready(session: Session, settings: Settings) -> list[Message]:
    """The templates without blanks that are not spoken as they would be today, in the voice of today."""
    voice = voices.candidates(session, settings, "auto", emergency=True)[0]
    messages = [Message(t.text, alertdesk.would_say(session, t.text, REPEATS), voice) for t in alertdesk.whole(session)]
    return [m for m in messages if not any(_is(session, r, m) for _, r in takes.of_text(session, m.text, REPEATS))]


def _is(session: Session, rendering: Rendering, message: Message) -> bool:
    """Whether it says the message in its voice, or in another because that one could not."""
    if not (alertdesk.says(rendering, message.said) and rendering.recording):
        return False
    spoke = session.get_one(Recording, rendering.recording).voice.partition(" ")[0]
    return spoke == message.voice or message.voice in {tried["voice"] for tried in rendering.passed_over}
