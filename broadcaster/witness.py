"""A witness beside the loudspeakers of a simulated station: what was really heard, by a clock that is always right.
It is held against the rules of the air as it happens, and against the log afterwards."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import TypeAlias
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio.cues import Began, Ended
from audio.format import RATE
from broadcaster import candidates, repeats
from broadcaster.allowance import Allowance
from broadcaster.broadcasts import UNHEARD, waiting
from broadcaster.channels import Channels
from broadcaster.decide import Play, decide, lane
from broadcaster.errors import BroadcasterError
from broadcaster.hours import EVERYWHERE, Bounds, of_zone
from broadcaster.models import Broadcast, Recording, SlotRow
from broadcaster.models_station import AsRun
from broadcaster.phrases import REASONS
from broadcaster.playout import Playout

RIGHT_S = 1.0  # a clock that is less than this wrong is right
EXACT_S = 0.002  # what the roundings of one instant may add up to
NEAR_S = 0.1  # what those of a whole broadcast may
Spot: TypeAlias = tuple[str, str]  # a zone and one of its outputs
News: TypeAlias = tuple[Began | Ended, Spot]


@dataclass
class Stretch:
    """One broadcast heard from one output without a break. Seconds since 1970: `began` and `ended` by the right clock,
    `began_wall` by the station's; `torn` when the power went in the middle of it, `on` when it went on where it was
    after its device had been away, `again` when it should have been over."""

    key: str
    spot: Spot
    began: float
    began_wall: float
    on: bool = False
    again: bool = False
    ended: float = 0.0
    torn: bool = False

    @property
    def seconds(self) -> float:
        return self.ended - self.began


def broken(what: str, **values: object) -> BroadcasterError:
    """A rule of the air that did not hold; `what` is a key of cli.drill.DRILLS."""
    return BroadcasterError("drill-broken", broken=what, detail=" ".join(f"{k}={v}" for k, v in values.items()))


@dataclass
class Witness:
    """Hears every output. Everything here raises BroadcasterError drill-broken for a rule that does not hold."""

    segment_s: float  # of the recordings: what an interruption may make heard again
    tz: ZoneInfo  # of the quiet hours
    stretches: dict[str, list[Stretch]] = field(default_factory=lambda: defaultdict(list))  # by broadcast
    holes: dict[tuple[str, Spot], float] = field(
        default_factory=lambda: defaultdict(float)
    )  # seconds without its device, on air
    _open: dict[Spot, Stretch] = field(default_factory=dict)
    _away: dict[Spot, Stretch] = field(default_factory=dict)  # what was on air when the device went
    _over: dict[Spot, float] = field(default_factory=lambda: defaultdict(float))  # end of the last one

    def hear(self, session: Session, news: Sequence[News], playout: Playout, air: Channels, ahead: float) -> None:
        """What began and ended in the last block; the database is still as it was before. `ahead` is by how many
        seconds the station's clock is wrong."""
        for _, together in groupby(sorted(news, key=lambda told: told[0].instant), key=lambda told: told[0].instant):
            for event, spot in together:
                if isinstance(event, Began):
                    self._began(session, spot, event, playout, air, ahead)
                else:
                    self._ended(session, spot, event, ahead)
            self._expect_one_in_a_zone()

    def goes_on(self, session: Session, spot: Spot, wall: float, ahead: float) -> None:
        """The device of an output is there again, and takes what is on air from this instant on."""
        stretch, at = self._away.pop(spot), wall - ahead
        self.holes[stretch.key, spot] += at - stretch.ended
        row = session.get_one(Broadcast, stretch.key)
        if not any(s.key == stretch.key for s in self._open.values()):
            self._expect_no_disturbance(session, row, datetime.fromtimestamp(wall, UTC))
        self._open[spot] = Stretch(stretch.key, spot, at, wall, on=True)
        self.stretches[stretch.key].append(self._open[spot])

    def waits(self, spot: Spot) -> bool:
        """Whether something was on air there when its device went."""
        return spot in self._away

    def silenced(self, spot: Spot, at: float) -> None:
        """Its device has gone."""
        if spot in self._open:
            self._away[spot] = self._open[spot]
            self._close(spot, at)

    def power_gone(self, at: float) -> None:
        for spot, stretch in list(self._open.items()):
            stretch.torn = True
            self._close(spot, at)
        for spot, stretch in self._away.items():
            self.holes[stretch.key, spot] += at - stretch.ended
        self._away.clear()

    def _close(self, spot: Spot, at: float) -> None:
        stretch = self._open.pop(spot)
        stretch.ended = self._over[spot] = at
        if stretch.again and stretch.seconds > NEAR_S:  # what joins the others as they end is over before it is heard
            raise broken("twice", spot=spot, broadcast=stretch.key, at=datetime.fromtimestamp(stretch.began_wall, UTC))

    def _ended(self, session: Session, spot: Spot, event: Ended, ahead: float) -> None:
        at = event.instant - ahead
        if (stretch := self._open.get(spot)) and stretch.key == event.key:
            self._close(spot, at)
            if stretch.on and stretch.seconds <= EXACT_S:
                self._was_over(stretch)
            if event.by is not None:
                _expect_higher(session.get_one(Broadcast, event.by), session.get_one(Broadcast, event.key))
        elif (stretch := self._away.get(spot)) and stretch.key == event.key:
            self.holes[stretch.key, spot] += at - stretch.ended
            del self._away[spot]

    def _was_over(self, stretch: Stretch) -> None:
        """Its device came back for the very end: what it missed ended where the other outputs came to the end."""
        of_it = [s for s in self.stretches[stretch.key] if s is not stretch]
        silent = max(s.ended for s in of_it if s.spot == stretch.spot)
        over = max((s.ended for s in of_it if s.spot != stretch.spot), default=silent)
        if over > silent and not any(s.key == stretch.key for s in self._open.values()):
            self.holes[stretch.key, stretch.spot] -= stretch.ended - over

    def _began(self, session: Session, spot: Spot, event: Began, playout: Playout, air: Channels, ahead: float) -> None:
        row = session.get_one(Broadcast, event.key)
        at, wall = event.instant - ahead, datetime.fromtimestamp(event.instant, UTC)
        if spot in self._open or at < self._over[spot] - EXACT_S:
            raise broken("overlap", spot=spot, broadcast=row.title, at=wall)
        heard_here = [s for s in self.stretches[event.key] if s.spot == spot]
        heard_now = any(s.key == event.key for s in self._open.values())
        again = bool(heard_here) and not heard_now and row.cut_by is None
        if row.kind in ("scheduled", "at") and event.instant < row.starts_at.timestamp() - EXACT_S:
            raise broken("early", spot=spot, broadcast=row.title, at=wall)
        if not heard_now:
            _expect_highest(session, row, spot, wall, playout, air, self.tz)
            self._expect_no_disturbance(session, row, wall)
            if not self.stretches[event.key]:
                _expect_same(session, row, wall)
        self._open[spot] = Stretch(event.key, spot, at, event.instant, again=again)
        self.stretches[event.key].append(self._open[spot])

    def _expect_one_in_a_zone(self) -> None:
        """The outputs of a zone say the same."""
        heard: dict[str, str] = {}
        for (zone, _), stretch in self._open.items():
            if heard.setdefault(zone, stretch.key) != stretch.key:
                at = datetime.fromtimestamp(stretch.began_wall, UTC)
                raise broken("overlap", zone=zone, broadcast=stretch.key, other=heard[zone], at=at)

    def _expect_no_disturbance(self, session: Session, row: Broadcast, wall: datetime) -> None:
        """Nothing begins in quiet hours for which nobody has given a reason. It lasts, however little."""
        if row.kind in ("alert", "mic"):
            return
        bounds = Bounds(of_zone(session, row.zone), self.tz, frozenset(row.overruled))
        if bounds.refusal(wall, timedelta(seconds=EXACT_S)) == "hours-quiet":
            raise broken("disturbed", broadcast=row.title, planned=row.starts_at, at=wall)

    def expect_log(self, session: Session, lines: dict[str, AsRun]) -> None:
        """Holds what was heard against the lines of the log by broadcast."""
        lengths = {sha: frames / RATE for sha, frames in session.execute(sa.select(Recording.sha256, Recording.frames))}
        for key, stretches in self.stretches.items():
            line = lines.get(key)
            if line is None:
                raise broken("unlogged", broadcast=key, at=datetime.fromtimestamp(stretches[0].began, UTC))
            self._expect_line(line, stretches, lengths.get(line.audio_sha256 or ""))
        for key, line in lines.items():
            if line.outcome in ("aired", "cut") and line.kind != "mic" and key not in self.stretches and line.began_at:
                raise broken("unheard", broadcast=line.title, at=line.planned_at)

    def _expect_line(self, line: AsRun, stretches: list[Stretch], length: float | None) -> None:
        said = {"broadcast": line.title, "at": line.planned_at}
        if line.outcome in UNHEARD and line.outcome != "failed":
            raise broken("heard-not-logged", **said)
        began = line.began_at.timestamp() if line.began_at else 0.0
        if abs(began - min(stretches, key=lambda s: s.began).began_wall) > EXACT_S:
            raise broken("began-wrong", **said)
        heard: dict[Spot, float] = defaultdict(float)
        for stretch in stretches:
            heard[stretch.spot] += stretch.seconds
        most = max(heard.values())
        if line.seconds > most + NEAR_S:
            raise broken("seconds-wrong", logged=line.seconds, heard=most, **said)
        self._expect_account(line, heard, torn=any(stretch.torn for stretch in stretches))
        if length is None:
            return
        # An alert that was interrupted is read again from its beginning; anything else from the start of its segment.
        begun = Counter(stretch.spot for stretch in stretches if not stretch.on)
        again = (max(begun.values()) - 1) * (length if line.kind == "alert" else self.segment_s)
        if most > length + again + NEAR_S:
            raise broken("twice", heard=most, length=length, stretches=stretches, **said)
        if line.outcome == "aired" and not line.reason and max(begun.values()) == 1:
            if line.seconds > length + NEAR_S:
                raise broken("seconds-wrong", logged=line.seconds, heard=length, **said)
            if line.seconds < length - NEAR_S:
                raise broken("not-whole", logged=line.seconds, length=length, **said)

    def _expect_account(self, line: AsRun, heard: Mapping[Spot, float], *, torn: bool) -> None:
        """What each output was given is what was heard from it, and its gap the time in which its device was away."""
        said = {"broadcast": line.title, "at": line.planned_at}
        accounts = {(row["zone"], row["output"]): row for row in line.proof.get("outputs", ())}
        for spot, seconds in heard.items():
            account = accounts.get(spot)
            if account is None or abs(account["seconds"] - seconds) > NEAR_S:
                logged = account and account["seconds"]
                raise broken("account-wrong", spot=spot, logged=logged, heard=seconds, torn=torn, **said)
            hole = self.holes[line.broadcast_id, spot]
            if abs(account["gap_frames"] / RATE - hole) > NEAR_S:
                gap = account["gap_frames"] / RATE
                raise broken("account-wrong", spot=spot, gap=gap, hole=hole, torn=torn, **said)
        for spot, account in accounts.items():
            if spot not in heard and account["seconds"] > NEAR_S:
                raise broken("account-wrong", spot=spot, logged=account["seconds"], heard=0, **said)


