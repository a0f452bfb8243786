"""Why a moment passed without its broadcast; and that people are told every cause in words."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest

import broadcaster
from broadcaster.causes import Attendance
from broadcaster.clock import VirtualClock
from broadcaster.phrases import REASONS
from tests.conftest import NOON

M = timedelta(minutes=1)


@pytest.fixture
def clock():
    return VirtualClock(NOON)


def watched(attendance, clock, minutes, trusted=True):
    for _ in range(minutes):
        attendance.look(trusted=trusted)
        clock.sleep(60)
    attendance.look(trusted=trusted)


def test_before_it_was_up_it_was_off(clock):
    attendance = Attendance(clock)
    watched(attendance, clock, 5)
    assert attendance.why_late(NOON - timedelta(seconds=1)) == "station-off"
    assert attendance.why_late(NOON) is None


def test_while_its_clock_was_doubted_it_could_not_know(clock):
    attendance = Attendance(clock)
    watched(attendance, clock, 10, trusted=False)
    clock.sleep(60)
    watched(attendance, clock, 10)
    assert attendance.why_late(NOON + 10 * M) == "clock-untrusted"
    assert attendance.why_late(NOON + 11 * M) is None


def test_a_machine_that_woke_up_in_another_year_still_knows_how_long_it_has_been_up(clock):
    clock.set(-300 * 86_400)
    attendance = Attendance(clock)
    watched(attendance, clock, 10, trusted=False)
    clock.set(300 * 86_400)
    attendance.look(trusted=True)
    assert attendance.why_late(NOON - M) == "station-off"
    assert attendance.why_late(NOON + 5 * M) == "clock-untrusted"


def test_a_clock_set_forward_left_that_stretch_out(clock):
    attendance = Attendance(clock)
    watched(attendance, clock, 30)
    clock.set(3600)
    watched(attendance, clock, 5)
    assert attendance.why_late(NOON + 31 * M) == "clock-set"
    assert attendance.why_late(NOON + 91 * M) is None


def test_a_clock_that_comes_right_after_a_power_cut_is_no_step(clock):
    """A board without a battery begins where it was switched off."""
    attendance = Attendance(clock)
    watched(attendance, clock, 2)
    clock.set(3600)
    watched(attendance, clock, 1)
    assert attendance.why_late(NOON + 30 * M) == "station-off"


def test_a_clock_set_back_left_nothing_out(clock):
    attendance = Attendance(clock)
    watched(attendance, clock, 30)
    clock.set(-600)
    watched(attendance, clock, 5)
    assert attendance.why_late(NOON + 25 * M) is None


ENDINGS = {"Finish": 1, "end": 4, "joined": 1, "_take_back": 1}  # call → where its reason stands


def told():
    """Every reason that the code gives for how a broadcast ended."""
    for name in ("decide", "playout", "heard", "asrun", "causes", "sources", "live"):
        tree = ast.parse((Path(broadcaster.__path__[0]) / f"{name}.py").read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            found = []
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                place = ENDINGS.get(called)
                found = node.args[place : place + 1] if place is not None else []
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "attr", "") == "why":
                found = [node.value]
            elif isinstance(node, ast.FunctionDef) and node.name in ("_reason", "_ended", "why_late"):
                found = [n for n in ast.walk(node) if isinstance(n, (ast.Return, ast.Assign))]
            for part in found:
                for leaf in ast.walk(part):
                    if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str) and "-" in leaf.value:
                        yield leaf.value


def test_every_cause_in_the_code_has_its_words():
    causes = set(told())
    assert {"station-off", "clock-untrusted", "no-output", "another-on-air", "recording-broken", "no-edition"} <= causes
    assert causes <= set(REASONS)
