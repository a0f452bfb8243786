"""Choices the station's people make in the panel or with `broadcaster setting`: typed, checked, kept in the database.

What must be known before the database opens is in `broadcaster.settings`. A new choice is one line here, its words in
`broadcaster.words`, and `get(session, IT)` where it counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Literal, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio.reading import normalise
from audio.review import is_phone
from broadcaster import accounts
from broadcaster.errors import BroadcasterError
from broadcaster.models_desk import PreferenceRow

LONGEST_NAME = 120  # characters; what the head of a printed sheet holds
T = TypeVar("T")
S = TypeVar("S", bound=str)
MOST_HOURS = 24 * 365
MOST_A_WEEK = 21
VOICE = re.compile(r"(espeak|gtts|edge)(:[\w-]+)?|piper:[\w.-]+")


@dataclass(frozen=True)
class Preference(Generic[T]):
    """A choice: `parse` makes its value of what a person typed (ValueError when it can't), `written` the reverse.

    `examples` are what may be typed: all of it when `closed`.
    """

    key: str
    default: T
    parse: Callable[[str], T]
    written: Callable[[T], str]
    examples: tuple[str, ...]
    closed: bool = False


def one_of(key: str, *allowed: S) -> Preference[S]:
    """One of a few words; the first is the default."""

    def parse(text: str) -> S:
        return allowed[[normalise(each) for each in allowed].index(normalise(text).strip().lower())]

    return Preference(key, allowed[0], parse, str, allowed, closed=True)


def phone_numbers(key: str) -> Preference[tuple[str, ...]]:
    """Phone numbers with commas between them, none by default."""

    def parse(text: str) -> tuple[str, ...]:
        numbers = tuple(part for part in (re.sub(r"\s+", " ", n).strip() for n in re.split(r"[,;\n]", text)) if part)
        if not all(map(is_phone, numbers)):
            raise ValueError(text)
        return tuple(dict.fromkeys(numbers))

    return Preference(key, (), parse, ", ".join, ("0235.3650236, 0905.123.456",))


def voice_order(key: str) -> Preference[tuple[str, ...]]:
    """Voices with commas between them, the preferred one first; none by default: the best of those installed."""

    def parse(text: str) -> tuple[str, ...]:
        specs = tuple(filter(None, (part.strip() for part in text.split(","))))
        if not all(map(VOICE.fullmatch, specs)):
            raise ValueError(text)
        return tuple(dict.fromkeys(specs))

    return Preference(key, (), parse, ", ".join, ("piper:vi_VN-vais1000-medium, gtts",))


def hours(key: str) -> Preference[int]:
    """A number of hours; 0, the default, means never."""

    def parse(text: str) -> int:
        number = int(text)
        if not 0 <= number <= MOST_HOURS:
            raise ValueError(text)
        return number

    return Preference(key, 0, parse, str, ("0", "72"))


def times_a_week(key: str) -> Preference[int]:
    """How often a week; once by default, 0 asks for nothing."""

    def parse(text: str) -> int:
        number = int(text)
        if not 0 <= number <= MOST_A_WEEK:
            raise ValueError(text)
        return number

    return Preference(key, 1, parse, str, ("0", "1", "2"))


def one_line(key: str, default: str, example: str) -> Preference[str]:
    """A name in one line; empty means the default."""

    def parse(text: str) -> str:
        name = " ".join(text.split())
        if len(name) > LONGEST_NAME:
            raise ValueError(text)
        return name or default

    return Preference(key, default, parse, str, (example,))


NAME = one_line("station.name", "Đài Truyền thanh xã", "Đài Truyền thanh xã Núi Thành")
THOUSAND: Preference[Literal["nghìn", "ngàn"]] = one_of("reading.thousand", "nghìn", "ngàn")
ODD: Preference[Literal["linh", "lẻ"]] = one_of("reading.odd", "linh", "lẻ")
FOUR: Preference[Literal["tư", "bốn"]] = one_of("reading.four", "tư", "bốn")
PHONES = phone_numbers("station.phones")
VOICES = voice_order("station.voices")
ADRIFT = hours("clock.adrift-hours")
CRIME_A_WEEK = times_a_week("duty.crime")
DEEDS_A_WEEK = times_a_week("duty.deeds")
ALL: tuple[Preference[Any], ...] = (
    *(THOUSAND, ODD, FOUR, NAME, PHONES, VOICES),
    *(ADRIFT, CRIME_A_WEEK, DEEDS_A_WEEK),
)


def named(key: str) -> Preference[Any]:
    """Raises BroadcasterError setting-unknown."""
    for preference in ALL:
        if preference.key == key.strip():
            return preference
    raise BroadcasterError("setting-unknown", usage=True, key=key, known=", ".join(p.key for p in ALL))


def get(session: Session, preference: Preference[T]) -> T:
    """What the station chose, else the default."""
    row = session.get(PreferenceRow, preference.key)
    return preference.default if row is None else preference.parse(row.text)


def put(session: Session, key: str, text: str, *, by: str | None, now: datetime) -> str:
    """Choose, and return the choice as written; `by` is an account (None: the person at the machine).

    Raises BroadcasterError setting-unknown, setting-bad, not-allowed, user-unknown.
    """
    if by is not None:
        accounts.require(session, by, "admin")
    preference = named(key)
    try:
        text = preference.written(preference.parse(text))
    except ValueError as error:
        allowed = ", ".join(preference.examples)
        raise BroadcasterError("setting-bad", usage=True, key=preference.key, text=text, allowed=allowed) from error
    row = session.get(PreferenceRow, preference.key)
    if row is None:
        session.add(PreferenceRow(key=preference.key, text=text, by=by, changed_at=now))
    else:
        row.text, row.by, row.changed_at = text, by, now
    session.flush()
    return text


def written(session: Session) -> list[tuple[Preference[Any], str]]:
    """Every choice, as it would be typed."""
    rows = {row.key: row.text for row in session.scalars(sa.select(PreferenceRow))}
    return [(each, rows.get(each.key, each.written(each.default))) for each in ALL]
