"""Who changed what, and when: for the administrator."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session, joinedload

from broadcaster import audit, words
from broadcaster.clock import wall_text
from broadcaster.hours import EVERYWHERE
from broadcaster.library import LibraryItem
from broadcaster.models import Broadcast, Programme, Recording, SlotRow, ZoneRow
from broadcaster.programme_phrases import part_name, voice
from broadcaster.rule_words import rule_words
from broadcaster.tongue import say, table
from web import guard, here, shown, sounding
from web.trail_words import CODES, FIELDS, INNER, KINDS, LATER, WHAT

pages = Blueprint("trail", __name__)
SIZE = 50
STANDING = ("(không hiện)", "trạm")  # what the trail writes of its own accord: HIDDEN and STATION of broadcaster.audit
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|[0-9a-f]{64}")
LATE = re.compile(r"(from-start|resume):(\d+)([hms])")
MINUTES = {"h": 60.0, "m": 1.0, "s": 1 / 60}
NAMED = (
    (Programme.id, Programme.name),
    (LibraryItem.id, LibraryItem.title),
    (Recording.sha256, Recording.title),
    (Broadcast.id, Broadcast.title),
)


@pages.get("/ai-da-doi-gi")
@guard.allow("admin")
def index() -> ResponseReturnValue:
    by, kind = request.args.get("ai", ""), request.args.get("gi", "")
    with here.reading() as session:
        lines, older = audit.page(session, SIZE, by=by, kind=kind, before=request.args.get("truoc"))
        people = audit.people(session)
        names = _names(session, lines)
    return render_template(
        "trail/index.html",
        lines=lines,
        older=older,
        people=people,
        asked={name: value for name, value in (("ai", by), ("gi", kind)) if value},
        what={code: (say(done), tone) for code, (done, tone) in WHAT.items()},
        kinds=table(KINDS),
        fields=table(FIELDS),
        title=partial(_title, names),
        said=partial(said, names),
    )


def _names(session: Session, lines: Iterable[audit.Line]) -> dict[str, str]:
    """What people call the rows that these lines speak of, by id; zones by their slug."""
    ids = {line.row for line in lines}
    ids |= {text for line in lines for _, *sides in line.fields for text in _strings(sides) if ID.fullmatch(text)}
    found = {zone.slug: zone.name for zone in session.scalars(sa.select(ZoneRow))}
    for key, name in NAMED:
        for row_id, called in session.execute(sa.select(key, name).where(key.in_(ids))):
            found[row_id] = called
    for slot in session.scalars(sa.select(SlotRow).where(SlotRow.id.in_(ids)).options(joinedload(SlotRow.programme))):
        found[slot.id] = f"{slot.programme.name}, {slot.at} {_repeated(slot.rrule)}"
    return found


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)


def _title(names: Mapping[str, str], line: audit.Line) -> str:
    """What people call the row that was changed."""
    if line.kind == "slot":
        return names.get(line.row) or said(names, "zone", line.name)
    if line.kind == "library_version":
        return next(
            (said(names, name, before or after) for name, before, after in line.fields if name == "item_id"), ""
        )
    field = {"hours": "zone", "preference": "key"}.get(line.kind, "name")
    return said(names, field, line.name) if line.name else ""


def said(names: Mapping[str, str], field: str, value: Any) -> str:
    """A value the way people write it; `names` are those of the ids in it."""
    if value is None or value in ("", [], {}):
        return say("(trống)")
    if isinstance(value, bool):
        return say("có") if value else say("không")
    if field == "running_order":
        return "\n".join(_part(names, number, part) for number, part in enumerate(value, 1))
    if isinstance(value, list):
        return ", ".join(said(names, field, item) for item in value)
    if isinstance(value, dict):
        inner = table(INNER.get(field, {}))
        return "; ".join(f"{inner.get(name, name)}: {said(names, name, item)}" for name, item in value.items())
    if isinstance(value, float):
        return f"{value:.0%}" if field == "volume" else words.number(value, 1)
    return _text(names, field, str(value))


def _text(names: Mapping[str, str], field: str, text: str) -> str:
    if field == "outputs":
        return sounding.output_name(re.sub(r"(://[^:/@]*):[^@]*@", r"\1@", text))  # older lines kept the password
    if text in STANDING:
        return say(text)
    if text in CODES.get(field, {}):
        return say(CODES[field][text])
    if field in ("allowed", "quiet", "volume"):
        return words.hours_text(text)
    if field == "zone":
        return say("mọi cụm loa") if text == EVERYWHERE else names.get(text, text)
    if field in ("rrule", "rule"):
        return _repeated(text)
    if field == "voice":
        return voice(text)
    if field == "late" and (found := LATE.fullmatch(text)):
        minutes = int(found[2]) * MINUTES[found[3]]
        return say(LATER[found[1]], minutes=words.number(minutes, 0 if minutes.is_integer() else 1))
    if ID.fullmatch(text):
        return names.get(text) or f"…{text[-8:]}"  # the end of it is enough to compare
    if INSTANT.match(text):
        return wall_text(datetime.fromisoformat(text).replace(microsecond=0), here.settings().tz)
    if DAY.fullmatch(text):
        return shown.day(date.fromisoformat(text))
    return text


def _repeated(rule: str) -> str:
    """A rule as people say it; one that has no words as it is written."""
    return rule_words(rule) or rule


def _part(names: Mapping[str, str], number: int, part: dict[str, Any]) -> str:
    """One line of a running order, on which a change can be seen."""
    sound = said(names, "recording", part["recording"]) if part.get("recording") else ""
    rest = say("{seconds} giây", seconds=words.number(part["seconds"], 1)) if "seconds" in part else ""
    bed = say("có nhạc nền") if part.get("bed") else ""
    name = part_name(part["kind"], part.get("title", ""), part.get("chime", ""))
    facts = " · ".join(filter(None, (part.get("text", ""), sound, rest, bed)))
    return f"{number}. {name}: {facts}".rstrip(": ")
