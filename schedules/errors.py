"""What can be wrong with a schedule: a code with its values. The words people read are found further up."""

from __future__ import annotations

MESSAGES = {
    "bad-late-policy": "not a late policy: {policy}",
    "bad-part": "{part} can't be {value}",
    "bad-time": "a wall time has whole seconds and no offset: {at}",
    "bad-week": "not a week of ISO 8601: {week}",
    "dates-reversed": "the last date {last} is before the first {first}",
    "empty": "the rule is empty",
    "forbidden-part": "{part} has no place in a rule: its time and first date are said apart",
    "never": "the rule never matches: {rule}",
    "no-frequency": "the rule has no FREQ: {rule}",
    "parts-conflict": "{part} does not go with {other}",
    "repeated-part": "{part} is there twice",
    "too-often": "FREQ={frequency} is more often than daily",
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


class BadPause(ScheduleError):
    """A pause that ends before it begins."""
