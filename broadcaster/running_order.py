"""The running order of a programme: the parts that an edition is made of, one after another. Values and pure rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from broadcaster import blanks
from broadcaster.columns import new_id
from broadcaster.errors import BroadcasterError

KINDS = ("jingle", "call", "greeting", "bulletin", "deeds", "recording", "closing", "pause")
WORDED = ("call", "greeting", "closing")  # parts that are nothing without words of their own
ONCE = ("greeting", "bulletin", "deeds", "closing")  # what the edition fills, or may bring itself
CHIMES = ("opening", "closing")  # the house's own sounds, for a jingle without a recording
PAUSES_S = (0.5, 1.0, 1.5, 2.0)  # longer ones make people think the station is off (audio.compose cuts them)
MOST = 30  # parts; a session of the station is an hour at most
LONGEST_TEXT = 1000  # characters, some two minutes of speech
LONGEST_TITLE = 80


@dataclass(frozen=True)
class Part:
    """`title` is the editor's own name for it; `text` what is said (before good deeds: their introduction);
    `recording` a sha256; `bed`: whether the programme's music lies under it."""

    kind: str
    id: str = field(default_factory=new_id)
    title: str = ""
    text: str = ""
    recording: str | None = None
    chime: str = CHIMES[0]
    seconds: float = 1.0
    bed: bool = False


Order = tuple[Part, ...]
NAMES = frozenset(each.name for each in fields(Part))
EMPTY = Part("", id="")


def read(stored: Iterable[dict[str, Any]]) -> Order:
    """The order as the database holds it (Programme.running_order)."""
    return tuple(Part(**{name: value for name, value in each.items() if name in NAMES}) for each in stored)


def written(order: Order) -> list[dict[str, Any]]:
    """For the database: of each part what is not as usual."""
    usual = asdict(EMPTY)
    return [{name: value for name, value in asdict(part).items() if value != usual[name]} for part in order]


def standard(call: str, greeting: str, closing: str) -> Order:
    """What a new programme begins with."""
    return (
        Part("jingle", chime="opening"),
        Part("call", text=call, bed=True),
        Part("greeting", text=greeting, bed=True),
        Part("bulletin", bed=True),
        Part("closing", text=closing, bed=True),
        Part("jingle", chime="closing"),
    )


def find(order: Order, part_id: str) -> Part:
    """Raises BroadcasterError part-unknown."""
    for part in order:
        if part.id == part_id:
            return part
    raise BroadcasterError("part-unknown")


def recordings(order: Order) -> set[str]:
    """The sounds it holds."""
    return {part.recording for part in order if part.recording}


def jingle(order: Order, place: str) -> Part:
    """The one that opens ("opening") or ends ("closing") it. Raises BroadcasterError part-unknown."""
    middle = next((n for n, part in enumerate(order) if part.kind == "bulletin"), len(order))
    around = order[:middle] if place == "opening" else order[:middle:-1]
    for part in around:
        if part.kind == "jingle":
            return part
    raise BroadcasterError("part-unknown")


def added(order: Order, part: Part, place: int) -> Order:
    """With a new part at a place, counted from one."""
    at = max(0, min(place - 1, len(order)))
    return checked((*order[:at], part, *order[at:]))


def changed(order: Order, part: Part) -> Order:
    """With another part where the one of its id was. Raises BroadcasterError part-unknown."""
    find(order, part.id)
    return checked(tuple(part if each.id == part.id else each for each in order))


def removed(order: Order, part_id: str) -> Order:
    """Raises BroadcasterError part-unknown."""
    gone = find(order, part_id)
    return checked(tuple(part for part in order if part is not gone))


def moved(order: Order, part_id: str, place: int) -> Order:
    """With one part at another place, counted from one; the others keep their order. Raises BroadcasterError
    part-unknown."""
    part = find(order, part_id)
    return added(tuple(each for each in order if each is not part), part, place)


def cleaned(part: Part) -> Part:
    """As it is kept: spaces in order, and nothing that its kind has no use for."""
    worded = part.kind in (*WORDED, "deeds")
    return replace(
        part,
        title=" ".join(part.title.split()),
        text=blanks.tidied(part.text) if worded else "",
        recording=part.recording or None if part.kind in ("jingle", "recording") else None,
        chime=part.chime if part.kind == "jingle" and part.chime in CHIMES else EMPTY.chime,
        seconds=part.seconds if part.kind == "pause" else EMPTY.seconds,
        bed=part.bed and part.kind != "jingle",
    )


def checked(order: Sequence[Part]) -> Order:
    """The order, once an edition can be made of it. Raises BroadcasterError part-…, order-…"""
    for part in order:
        _check(part)
    kinds = [part.kind for part in order]
    if "bulletin" not in kinds:
        raise BroadcasterError("order-bulletin", usage=True)
    for kind in ONCE:
        if kinds.count(kind) > 1:
            raise BroadcasterError("order-once", usage=True, part=kind)
    if len(order) > MOST:
        raise BroadcasterError("order-full", usage=True, most=MOST)
    return tuple(order)


def _check(part: Part) -> None:
    if part.kind not in KINDS:
        raise BroadcasterError("part-kind", usage=True)
    if part.kind in WORDED and not any(map(str.isalnum, part.text)):
        raise BroadcasterError("part-text-empty", usage=True, part=part.kind)
    if len(part.text) > LONGEST_TEXT:
        raise BroadcasterError("part-text-long", usage=True, most=LONGEST_TEXT)
    if len(part.title) > LONGEST_TITLE:
        raise BroadcasterError("part-title-long", usage=True, most=LONGEST_TITLE)
    blanks.check(part.text)
    if part.kind == "recording" and not part.recording:
        raise BroadcasterError("part-recording", usage=True)
    if part.kind == "pause" and part.seconds not in PAUSES_S:
        raise BroadcasterError("part-pause", usage=True)
