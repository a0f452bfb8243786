"""Several outputs as one: a broadcast sounds in the outputs of its zone, together, and is told of once."""

import numpy as np
import pytest

from audio.cues import Began, Ended, Lane
from audio.errors import BadAudio
from audio.format import RATE
from broadcaster.channels import Channels
from broadcaster.outlets import ByHand
from broadcaster.stretches import Over
from tests.conftest import NOON

BLOCK = RATE // 10


class Numbers:
    """A source whose frame n has the value n / 2**24."""

    def __init__(self, start, end):
        self.at, self.end = start, end

    @property
    def finished(self):
        return self.at >= self.end

    def read(self, frames):
        first, self.at = self.at, min(self.at + frames, self.end)
        return (np.arange(first, self.at) / 2**24).astype(np.float32)

    def skip(self, frames):
        self.at += frames

    def close(self):
        self.at = self.end


class Village:
    """Two zones on a virtual clock, and what each has heard."""

    def __init__(self, clock):
        self.clock = clock
        self.outlets = {zone: ByHand(zone) for zone in ("dong", "tay")}
        self.air = Channels(clock)
        self.air.arrange(list(self.outlets.values()))
        self.heard = {zone: [] for zone in self.outlets}
        self.told = []

    def cue(self, key, lane=Lane.SCHEDULED, zone="all", seconds=20.0, **more):
        end = round(seconds * RATE)
        self.air.cue(key, lane, zone, lambda start: Numbers(start, end), self.clock.wall(), **more)

    def run(self, seconds):
        for _ in range(round(seconds * RATE / BLOCK)):
            for zone, outlet in self.outlets.items():
                if outlet.up:
                    self.heard[zone].append(outlet.mixer.render(BLOCK, self.clock.wall()))
                else:
                    outlet.mixer.stand(self.clock.wall())
                    self.heard[zone].append(np.full(BLOCK, np.nan, np.float32))
            self.clock.sleep(BLOCK / RATE)
            self.told += self.air.happened()

    def now(self, zone):
        """The second of the recording that the zone's last block began with."""
        return float(self.heard[zone][-1][0]) * 2**24 / RATE

    def events(self, key):
        return [e for e in self.told if e.key == key]


@pytest.fixture
def village(clock):
    return Village(clock)


def test_a_broadcast_for_all_sounds_everywhere_at_once_and_is_told_once(village):
    village.cue("a", seconds=2)
    village.run(4)
    east, west = (np.concatenate(village.heard[zone]) for zone in ("dong", "tay"))
    assert np.array_equal(east, west)
    assert np.count_nonzero(east) == 2 * RATE - 1  # the first frame's number is 0
    began, ended = village.events("a")
    assert isinstance(began, Began)
    assert isinstance(ended, Ended)
    assert (ended.frames, ended.cut) == (2 * RATE, False)


def test_a_broadcast_for_one_zone_sounds_only_there(village):
    village.cue("a", zone="tay", seconds=1)
    village.run(2)
    assert not np.concatenate(village.heard["dong"]).any()
    assert len(village.events("a")) == 2


def test_two_zones_play_different_things_at_the_same_time(village):
    village.cue("a", zone="dong", seconds=1)
    village.cue("b", zone="tay", seconds=1)
    village.run(2)
    assert {e.key for e in village.told if isinstance(e, Ended) and not e.cut} == {"a", "b"}


def test_a_zone_taken_by_an_alert_joins_the_others_where_they_are(village):
    village.cue("a", seconds=20)
    village.run(5)
    village.cue("alert", Lane.ALERT, "dong", seconds=3)
    village.run(5)
    assert village.now("dong") == pytest.approx(village.now("tay"), abs=2 / RATE)
    assert village.now("tay") == pytest.approx(10 - 0.1 - 0.25, abs=0.11)
    village.run(15)
    _, ended = village.events("a")
    assert (ended.frames, ended.cut, ended.by) == (20 * RATE, False, None)


def test_what_an_alert_interrupts_everywhere_is_told_as_interrupted(village):
    village.cue("a", seconds=20)
    village.run(5)
    village.cue("alert", Lane.ALERT, "all", seconds=3)
    village.run(5)
    _, ended = village.events("a")
    assert ended.by == "alert"
    assert ended.frames == pytest.approx(4.75 * RATE, abs=BLOCK + 480)


def test_a_busy_zone_joins_late_and_in_step(village):
    village.cue("long", zone="dong", seconds=4)
    village.run(1)
    village.cue("a", seconds=10)
    village.run(5)
    assert village.now("dong") == village.now("tay") > 4
    village.run(8)
    assert [type(e) for e in village.events("a")] == [Began, Over]


def test_a_zone_that_never_got_its_turn_does_not_begin_after_the_others_are_through(village):
    village.cue("long", zone="dong", seconds=10)
    village.run(1)
    village.cue("a", seconds=2)
    village.run(15)
    assert [type(e) for e in village.events("a")] == [Began, Over]
    assert village.events("a")[1].frames == 2 * RATE
    assert not np.concatenate(village.heard["dong"])[11 * RATE :].any()


