"""Alarms: APScheduler wakes the station; it never decides and never plays. A lost alarm costs one tick."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from apscheduler.schedulers.background import BackgroundScheduler

PLAN_EVERY_S = 60
JOB_DEFAULTS = {
    "misfire_grace_time": None,
    "coalesce": True,
}  # the defaults drop a job that is one second late


class Alarms:
    """`ring(name)` is called from the scheduler's thread: "plan" every minute, "night" at 03:10, "cue" when asked."""

    def __init__(self, tz: ZoneInfo, ring: Callable[[str], None]) -> None:
        self._ring = ring
        self._scheduler = BackgroundScheduler(timezone=tz, job_defaults=JOB_DEFAULTS)
        self._scheduler.add_job(ring, "interval", ["plan"], seconds=PLAN_EVERY_S, id="plan")
        self._scheduler.add_job(ring, "cron", ["night"], hour=3, minute=10, id="night")

    def start(self) -> None:
        self._scheduler.start()

    def cue_at(self, instant: datetime) -> None:
        """Ring "cue" at the instant (aware); replaces the one asked for before."""
        self._scheduler.add_job(self._ring, "date", ["cue"], run_date=instant, id="cue", replace_existing=True)

    def clock_was_set(self) -> None:
        """Look at the clock again: what is due by it rings now."""
        self._scheduler.wakeup()

    def stop(self) -> None:
        if self._scheduler.running:  # a station that could not start stops too
            self._scheduler.shutdown(wait=False)
