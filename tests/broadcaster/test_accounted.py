"""What each output has made of a broadcast is summed over its stretches, and a zone that heard nothing is named."""

from hypothesis import given
from hypothesis import strategies as st

from audio.format import RATE
from broadcaster import accounted, asrun, broadcasts
from broadcaster.channels import TOGETHER_S
from broadcaster.models import Broadcast
from broadcaster.stretches import Account
from tests.broadcaster.helpers import ANY_HOUR, Air, recording
from tests.conftest import NOON

ACCOUNTS = st.lists(
    st.builds(
        Account, st.sampled_from(["dong", "tay"]), st.sampled_from(["sound:", "null:"]), *[st.integers(0, 10**7)] * 3
    ),
    max_size=6,
)


@given(st.lists(ACCOUNTS, max_size=5))
def test_nothing_is_lost_however_many_stretches_there_were(stretches):
    kept = []
    for stretch in stretches:
        kept = accounted.summed(kept, stretch)
    every = [account for stretch in stretches for account in stretch]
    for what in accounted.SUMS:
        assert sum(row[what] for row in kept) == sum(getattr(account, what) for account in every)
    names = [(row["zone"], row["output"]) for row in kept]
    assert len(names) == len(set(names)) == len({(a.zone, a.output) for a in every})


@given(ACCOUNTS)
def test_silent_is_a_zone_none_of_whose_outputs_was_heard(accounts):
    heard = {account.zone for account in accounts if account.frames}
    quiet = {account.zone for account in accounts} - heard if heard else set()
    assert set(accounted.silent(accounted.summed([], accounts))) == quiet


def test_a_password_is_not_kept():
    kept = accounted.summed([], [Account("dong", "icecast://source:bi-mat@may:8000/loa", RATE, 0, 2)])
    assert accounted.told(kept) == [
        {"zone": "dong", "output": "icecast://source:…@may:8000/loa", "seconds": 1.0, "gap_frames": 0, "underruns": 2}
    ]


def aired(session_of, settings, clock, away=()):
    air = Air(session_of, settings, clock, ("dong", "tay"))
    for outlet in air.outlets:
        outlet.up = outlet.zone not in away
    with session_of.begin() as session:
        broadcasts.play(session, recording(session, "lời nhắn", 10.0), by="truc", now=NOON, facts=ANY_HOUR)
    air.run(20)
    with session_of.begin() as session:
        (entry,) = asrun.entries(session)
    return entry


def test_the_log_tells_of_each_output_what_it_was_given(sessions, settings, clock):
    entry = aired(sessions, settings, clock)
    assert (entry.outcome, entry.reason) == ("aired", None)
    assert {each["zone"]: each["seconds"] for each in entry.proof["outputs"]} == {"dong": 10.0, "tay": 10.0}


def test_the_log_says_when_a_zone_heard_nothing(sessions, settings, clock):
    entry = aired(sessions, settings, clock, away=["tay"])
    assert (entry.outcome, entry.reason) == ("aired", "part-silent")
    assert {each["zone"]: each["seconds"] for each in entry.proof["outputs"]} == {"dong": 10.0, "tay": 0.0}


def test_what_was_heard_before_the_power_went_is_in_the_account(sessions, settings, clock):
    air = Air(sessions, settings, clock, ("dong", "tay"))
    with sessions.begin() as session:
        broadcasts.play(session, recording(session, "lời nhắn", 60.0), by="truc", now=NOON, facts=ANY_HOUR)
    air.run(20)  # and then the power goes: nothing is ended in order
    clock.sleep(30)
    again = Air(sessions, settings, clock, ("dong", "tay"))
    again.playout.recover()
    again.run(90)
    with sessions.begin() as session:
        (entry,) = asrun.entries(session)
    assert entry.outcome == "aired"
    assert 60 + 18.5 < entry.seconds < 60 + 20  # again from the start of its only segment
    assert {each["zone"]: each["seconds"] for each in entry.proof["outputs"]} == dict.fromkeys(
        ("dong", "tay"), entry.seconds
    )


def test_the_account_grows_with_each_beat_and_never_twice(sessions, settings, clock):
    air = Air(sessions, settings, clock, ("dong", "tay"))
    with sessions.begin() as session:
        row = broadcasts.play(session, recording(session, "lời nhắn", 60.0), by="truc", now=NOON, facts=ANY_HOUR)
        key = row.id
    for seconds in (5.0 - TOGETHER_S, 10.0 - TOGETHER_S):
        air.run(5)
        air.playout.checkpoint()
        with sessions.begin() as session:
            kept = session.get_one(Broadcast, key).outputs
        assert {each["zone"]: each["frames"] / RATE for each in kept} == {"dong": seconds, "tay": seconds}
