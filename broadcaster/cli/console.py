"""What every command needs: settings, clock, database, and how facts are printed."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from audio.reading import Preferences
from broadcaster import audit, preferences, programmes, when
from broadcaster.clock import Clock
from broadcaster.database import Sessions, exists, looking, open_database
from broadcaster.errors import BroadcasterError
from broadcaster.manner import manner
from broadcaster.settings import Settings


class Console:
    """One command's surroundings."""

    def __init__(self, settings: Settings, clock: Clock, as_json: bool) -> None:
        self.settings, self.clock, self.as_json = settings, clock, as_json

    @cached_property
    def sessions(self) -> Sessions:
        """The database, created and seeded on first use. Raises BroadcasterError."""
        sessions = open_database(self.settings)
        with sessions.begin() as session:
            programmes.seed(session, self.clock.now())
        audit.act_as(sessions, self.who, self.clock)
        return sessions

    @property
    def station(self) -> tuple[Preferences, tuple[str, ...]]:
        """How this station reads, and its phone numbers. No station here: the standard way, and none is made."""
        if not exists(self.settings):
            return Preferences(), ()
        with looking(self.sessions) as session:
            return manner(session), preferences.get(session, preferences.PHONES)

    @property
    def today(self) -> date:
        """The station's wall date."""
        return self.clock.now().astimezone(self.settings.tz).date()

    @property
    def who(self) -> str:
        """Who acts, for the log, when no account is named: the person at the machine."""
        return f"máy trạm ({getpass.getuser()})"

    def show(self, facts: Any, text: str | Iterable[str]) -> None:
        """Facts as JSON when asked for, else the text (a line or lines)."""
        if self.as_json:
            print(json.dumps(facts, ensure_ascii=False, indent=2, default=self._plain))
        else:
            for line in [text] if isinstance(text, str) else text:
                print(line)

    def note(self, text: str) -> None:
        """A remark beside the facts."""
        print(text, file=sys.stderr)

    def instant(self, text: str | None) -> datetime | None:
        """ISO 8601; without offset it is station wall time. Raises BroadcasterError time-bad."""
        return None if text is None else when.instant(text, self.settings.tz)

    def window(self, start: str, end: str) -> tuple[datetime, datetime]:
        """Two instants, the first one earlier. Raises BroadcasterError time-bad, dates-reversed."""
        first, last = self.instant(start), self.instant(end)
        if first is None or last is None or last < first:
            raise BroadcasterError("dates-reversed", usage=True)
        return first, last

    def day(self, text: str | None) -> date | None:
        """An ISO date. Raises BroadcasterError time-bad."""
        return None if text is None else when.day(text)

    def expect_not_ours(self, target: Path) -> None:
        """Before a file is written: not over what the station lives on. Raises BroadcasterError target-ours."""
        ours = target.is_file() and target.resolve().is_relative_to(self.settings.data.resolve())
        if ours and target.suffix != ".zip":  # an older backup may be
            raise BroadcasterError("target-ours", usage=True, path=target)

    def bar(self, title: str) -> Callable[[int, int], None]:
        """A progress bar on a terminal, silence elsewhere."""
        if not sys.stderr.isatty():
            return lambda done, total: None

        def draw(done: int, total: int) -> None:
            full = 30 * done // max(1, total)
            end = "\n" if done >= total else ""
            print(
                f"\r{title} [{'█' * full}{'·' * (30 - full)}] {done}/{total}",
                end=end,
                file=sys.stderr,
                flush=True,
            )

        return draw

    def close(self) -> None:
        if "sessions" in self.__dict__:
            self.sessions.kw["bind"].dispose()

    def _plain(self, value: Any) -> Any:
        if isinstance(value, datetime):
            return value.astimezone(self.settings.tz).isoformat()
        if isinstance(value, (date, Path)):
            return str(value)
        if is_dataclass(value) and not isinstance(value, type):
            return asdict(value)
        raise TypeError(type(value))
