"""What can be wrong with a schedule. A code and its values; words are found further up."""


class ScheduleError(ValueError):
    """Root of this package's errors."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(f"{code} {values}" if values else code)
        self.code = code
        self.values = values


class BadRule(ScheduleError):
    """A recurrence rule that can't be read, or that this station can't follow."""
