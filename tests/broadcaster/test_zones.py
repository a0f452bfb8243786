"""Zones: what people may set, and how loud it is when."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.errors import OutputUnavailable
from broadcaster import programmes, slots, zones
from broadcaster.errors import BroadcasterError
from broadcaster.zones import Loudness, gain
from tests.conftest import NOON

TZ = ZoneInfo("Asia/Ho_Chi_Minh")
TUESDAY = datetime(2026, 11, 24, tzinfo=TZ)


def at(hour, minute=0, day=0):
    return TUESDAY + timedelta(days=day, hours=hour, minutes=minute)


def test_softer_in_the_early_morning_and_softest_at_the_weekend():
    rules = [Loudness.parse("05:00-06:00=60"), Loudness.parse("67@05:00-06:00=30")]
    assert gain(rules, at(5, 30), TZ) == 0.6
    assert gain(rules, at(5, 30, day=4), TZ) == 0.3  # Saturday
    assert gain(rules, at(6), TZ) == 1.0
    assert gain(rules, at(4, 59), TZ) == 1.0


def test_a_rule_over_midnight_belongs_to_the_evening_it_begins_on():
    rules = [Loudness.parse("2@22:00-05:00=20")]  # Tuesday night
    assert gain(rules, at(23), TZ) == 0.2
    assert gain(rules, at(4, 59, day=1), TZ) == 0.2
    assert gain(rules, at(4, 59), TZ) == 1.0
    assert gain(rules, at(23, day=1), TZ) == 1.0


@given(st.integers(0, 100), st.times(), st.times(), st.sets(st.sampled_from("1234567"), min_size=1))
def test_what_is_written_is_read_back(percent, start, end, days):
    rule = Loudness(
        start.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0), percent, "".join(sorted(days))
    )
    assert Loudness.parse(str(rule)) == rule


@pytest.mark.parametrize("text", ["", "5:00-6:00=60", "05:00-06:00=101", "08@05:00-06:00=1", "25:00-26:00=50", "loud"])
def test_a_volume_that_can_not_be_read_is_refused(text):
    with pytest.raises(BroadcasterError, match="loudness-bad"):
        Loudness.parse(text)


def test_without_zones_everything_goes_to_the_station_s_output(sessions):
    with sessions() as session:
        assert [z.outputs for z in zones.sounding(session, "sound:")] == [("sound:",)]
        assert zones.check(session, "thon-9") == "thon-9"


def test_an_output_of_no_known_kind_is_refused_before_the_station_falls_silent_for_it(session):
    for uri in ("bogus:", "sound", "file:", ""):
        with pytest.raises(OutputUnavailable, match="unknown-output"):
            zones.save(session, "thon-mot", "Thôn Một", ["null:", uri], [], NOON)


def test_with_zones_each_has_its_outputs_and_its_name_is_known(sessions):
    with sessions.begin() as session:
        zones.save(session, "thon-1", "Thôn Một", ["sound:A"], ["05:00-06:00=50"], NOON)
        zones.save(session, "thon-2", "Thôn Hai", ["sound:B", "null:"], [], NOON)
        zones.save(session, "thon-2", "Thôn Hai mới", ["sound:B"], [], NOON)
    with sessions() as session:
        assert {z.slug: z.outputs for z in zones.sounding(session, "sound:")} == {
            "thon-1": ("sound:A",),
            "thon-2": ("sound:B",),
        }
        assert zones.check(session, "thôn hai mới") == "thon-2"
        assert zones.check(session, "all") == "all"
        with pytest.raises(BroadcasterError, match="zone-missing"):
            zones.check(session, "thon-3")


def test_an_output_belongs_to_one_zone_and_a_zone_has_an_output(sessions):
    with sessions.begin() as session:
        zones.save(session, "thon-1", "", ["sound:A"], [], NOON)
        with pytest.raises(BroadcasterError, match="zone-output-taken"):
            zones.save(session, "thon-2", "", ["sound:A"], [], NOON)
        for slug in ("all", "Thôn 1", ""):
            with pytest.raises(BroadcasterError, match="zone-bad"):
                zones.save(session, slug, "", ["sound:C"], [], NOON)
        with pytest.raises(BroadcasterError, match="zone-bad"):
            zones.save(session, "thon-3", "", [], [], NOON)


def test_a_volume_set_by_hand_goes_before_the_rules_until_its_time_or_until_it_is_taken_back(sessions):
    with sessions.begin() as session:
        zones.save(session, "thon-1", "", ["sound:A"], ["00:00-00:00=50"], NOON)
        zones.turn(session, "thon-1", 20, NOON + timedelta(hours=1))
    with sessions() as session:
        zone, _ = zones.one(session, "thon-1")
        assert [zone.gain(NOON + timedelta(minutes=n), TZ) for n in (0, 59, 60)] == [0.2, 0.2, 0.5]
    with sessions.begin() as session:
        zones.turn(session, "thon-1", 0)
        assert zones.one(session, "thon-1")[0].gain(NOON + timedelta(days=99), TZ) == 0.0
        zones.turn(session, "thon-1", None)
        assert zones.one(session, "thon-1")[0].gain(NOON, TZ) == 0.5
        for wrong in (-1, 101):
            with pytest.raises(BroadcasterError, match="volume-bad"):
                zones.turn(session, "thon-1", wrong)


def test_another_shape_of_a_zone_keeps_what_was_set_by_hand_and_how_long_its_amplifier_wakes(sessions):
    with sessions.begin() as session:
        zones.save(session, "thon-1", "", ["sound:A"], [], NOON, lead_s=4.0)
        zones.turn(session, "thon-1", 70)
        zone = zones.save(session, "thon-1", "", ["sound:B"], [], NOON)
        assert (zone.lead_s, zone.hand) == (4.0, zones.Hand(70, None))
        for wrong in (-1.0, 9.5, float("nan")):
            with pytest.raises(BroadcasterError, match="lead-bad"):
                zones.save(session, "thon-1", "", ["sound:B"], [], NOON, lead_s=wrong)


def test_a_zone_in_which_slots_play_is_not_removed(sessions, settings):
    with sessions.begin() as session:
        zones.save(session, "thon-1", "Thôn Một", ["sound:A"], [], NOON)
        wanted = slots.Wanted("FREQ=DAILY", "17:00", zone="thon-1")
        slot = slots.add(session, programmes.listed(session)[0], wanted, now=NOON, tz=settings.tz)
        with pytest.raises(BroadcasterError, match="zone-used"):
            zones.remove(session, "thon-1")
        slots.remove(session, slot.id, NOON)
        zones.remove(session, "thon-1")


def test_a_removed_zone_is_gone(sessions):
    with sessions.begin() as session:
        zones.save(session, "thon-1", "", ["sound:A"], [], NOON)
        zones.remove(session, "thon-1")
        assert zones.listed(session) == []
        with pytest.raises(BroadcasterError, match="zone-missing"):
            zones.remove(session, "thon-1")
