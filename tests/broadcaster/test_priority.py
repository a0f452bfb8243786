"""Who gets the processor first, told by processes of their own: nothing here may change the one that tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from broadcaster.priority import AHEAD, BEHIND, LAST, SHARE

TELL = """
import json, os
from broadcaster import priority
from tests.broadcaster.test_priority import share
{todo}
print(json.dumps([os.getpriority(os.PRIO_PROCESS, 0), os.getsid(0) == os.getpid(), share()]))
"""
pytestmark = pytest.mark.skipif(not hasattr(os, "setpriority"), reason="POSIX alone has nice values")


def after(todo):
    """(nice value, whether it leads a session of its own, its session's share) after `todo`."""
    told = subprocess.run(
        [sys.executable, "-c", TELL.format(todo=todo)], stdout=subprocess.PIPE, text=True, check=True, timeout=60
    )
    return json.loads(told.stdout)


def share():
    """The session's share of the processor; None where the system has none, or this process is in its first session."""
    _, said, nice = SHARE.read_text().partition("nice") if SHARE.exists() else ("", "", "")
    return int(nice) if said else None


def test_what_is_prepared_comes_last_in_a_session_of_its_own_and_is_not_starved():
    nice, leads, own_share = after("priority.last()")
    assert (nice, leads) == (LAST, True)
    assert own_share in (BEHIND, None)


def test_the_station_comes_first_where_the_system_allows_it():
    nice, leads, own_share = after("priority.own_session()\npriority.ahead()")
    assert leads
    assert nice in (AHEAD, os.getpriority(os.PRIO_PROCESS, 0))
    assert own_share in (AHEAD, 0, None)


def test_a_station_in_somebody_elses_session_leaves_their_share_alone():
    before = share()
    _, leads, _ = after("priority.ahead()")
    assert not leads
    assert share() == before
