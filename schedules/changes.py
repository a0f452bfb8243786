"""Changes to single occurrences: moved, replaced by another programme, or cancelled, without touching the rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from schedules.errors import BadChange


@dataclass(frozen=True)
class Change:
    """What became of the occurrence of `slot` that its rule puts at `original` (aware UTC).

    Cancelled, or moved to another instant, or replaced by another programme (the last two go together as well).
    """

    slot: str
    original: datetime
    cancelled: bool = False
    moved_to: datetime | None = None
    programme: str | None = None
    by: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        """Raises BadChange: nothing-changed, cancelled-and-changed."""
        otherwise = self.moved_to is not None or self.programme is not None
        if not self.cancelled and not otherwise:
            raise BadChange("nothing-changed")
        if self.cancelled and otherwise:
            raise BadChange("cancelled-and-changed")
