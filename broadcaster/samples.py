"""The sample bulletin: a newcomer hears a whole programme within two minutes, before typing a word."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster import broadcasts, bulletins, editorial, programmes
from broadcaster.clock import Clock
from broadcaster.database import Sessions
from broadcaster.models import Broadcast, Bulletin, Rendering
from broadcaster.settings import Settings

SAMPLE = Path(__file__).with_name("sample.txt")
TITLE = "Chương trình mẫu (nghe thử)"


def sample_rendering(session: Session, clock: Clock) -> Rendering:
    """The sample's rendering, asked for when there is none: the sample is a bulletin without a week."""
    text = SAMPLE.read_text(encoding="utf-8")
    bulletin = session.scalar(sa.select(Bulletin).where(Bulletin.title == TITLE, Bulletin.text == text).limit(1))
    if bulletin is None:
        bulletin = Bulletin(
            programme_id=programmes.listed(session)[0].id,
            title=TITLE,
            text=text,
            author="tieng-loa",
            status=bulletins.SAMPLE,
            created_at=clock.now(),
        )
        session.add(bulletin)
        session.flush()
    return bulletins.want_rendering(session, bulletin, clock.now())


def demo(sessions: Sessions, settings: Settings, clock: Clock, by: str) -> str:
    """Render the sample and put it into the queue as this person's own recording; returns the broadcast's id.

    Raises BroadcasterError render-failed.
    """
    with sessions.begin() as session:
        rendering = sample_rendering(session, clock).id
    editorial.await_rendering(sessions, settings, clock, rendering, lambda done, total: None)
    with sessions.begin() as session:
        row = session.get_one(Rendering, rendering)
        recording = broadcasts.recording(session, row.recording or "")
        return broadcasts.play(session, recording, by=by, now=clock.now(), title=TITLE).id


def heard(session: Session, broadcast_id: str) -> Broadcast | None:
    return session.get(Broadcast, broadcast_id)
