"""What is typed into the slot form: a way of repeating that people know, or a whole RRULE."""

from __future__ import annotations

import re
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from broadcaster import periods, typed
from broadcaster.errors import BroadcasterError
from broadcaster.models import SlotRow
from broadcaster.rule_words import DAYS, places, rule_words
from broadcaster.shifting import WEEKLY
from broadcaster.slots import Wanted
from broadcaster.tongue import say
from web import inputs

DAY = "(?:MO|TU|WE|TH|FR|SA|SU)"
MONTHLY = re.compile(r"FREQ=MONTHLY;BYMONTHDAY=(\d{1,2}(?:,\d{1,2})*)")
WEEKS = re.compile(rf"FREQ=WEEKLY;INTERVAL=(\d{{1,2}});BYDAY=({DAY}(?:,{DAY})*)")
NTH = re.compile(rf"FREQ=MONTHLY;BYDAY=(-1|[1-4])({DAY})")
ONCE = re.compile(r"RDATE;VALUE=DATE:(\d{4})(\d{2})(\d{2})")
MOST_WEEKS = 52
BETWEEN = re.compile(r"(?:[,;\s]|\bvà\b|ngày|mùng|mồng)+")
LATE = {
    "from-start:10m": "phát từ đầu nếu trễ không quá 10 phút",
    "from-start:30m": "phát từ đầu nếu trễ không quá 30 phút",
    "resume:30m": "phát tiếp vào chỗ lẽ ra đang phát (trong 30 phút)",
    "skip": "bỏ buổi đó",
}


def day_names() -> dict[str, str]:
    names = (say("T2"), say("T3"), say("T4"), say("T5"), say("T6"), say("T7"), say("CN"))
    return dict(zip(DAYS, names, strict=True))


