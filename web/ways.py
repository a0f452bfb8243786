"""The ways through the panel: which pages the head of every page offers to whom."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, request

from broadcaster.accounts import ROLES
from broadcaster.tongue import say
from web import here

EVERYBODY = tuple(ROLES)
DAILY = {  # in the order in which a day needs them; a phone has room for the first three
    "home.dashboard": ("Trang chủ", EVERYBODY),
    "approval.index": ("Duyệt", ("approver",)),
    "bulletins.index": ("Bản tin", EVERYBODY),
    "plan.index": ("Lịch phát", EVERYBODY),
    "queue.index": ("Hàng chờ", EVERYBODY),
    "direct.index": ("Trực tiếp", ("operator",)),
    "log.index": ("Nhật ký", EVERYBODY),
}
SELDOM = {  # and "Duyệt" for those who only look at what was decided
    "approval.index": ("Duyệt", EVERYBODY),
    "programmes.index": ("Chương trình", EVERYBODY),
    "library.index": ("Thư viện", EVERYBODY),
    "zones.index": ("Cụm loa", ("operator", "admin")),
    "lexicon.index": ("Từ điển", ("author", "admin")),
    "care.health": ("Quản trị", ("admin",)),
}
PART_OF = {  # pages that are reached through another
    **dict.fromkeys(("parts", "rehearsals"), "programmes"),
    **dict.fromkeys(("month", "slots", "occurrences", "periods", "hours"), "plan"),
    **dict.fromkeys(("people", "tokens", "trail", "passcodes", "voices", "choices"), "care"),
    **dict.fromkeys(("steps", "sentences", "editions"), "bulletins"),
    "reports": "log",
}


@dataclass(frozen=True)
class Way:
    """A link in the head of the page; `here` when the page that is open belongs to it."""

    endpoint: str
    label: str
    here: bool


def teach(app: Flask) -> None:
    """Give the templates the ways."""
    app.context_processor(lambda: {"daily_ways": lambda: _open(DAILY), "seldom_ways": _seldom})


def _seldom() -> list[Way]:
    daily = {way.endpoint for way in _open(DAILY)}
    return [way for way in _open(SELDOM) if way.endpoint not in daily]


def _open(ways: dict[str, tuple[str, tuple[str, ...]]]) -> list[Way]:
    room = PART_OF.get(request.blueprint or "", request.blueprint)
    return [
        Way(endpoint, say(label), room == endpoint.partition(".")[0])
        for endpoint, (label, roles) in ways.items()
        if here.person().may(*roles)
    ]
