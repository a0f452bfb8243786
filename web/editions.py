"""What a bulletin was before, and how it differs from now; and from other weeks."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from broadcaster import bulletins, versions
from broadcaster.models import Bulletin
from broadcaster.tongue import say
from web import here
from web.shown import wall, week_name

pages = Blueprint("editions", __name__, url_prefix="/ban-tin/<bulletin_id>/ban-truoc")


@pages.get("/")
def index(bulletin_id: str) -> ResponseReturnValue:
    with here.reading() as session:
        return _page(session, bulletins.get(session, bulletin_id))


@pages.get("/<version_id>")
def version(bulletin_id: str, version_id: str) -> ResponseReturnValue:
    """An earlier state beside the present one."""
    with here.reading() as session:
        bulletin = bulletins.get(session, bulletin_id)
        found = versions.get(session, bulletin, version_id)
        return _page(
            session,
            bulletin,
            chosen=found.id,
            name=say("bản {by} lưu {at}", by=found.by, at=wall(found.saved_at)),
            rows=versions.differences(found.text, bulletin.text),
            corrections=_corrections(found.corrections, bulletin.corrections),
        )


@pages.get("/tuan/<other_id>")
def week(bulletin_id: str, other_id: str) -> ResponseReturnValue:
    """Another week's bulletin beside this one."""
    with here.reading() as session:
        bulletin, other = bulletins.get(session, bulletin_id), bulletins.get(session, other_id)
        name = f"“{other.title}”" + (f", {week_name(other.week)}" if other.week else "")
        return _page(
            session, bulletin, chosen=other.id, name=name, rows=versions.differences(other.text, bulletin.text)
        )


def _corrections(before: dict[str, str], after: dict[str, str]) -> list[tuple[str, str | None, str | None]]:
    """(sentence, said before, said now) where that differs; None: as the reader says it."""
    return [(key, before.get(key), after.get(key)) for key in {**before, **after} if before.get(key) != after.get(key)]


def _page(session: Session, bulletin: Bulletin, **chosen: object) -> str:
    return render_template(
        "editions/index.html",
        bulletin=bulletin,
        versions=versions.of_bulletin(session, bulletin),
        earlier=versions.earlier_editions(session, bulletin),
        **chosen,
    )