@dataclass(frozen=True)
class SlotForm:
    """`repeat`: weekly, weeks (every few), daily, monthly, nth (of a month's Fridays), lunar, once or rule; the field
    of that name says how. `stored` is the rule it was made from."""

    programme: str = ""
    repeat: str = "weekly"
    weekdays: tuple[str, ...] = ()
    step: str = "2"
    weeksdays: tuple[str, ...] = ()
    monthdays: str = ""
    place: str = "1"
    placeday: str = "FR"
    lunar: str = ""
    once: str = ""
    rule: str = ""
    at: str = ""
    klass: str = "thuong"
    late: str = "from-start:10m"
    first: str = ""
    until: str = ""
    rests: bool = False
    rank: int = 0
    override: str = ""
    repeat_of: str = ""
    zone: str = "all"
    version: str = ""
    stored: str = ""

    @classmethod
    def taken(cls, form: MultiDict[str, str]) -> SlotForm:
        names = (
            "programme", "repeat", "step", "monthdays", "place", "placeday", "lunar", "once", "rule", "at",
            "klass", "late", "first", "until", "override", "zone", "version", "repeat_of",
        )  # fmt: skip
        said = {name: form[name].strip() for name in names if name in form}
        rank = form.get("rank", "")
        return cls(
            **said,
            weekdays=tuple(day for day in form.getlist("weekday") if day in DAYS),
            weeksdays=tuple(day for day in form.getlist("weeksday") if day in DAYS),
            rests="rests" in form,
            rank=int(rank) if rank.lstrip("-").isdecimal() else 0,
        )

    @classmethod
    def of(cls, row: SlotRow) -> SlotForm:
        common = {
            "programme": row.programme.slug, "at": row.at, "klass": row.klass, "late": row.late,
            "first": str(row.first or ""), "until": str(row.until or ""), "rests": row.rests_on_holidays,
            "rank": row.rank, "zone": row.zone, "version": str(row.version), "stored": row.rrule,
            "repeat_of": row.repeat_of or "",
        }  # fmt: skip
        return cls(**common, **_way(row.rrule))  # type: ignore[arg-type]

    @classmethod
    def of_rule(cls, rule: str, at: str) -> SlotForm:
        return cls(at=at, stored=rule, **_way(rule))  # type: ignore[arg-type]

    def wanted(self) -> Wanted:
        """What the form asks for. Raises BroadcasterError day-bad, hour-bad, weekdays-empty, weeks-bad, first-missing,
        rule-empty."""
        return Wanted(
            rule=self._rule(),
            at="" if self.repeat == "rule" and not self.at else _clock(self.at),
            zone=self.zone,
            klass=self.klass,
            late=self.late,
            first=inputs.day(self.first, "first"),
            until=inputs.day(self.until, "until"),
            rests_on_holidays=self.rests,
            rank=self.rank,
            repeat_of=self.repeat_of or None,
            override=self.override or None,
        )

    @property
    def words(self) -> str | None:
        """The stored rule as people say it, where it has words."""
        return rule_words(self.stored)

    def _month_days(self) -> list[int]:
        """ "1, 15", "mùng 1 và 15". Raises BroadcasterError monthdays-bad."""
        parts = filter(None, BETWEEN.split(self.monthdays.casefold()))
        found = [typed.count(part) or 0 for part in parts]
        if not found or not all(1 <= day <= 31 for day in found):
            raise BroadcasterError("monthdays-bad", field="monthdays", text=self.monthdays[:60])
        return sorted(set(found))

    def _rule(self) -> str:
        if self.repeat == "weekly":
            return f"FREQ=WEEKLY;BYDAY={_days(self.weekdays)}"
        if self.repeat == "weeks":
            step = typed.count(self.step)
            if step is None or not 2 <= step <= MOST_WEEKS:
                raise BroadcasterError("weeks-bad", most=MOST_WEEKS, field="step")
            if not self.first and not self.version:  # a slot that stands goes on as it was counted
                raise BroadcasterError("first-missing", field="first")
            return f"FREQ=WEEKLY;INTERVAL={step};BYDAY={_days(self.weeksdays)}"
        if self.repeat == "nth" and self.placeday in DAYS and self.place in places():
            return f"FREQ=MONTHLY;BYDAY={self.place}{self.placeday}"
        if self.repeat == "daily":
            return "FREQ=DAILY"
        if self.repeat == "monthly":
            return f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, self._month_days()))}"
        if self.repeat == "once":
            found = inputs.day(self.once, "once")
            if found is None:
                raise BroadcasterError("rule-empty", field="once")
            return f"RDATE;VALUE=DATE:{found:%Y%m%d}"
        said = self.lunar if self.repeat == "lunar" else self.rule
        if not said:
            raise BroadcasterError("rule-empty")
        return said


def _days(chosen: tuple[str, ...]) -> str:
    if not chosen:
        raise BroadcasterError("weekdays-empty")
    return ",".join(name for name in DAYS if name in chosen)


def _clock(text: str) -> str:
    at = inputs.hour(text, "at")
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"


def _way(rrule: str) -> dict[str, object]:
    """How the form shows a stored rule."""
    if found := WEEKLY.fullmatch(rrule):
        return {"repeat": "weekly", "weekdays": tuple(found[1].split(","))}
    if found := WEEKS.fullmatch(rrule):
        return {"repeat": "weeks", "step": found[1], "weeksdays": tuple(found[2].split(","))}
    if found := NTH.fullmatch(rrule):
        return {"repeat": "nth", "place": found[1], "placeday": found[2]}
    if rrule == "FREQ=DAILY":
        return {"repeat": "daily"}
    if found := MONTHLY.fullmatch(rrule):
        return {"repeat": "monthly", "monthdays": found[1].replace(",", ", ")}
    if found := ONCE.fullmatch(rrule):
        return {"repeat": "once", "once": "-".join(found.groups())}
    if named := periods.lunar_words(rrule):
        return {"repeat": "lunar", "lunar": named}
    return {"repeat": "rule", "rule": rrule}
