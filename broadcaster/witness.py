"""A witness beside the loudspeakers of a simulated station: what was really heard, by a clock that is always right.
It is held against the rules of the air as it happens, and against the log afterwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio.cues import Began, Cue, Ended
from audio.decks import Blank, Until
from audio.format import RATE, Samples
from audio.mixer import Mixer
from broadcaster.broadcasts import UNHEARD, waiting
from broadcaster.candidates import candidate
from broadcaster.decide import Play, decide, lane
from broadcaster.errors import BroadcasterError
from broadcaster.hours import EVERYWHERE, Bounds, of_zone
from broadcaster.models import Broadcast, Recording
from broadcaster.models_station import AsRun
from broadcaster.outlets import ByHand
from broadcaster.phrases import REASONS
from broadcaster.playout import Playout

RIGHT_S = 1.0  # a clock that is less than this wrong is right
LONGEST_S = 600.0  # of a block
EXACT_S = 0.002  # what the roundings of one instant may add up to


@dataclass
class Unheard(Mixer):
    """A mixer whose sound nobody needs: orders, starts and ends to the frame, without touching the samples."""

    news: tuple[Began | Ended, ...] = ()  # of the last block

    def render(self, frames: int, instant: float) -> Samples:
        """See Mixer.render; what comes out is no sound."""
        known = len(self._events)
        out = super().render(frames, instant)
        self.news = tuple(self._events)[known:]
        return out

    def quiet_for(self, instant: float) -> float:
        """Seconds from an instant until something begins or ends by itself."""
        sources = [cue.source for cue in (self._on_air, self._under) if cue]
        ends = [s.left / RATE for s in sources if isinstance(s, (Blank, Until))]
        return min(*ends, *(c.at - instant for c in self._waiting if c.at > instant), LONGEST_S, LONGEST_S)

    def _fill(self, cue: Cue, out: Samples, pos: int, upto: int, instant: float) -> int:
        block = cue.read(upto - pos)
        return pos + len(block) if cue.over else upto

    def _levelled(self, out: Samples) -> Samples:
        return out[:1]


@dataclass
class Stretch:
    """One broadcast heard in one zone without a break. Seconds since 1970: `began` and `ended` by the right clock,
    `began_wall` by the station's; `torn` when the power went in the middle of it."""

    key: str
    zone: str
    began: float
    began_wall: float
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
    """Hears every outlet. Everything here raises BroadcasterError drill-broken for a rule that does not hold."""

    segment_s: float  # of the recordings: what an interruption may make heard again
    tz: ZoneInfo  # of the quiet hours
    stretches: dict[str, list[Stretch]] = field(default_factory=lambda: defaultdict(list))  # by broadcast
    _open: dict[str, Stretch] = field(default_factory=dict)  # by zone
    _over: dict[str, float] = field(default_factory=lambda: defaultdict(float))  # by zone: end of the last one

    def hear(self, session: Session, outlets: Iterable[ByHand], playout: Playout, ahead: float) -> None:
        """What began and ended in the last block; the database is still as it was before. `ahead` is by how many
        seconds the station's clock is wrong."""
        told = [(e, o.zone) for o in outlets if isinstance(o.mixer, Unheard) for e in o.mixer.news]
        for event, zone in sorted(told, key=lambda pair: pair[0].instant):
            if isinstance(event, Began):
                self._began(session, zone, event, playout, ahead)
            elif (stretch := self._open.get(zone)) and stretch.key == event.key:
                self._close(zone, event.instant - ahead)
                if event.by is not None:
                    _expect_higher(session.get_one(Broadcast, event.by), session.get_one(Broadcast, event.key))

    def power_gone(self, at: float) -> None:
        for zone, stretch in list(self._open.items()):
            stretch.torn = True
            self._close(zone, at)

    def _close(self, zone: str, at: float) -> None:
        stretch = self._open.pop(zone)
        stretch.ended = self._over[zone] = at

    def _began(self, session: Session, zone: str, event: Began, playout: Playout, ahead: float) -> None:
        row = session.get_one(Broadcast, event.key)
        at, wall = event.instant - ahead, datetime.fromtimestamp(event.instant, UTC)
        if zone in self._open or at < self._over[zone] - EXACT_S:
            raise broken("overlap", zone=zone, broadcast=row.title, at=wall)
        heard_here = [s for s in self.stretches[event.key] if s.zone == zone]
        heard_now = any(s.key == event.key for s in self._open.values())
        if heard_here and not heard_now and row.cut_by is None:
            raise broken("twice", zone=zone, broadcast=row.title, at=wall)
        if row.kind in ("scheduled", "at") and event.instant < row.starts_at.timestamp() - EXACT_S:
            raise broken("early", zone=zone, broadcast=row.title, at=wall)
        if not heard_now:
            _expect_highest(session, row, wall, playout, self.tz)
            self._expect_no_disturbance(session, row, wall)
        self._open[zone] = Stretch(event.key, zone, at, event.instant)
        self.stretches[event.key].append(self._open[zone])

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
        by_zone: dict[str, float] = defaultdict(float)
        for stretch in stretches:
            by_zone[stretch.zone] += stretch.seconds
        if line.seconds > max(by_zone.values()) + 0.1:
            raise broken("seconds-wrong", logged=line.seconds, heard=max(by_zone.values()), **said)
        if length is None:
            return
        # An alert that was interrupted is read again from its beginning; anything else from the start of its segment.
        again = (len(stretches) - 1) * (length if line.kind == "alert" else self.segment_s)
        if max(by_zone.values()) > length + again + 0.1:
            raise broken("twice", **said)
        if line.outcome == "aired" and not line.reason and len(stretches) == 1 and line.seconds > length + 0.1:
            raise broken("seconds-wrong", logged=line.seconds, heard=length, **said)


def _expect_higher(by: Broadcast, row: Broadcast) -> None:
    if lane(by.kind, by.klass) <= lane(row.kind, row.klass):
        raise broken("equal-cut", by=by.title, broadcast=row.title, at=by.starts_at)


def _expect_highest(session: Session, row: Broadcast, wall: datetime, playout: Playout, tz: ZoneInfo) -> None:
    """Nothing above it was due where it sounds."""
    own = lane(row.kind, row.klass)
    for other in waiting(session, wall):
        together = EVERYWHERE in (row.zone, other.zone) or row.zone == other.zone
        above = lane(other.kind, other.klass) > own and other.kind != "queue"
        if not together or not above or (wall - other.starts_at).total_seconds() < 1.0:
            continue
        verdict = decide(candidate(session, other, tz), wall, held=playout.held, trusted=playout.trusted)
        if isinstance(verdict, Play):
            raise broken("lower-first", broadcast=row.title, waits=other.title, at=wall)


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
