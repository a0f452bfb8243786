"""The bell that wakes the station."""

from __future__ import annotations

import threading
import time

import pytest
import sqlalchemy as sa

from broadcaster import bell
from broadcaster.bell import Bell
from broadcaster.database import connect, looking, open_database
from broadcaster.models_station import StationState


@pytest.fixture
def hung(settings):
    """A bell that hangs in the data folder."""
    settings.make_folders()
    hung = Bell()
    hung.listen(settings.data)
    yield hung
    hung.close()


def test_it_is_quiet_until_somebody_rings(hung):
    assert hung.public
    assert not hung.wait(0.01)
    hung.ring()
    assert hung.wait(5)
    assert not hung.wait(0.01)


def test_however_often_it_rings_it_never_holds_anybody_up_and_wakes_once(hung, settings):
    for _ in range(5000):
        hung.ring()
        bell.ring(settings.data)
    assert hung.wait(0)
    assert not hung.wait(0.01)


def test_a_ring_from_another_thread_ends_the_wait(hung):
    threading.Timer(0.05, hung.ring).start()
    began = time.monotonic()
    assert hung.wait(10)
    assert time.monotonic() - began < 5


def test_whoever_commits_rings_after_others_can_see_it(hung, settings, sessions):
    while hung.wait(0):
        pass
    seen = []

    def watch():
        if hung.wait(10):
            with looking(connect(settings)) as session:
                seen.append(session.get_one(StationState, 1).held_by)

    watcher = threading.Thread(target=watch)
    watcher.start()
    with sessions.begin() as session:
        session.get_one(StationState, 1).held_by = "lan"
    watcher.join()
    assert seen == ["lan"]


def test_whoever_only_looks_or_changes_nothing_does_not_ring(hung, settings, sessions):
    with sessions.begin() as session:
        session.get_one(StationState, 1).held_by = "lan"
    assert hung.wait(5)
    with looking(sessions) as session:
        session.get_one(StationState, 1)
    with sessions.begin() as session:
        session.get_one(StationState, 1)
    assert not hung.wait(0.01)


def test_the_stations_own_commits_are_no_news_to_it(hung, settings, sessions):
    own = open_database(settings, rings=False)
    while hung.wait(0):
        pass
    with own.begin() as session:
        session.execute(sa.update(StationState).values(held_by="trạm"))
    own.kw["bind"].dispose()
    assert not hung.wait(0.01)


def test_without_a_station_commits_go_on(settings, sessions, clock):
    with sessions.begin() as session:
        session.get_one(StationState, 1).held_by = "lan"
    with looking(sessions) as session:
        assert session.get_one(StationState, 1).held_by == "lan"


def test_a_station_that_was_killed_leaves_a_bell_that_the_next_one_takes_down(hung, settings):
    following = Bell()
    following.listen(settings.data)
    bell.ring(settings.data)
    assert following.public
    assert following.wait(5)
    following.close()


def test_where_no_bell_can_be_hung_in_public_it_still_rings_inside(tmp_path):
    inside = Bell()
    inside.listen(tmp_path / ("dài" * 60))
    assert not inside.public
    inside.ring()
    assert inside.wait(5)
    inside.close()
    inside.ring()  # nobody is there any more
