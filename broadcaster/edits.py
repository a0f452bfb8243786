"""What people do to a simulated station, at random: slots, single occurrences, pauses, editions, queue and alerts,
through the very functions that panel and command line call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from random import Random
from typing import TypeAlias
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio.format import RATE
from broadcaster import asrun, broadcasts, changes, periods, playing, programmes, renderings, slots, timetable
from broadcaster.changes import Said
from broadcaster.errors import BroadcasterError
from broadcaster.models import Bulletin, Programme, Recording
from broadcaster.models_station import Wish
from broadcaster.slots import Wanted
from schedules.periods import Effect
from schedules.slots import Occurrence
from schedules.weeks import week_of

WHO, WHY = "diễn tập", "diễn tập"
SEGMENT_S = 15.0
LENGTHS_S = (20.0, 45.0, 45.0, 90.0, 90.0, 240.0)
MOST_SLOTS, MOST_PERIODS = 8, 6
RULES = (
    "FREQ=WEEKLY;BYDAY=SU", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "FREQ=MONTHLY;BYDAY=1FR",
    "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=DAILY;INTERVAL=3", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "rằm hằng tháng", "mùng một và rằm hằng tháng",
)  # fmt: skip
TIMES = ("00:00", "05:30", "05:31", "17:29:30", "17:30", "17:30:30", "17:31", "17:32", "23:59:30")  # meant to collide
POLICIES = ("from-start:10m", "from-start:1m", "from-start:0s", "resume:30m", "resume:2m", "skip")
ZONES = ("all", "all", "trung-tam", "thon-sau")
Edit: TypeAlias = Callable[[], object]


def recording(session: Session, name: str, seconds: float, now: datetime) -> Recording:
    """A recording that exists in the tables only: a segment every SEGMENT_S, the last one what is left."""
    starts = [n * SEGMENT_S for n in range(ceil(seconds / SEGMENT_S))]
    row = Recording(
        sha256=name, title=name, frames=round(seconds * RATE), lufs=-16.0, true_peak_dbtp=-1.0, created_at=now,
        segments=[{"kind": "item", "title": "", "start_s": s, "end_s": min(s + SEGMENT_S, seconds)} for s in starts],
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def edition(session: Session, programme: Programme, week: str, recording: Recording, title: str, now: datetime) -> None:
    """An approved edition, with the work of author, renderer and approver taken as done."""
    session.add(
        Bulletin(
            programme_id=programme.id,
            week=week,
            title=title,
            text=recording.sha256,
            author="",
            status="approved",
            decided_at=now,
            text_sha256=renderings.text_hash(recording.sha256),
            audio_sha256=recording.sha256,
            created_at=now,
        )
    )


@dataclass
class People:
    """Somebody who edits: every call of `act` does one thing. `rng` decides what."""

    session: Session
    rng: Random
    now: datetime
    tz: ZoneInfo

    def change_schedule(self) -> bool:
        """Something about when; whether it was accepted."""
        return self._one_of(
            (3, self._add_slot), (3, self._edit_slot), (1, self._remove_slot), (3, self._cancel), (3, self._move),
            (2, self._replace), (1, self._undo), (2, self._pause), (1, self._unpause),
        )  # fmt: skip

    def do_something(self) -> bool:
        """Something about what is heard now; whether it was accepted."""
        return self._one_of(
            (3, self._queue), (2, self._alert), (1, self._skip), (1, self._stop), (3, self._resume),
            (1, self._take_out), (2, self._withdraw), (2, self._approve), (1, self._play_at),
        )  # fmt: skip

    def week_begins(self) -> None:
        """Most weeks get their editions, some in time."""
        for programme in programmes.listed(self.session):
            if self.rng.random() < 0.85:
                self._publish(programme, self.now)

    def _one_of(self, *choices: tuple[int, Edit]) -> bool:
        edit = self.rng.choices([e for _, e in choices], [w for w, _ in choices])[0]
        try:
            with self.session.begin_nested():
                edit()
        except BroadcasterError:
            return False
        return True

    def _wanted(self, programme: Programme) -> Wanted:
        return Wanted(
            rule=self.rng.choice(RULES),
            at=self.rng.choice(TIMES),
            zone=self.rng.choice(ZONES),
            klass=self.rng.choice(("thuong", "thuong", "uu-tien")),
            late=self.rng.choice(POLICIES),
            rests_on_holidays=self.rng.random() < 0.2,
            rank=self.rng.randrange(3),
            repeat_of=self._original(programme),
            override=WHY if self.rng.random() < 0.9 else None,
        )

    def _original(self, programme: Programme) -> str | None:
        """A slot to repeat; not every one can be, and one may repeat what is no original by then."""
        rows = [row for row in timetable.slot_rows(self.session) if row.programme_id == programme.id]
        return self.rng.choice(rows).id if rows and self.rng.random() < 0.4 else None

    def _add_slot(self) -> None:
        programme = self.rng.choice(programmes.listed(self.session))
        if len(timetable.slot_rows(self.session)) < MOST_SLOTS:
            slots.add(self.session, programme, self._wanted(programme), now=self.now, tz=self.tz, by=WHO)

    def _edit_slot(self) -> None:
        row = self.rng.choice(timetable.slot_rows(self.session))
        slots.edit(
            self.session, row, self._wanted(row.programme), version=row.version, now=self.now, tz=self.tz, by=WHO
        )

    def _remove_slot(self) -> None:
        rows = timetable.slot_rows(self.session)
        if len(rows) > 3:
            slots.remove(self.session, self.rng.choice(rows).id, self.now)

    def _occurrence(self) -> Occurrence:
        coming = timetable.all_occurrences(self.session, self.now, self.now + timedelta(days=5), self.tz)
        if not coming:
            raise BroadcasterError("occurrence-unknown", at=self.now)
        return self.rng.choice(coming[:6])

    def _said(self) -> Said:
        return Said(WHO, WHY, self.now, self.tz)

    def _cancel(self) -> None:
        found = self._occurrence()
        changes.cancel(self.session, slots.get(self.session, found.slot.id), found.original, self._said())

    def _move(self) -> None:
        found = self._occurrence()
        to = found.starts_at + timedelta(seconds=self.rng.choice((-3600, -60, 20, 60, 600, 86400)))
        row = slots.get(self.session, found.slot.id)
        changes.move(self.session, row, found.original, to, self._said(), WHY)

    def _replace(self) -> None:
        found, programme = self._occurrence(), self.rng.choice(programmes.listed(self.session))
        row = slots.get(self.session, found.slot.id)
        changes.replace(self.session, row, found.original, programme, self._said())

    def _undo(self) -> None:
        rows = [r for r in timetable.change_rows(self.session) if (r.moved_to or r.original) > self.now]
        if rows:
            changes.undo(self.session, self.rng.choice(rows).id, self.now)

    def _pause(self) -> None:
        if sum(row.effect != Effect.HOLIDAY for row in timetable.period_rows(self.session)) >= MOST_PERIODS:
            return
        first = self._today() + timedelta(days=self.rng.randrange(4))
        periods.add(
            self.session,
            first=first,
            last=first + timedelta(days=self.rng.randrange(3)),
            effect=self.rng.choice(("pause", "pause", "holiday", "mourning", "quieter")),
            reason=WHY,
            zone=self.rng.choice((None, None, "thon-sau")),
            programme=self.rng.choice((None, *programmes.listed(self.session))),
            now=self.now,
        )

    def _unpause(self) -> None:
        rows = [row for row in timetable.period_rows(self.session) if row.effect != Effect.HOLIDAY]
        if rows:
            periods.remove(self.session, self.rng.choice(rows).id, self.now)

    def _today(self) -> date:
        return self.now.astimezone(self.tz).date()

    def _publish(self, programme: Programme, at: datetime) -> None:
        week, name = str(week_of(at, self.tz)), f"{programme.slug} {self.rng.getrandbits(64):x}"
        row = recording(self.session, name, self.rng.choice(LENGTHS_S), self.now)
        edition(self.session, programme, week, row, f"bản tin tuần {week}", self.now)

    def _approve(self) -> None:
        self._publish(self.rng.choice(programmes.listed(self.session)), self.now)

    def _withdraw(self) -> None:
        newest = sa.select(Bulletin).where(Bulletin.status == "approved").order_by(Bulletin.id.desc()).limit(4)
        rows = list(self.session.scalars(newest))
        if rows:
            row = self.rng.choice(rows)
            row.status, row.text_sha256, row.audio_sha256 = "withdrawn", None, None

    def _clip(self, kind: str) -> Recording:
        name = f"{kind} {self.rng.getrandbits(64):x}"
        return recording(self.session, name, self.rng.choice(LENGTHS_S), self.now)

    def _queue(self) -> None:
        for _ in range(self.rng.randrange(1, 4)):
            self._play("queue", None)

    def _play_at(self) -> None:
        at = self.now + timedelta(seconds=self.rng.randrange(1, 7200))
        self._play("at", at)

    def _play(self, kind: str, at: datetime | None) -> None:
        playing.recording(
            self.session, self._clip(kind), by=WHO, now=self.now, tz=self.tz, at=at, zone=self.rng.choice(ZONES),
            why=WHY if self.rng.random() < 0.8 else "",
        )  # fmt: skip

    def _take_out(self) -> None:
        waiting = [row for row in broadcasts.queue(self.session) if row.status != "on_air"]
        if waiting:
            asrun.withdraw(self.session, self.rng.choice(waiting).id, WHO, self.now)

    def _alert(self) -> None:
        broadcasts.alert(
            self.session, text=None, recording=self._clip("alert").sha256, title="khẩn", repeat=1, by=WHO,
            now=self.now, zone=self.rng.choice(ZONES),
        )  # fmt: skip

    def _wish(self, kind: str) -> None:
        self.session.add(Wish(kind=kind, by=WHO, created_at=self.now))

    def _skip(self) -> None:
        self._wish("skip")

    def _stop(self) -> None:
        self._wish("stop")

    def _resume(self) -> None:
        self._wish("resume")
