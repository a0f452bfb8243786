"""Slots, rules and days for the tests of this folder, chosen by hand or by hypothesis."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st

from schedules.late import LatePolicy
from schedules.recurrence import Recurrence
from schedules.rules import Rule
from schedules.slots import Klass, Slot

NUI_THANH = ZoneInfo("Asia/Ho_Chi_Minh")
BERLIN = ZoneInfo("Europe/Berlin")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def quick(examples):
    """Hypothesis without a deadline: slow machines are no failure."""
    return settings(deadline=None, max_examples=examples)


def slot(rule="FREQ=DAILY", at=time(17, 30), *, id="s", programme="p", zone="z", starts=None, until=None):
    """A slot of one rule (text, or a Rule made already), or of the text of a whole recurrence."""
    if isinstance(rule, Rule):
        recurrence = Recurrence(rule.at, (rule,))
    else:
        recurrence = Recurrence.parse(rule, at=at, starts=starts, until=until)
    return Slot(id, programme, zone, recurrence, Klass.THUONG, LatePolicy.parse("from-start:10m"))


def wall(year, month, day, *clock):
    """A naive wall time, as rules speak of it."""
    return datetime.combine(date(year, month, day), time(*clock))


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def some(choices, most=3):
    return st.lists(st.sampled_from(choices), min_size=1, max_size=most, unique=True).map(
        lambda found: ",".join(str(item) for item in found)
    )


WALL_TIMES = st.one_of(
    st.sampled_from([time(0), time(0, 30), time(2), time(2, 30), time(2, 59), time(3), time(17, 30), time(23, 59)]),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
)
# Round the edges of calendars: leap days, year ends, years of 53 weeks, and the epoch of rules without a first date.
DATES = st.one_of(
    st.sampled_from([date(2024, 1, 1), date(2024, 2, 29), date(2026, 12, 31), date(2027, 1, 3), date(2028, 2, 29)]),
    st.dates(date(2024, 1, 1), date(2029, 12, 31)),
)


@st.composite
def rule_parts(draw):
    """Parts of rules that a station might have, at every frequency."""
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = {"FREQ": frequency}
    if draw(st.booleans()):
        parts["INTERVAL"] = str(draw(st.integers(1, 5)))
    if frequency in ("DAILY", "WEEKLY") and draw(st.booleans()):
        parts["BYDAY"] = draw(some(WEEKDAYS))
    if frequency == "MONTHLY":
        by = draw(st.sampled_from(["", "BYMONTHDAY", "BYDAY", "nth BYDAY"]))
        if by == "BYMONTHDAY":
            parts[by] = draw(some([1, 15, 29, 30, 31, -1, -3]))
        elif by == "BYDAY":
            parts[by] = draw(some(WEEKDAYS))
        elif by:
            parts["BYDAY"] = draw(some([f"{n}{day}" for n in (1, 2, 4, 5, -1) for day in WEEKDAYS]))
    if frequency == "YEARLY" and draw(st.booleans()):
        parts |= {"BYMONTH": draw(some(range(1, 13))), "BYMONTHDAY": draw(some([1, 28, 29, -1]))}
    elif frequency != "YEARLY" and draw(st.booleans()):
        parts["BYMONTH"] = draw(some(range(1, 13), most=12))
    ending = draw(st.sampled_from(["", "COUNT", "UNTIL"]))
    if ending == "COUNT":
        parts["COUNT"] = str(draw(st.integers(1, 30)))
    elif ending:
        parts["UNTIL"] = draw(DATES).strftime("%Y%m%d")
    if draw(st.booleans()):
        parts["WKST"] = draw(st.sampled_from(WEEKDAYS))
    return parts


def text(parts):
    return ";".join(f"{name}={value}" for name, value in parts.items())
