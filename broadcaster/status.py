"""How the station is: written by it once a second, read by the panel and the command line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from audio.outputs import shown
from broadcaster import ahead, broadcasts, clockword
from broadcaster.candidates import length
from broadcaster.database import Sessions, looking
from broadcaster.decide import lane
from broadcaster.models import Broadcast
from broadcaster.models_station import StationState
from broadcaster.trust import TOLD_S
from broadcaster.zones import Zone

if TYPE_CHECKING:  # the sound engine, which readers of the status do not need
    from broadcaster.output import Channel
    from broadcaster.playout import Playout

NEXT = 5  # broadcasts ahead that are told
ALIVE = timedelta(seconds=3.5)  # a beat older than this means the station is gone; pages say so within 5 s


@dataclass(frozen=True)
class StationStatus:
    """`state`: idle, on_air, stopped (held silent by a person) or dead (no beat).

    `live`: relays and microphones on air; `level`: the loudest that left any mixer in the last second (RMS, 0..1).
    """

    state: str
    now: datetime
    playing: dict[str, Any] | None
    next: tuple[dict[str, Any], ...]
    queue: tuple[dict[str, Any], ...]
    output: dict[str, Any]
    zones: tuple[dict[str, Any], ...]
    clock: dict[str, Any]
    held_by: str | None
    live: tuple[dict[str, Any], ...] = ()
    level: float = 0.0

    def facts(self) -> dict[str, Any]:
        return dict(self.__dict__)


def read_status(session: Session, now: datetime, tz: ZoneInfo) -> StationStatus:
    state = session.get_one(StationState, 1)
    alive = state.beat_at is not None and abs(now - state.beat_at) < ALIVE
    facts = state.facts if alive else {}
    playing = _by_now(facts.get("playing"), state.beat_at, now)
    name = "stopped" if state.held_by else "on_air" if playing else "idle"
    return StationStatus(
        state=name if alive else "dead",
        now=now,
        playing=playing,
        next=tuple(
            {"title": p.title, "starts_at": p.starts_at, "ends_at": p.ends_at, "warnings": p.warnings}
            for p in ahead.coming(session, now, NEXT, tz)
        ),
        queue=tuple({"id": b.id, "title": b.title, "by": b.by} for b in broadcasts.queue(session)),
        output=facts.get("output", {"uri": None, "ok": False, "underruns": 0}),
        zones=tuple(facts.get("zones", ())),
        clock=_clock(session, facts.get("clock", {"trusted": False}), now),
        held_by=state.held_by,
        live=tuple(facts.get("live", ())),
        level=facts.get("level", 0.0),
    )


def _clock(session: Session, facts: dict[str, Any], now: datetime) -> dict[str, Any]:
    """`later`: what the log knows of that is later than a clock which is not believed (see broadcaster.clockword);
    `alone`: for how many seconds it has followed no time source, where that is worth telling."""
    alone = facts.get("alone_s", 0)
    facts = facts | {"alone": alone if alone >= TOLD_S else 0}
    return facts if facts["trusted"] else facts | {"later": clockword.later(session, now)}


def _by_now(playing: dict[str, Any] | None, beat_at: datetime | None, now: datetime) -> dict[str, Any] | None:
    """What plays, as far as it has come since the beat that told of it."""
    if playing is None or beat_at is None:
        return playing
    position = playing["position_s"] + max(0.0, (now - beat_at).total_seconds())
    return playing | {"position_s": round(min(position, playing["length_s"] or position), 1)}


def station_facts(
    sessions: Sessions, known: Sequence[Zone], channels: Sequence[Channel], playout: Playout
) -> dict[str, Any]:
    """What the station writes down each second: what is heard, in all and in each zone, and how the outputs fare."""
    playing = _heard(sessions, playout.positions())
    live = [facts | how for key, facts in playing.items() if (how := playout.live_facts(key))]
    shown: list[dict[str, Any]] = []
    for zone in known:
        own = [c for c in channels if c.zone == zone.slug]
        heard = [p.key for c in own if c.up for p in c.mixer.playing() if p.key in playing]
        shown.append(
            {
                "zone": zone.slug,
                "name": zone.name,
                "playing": playing[heard[0]] if heard else None,
                "level": round(max((c.mixer.take_loudest() for c in own), default=0.0), 4),
                "volume": own[0].mixer.volume if own else 1.0,
                "outputs": [_output(c) for c in own],
            }
        )
    outputs = [_output(c) for c in channels]
    ill = [output for output in outputs if not output["ok"]]
    return {
        "playing": max(playing.values(), key=lambda p: int(p["rank"]), default=None),
        "level": max((zone["level"] for zone in shown), default=0.0),
        "output": {
            "uri": (ill or outputs)[0]["uri"] if outputs else None,
            "ok": bool(outputs) and not ill,
            "underruns": sum(output["underruns"] for output in outputs),
            "detail": ill[0]["detail"] if ill else "",
        },
        "zones": shown,
        "live": live,
        "clock": {
            "trusted": playout.trusted,
            "adrift": playout.trust.adrift,
            "alone_s": round(playout.trust.alone_s),
        },
    }


def _output(channel: Channel) -> dict[str, Any]:
    health = channel.health()
    return {
        "uri": shown(channel.uri),
        "ok": health.ok,
        "underruns": health.underruns,
        "detail": health.detail,
        "tries": channel.tries,
    }


def _heard(sessions: Sessions, positions: dict[str, float]) -> dict[str, dict[str, Any]]:
    """By broadcast. A station that plays nothing, which is most of a day, opens no session for it."""
    if not positions:
        return {}
    with looking(sessions) as session:
        return {key: facts for key, at in positions.items() if (facts := _playing(session, key, at))}


def _playing(session: Session, key: str, position_s: float) -> dict[str, Any] | None:
    """What is on air, for the status row: title, seconds into it, its length."""
    broadcast = session.get(Broadcast, key)
    if broadcast is None:
        return None
    seconds = length(session, broadcast)
    return {
        "id": broadcast.id,
        "kind": broadcast.kind,
        "title": broadcast.title,
        "zone": broadcast.zone,
        "position_s": round(position_s, 1),
        "length_s": round(seconds.total_seconds(), 1) if seconds else None,
        "rank": int(lane(broadcast.kind, broadcast.klass)),
    }


def as_json(facts: dict[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False)
