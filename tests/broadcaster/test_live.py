"""Live broadcasts as they are ordered: what is refused, and how a relay takes its place in the plan."""

from datetime import timedelta

import pytest

from broadcaster import ahead, asrun, broadcasts, live, notices, plan, slots
from broadcaster.errors import BroadcasterError
from broadcaster.models import Broadcast
from tests.conftest import NOON

URL = "https://dai.example/song.m3u8"


def test_a_relay_programme_is_planned_on_air_and_warned_of_by_nobody(sessions, settings):
    with sessions.begin() as session:
        programme = live.relay_programme(session, "vov", "Thời sự", URL, 1800, None)
        wanted = slots.Wanted("FREQ=DAILY", "17:00", override="tiếp sóng")
        slots.add(session, programme, wanted, now=NOON, tz=settings.tz)
        plan.store(session, NOON, settings.tz)
        relays = [p for p in ahead.view(session, NOON, NOON + timedelta(days=2), settings.tz) if p.programme == "vov"]
        assert [(p.status, p.ends_at - p.starts_at, p.warnings) for p in relays] == [
            ("ready", timedelta(minutes=30), ())
        ] * 2
        assert "Thời sự" not in {w.title for w in notices.standing(session, NOON, settings.tz)}


def test_another_address_for_the_same_programme_replaces_it(sessions):
    with sessions.begin() as session:
        first = live.relay_programme(session, "vov", "Thời sự", URL, 1800, None)
        second = live.relay_programme(session, "vov", "Thời sự", "http://khac.example/", 900, None)
        assert first is second
        assert second.relay == {"url": "http://khac.example/", "seconds": 900, "fallback": None}


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "/etc/passwd", "ftp://a/b", "http://", "concat:a|b"])
def test_only_network_streams_are_relayed(sessions, url):
    with sessions.begin() as session, pytest.raises(BroadcasterError, match="relay-bad"):
        live.relay_programme(session, "x", "x", url, 60, None)


def test_a_relay_of_the_past_is_refused(sessions):
    with sessions.begin() as session:
        hour = timedelta(hours=1)
        for start, end, code in ((NOON - 2 * hour, NOON - hour, "time-past"), (NOON + hour, NOON, "time-past")):
            with pytest.raises(BroadcasterError, match=code):
                live.relay(session, URL, start, end, fallback=None, zone="all", by="trực", now=NOON)


def test_the_test_tone_waits_in_the_queue_of_its_zone(sessions, settings):
    row = live.tone(sessions, settings, zone="all", by="trực", now=NOON)
    with sessions() as session:
        stored = session.get_one(Broadcast, row.id)
        assert (stored.kind, stored.zone, stored.title) == ("queue", "all", "Âm thử loa")


def ordered(sessions, start=NOON, end=NOON + timedelta(hours=1)):
    with sessions.begin() as session:
        return live.relay(session, URL, start, end, fallback=None, zone="all", by="trực", now=NOON)


def test_a_relay_that_has_not_begun_is_taken_back(sessions, clock):
    row = ordered(sessions, NOON + timedelta(minutes=10))
    assert live.end(sessions, row.id, "trực", clock) == "Tiếp sóng dai.example"
    with sessions() as session:
        (entry,) = asrun.entries(session)
        assert (entry.outcome, entry.reason) == ("withdrawn", "ended")
        assert live.coming(session, NOON) == []
    with pytest.raises(BroadcasterError, match="live-over"):
        live.end(sessions, row.id, "trực", clock)


def test_one_on_air_is_ended_by_the_station_only(sessions, clock):
    row = ordered(sessions)
    with sessions.begin() as session:
        broadcasts.step(session.get_one(Broadcast, row.id), broadcasts.Status.ON_AIR)
    with pytest.raises(BroadcasterError, match="station-dead"):
        live.end(sessions, row.id, "trực", clock)


def test_what_is_no_live_broadcast_is_not_ended_here(sessions, settings, clock):
    tone = live.tone(sessions, settings, zone="all", by="trực", now=NOON)
    for wrong in (tone.id, "không có"):
        with pytest.raises(BroadcasterError, match="live-over"):
            live.end(sessions, wrong, "trực", clock)


def test_addresses_used_before_are_offered_newest_first_and_once(sessions):
    with sessions.begin() as session:
        live.relay_programme(session, "vov", "Thời sự", "http://vov.example/", 900, None)
    for _ in range(2):
        ordered(sessions)
    with sessions() as session:
        assert live.addresses(session) == [URL, "http://vov.example/"]


def test_what_the_microphone_was_asked_for_is_kept_with_the_reason(sessions):
    with sessions.begin() as session:
        row = live.microphone(
            session, zone="all", by="trực", now=NOON, device="USB", chimes=False, longest_s=300.0, remark="bão"
        )
        assert row.live == {"device": "USB", "ducks": False, "quiet_s": 120.0, "chimes": False, "longest_s": 300.0}
        assert (row.kind, row.remark, [b.id for b in live.coming(session, NOON)]) == ("mic", "bão", [row.id])
