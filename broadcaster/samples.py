"""The sample bulletin: a newcomer hears a whole programme within two minutes, before typing a word."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster import broadcasts, bulletins, editorial, playing, programmes, renderings
from broadcaster.clock import Clock
from broadcaster.database import Sessions
from broadcaster.errors import BroadcasterError
from broadcaster.models import Broadcast, Bulletin, Programme, Rendering
from broadcaster.settings import Settings

SAMPLE = Path(__file__).with_name("sample.txt")
TITLE = "Chương trình mẫu (nghe thử)"


def sample_rendering(session: Session, clock: Clock) -> Rendering:
    """The sample's rendering, in the station's first programme that is not a relay, asked for when there is none."""
    own = [programme for programme in programmes.listed(session) if not programme.relay]
    if not own:
        raise BroadcasterError("sample-nowhere")
    return renderings.want(session, bulletin(session, own[0], clock.now()), clock.now())


def bulletin(session: Session, programme: Programme, now: datetime) -> Bulletin:
    """The sample as a bulletin of this programme, without a week."""
    text = SAMPLE.read_text(encoding="utf-8")
    is_it = sa.and_(Bulletin.title == TITLE, Bulletin.text == text, Bulletin.programme_id == programme.id)
    found = session.scalar(sa.select(Bulletin).where(is_it).limit(1))
    if found is None:
        found = Bulletin(
            programme_id=programme.id,
            programme=programme,
            title=TITLE,
            text=text,
            author=programmes.HOUSE,
            status=bulletins.SAMPLE,
            created_at=now,
        )
        session.add(found)
        session.flush()
    return found


def demo(sessions: Sessions, settings: Settings, clock: Clock, by: str, why: str) -> str:
    """Render the sample and put it into the queue as this person's own recording; returns the broadcast's id. `why` is
    the reason outside the hours.

    Raises BroadcasterError render-failed, reason-outside.
    """
    with sessions.begin() as session:
        rendering = sample_rendering(session, clock).id
    editorial.await_rendering(sessions, settings, clock, rendering, lambda done, total: None)
    with sessions.begin() as session:
        row = session.get_one(Rendering, rendering)
        recording = broadcasts.recording(session, row.recording or "")
        now = clock.now()
        heard = playing.recording(
            session, recording, by=by, now=now, tz=settings.tz, title=TITLE, why=why, of_day=False
        )
        return heard.id


def heard(session: Session, broadcast_id: str) -> Broadcast | None:
    return session.get(Broadcast, broadcast_id)
