"""What rules mean, the slow way: a question to every day and to every minute, without dateutil."""

from calendar import monthrange
from datetime import UTC, date, datetime

from tests.schedules.made import DAY, MINUTE, WEEKDAYS


def dates(parts, starts, until, last):
    """The dates of a rule from its anchor to `last`, by RFC 5545, section 3.3.10, day by day."""
    anchor = starts or date(2024, 1, 1)
    if until:
        last = min(last, until)
    if "UNTIL" in parts:
        last = min(last, date.fromisoformat(parts["UNTIL"]))
    left = int(parts.get("COUNT", 10**6))
    day = anchor
    while day <= last and left:
        if _in_step(parts, anchor, day) and _on_day(parts, anchor, day):
            left -= 1
            yield day
        day += DAY


def _in_step(parts, anchor, day):
    first_weekday = WEEKDAYS.index(parts.get("WKST", "MO"))
    passed = {
        "DAILY": (day - anchor).days,
        "WEEKLY": (_week_start(day, first_weekday) - _week_start(anchor, first_weekday)).days // 7,
        "MONTHLY": (day.year - anchor.year) * 12 + day.month - anchor.month,
        "YEARLY": day.year - anchor.year,
    }
    return passed[parts["FREQ"]] % int(parts.get("INTERVAL", 1)) == 0


def _week_start(day, first_weekday):
    return day - (day.weekday() - first_weekday) % 7 * DAY


def _on_day(parts, anchor, day):
    if "BYMONTH" in parts and day.month not in map(int, parts["BYMONTH"].split(",")):
        return False
    length = monthrange(day.year, day.month)[1]
    if "BYMONTHDAY" in parts:
        return {day.day, day.day - length - 1} & set(map(int, parts["BYMONTHDAY"].split(","))) != set()
    if "BYDAY" in parts:
        name = WEEKDAYS[day.weekday()]
        names = {name, f"{(day.day - 1) // 7 + 1}{name}", f"-{(length - day.day) // 7 + 1}{name}"}
        return names & set(parts["BYDAY"].split(",")) != set()
    if parts["FREQ"] == "DAILY":
        return True
    if parts["FREQ"] == "WEEKLY":
        return day.weekday() == anchor.weekday()
    return day.day == anchor.day and (parts["FREQ"] == "MONTHLY" or day.month == anchor.month)


def instants(wall_dates, at, start, end, tz):
    """The instants of wall times in start <= instant < end, by looking at a clock on the wall every minute.

    A time the clock shows twice is the first; one it jumps over is as long after the jump as it would have been.
    """
    wanted = {datetime.combine(day, at) for day in wall_dates}
    found = set()
    now = start.astimezone(UTC) - 2 * DAY
    soon = now.astimezone(tz).replace(tzinfo=None)
    while now < end:
        shown, soon = soon, (now + MINUTE).astimezone(tz).replace(tzinfo=None)
        for wall in [w for w in wanted if w == shown or shown < w < soon]:
            wanted.discard(wall)
            found.add(now + (wall - shown))
        now += MINUTE
    return sorted(instant for instant in found if start <= instant < end)
