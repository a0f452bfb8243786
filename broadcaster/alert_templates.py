"""Emergency messages written beforehand; «…» are blanks that are filled in when the moment has come."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from broadcaster.columns import Base, new_id
from broadcaster.errors import BroadcasterError

SEED = Path(__file__).with_name("alert_templates.toml")
KINDS = ("storm", "flood", "fire", "missing", "security", "other")
BLANK = re.compile(r"«\s*([^«»]*?)\s*»")
LONGEST_TITLE = 80
LONGEST_TEXT = 3000  # characters: about four minutes; an emergency is 30-60 s, and is repeated
LONGEST_FILLING = 200


class AlertTemplate(Base):
    """An emergency message with blanks; several people may edit it, the second is told."""

    __tablename__ = "alert_template"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    by: Mapped[str | None]
    changed_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - how SQLAlchemy is declared


def seed(session: Session, now: datetime) -> None:
    """The templates a new station begins with; one whose people removed them all stays without."""
    if session.scalar(sa.select(sa.func.count()).select_from(AlertTemplate)):
        return
    entries = tomllib.loads(SEED.read_text(encoding="utf-8"))["template"]
    session.add_all(AlertTemplate(changed_at=now, **entry) for entry in entries)


def listed(session: Session) -> list[AlertTemplate]:
    """By kind, in the order people look for them, then as they were written."""
    rows = session.scalars(sa.select(AlertTemplate).where(AlertTemplate.removed_at.is_(None)))
    return sorted(rows, key=lambda row: (KINDS.index(row.kind), row.id))


def get(session: Session, template_id: str) -> AlertTemplate:
    """Raises BroadcasterError template-unknown."""
    row = session.get(AlertTemplate, template_id)
    if row is None or row.removed_at:
        raise BroadcasterError("template-unknown", usage=True)
    return row


def save(session: Session, row: AlertTemplate, kind: str, title: str, text: str, by: str, now: datetime) -> None:
    """A new or changed template. Raises BroadcasterError template-bad, alert-long."""
    title, text = " ".join(title.split()), text.replace("\r\n", "\n").strip()
    if kind not in KINDS or not title or not text or "" in blanks(text):
        raise BroadcasterError("template-bad", usage=True)
    if len(title) > LONGEST_TITLE or len(text) > LONGEST_TEXT:
        raise BroadcasterError("alert-long", usage=True, most=LONGEST_TEXT)
    row.kind, row.title, row.text, row.by, row.changed_at = kind, title, text, by, now
    session.add(row)
    session.flush()


def remove(session: Session, template_id: str, by: str, now: datetime) -> AlertTemplate:
    row = get(session, template_id)
    row.removed_at, row.by = now, by
    return row


def blanks(text: str) -> list[str]:
    """What has to be filled in, in order, each once."""
    return list(dict.fromkeys(BLANK.findall(text)))


def of_text(session: Session, template_id: str, text: str) -> AlertTemplate | None:
    """The template, while it still is what a text was made of."""
    row = session.get(AlertTemplate, template_id)
    return row if row and not row.removed_at and fillings(row.text, text) is not None else None


def fillings(template: str, text: str) -> dict[str, str] | None:
    """What a template's blanks were filled with to make a text; None when the text is not of it."""
    head, *rest = re.split(BLANK, template)
    labels, pattern = blanks(template), re.escape(head)
    for n in range(0, len(rest), 2):
        name, after = f"b{labels.index(rest[n])}", re.escape(rest[n + 1])
        if f"<{name}>" in pattern:
            pattern += f"(?P={name}){after}"
        elif n + 2 < len(rest):
            pattern += f"(?>(?P<{name}>.+?){after})"  # never tried again: whatever the text, it takes no time
        else:
            pattern += f"(?P<{name}>.+){after}"
    found = re.fullmatch(pattern, text)
    held = {label: found[f"b{n}"] for n, label in enumerate(labels)} if found else None
    if held is None or any(not value.strip() for value in held.values()):
        return None
    return held if filled(template, held).split() == text.split() else None  # two blanks side by side may share words


def filled(text: str, fillings: Mapping[str, str]) -> str:
    """The message itself. Raises BroadcasterError alert-blank with the first blank that is still empty."""
    said = {label: " ".join(re.sub("[«»]", " ", fillings.get(label, "")).split()) for label in blanks(text)}
    for label, value in said.items():
        if not value:
            raise BroadcasterError("alert-blank", usage=True, label=label)
        if len(value) > LONGEST_FILLING:
            raise BroadcasterError("alert-filling", usage=True, label=label, most=LONGEST_FILLING)
    return BLANK.sub(lambda blank: said[blank[1]], text)
