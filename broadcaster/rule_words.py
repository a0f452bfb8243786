"""Rules as people say them: "thứ Sáu hằng tuần, trừ ngày 25/12/2026". What has no words has none here either."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from broadcaster.periods import lunar_words
from broadcaster.tongue import say
from schedules import grammar
from schedules.errors import BadRule
from schedules.recurrence import EXTRA, LEFT_OUT

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ORDINAL = re.compile(r"\+?(-1|[1-4])([A-Z]{2})")


def rule_words(rule: str) -> str | None:
    """What a slot's rule says, in words; None where a part of it has none."""
    lines = [line.strip() for line in rule.splitlines() if line.strip()]
    said = [_line(line, alone=len(lines) == 1) for line in lines if not line.startswith(LEFT_OUT)]
    if not said or None in said:
        return None
    words = "; ".join(filter(None, said))
    left_out = [day for line in lines if line.startswith(LEFT_OUT) for day in _dates(line, LEFT_OUT)]
    return say("{rule}, trừ ngày {days}", rule=words, days=_list(left_out)) if left_out else words


def day_names() -> dict[str, str]:
    """The weekdays in full, as sentences hold them."""
    names = (
        say("thứ Hai"), say("thứ Ba"), say("thứ Tư"), say("thứ Năm"), say("thứ Sáu"), say("thứ Bảy"), say("Chủ nhật"),
    )  # fmt: skip
    return dict(zip(DAYS, names, strict=True))


def places() -> dict[str, str]:
    """Which of a month's weekdays; a number, since "thứ hai" and "thứ ba" are weekdays too."""
    return {
        "1": say("đầu tiên"),
        "2": say("lần thứ 2"),
        "3": say("lần thứ 3"),
        "4": say("lần thứ 4"),
        "-1": say("cuối cùng"),
    }


def _line(line: str, *, alone: bool) -> str | None:
    if line.startswith(EXTRA):
        days = _list(_dates(line, EXTRA))
        return say("một lần, ngày {once}", once=days) if alone and "," not in days else say("ngày {days}", days=days)
    if lunar := lunar_words(line):
        named = {"giao thừa": say("giao thừa"), "giỗ tổ": say("giỗ tổ")}  # nobody takes them for other days
        return named.get(lunar) or say("{lunar} âm lịch", lunar=lunar)
    try:
        parts = grammar.parts(line)
    except BadRule:
        return None
    until, count = parts.pop("UNTIL", None), parts.pop("COUNT", None)
    if parts.get("WKST") == "MO":
        del parts["WKST"]
    words = _repeating(parts)
    if words and until:
        words = say("{rule}, đến hết ngày {day}", rule=words, day=_list([_date(until)]))
    return say("{rule}, {count} lần", rule=words, count=count) if words and count else words


def _repeating(parts: dict[str, str]) -> str | None:
    frequency, step = parts.pop("FREQ"), int(parts.pop("INTERVAL", "1"))
    days: str | None
    match frequency, sorted(parts):
        case "DAILY", []:
            return say("hằng ngày") if step == 1 else say("cứ {step} ngày một lần", step=step)
        case "WEEKLY", ["BYDAY"]:
            named = day_names()
            days = ", ".join(named[day] for day in parts["BYDAY"].split(","))
            if step == 1:
                return say("{days} hằng tuần", days=days)
            return say("cứ {step} tuần một lần, {days}", step=step, days=days)
        case "MONTHLY", ["BYMONTHDAY"]:
            days = _month_days(parts["BYMONTHDAY"])
        case "MONTHLY", ["BYDAY"]:
            days = _ordinals(parts["BYDAY"].split(","))
        case "YEARLY", ["BYMONTH", "BYMONTHDAY"] if step == 1 and "," not in parts["BYMONTH"]:
            month = parts["BYMONTH"]
            if not parts["BYMONTHDAY"].replace(",", "").isdigit():
                return None
            days = ", ".join(f"{day}/{month}" for day in parts["BYMONTHDAY"].split(","))
            return say("ngày {days} hằng năm", days=days)
        case "WEEKLY" | "MONTHLY" | "YEARLY", [] if step == 1:  # on the day of the first date
            return {"WEEKLY": say("hằng tuần"), "MONTHLY": say("hằng tháng"), "YEARLY": say("hằng năm")}[frequency]
        case _:
            return None
    if days is None:
        return None
    if step == 1:
        return say("{days} hằng tháng", days=days)
    return say("{days}, cứ {step} tháng một lần", days=days, step=step)


def _month_days(said: str) -> str | None:
    if said == "-1":
        return say("ngày cuối cùng")
    return say("ngày {days}", days=said.replace(",", ", ")) if said.replace(",", "").isdigit() else None


def _ordinals(days: list[str]) -> str | None:
    named, which = day_names(), places()
    found = [day for day in map(ORDINAL.fullmatch, days) if day and day[1] in which]
    if len(found) < len(days):
        return None
    return ", ".join(say("{weekday} {place}", weekday=named[day[2]], place=which[day[1]]) for day in found)


def _dates(line: str, head: str) -> list[date]:
    return [_date(digits.strip()) for digits in line[len(head) :].split(",")]


def _date(digits: str) -> date:
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))


def _list(days: Iterable[date]) -> str:
    return ", ".join(f"{day.day}/{day.month}/{day.year}" for day in days)
