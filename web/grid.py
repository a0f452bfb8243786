"""Seven days beside each other: which block stands where, and what it says. The axis is web.axis, the look week.css."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from broadcaster import words
from broadcaster.hours import Hours
from broadcaster.tongue import say
from broadcaster.week import Entry
from web.axis import DAY, HOUR, HOURS, Axis, lanes, place

LOOKS = {"missed": "bad", "failed": "bad", "cut": "bad", "on_air": "now", "withdrawn": "off", "ready": "planned"}
ALLOWED, QUIET = "allowed", "quiet"
SLIM, ROOMY = 28, 44  # pixels of a block: less than two lines; more than time and title can be read


@dataclass(frozen=True)
class Block:
    """One broadcast on the page. `move` is "minute,length" of one that can be moved."""

    look: str
    href: str | None
    move: str | None
    starts: str
    ends: str
    title: str
    status: str
    zone: str | None
    first_class: bool
    notes: tuple[str, ...]


class Grid:
    """The axis, the hours that may be used, and the blocks of each day."""

    def __init__(
        self, days: Sequence[date], hours: Hours, zones: Mapping[str, str], tz: ZoneInfo, *, whole: bool
    ) -> None:
        self.days, self._hours, self._tz, self._whole = days, hours, tz, whole
        self._zones = zones
        self.axis = Axis.of((), whole=whole)
        self.blocks: dict[date, list[Block]] = {day: [] for day in days}

    def fill(self, entries: Iterable[Entry], address: Callable[[Entry, date], str | None]) -> None:
        """Lay the blocks out. `address` is where the block of a day leads."""
        placed: dict[date, list[tuple[Entry, float, float]]] = defaultdict(list)
        spans = [span for day in self.days for _, *span in self._windows(day)]
        for entry in entries:
            local = entry.starts_at.astimezone(self._tz)
            first = local.hour * HOUR + local.minute + local.second / 60
            last = first + (entry.ends_at - entry.starts_at).total_seconds() / 60
            for days, day in enumerate((local.date(), local.date() + timedelta(days=1))):
                # What goes on after midnight has its rest on the second day, as begun before its first minute.
                if day in self.blocks and last > days * DAY:
                    placed[day].append((entry, first - days * DAY, last - days * DAY))
                    spans.append([max(0.0, first - days * DAY), min(last - days * DAY, DAY)])
        self.axis = Axis.of(((a, b) for a, b in spans), whole=self._whole)
        for day in self.days:
            rows = placed[day]
            boxes = [self.axis.block(first, last) for _, first, last in rows]
            for (entry, first, last), (top, height), (lane, of) in zip(rows, boxes, lanes(boxes), strict=True):
                look = f"{LOOKS.get(entry.status, entry.status)}{place('y', top)}{place('h', height)}"
                look += f" w{of} i{lane}" if of > 1 else ""
                look += " low" if height < ROOMY else ""
                look += " slim" if height < SLIM else ""
                look += " rest" if first < 0 else ""
                self.blocks[day].append(self._block(entry, look, first, last, address(entry, day)))

    def bands(self, day: date) -> list[tuple[str, str]]:
        """What is marked behind a day: (kind, its place)."""
        quiet = [(QUIET, a, b) for a, b in self._quiet()]
        return [(kind, self.axis.band(a, b)) for kind, a, b in (*self._windows(day), *quiet)]

    def place_of(self, minute: int) -> str:
        """Where a minute of the day is."""
        return place("y", self.axis.y(minute))

    def hours(self) -> list[tuple[str, str, bool]]:
        """(what is written, its place, whether it is open), for the scale at the side: folded hours go as one."""
        shown = []
        for opened, row in groupby(range(HOURS), self.axis.is_open):
            hours = list(row)
            for hour in hours if opened else hours[:1]:
                label = f"{hour:02}:00" if opened else f"{hour:02}–{hours[-1] + 1:02}"
                shown.append((label, place("y", self.axis.tops[hour]), opened))
        return shown

    def height(self) -> str:
        return place("h", self.axis.height)

    def folded(self) -> bool:
        return not all(map(self.axis.is_open, range(HOURS)))

    def _block(self, entry: Entry, look: str, first: float, last: float, href: str | None) -> Block:
        free = entry.status in ("planned", "ready") and href is not None and entry.original is not None and first >= 0
        notes = [say("tiếp từ hôm trước")] if first < 0 else []
        notes += [words.repeat_of(entry.repeats, self._tz)] if entry.repeats else []
        notes += [words.reason(code) for code in entry.warnings]
        notes += [words.reason(entry.reason)] if entry.reason else []
        notes += [entry.changed] if entry.changed else []
        return Block(
            look=look,
            href=href,
            move=f"{first:g},{last - first:.0f}" if free else None,
            starts=_clock(first),
            ends=_clock(last),
            title=entry.title,
            status=say("không phát") if entry.status == "withdrawn" else words.status(entry.status),
            zone=self._zones.get(entry.zone),
            first_class=entry.klass == "uu-tien",
            notes=tuple(notes),
        )

    def _windows(self, day: date) -> list[tuple[str, float, float]]:
        """The allowed hours that fall on a day, also those that opened the day before."""
        midnight = datetime.combine(day, time())
        found = []
        for opened in (day - timedelta(days=1), day):
            for window in self._hours.allowed:
                if opened.weekday() in window.weekdays:
                    a, b = ((at - midnight).total_seconds() / 60 for at in window.on(opened))
                    found.append((ALLOWED, max(0.0, a), min(float(DAY), b)))
        return [(kind, a, b) for kind, a, b in found if a < b]

    def _quiet(self) -> list[tuple[float, float]]:
        if self._hours.quiet is None:
            return []
        a, b = (float(at.hour * HOUR + at.minute) for at in self._hours.quiet)
        return [(a, b)] if a < b else [(0.0, b), (a, float(DAY))]


def _clock(minute: float) -> str:
    whole = round(minute) % DAY
    return f"{whole // HOUR:02}:{whole % HOUR:02}"
