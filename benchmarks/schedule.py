"""How long it takes to know when: a year of 1,000 slots, the clashes among 130,000 occurrences, a commune's week.

Run: python -m benchmarks.schedule. Ratios are against dateutil doing the bare expansion in the same run.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from datetime import time as wall_time
from pathlib import Path
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from sqlalchemy.orm import Session

from audio.format import RATE
from benchmarks.table import row
from broadcaster import plan, programmes
from broadcaster.database import open_database
from broadcaster.models import Recording, SlotRow
from broadcaster.settings import Settings
from schedules.clashes import Timed, clashes
from schedules.late import LatePolicy
from schedules.recurrence import Recurrence
from schedules.slots import Klass, Slot, occurrences

TZ = ZoneInfo("Asia/Ho_Chi_Minh")
START = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=365)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
RULES = [
    *(f"FREQ=WEEKLY;BYDAY={day}" for day in DAYS),
    "FREQ=WEEKLY;BYDAY=MO,WE,FR",
    "FREQ=DAILY",
    "FREQ=MONTHLY;BYDAY=1FR",
]
TRIES = 5
TURN_S = 0.001  # broadcaster.station.TURN_S, without loading the station


def slots(count: int, rules: list[str], zones: int) -> list[Slot]:
    late = LatePolicy.parse("skip")
    return [
        Slot(
            str(n), "p", str(n % zones),
            Recurrence.parse(rules[n % len(rules)], at=wall_time(5 + n % 17, n % 60)), Klass.THUONG, late,
        )
        for n in range(count)
    ]  # fmt: skip


def best(work: Callable[[], object]) -> float:
    """Seconds of the quickest of several tries: what others do to the machine only ever adds."""
    times = []
    for _ in range(TRIES):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def bare(rules: list[str], count: int) -> int:
    first, last = datetime(2026, 1, 1), datetime(2026, 12, 31)  # noqa: DTZ001  rules speak of the wall
    anchor = datetime.combine(date(2024, 1, 1), wall_time(17, 30))
    return sum(
        len(rrulestr(rules[n % len(rules)], dtstart=anchor).between(first, last, inc=True)) for n in range(count)
    )


def longest_hold(work: Callable[[], object]) -> float:
    """Seconds of processor that `work` takes at most before another thread, which wants a turn each millisecond as the
    sound's does, gets one."""
    planner, held, done = time.pthread_getcpuclockid(threading.get_ident()), [0.0], threading.Event()

    def want_turns() -> None:
        while not done.is_set():
            before = time.clock_gettime(planner)
            time.sleep(TURN_S)
            held.append(time.clock_gettime(planner) - before)

    thread, was = threading.Thread(target=want_turns), sys.getswitchinterval()
    sys.setswitchinterval(TURN_S)  # as the station does
    gc.disable()  # a full collection waits for silence there
    thread.start()
    try:
        work()
    finally:
        done.set()
        thread.join()
        gc.enable()
        sys.setswitchinterval(was)
    return max(held)


def week(more: int = 0) -> Callable[[], object]:
    """Planning the coming week with its database, as the station does every minute: of a new commune, or of one with so
    many more slots and an edition for them."""
    folder = Path(tempfile.mkdtemp())
    settings = Settings(data=folder, database_url=f"sqlite:///{folder / 'station.db'}")
    sessions = open_database(settings)
    with sessions.begin() as session:
        programmes.seed(session, START)
        if more:
            _fill(session, more)
        plan.store(session, START, TZ)

    def work() -> None:
        with sessions.begin() as session:
            plan.store(session, START, TZ)

    return work


def _fill(session: Session, count: int) -> None:
    clip = Recording(
        sha256="0" * 64, title="Bản tin", frames=60 * RATE, lufs=-16, true_peak_dbtp=-1, segments=[], created_at=START
    )
    session.add(clip)
    session.flush()
    carriers = programmes.listed(session)
    for programme in carriers:
        programme.fallback, programme.fallback_recording = "recording", clip.sha256
    for n in range(count):
        session.add(
            SlotRow(
                programme_id=carriers[n % len(carriers)].id,
                rrule=RULES[n % len(RULES)],
                at=f"{5 + n % 17:02}:{n % 60:02}",
                zone="all",
                klass="thuong",
                late="skip",
                rank=0,
                rests_on_holidays=False,
                created_at=START - YEAR,
            )
        )


def main() -> None:
    thousand = slots(1000, RULES, 50)
    expand = best(lambda: [occurrences(slot, START, START + YEAR, TZ) for slot in thousand])
    dateutil = best(lambda: bare(RULES, 1000))
    daily = slots(357, ["FREQ=DAILY"], 20)
    timed = [Timed(o, timedelta(minutes=10)) for slot in daily for o in occurrences(slot, START, START + YEAR, TZ)]
    sweep = best(lambda: clashes(timed))
    bare_sort = best(lambda: sorted(timed, key=lambda t: (t.occurrence.starts_at, t.occurrence.slot.id)))
    planning = best(week())
    again = week(400)
    full, held = best(again), min(longest_hold(again) for _ in range(TRIES))
    found = (
        ("1,000 slots over a year", expand, 0.5, f"{expand / dateutil:.2f}x dateutil alone"),
        (f"clashes among {len(timed):,} occurrences", sweep, 0.15, f"{sweep / bare_sort:.2f}x sorting them"),
        ("plan the next week of one commune", planning, 0.02, ""),
        ("plan it again with 400 slots more", full, 0.1, f"{full / planning:.1f}x the commune's"),
        ("longest that holds the sound's thread", held, 0.01, "of 0.04 s that the device holds"),
    )
    for name, seconds, target, beside in found:
        row(name, f"{seconds:.3f} s {beside}".rstrip(), f"< {target:g} s", seconds < target)


if __name__ == "__main__":
    main()
