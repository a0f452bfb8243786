"""The witness beside the drill's loudspeakers: what the log may not say otherwise than it was heard."""

from datetime import timedelta

import pytest

from audio.format import RATE
from broadcaster.errors import BroadcasterError
from broadcaster.models_station import AsRun
from broadcaster.witness import Stretch, Witness
from tests.broadcaster.helpers import recording
from tests.conftest import NOON

SPOT, BESIDE = ("thon-1", "null:1"), ("thon-1", "null:2")
BEGAN = NOON.timestamp()


def account(spot, seconds, gap_s=0.0):
    return {"zone": spot[0], "output": spot[1], "seconds": seconds, "gap_frames": round(gap_s * RATE), "underruns": 0}


def stretch(spot, first, last, **other):
    return Stretch("a", spot, BEGAN + first, BEGAN + first, ended=BEGAN + last, **other)


def held(session, seconds=60.0, reason=None, outputs=(), length=60.0):
    """What the witness says of a log that has such a line, of a broadcast heard whole from one output and, after its
    device had been away for ten seconds, from another."""
    witness = Witness(15.0, NOON.tzinfo)
    witness.stretches["a"] = [stretch(SPOT, 0, 60), stretch(BESIDE, 0, 20), stretch(BESIDE, 30, 60, on=True)]
    witness.holes["a", BESIDE] = 10.0
    line = AsRun(
        broadcast_id="a", title="tin", kind="scheduled", planned_at=NOON, began_at=NOON,
        ended_at=NOON + timedelta(seconds=60), outcome="aired", reason=reason, seconds=seconds,
        audio_sha256=recording(session, seconds=length).sha256, proof={"outputs": outputs},
    )  # fmt: skip
    witness.expect_log(session, {"a": line})


WHOLE = (account(SPOT, 60.0), account(BESIDE, 50.0, 10.0))


def test_a_line_that_tells_what_was_heard_holds(sessions):
    with sessions.begin() as session:
        held(session, outputs=WHOLE)


@pytest.mark.parametrize(
    ("line", "broken"),
    [
        ({"outputs": ()}, "account-wrong"),
        ({"outputs": (WHOLE[0],)}, "account-wrong"),
        ({"outputs": (WHOLE[0], account(BESIDE, 60.0, 10.0))}, "account-wrong"),
        ({"outputs": (WHOLE[0], account(BESIDE, 50.0))}, "account-wrong"),
        ({"outputs": (*WHOLE, account(("thon-2", "null:3"), 5.0))}, "account-wrong"),
        ({"outputs": WHOLE, "seconds": 61.0}, "seconds-wrong"),
        ({"outputs": WHOLE, "length": 70.0}, "not-whole"),
        ({"outputs": WHOLE, "length": 40.0}, "twice"),
    ],
)
def test_a_line_that_tells_anything_else_does_not(sessions, line, broken):
    with sessions.begin() as session, pytest.raises(BroadcasterError) as found:
        held(session, **line)
    assert found.value.values["broken"] == broken


def test_what_was_not_heard_whole_may_say_why(sessions):
    with sessions.begin() as session:
        held(session, outputs=WHOLE, length=70.0, reason="late")
