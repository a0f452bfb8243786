"""What is cued or on air, and how it is taken off again with the reason."""

from datetime import timedelta

import pytest

from audio.cues import Began, Ended, Lane
from audio.decks import Blank
from audio.format import RATE
from broadcaster.channels import Channels
from broadcaster.heard import Run
from broadcaster.outlets import ByHand
from broadcaster.runs import Runs

BLOCK = RATE // 10


class Village:
    """Two zones on a virtual clock, with runs of twenty seconds."""

    def __init__(self, clock):
        self.clock = clock
        self.outlets = {zone: ByHand(zone) for zone in ("dong", "tay")}
        self.air = Channels(clock)
        self.air.arrange([*self.outlets.values()])
        self.runs = Runs(self.air, clock)
        self.told = []

    def cue(self, key, kind="queue", zone="dong", lane=Lane.QUEUE, ahead=0.0):
        run = Run(key, kind, 0, 0, 0, [], timedelta(seconds=5))
        self.air.cue(key, lane, zone, lambda start: Blank(20 * RATE - start), self.clock.wall() + ahead)
        self.runs.add(run)
        return run

    def run(self, seconds=1.0):
        for _ in range(round(seconds * RATE / BLOCK)):
            for outlet in self.outlets.values():
                outlet.mixer.render(BLOCK, self.clock.wall()) if outlet.up else outlet.mixer.stand(self.clock.wall())
            self.clock.sleep(BLOCK / RATE)
            for event, run in self.runs.told():
                run.began = run.began or isinstance(event, Began)
                self.told.append((run.key, type(event), run.why))


@pytest.fixture
def village(clock):
    return Village(clock)


def ends(village):
    return {key: why for key, kind, why in village.told if issubclass(kind, Ended)}


def test_what_has_ended_is_let_go_and_tells_why(village):
    village.cue("a")
    village.cue("b", zone="tay")
    village.run()
    assert village.runs.positions() == pytest.approx({"a": 1.0, "b": 1.0}, abs=0.1)
    village.runs.take_off(village.runs.get("a"), "ended")
    village.run()
    assert ends(village) == {"a": "ended"}
    assert "a" not in village.runs
    assert [run.key for run, _ in village.runs.sounding()] == ["b"]
    village.runs.clear("stopped")
    village.run()
    assert ends(village)["b"] == "stopped"
    assert not village.runs


def test_skipping_ends_what_is_heard_but_no_alert_and_nothing_that_waits(village):
    village.cue("alert", "alert", "tay", Lane.ALERT)
    village.cue("a")
    village.cue("b")
    village.run()
    village.runs.skip()
    village.run()
    assert ends(village) == {"a": "skipped"}
    assert {run.key for run, _ in village.runs.sounding()} == {"alert", "b"}


def test_a_clock_that_was_set_takes_off_only_what_has_not_begun(village):
    village.cue("a")
    village.cue("b", "scheduled", "tay", Lane.SCHEDULED, ahead=5.0)
    village.run()
    village.runs.clock_was_set()
    village.run()
    assert ends(village) == {"b": "clock-set"}


@pytest.mark.parametrize(("between", "left"), [("dong", {"far"}), ("all", set())])
def test_what_waits_for_the_same_outputs_is_taken_back_too_and_what_waits_elsewhere_is_left(village, between, left):
    for key, zone in (("gone", "dong"), ("next", between), ("far", "tay")):
        village.cue(key, "at", zone, Lane.SCHEDULED, ahead=5.0)
    village.runs.take_back("gone", "not-approved")
    village.run()
    assert ends(village) == {"gone": "not-approved"} | dict.fromkeys({"next", "far"} - left, "")
    assert {run.key for run in village.runs.all()} == left


def test_what_gets_its_device_back_in_time_goes_on_and_what_does_not_is_over(village):
    village.cue("a")
    village.run()
    for away, over in ((4, {}), (6, {"a": "no-output"})):
        village.outlets["dong"].up = False
        for _ in range(away):
            village.runs.give_up()
            village.run()
        village.runs.give_up()
        village.outlets["dong"].up = True
        village.run()
        village.runs.give_up()
        assert ends(village) == over