def _expect_same(session: Session, row: Broadcast, wall: datetime) -> None:
    """A repeat is of what its original has aired, or says in the log that it is not."""
    slot = session.get(SlotRow, row.slot_id) if row.slot_id else None
    if slot is None or slot.repeat_of is None or row.repeats_at is None or repeats.OTHER in (row.note or "").split():
        return
    at = Broadcast.slot_id == slot.repeat_of, Broadcast.starts_at == row.repeats_at
    original = session.scalar(sa.select(Broadcast).where(*at, Broadcast.began_at.is_not(None)))
    if original is not None and original.bulletin_id and original.bulletin_id != row.bulletin_id:
        raise broken("repeat-differs", broadcast=row.title, original=original.title, at=wall)


def _expect_higher(by: Broadcast, row: Broadcast) -> None:
    if lane(by.kind, by.klass) <= lane(row.kind, row.klass):
        raise broken("equal-cut", by=by.title, broadcast=row.title, at=by.starts_at)


def _expect_highest(
    session: Session, row: Broadcast, spot: Spot, wall: datetime, playout: Playout, air: Channels, tz: ZoneInfo
) -> None:
    """Nothing above it was due, and could be heard, where it begins."""
    own = lane(row.kind, row.klass)
    for other in waiting(session, wall):
        above = lane(other.kind, other.klass) > own and other.kind != "queue"
        if other.zone not in (EVERYWHERE, spot[0]) or not above or (wall - other.starts_at).total_seconds() < 1.0:
            continue
        verdict = decide(candidates.candidate(session, other, tz), wall, held=playout.held, trusted=playout.trusted)
        if not isinstance(verdict, Play) or not air.reachable(other.zone):
            continue
        allowance = Allowance(session, tz, wall, only=other)
        if spot[0] not in allowance.closed_to(other, wall, candidates.length(session, other) or timedelta()):
            here = {"zone": row.zone, "spot": spot, "its_zone": other.zone, "its_time": other.starts_at}
            raise broken("lower-first", broadcast=row.title, waits=other.title, at=wall, **here)


def lines_by_broadcast(session: Session) -> dict[str, AsRun]:
    """The whole log; that there is one line for each is the table's own rule, and checked all the same."""
    found: dict[str, AsRun] = {}
    for line in session.scalars(sa.select(AsRun).order_by(AsRun.planned_at, AsRun.id)):
        if line.broadcast_id in found:
            raise broken("two-lines", broadcast=line.title, at=line.planned_at)
        found[line.broadcast_id] = line
        unknown = [code for code in (line.reason or "").split() if code not in REASONS]
        if unknown or (line.outcome != "aired" and not line.reason):
            raise broken("unexplained", broadcast=line.title, at=line.planned_at, reason=line.reason)
        times = (line.began_at, line.ended_at)
        if any(times) != all(times) or (line.began_at and line.ended_at and line.ended_at < line.began_at):
            raise broken("disordered", broadcast=line.title, began=line.began_at, ended=line.ended_at)
    return found
