"""Days and times of day as people write them: "5h30", "17 giờ", "5 giờ rưỡi chiều", "17.30"; "30/4", "2/9/2027",
"2 tháng 9". Any width of digit, any number of spaces."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from broadcaster import when
from broadcaster.errors import BroadcasterError

LONGEST = 40  # characters of what was typed that are told again
LEAP = 8  # years in which even 29/2 comes again (1896 to 1904 is the longest wait)
HOUR = re.compile(
    r"(?:lúc )?(?P<hour>\d{1,2}) ?(?:(?:[:.] ?(?P<clock>\d\d)(?:[:.](?P<second>\d\d))?)"
    r"|(?:giờ|gio|h|g)(?: ?(?P<minute>\d{1,2})(?: ?(?:phút|phut|ph|p|'))?| (?P<half>rưỡi)"
    r"| kém (?P<less>\d{1,2})(?: phút)?)?)?(?: (?P<part>sáng|trưa|chiều|tối|đêm))?"
)
PARTS = {  # of the day: the hours it is said of
    "sáng": range(12),
    "trưa": range(10, 15),
    "chiều": range(12, 19),
    "tối": range(17, 24),
    "đêm": (*range(20, 24), *range(5)),
}
DAY = re.compile(
    r"(?:ngày |mùng |mồng )?(?P<day>\d{1,2})(?: ?[/.-] ?| tháng )(?P<month>\d{1,2})"
    r"(?:(?: ?[/.-] ?| năm )(?P<year>\d{4}|\d\d))?"
)
COUNT = re.compile(r"([0-9]{1,4})(?: ?(?:phút|p))?")
ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
NEAR = {"hôm qua": -1, "hôm nay": 0, "ngày mai": 1, "mai": 1, "ngày kia": 2}


def hour(text: str) -> time:
    """Raises BroadcasterError hour-bad."""
    found = HOUR.fullmatch(_plain(text))
    try:
        if found:
            return _time(found)
    except ValueError:
        pass
    raise BroadcasterError("hour-bad", usage=True, text=_told(text))


def day(text: str, today: date, *, past: bool = False) -> date:
    """Without a year, the next one there is; with `past` the last one. Raises BroadcasterError day-bad."""
    plain = _plain(text)
    if plain in NEAR:
        return today + timedelta(days=NEAR[plain])
    found = ISO.fullmatch(plain) or DAY.fullmatch(plain)
    if found:
        number, month, year = int(found["day"]), int(found["month"]), found["year"]
        years = [_century(year)] if year else [today.year + (-n if past else n) for n in range(LEAP + 1)]
        for one in years:
            there = _date(one, month, number)
            if there and (year or (there <= today if past else there >= today)):
                return there
    raise BroadcasterError("day-bad", usage=True, text=_told(text))


def count(text: str) -> int | None:
    """A whole number, with or without "phút" behind it; None for anything else."""
    found = COUNT.fullmatch(_plain(text))
    return int(found[1]) if found else None


def moment(text: str, now: datetime, tz: ZoneInfo, on: date | None = None) -> datetime:
    """A day and a time of day in either order, or ISO 8601; a time alone is one of the day `on`.

    Raises BroadcasterError moment-bad.
    """
    words = _plain(text).replace(",", " ").split()
    try:
        return when.instant(unicodedata.normalize("NFKC", text).strip(), tz)
    except BroadcasterError:
        pass
    try:
        if on:
            return datetime.combine(on, hour(text), tz)
    except BroadcasterError:
        pass
    today = now.astimezone(tz).date()
    for n in range(1, len(words)):
        left, right = " ".join(words[:n]), " ".join(words[n:])
        for one, other in ((left, right), (right, left)):
            try:
                return datetime.combine(day(one, today), hour(other), tz)
            except BroadcasterError:
                continue
    raise BroadcasterError("moment-bad", usage=True, text=_told(text))


def _time(found: re.Match[str]) -> time:
    """Raises ValueError for what no clock shows."""
    number = int(found["hour"])
    minute = 30 if found["half"] else int(found["clock"] or found["minute"] or 0)
    if part := found["part"]:
        number = next((n for n in (number, (number + 12) % 24) if n in PARTS[part] and number <= max(12, n)), 24)
    at = datetime.combine(date.min + timedelta(days=1), time(number, minute, int(found["second"] or 0)))
    less = int(found["less"] or 0)
    if less >= 60:
        raise ValueError(less)
    return (at - timedelta(minutes=less)).time()


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number) if year in when.YEARS else None
    except ValueError:
        return None


def _century(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _told(text: str) -> str:
    short = " ".join(text.split())
    return short if len(short) <= LONGEST else f"{short[:LONGEST]}…"
