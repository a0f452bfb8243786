"""The parts an RRULE may have (RFC 5545, section 3.3.10), checked before dateutil expands them; lunar rules
(RFC 7529) are checked by schedules.lunar.

dateutil alone is lenient: it takes INTERVAL=0 (and never ends), month 13, and BYHOUR, which would move the wall time.
"""

from __future__ import annotations

import re

from schedules import lunar
from schedules.errors import BadRule

ELSEWHERE = frozenset({"DTSTART", "DTEND", "BYHOUR", "BYMINUTE", "BYSECOND"})  # the time and first date are said apart
TOO_OFTEN = frozenset({"HOURLY", "MINUTELY", "SECONDLY"})
ORDINAL_DAY = re.compile(r"[+-]?0?[1-9]|[+-]?[1-4][0-9]|[+-]?5[0-3]")  # the 1st to 53rd, from either end
WEEKDAY = re.compile(r"(.*)(MO|TU|WE|TH|FR|SA|SU)")
WORDS = {
    "FREQ": re.compile("DAILY|WEEKLY|MONTHLY|YEARLY"),
    "INTERVAL": re.compile("[1-9][0-9]{0,3}"),
    "COUNT": re.compile("[1-9][0-9]{0,5}"),
    "UNTIL": re.compile("[0-9]{8}"),  # a date; with a time it would need a zone, and the rule has one wall time anyway
    "WKST": re.compile("MO|TU|WE|TH|FR|SA|SU"),
}
NUMBERS = {"BYMONTH": 12, "BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366}  # the largest of each
NUMBER = re.compile("[+-]?[0-9]{1,3}")
ONLY_WITH = {  # what section 3.3.10 allows at some frequencies only
    "BYMONTHDAY": {"DAILY", "MONTHLY", "YEARLY"},
    "BYYEARDAY": {"YEARLY"},
    "BYWEEKNO": {"YEARLY"},
}


def parts(text: str) -> dict[str, str]:
    """The parts of an RRULE value by name, in their order; a leading "RRULE:" and small letters are accepted.

    Raises BadRule: empty, unreadable, unknown-part, forbidden-part, repeated-part, bad-part, no-frequency,
    too-often, parts-conflict. What passes is well formed, though it may still match no date at all.
    """
    value = text.strip().upper().removeprefix("RRULE:")
    if not value:
        raise BadRule("empty")
    found: dict[str, str] = {}
    for part in value.split(";"):
        name, sign, content = part.partition("=")
        if name.partition(":")[0] in ELSEWHERE:
            raise BadRule("forbidden-part", part=name.partition(":")[0])
        if not sign:
            raise BadRule("unreadable", rule=text)
        if name in found:
            raise BadRule("repeated-part", part=name)
        found[name] = content
    if "FREQ" not in found:
        raise BadRule("no-frequency", rule=text)
    if "RSCALE" in found:
        lunar.check(found)
        _check("UNTIL", found.get("UNTIL", "20000101"))
        return found
    for name, content in found.items():
        _check(name, content)
    _check_together(found)
    return found


def _check(name: str, content: str) -> None:
    if name == "FREQ" and content in TOO_OFTEN:
        raise BadRule("too-often", frequency=content)
    if name in WORDS:
        good = WORDS[name].fullmatch(content) is not None
    elif name in NUMBERS:
        good = all(_is_number(item, NUMBERS[name], signed=name != "BYMONTH") for item in content.split(","))
    elif name == "BYDAY":
        good = all(_is_day(item) for item in content.split(","))
    else:
        raise BadRule("unknown-part", part=name)
    if not good:
        raise BadRule("bad-part", part=name, value=content)


def _is_number(item: str, largest: int, *, signed: bool) -> bool:
    if NUMBER.fullmatch(item) is None or (not signed and not item.isdigit()):
        return False
    return 1 <= abs(int(item)) <= largest


def _is_day(item: str) -> bool:
    match = WEEKDAY.fullmatch(item)
    return match is not None and (not match[1] or ORDINAL_DAY.fullmatch(match[1]) is not None)


def _check_together(found: dict[str, str]) -> None:
    frequency = found["FREQ"]
    for name, allowed in ONLY_WITH.items():
        if name in found and frequency not in allowed:
            raise BadRule("parts-conflict", part=name, other=f"FREQ={frequency}")
    if "COUNT" in found and "UNTIL" in found:
        raise BadRule("parts-conflict", part="COUNT", other="UNTIL")
    if any(len(day) > 2 for day in found.get("BYDAY", "").split(",")):  # "the 2nd Friday": of what, must be clear
        if frequency not in ("MONTHLY", "YEARLY"):
            raise BadRule("parts-conflict", part="BYDAY", other=f"FREQ={frequency}")
        if "BYWEEKNO" in found:
            raise BadRule("parts-conflict", part="BYDAY", other="BYWEEKNO")
    if "BYSETPOS" in found and not (found.keys() & {"BYDAY", "BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"}):
        raise BadRule("parts-conflict", part="BYSETPOS", other="no other BY part")