def test_a_zone_without_its_device_does_not_hold_up_the_end(village):
    village.cue("a", seconds=5)
    village.run(2)
    village.outlets["dong"].up = False
    village.run(6)
    assert [type(e) for e in village.events("a")] == [Began, Over]
    assert not village.events("a")[1].cut


def test_the_end_gives_the_account_of_each_output(village):
    village.outlets["dong"].up = False  # from the beginning
    village.cue("a", seconds=5)
    village.run(7)
    _, over = village.events("a")
    assert {o.zone: (o.frames, o.gap, o.underruns) for o in over.outputs} == {
        "tay": (5 * RATE, 0, 0),
        "dong": (0, 0, 0),
    }
    assert village.air.playing() == []


def test_without_any_device_it_waits_where_it_is(village):
    village.cue("a", zone="dong", seconds=5)
    village.run(2)
    village.outlets["dong"].up = False
    village.run(60)
    assert not village.air.heard("a")
    assert len(village.events("a")) == 1
    village.outlets["dong"].up = True
    village.run(4)
    assert village.events("a")[1].frames == 5 * RATE


def test_withdrawn_and_cleared_it_ends_everywhere(village):
    village.cue("a")
    village.cue("b", Lane.QUEUE)
    village.run(1)
    village.air.withdraw("a")
    village.run(1)
    village.air.clear()
    village.run(1)
    assert [e.key for e in village.told if isinstance(e, Ended)] == ["a", "b"]
    assert village.air.playing() == []


def test_a_recording_that_can_not_be_opened_everywhere_is_cued_nowhere(village):
    opened = []

    def opener(start):
        if opened:
            raise BadAudio("gone")
        opened.append(Numbers(start, RATE))
        return opened[0]

    with pytest.raises(BadAudio):
        village.air.cue("a", Lane.QUEUE, "all", opener, 0.0)
    assert opened[0].finished
    village.run(1)
    assert village.told == []


def test_a_zone_that_is_gone_sounds_nowhere_else(village):
    village.air.arrange([village.outlets["tay"]])
    assert village.air.of("dong") == []
    assert not village.air.reachable("dong")


def test_a_station_without_zones_has_one_place_whatever_it_is_called(clock):
    air, whole = Channels(clock), ByHand()
    air.arrange([whole])
    assert air.of("dong") == air.of("all") == [whole]


def test_what_is_live_is_joined_where_it_is_by_then(village):
    village.cue("before", Lane.ALERT, seconds=3)
    village.run(1)
    village.cue("relay", seconds=10, live=True)
    village.run(4)
    assert village.now("dong") == pytest.approx(village.now("tay"), abs=2 / RATE)
    assert village.now("dong") == pytest.approx(4 - 0.25 - 0.1, abs=0.01)
    village.run(10)
    assert (village.told[-1].instant - NOON.timestamp()) == pytest.approx(11.25, abs=0.01)


def test_a_lower_one_does_not_begin_for_the_moment_in_which_a_higher_one_gets_its_outputs_together(village):
    village.cue("high", Lane.PRIORITY, seconds=2)
    village.cue("low", Lane.SCHEDULED, "dong", seconds=1)
    village.run(5)
    high, low = village.events("high"), village.events("low")
    assert [e.cut for e in (*high, *low) if isinstance(e, Ended)] == [False, False]
    assert low[0].instant == pytest.approx(high[-1].instant)


@pytest.mark.parametrize("step", [-86400.0, 86400.0])
def test_a_clock_set_meanwhile_keeps_the_outputs_together_and_ends_everything(village, step):
    village.cue("a", seconds=20)
    village.run(5)
    village.cue("alert", Lane.ALERT, "dong", seconds=3)
    village.run(1)
    village.clock.set(step)
    village.air.clock_was_set(step)
    village.run(4)
    assert village.now("dong") == pytest.approx(village.now("tay"), abs=0.05)
    village.run(15)
    _, ended = village.events("a")
    assert (ended.cut, ended.by) == (False, None)
    assert not village.air.playing()


def test_what_is_over_where_it_was_heard_does_not_wait_for_a_clock_that_was_set_back(village):
    village.cue("a", seconds=4)
    village.run(2)
    village.cue("alert", Lane.ALERT, "dong", seconds=10)
    village.run(1)
    village.clock.set(-86400)
    village.air.clock_was_set(-86400)
    village.run(4)
    assert len(village.events("a")) == 2


def test_what_happens_in_any_output_rings(clock):
    rung = []
    channels = Channels(clock, lambda: rung.append(clock.wall()))
    outlets = [ByHand("dong"), ByHand("tay")]
    channels.arrange(outlets)
    channels.cue("a", Lane.QUEUE, "tay", lambda start: Numbers(start, 100), 0.0)
    for outlet in outlets:
        outlet.mixer.render(BLOCK, clock.wall())
    assert rung == [clock.wall()]
