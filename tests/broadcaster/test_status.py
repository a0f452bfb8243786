"""The status row: what is heard, how loud, how far, and that silence of the station is told."""

from datetime import timedelta

import pytest

from audio.cues import Lane
from broadcaster import broadcasts, live, words
from broadcaster.models_station import StationState
from broadcaster.output import Channel
from broadcaster.status import ALIVE, read_status, station_facts
from broadcaster.trust import TOLD_S
from broadcaster.zones import Zone
from tests.audio.test_mixer import Constant
from tests.broadcaster.helpers import ANY_HOUR, Air, recording
from tests.conftest import NOON


@pytest.fixture
def air(sessions, settings, clock):
    return Air(sessions, settings, clock)


def channel(zone, level, clock):
    """A channel whose mixer has played one block at a level."""
    made = Channel(zone, "null:", clock)
    made.mixer.cue("x", Lane.QUEUE, Constant(480, level), 0.0)
    made.mixer.render(480, 0.0)
    return made


def test_each_zone_tells_the_loudest_block_since_the_last_beat(sessions, clock, air):
    zones = [Zone("a", "A", ("null:",)), Zone("b", "B", ("null:",))]
    channels = [channel("a", 0.25, clock), channel("b", 0.125, clock)]
    channels[0].mixer.render(480, 0.01)  # silence again: a pause between two words
    facts = station_facts(sessions, zones, channels, air.playout)
    assert [zone["level"] for zone in facts["zones"]] == [0.25, 0.125]
    assert facts["level"] == 0.25
    assert station_facts(sessions, zones, channels, air.playout)["level"] == 0.0


def told(session, playing):
    state = session.get_one(StationState, 1)
    state.beat_at, state.facts = NOON, {"playing": playing, "level": 0.2}


def test_what_plays_has_gone_on_since_the_beat_but_never_beyond_its_end(sessions, settings):
    with sessions.begin() as session:
        told(session, {"title": "x", "kind": "queue", "position_s": 10.0, "length_s": 12.0})
        positions = [
            read_status(session, NOON + timedelta(seconds=s), settings.tz).playing["position_s"] for s in (0, 1, 3)
        ]
    assert positions == [10.0, 11.0, 12.0]


def test_a_station_without_a_beat_is_dead_and_plays_nothing(sessions, settings):
    with sessions.begin() as session:
        told(session, {"title": "x", "kind": "queue", "position_s": 10.0, "length_s": None})
        status = read_status(session, NOON + ALIVE, settings.tz)
        assert (status.state, status.playing, status.level, status.live) == ("dead", None, 0.0, ())


def test_a_relay_on_air_tells_how_it_fares(sessions, air, clock, monkeypatch):
    with sessions.begin() as session:
        relay = live.relay(
            session,
            "http://dai.example/",
            NOON,
            NOON + timedelta(minutes=1),
            fallback=None,
            zone="all",
            by="trực",
            now=NOON,
        )
    air.run(2)
    monkeypatch.setattr(air.live, "facts", lambda: {"standing_in": True}, raising=False)
    (shown,) = station_facts(sessions, [], [], air.playout)["live"]
    assert (shown["id"], shown["standing_in"], shown["length_s"]) == (relay.id, True, 60.0)


def test_a_recording_on_air_is_no_live_broadcast(sessions, air, clock):
    with sessions.begin() as session:
        broadcasts.play(session, recording(session), by="trực", now=NOON, facts=ANY_HOUR)
    air.run(2)
    facts = station_facts(sessions, [], [], air.playout)
    assert facts["live"] == []
    assert facts["playing"]["title"] == "bản ghi"


@pytest.mark.parametrize(("seconds", "told"), [(0, 0), (TOLD_S - 1, 0), (TOLD_S, TOLD_S)])
def test_a_clock_without_a_source_is_told_though_nothing_is_held(sessions, settings, air, clock, seconds, told):
    air.playout.trust.left_alone(seconds, 0)
    assert not air.playout.trust.adrift
    with sessions.begin() as session:
        state = session.get_one(StationState, 1)
        state.beat_at, state.facts = clock.now(), station_facts(sessions, [], [], air.playout)
        status = read_status(session, clock.now(), settings.tz)
    assert (status.clock["trusted"], status.clock["alone"]) == (True, told)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(900, "15 phút"), (7100, "118 phút"), (7200, "2 giờ"), (172_700, "47 giờ"), (172_800, "2 ngày")],
)
def test_how_long_something_has_lasted_is_told_roughly(seconds, said):
    assert words.span(seconds) == said
