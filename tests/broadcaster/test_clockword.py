"""A wrong clock once wrote of the future into the log; a person says that the clock of today is right."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from broadcaster import asrun, broadcasts, care, clockword, plan
from broadcaster.cli import main
from broadcaster.errors import BroadcasterError
from broadcaster.models_care import Trail
from tests.broadcaster.helpers import ANY_HOUR, Air, approved, recording
from tests.conftest import NOON
from tests.schedules.made import NUI_THANH

FRIDAY = NOON.replace(day=27, hour=10, minute=30)
AHEAD = 200 * 86400


def set_clock(air, seconds):
    air.clock.set(seconds)
    air.playout.clock_was_set(seconds)


def wrong_for_a_while(air, name):
    """The clock jumps ahead, something is heard, the clock is put right again."""
    set_clock(air, AHEAD)
    with air.sessions.begin() as session:
        broadcasts.play(session, recording(session, name, 5.0), by="trực", now=air.clock.now(), facts=ANY_HOUR)
    air.run(10)
    set_clock(air, -AHEAD)
    air.run(1)


def give(air, by="trực"):
    with air.sessions.begin() as session:
        return clockword.give(session, by, air.clock.now()).lines


@pytest.fixture
def air(sessions, settings, clock, monkeypatch):
    """A station without a time source, held on the day of its broadcast."""
    with sessions.begin() as session:
        approved(session, "2026-W48")
        plan.store(session, NOON, NUI_THANH)
    monkeypatch.setattr(clock, "synchronised", lambda: False)
    clock.move_to(FRIDAY - timedelta(minutes=5))
    air = Air(sessions, settings, clock)
    wrong_for_a_while(air, "một")
    assert not air.playout.trusted
    return air


def test_with_a_persons_word_the_schedule_goes_on(air):
    assert give(air) == 1
    air.run(400, step=2)
    assert air.playout.trusted
    with air.sessions.begin() as session:
        assert [e.outcome for e in asrun.entries(session) if e.planned_at == FRIDAY] == ["aired"]


def test_nothing_but_a_person_ends_the_hold(air):
    air.run(600, step=5)
    assert not air.playout.trusted


def test_the_word_holds_for_what_it_was_given_for_and_for_nothing_after_it(air):
    give(air)
    wrong_for_a_while(air, "hai")
    assert not air.playout.trusted
    assert give(air) == 1
    air.run(1)
    assert air.playout.trusted


def test_a_clock_that_goes_back_behind_the_rest_of_the_log_is_wrong_all_the_same(air):
    give(air)
    air.run(400, step=2)
    set_clock(air, -86400)
    air.run(1)
    assert not air.playout.trusted


def test_where_nothing_is_held_there_is_nothing_to_say(air):
    give(air)
    with pytest.raises(BroadcasterError) as error:
        give(air)
    assert error.value.code == "clock-undoubted"


def test_who_said_it_stands_in_the_trail(air):
    give(air, by="lan")
    with air.sessions.begin() as session:
        line = session.scalars(sa.select(Trail).where(Trail.kind == "clock_word")).one()
        assert (line.what, line.after["by"], line.after["lines"]) == ("added", "lan", 1)


def test_the_check_says_what_to_do_until_it_is_said(air, settings):
    def clock_of():
        return next(f for f in care.check(air.sessions, settings, air.clock) if f.part == "Đồng hồ")

    assert (clock_of().state, "clock right" in clock_of().text) == ("failure", True)
    give(air)
    assert clock_of().state == "ok"


def test_on_the_command_line_it_is_shown_and_said(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("BROADCASTER_DATA", str(tmp_path))
    assert main(["clock", "show", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["log_later"] is None
    assert main(["clock", "right"]) == 1
    assert "không cần xác nhận" in capsys.readouterr().err
