"""One time of a slot: moved (this once, or the slot with it), replaced, called off, put back; from the week, or from a
page that needs no script."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from broadcaster import changes, programmes, shifting, slots, when
from broadcaster.changes import Said
from broadcaster.errors import BroadcasterError
from broadcaster.models import SlotRow
from broadcaster.tongue import say
from web import guard, here, inputs
from web.slot_form import SlotForm

pages = Blueprint("occurrences", __name__, url_prefix="/khung-gio")
OVERRULED = ("hours-refused", "slot-clash", "slot-clashes")  # what a written reason gives way to


@dataclass(frozen=True)
class Wish:
    """What a person asks for: `what` is move, replace or cancel; `every`: the slot itself is moved."""

    original: datetime
    to: datetime | None
    written: str  # `to` as it was typed
    wrong: BroadcasterError | None  # why it is no moment
    what: str
    every: bool
    programme: str
    reason: str
    insist: bool
    version: str

    @classmethod
    def taken(cls) -> Wish:
        """Of the request. Raises BroadcasterError time-bad for an occurrence that no page names."""
        said = request.values
        original, to, wrong = instant(said.get("original", "")), None, None
        written = said.get("to", "").strip()
        try:
            day = original.astimezone(here.settings().tz).date()
            to = inputs.moment(written, "to", day).astimezone(UTC) if written else None
        except BroadcasterError as error:
            wrong = error
        return cls(
            original=original,
            to=to,
            written=written,
            wrong=wrong,
            what=said.get("what", "move" if written else ""),
            every=said.get("scope") == "every",
            programme=said.get("programme", ""),
            reason=said.get("reason", ""),
            insist="insist" in said,
            version=said.get("version", ""),
        )


@pages.get("/<slot_id>/doi")
@guard.allow("operator", "admin")
def show(slot_id: str) -> ResponseReturnValue:
    return _page(slot_id, Wish.taken())


@pages.post("/<slot_id>/doi")
@guard.allow("operator", "admin")
def change(slot_id: str) -> ResponseReturnValue:
    wish = Wish.taken()
    try:
        with here.writing() as session:
            slot = slots.get(session, slot_id)
            at = _do(session, slot, wish)
    except BroadcasterError as error:
        return _page(slot_id, wish, error), 400
    done = say("Đã dời khung giờ.") if wish.every else say("Đã đổi lần phát này. Khung giờ vẫn như cũ.")
    flash(done, "done")
    return redirect(url_for("plan.index", tuan=week_text(at), ngay=at.astimezone(here.settings().tz).isoweekday()))


@pages.get("/<slot_id>/thu")
@guard.allow("operator", "admin")
def check(slot_id: str) -> ResponseReturnValue:
    """Whether it may be at another moment: {"ok", "text"}; what saving would check is what is checked."""
    wish = Wish.taken()
    with here.reading() as session:
        slot = slots.get(session, slot_id)
        error = wish.wrong or _objection(session, slot, wish.original, wish.to or wish.original)
    return jsonify(ok=error is None, text=here.in_words(error) if error else "")


def instant(text: str) -> datetime:
    """As pages name one, station wall time or with its offset. Raises BroadcasterError time-bad."""
    return when.instant(text, here.settings().tz).astimezone(UTC)


def week_text(at: datetime) -> str:
    """The station's week of an instant: 2026-W48."""
    year, number, _ = at.astimezone(here.settings().tz).isocalendar()
    return f"{year}-W{number:02}"


def _objection(session: Session, slot: SlotRow, original: datetime, to: datetime) -> BroadcasterError | None:
    try:
        changes.check(session, slot, original, to, here.now(), here.settings().tz)
    except BroadcasterError as error:
        return error
    return None


def _do(session: Session, slot: SlotRow, wish: Wish) -> datetime:
    """What is wished; where it is from then on."""
    now, tz = here.now(), here.settings().tz
    said = Said(here.person().name, wish.reason, now, tz)
    if wish.what == "replace":
        row = changes.replace(session, slot, wish.original, programmes.get(session, wish.programme), said)
        return row.moved_to or wish.original
    if wish.what != "move":
        changes.cancel(session, slot, wish.original, said)
        return wish.original
    if wish.to is None:
        raise wish.wrong or BroadcasterError("moment-bad", field="to", text="")
    override = wish.reason.strip() if wish.insist else None
    if not wish.every:
        changes.move(session, slot, wish.original, wish.to, said, override)
        return wish.to
    wanted = shifting.every_time(slot, wish.original, wish.to, tz, override)
    if wanted is None:
        raise BroadcasterError("shift-impossible")
    if wish.insist and not override:
        raise BroadcasterError("reason-missing")
    version = int(wish.version) if wish.version.isdecimal() else 0
    slots.edit(session, slot, wanted, version=version, now=now, tz=tz, by=said.by)
    return wish.to


def _page(slot_id: str, wish: Wish, error: BroadcasterError | None = None) -> str:
    """What can be done about one time; with what was wished and why it was not done."""
    now, tz = here.now(), here.settings().tz
    with here.reading() as session:
        slot = slots.get(session, slot_id)
        if error:
            here.tell(error)
        was = changes.standing(session, slot, wish.original)
        at = (was.moved_to if was else None) or wish.original
        to = wish.to or at
        if to != at and not error:
            error = _objection(session, slot, wish.original, to)
            refusal = here.in_words(error) if error else None
        else:
            refusal = None
        every = shifting.every_time(slot, wish.original, to, tz, None)
        against = slots.objection(session, slot, every, now=now, tz=tz) if every and to != at else None
        listed = programmes.listed(session)
        return render_template(
            "slots/occurrence.html",
            slot=slot,
            wish=wish,
            was=was,
            at=at,
            to=to,
            refusal=refusal,
            every_refusal=here.in_words(against) if against else None,
            overruled=wish.insist or any(e is not None and e.code in OVERRULED for e in (error, against)),
            form=SlotForm.of(slot),
            becomes=SlotForm.of_rule(every.rule, every.at) if every else None,
            names={p.id: p.name for p in listed},
            programmes=[p for p in listed if p.id != slot.programme_id],
            week=week_text(at),
            past=at <= now,
        )
