"""The one place that reads the time. Everything else is handed `now` or a Clock."""

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo


class Clock:
    """The machine's clocks: `wall` may step (NTP, a person), `monotonic` never does."""

    def wall(self) -> float:
        """Seconds since 1970, UTC."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds from an arbitrary start, never stepping."""
        return time.monotonic()

    def now(self) -> datetime:
        """The wall clock as aware UTC."""
        return datetime.fromtimestamp(self.wall(), UTC)

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class VirtualClock(Clock):
    """A clock that stands until it is moved; both hands move together."""

    def __init__(self, start: datetime) -> None:
        self._wall = start.timestamp()

    def wall(self) -> float:
        return self._wall

    def monotonic(self) -> float:
        return self._wall

    def sleep(self, seconds: float) -> None:
        self._wall += seconds

    def move_to(self, instant: datetime) -> None:
        self._wall = max(self._wall, instant.timestamp())


def wall_text(instant: datetime, tz: ZoneInfo) -> str:
    """How people write an instant here: "17:30 thứ Sáu 27/11/2026"."""
    days = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
    local = instant.astimezone(tz)
    seconds = local.strftime(":%S") if local.second else ""
    return f"{local:%H:%M}{seconds} {days[local.weekday()]} {local:%d/%m/%Y}"
