"""What can be wrong with a schedule: a code with its values. The words people read are found further up."""

from __future__ import annotations

MESSAGES = {
    "bad-days": "a period that comes again has between 1 and 366 days: {days}",
    "bad-hours": "not hours of the week: {hours}",
    "bad-late-policy": "not a late policy: {policy}",
    "bad-part": "{part} can't be {value}",
    "bad-time": "a wall time has whole seconds and no offset: {at}",
    "bad-week": "not a week of ISO 8601: {week}",
    "bad-volume": "a volume is between 0 and 1: {volume}",
    "cancelled-and-changed": "what is cancelled can't be moved or replaced as well",
    "dates-reversed": "the last date {last} is before the first {first}",
    "empty": "the rule is empty",
    "first-differs": "the rule begins on {said}, the slot on {apart}",
    "forbidden-part": "{part} has no place in a rule: its time and first date are said apart",
    "foreign-line": "{part} has no place in a slot",
    "never": "the rule never matches: {rule}",
    "not-lunar": "no name of a lunar day: {said}",
    "no-dates": "a period needs its first and last date, or a rule",
    "no-frequency": "the rule has no FREQ: {rule}",
    "no-time": "neither the rule nor the slot says a time of day",
    "nothing-changed": "a change must change something",
    "parts-conflict": "{part} does not go with {other}",
    "repeated-part": "{part} is there twice",
    "several-times": "a slot has one time of day, {part} says {value}",
    "time-differs": "the rule says {said}, the slot {apart}",
    "too-often": "FREQ={frequency} is more often than daily",
    "times-differ": "the rules of one slot share their wall time",
    "unknown-part": "RFC 5545 has no {part}",
    "unreadable": "not a recurrence rule: {rule}",
}


class ScheduleError(ValueError):
    """Root of this package's errors: `code` is a key of MESSAGES, `values` what its message names."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(MESSAGES.get(code, code).format(**values))
        self.code = code
        self.values = values


class BadRule(ScheduleError):
    """A recurrence rule that can't be read, or that this station can't follow."""


class BadWeek(ScheduleError):
    """A week that is not written as one, or that its year does not have."""


class BadLatePolicy(ScheduleError):
    """A late policy of an unknown kind, or with a grace that can't be written."""


class BadPeriod(ScheduleError):
    """A period that ends before it begins, or with a volume that is none."""


class BadHours(ScheduleError):
    """Hours of the week that can't be read."""


class BadChange(ScheduleError):
    """A change of one occurrence that says nothing, or two things that exclude each other."""
