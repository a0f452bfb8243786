"""A whole edition as it would be recorded now, to listen to: nothing of it goes on air, nothing approved changes."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from broadcaster import bulletins, programmes, renderings, samples, words
from broadcaster.errors import BroadcasterError
from broadcaster.models import Bulletin, Recording, Rendering
from broadcaster.programme_phrases import voice as voice_name
from web import approval, guard, here
from web.programmes import EDITORS
from web.shown import RATE

pages = Blueprint("rehearsals", __name__, url_prefix="/chuong-trinh/<slug>/nghe-thu")
SAMPLE = "mau"


@pages.post("/")
@guard.allow(*EDITORS)
def start(slug: str) -> ResponseReturnValue:
    """Of the bulletin that was chosen, or of the sample."""
    here.expect_station()
    chosen = request.form.get("bulletin", SAMPLE)
    with here.writing() as session:
        programme = programmes.get(session, slug)
        if chosen == SAMPLE:
            bulletin = samples.bulletin(session, programme, here.now())
        else:
            bulletin = bulletins.get(session, chosen)
        if bulletin.programme_id != programme.id:
            raise BroadcasterError("bulletin-unknown", id=chosen)
        rendering = renderings.want_rehearsal(session, bulletin, here.now()).id
    return redirect(url_for(".show", slug=slug, rendering_id=rendering))


@pages.get("/<rendering_id>")
def show(slug: str, rendering_id: str) -> ResponseReturnValue:
    return _page("programmes/rehearsal.html", slug, rendering_id)


@pages.get("/<rendering_id>/tien-do")
def progress(slug: str, rendering_id: str) -> ResponseReturnValue:
    return _page("programmes/progress.html", slug, rendering_id)


def _page(template: str, slug: str, rendering_id: str) -> str:
    with here.reading() as session:
        programme = programmes.get(session, slug, retired=True)
        rendering = session.get(Rendering, rendering_id)
        bulletin = session.get(Bulletin, rendering.bulletin_id) if rendering and rendering.bulletin_id else None
        if rendering is None or bulletin is None or bulletin.programme_id != programme.id:
            raise BroadcasterError("rehearsal-unknown")
        recording = session.get(Recording, rendering.recording) if rendering.recording else None
        parts = approval.parts_of(recording, []) if recording else []
        newest = renderings.as_today(session, bulletin)
    seconds = recording.frames / RATE if recording else 0.0
    drawn = approval.drawn(recording, parts, seconds) if recording and template.endswith("rehearsal.html") else None
    return render_template(
        template,
        programme=programme,
        bulletin=bulletin,
        rendering=rendering,
        recording=recording,
        parts=parts,
        picture=drawn,
        seconds=seconds,
        voice_name=voice_name,
        remarks=words.heard(rendering.passed_over, rendering.faulty),
        outdated=newest is None or newest.id != rendering.id,
        may_edit=here.person().may(*EDITORS) and not programme.retired_at,
    )
