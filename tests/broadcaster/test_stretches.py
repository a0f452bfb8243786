"""What several outputs made of one stretch, told as one."""

import pytest

from audio.cues import Ended, Lane
from broadcaster.outlets import ByHand
from broadcaster.stretches import Part, State, Stretch


def ended(*, cut=False):
    return Ended("a", 0.0, frames=1, gap=0, cut=cut)


def stretch(*parts):
    made = Stretch("a", Lane.SCHEDULED, lambda start: None, 0, None, 0.0)
    made.parts = {ByHand(str(number)): part for number, part in enumerate(parts)}
    return made


@pytest.mark.parametrize(
    ("best", "other"),
    [
        (Part(State.DONE, frames=5, gap=2, ended=ended()), Part(State.DONE, frames=9, ended=ended(cut=True))),
        (Part(State.AWAY, frames=5, gap=2, ended=ended(cut=True)), Part(State.DONE, frames=9, ended=ended(cut=True))),
        (Part(State.DONE, frames=5, gap=2, ended=ended()), Part(State.DONE, frames=4, ended=ended())),
        (Part(State.DONE, frames=5, gap=2, ended=ended()), Part(State.WAITING, frames=9)),
    ],
)
def test_its_end_is_that_of_the_output_where_it_was_heard_best(best, other):
    for parts in ((best, other), (other, best)):
        end = stretch(*parts).as_one()
        assert (end.frames, end.gap, end.cut) == (best.frames, best.gap, best.ended.cut)


def test_it_sounds_while_an_output_that_has_its_device_plays_it():
    made = stretch(Part(State.ON_AIR), Part(State.AWAY))
    assert made.sounding
    next(iter(made.parts)).up = False
    assert not made.sounding
    assert made.states() == {State.ON_AIR, State.AWAY}


def test_it_is_quiet_since_the_last_of_them_ended():
    made = stretch(Part(since=3.0, ended=ended()), Part(since=7.0, ended=ended()), Part(since=9.0))
    assert made.quiet_since() == 7.0
