"""Keeping a process alive: at once when it had lived, with growing patience when it keeps falling."""

import sys

from broadcaster.supervisor import LIVED_S, PAUSES_S, Child


def ended(child):
    child.process.wait()
    child.process.stdin.close()


def test_a_process_killed_after_a_life_is_back_at_once():
    child = Child("trạm", [sys.executable, "-c", ""])
    child.start(0.0)
    ended(child)
    child.tend(LIVED_S + 0.1)
    assert child.process is not None
    ended(child)


def test_a_process_that_keeps_falling_is_given_time():
    child, now, pauses = Child("trạm", [sys.executable, "-c", ""]), 0.0, []
    child.start(now)
    for _ in range(len(PAUSES_S) + 1):
        ended(child)
        child.tend(now)
        pauses.append(child.due - now)
        now = child.due
        child.tend(now)
    ended(child)
    assert pauses == [*PAUSES_S[1:], PAUSES_S[-1], PAUSES_S[-1]]
