"""The one place that reads the time. Everything else is handed `now` or a Clock."""

import ctypes
import sys
import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from broadcaster.tongue import say

STA_UNSYNC = 0x40  # <sys/timex.h>: the kernel's clock follows no source
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
TIMEX_BYTES = 256  # room for struct timex (208 bytes on 64-bit Linux)


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

    def synchronised(self) -> bool | None:
        """Whether the system's clock follows a time source (NTP, GPS); None where that can't be known."""
        if not sys.platform.startswith("linux"):
            return None
        timex = ctypes.create_string_buffer(TIMEX_BYTES)  # zeroed: modes 0 only reads, adjtimex(2)
        if ctypes.CDLL(None).adjtimex(timex) < 0:
            return None
        status_at = 5 * ctypes.sizeof(ctypes.c_long)  # after modes (padded), offset, freq, maxerror, esterror
        return not ctypes.c_int.from_buffer(timex, status_at).value & STA_UNSYNC


class VirtualClock(Clock):
    """A clock that stands until it is moved; both hands move together, but for `set`."""

    def __init__(self, start: datetime) -> None:
        self._wall = start.timestamp()
        self._set_by = 0.0

    def wall(self) -> float:
        return self._wall

    def monotonic(self) -> float:
        return self._wall - self._set_by

    def synchronised(self) -> bool | None:
        return None

    def set(self, seconds: float) -> None:
        """Somebody sets the wall clock forward (or back) by so much; the monotonic one never notices."""
        self._wall += seconds
        self._set_by += seconds

    def sleep(self, seconds: float) -> None:
        self._wall += seconds

    def move_to(self, instant: datetime) -> None:
        self._wall = max(self._wall, instant.timestamp())


def wall_text(instant: datetime, tz: ZoneInfo) -> str:
    """How people write an instant here: "17:30 thứ Sáu 27/11/2026"."""
    local = instant.astimezone(tz)
    hour = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    return say("{hour} {weekday} {day:%d/%m/%Y}", hour=hour, weekday=say(WEEKDAYS[local.weekday()]), day=local)
