"""What many tests need: a station's data folder, people, a clock, and a real sound server."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from broadcaster import accounts, programmes
from broadcaster.clock import VirtualClock
from broadcaster.database import factory, open_database, open_engine
from broadcaster.settings import Settings
from tests.icecast import Icecast
from tests.pulse import Pulse

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)  # Tuesday noon in Việt Nam, week 48


def pytest_collection_modifyitems(items):
    """In each folder, files with slow tests come first: or one worker would do the last of them while others rest."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    folders = list(dict.fromkeys(item.path.parent for item in items))
    items.sort(key=lambda item: (folders.index(item.path.parent), item.path not in slow))


@pytest.fixture(scope="session", autouse=True)
def quick_hashes():
    """Passwords are hashed cheaply in the process of the tests; stations and panels they start do it in earnest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path / "data")


def settings_in(data: Path) -> Settings:
    return Settings(data=data, database_url=f"sqlite:///{data / 'station.db'}", output="null:")


@pytest.fixture(scope="session")
def seeded(tmp_path_factory):
    """The file of a new station with its people; made once, since its tables take longer than most tests."""
    settings = settings_in(tmp_path_factory.mktemp("seeded"))
    sessions = open_database(settings)
    with sessions.begin() as session:
        programmes.seed(session, NOON)
        for name, roles in (("lan", ["author"]), ("minh", ["approver"]), ("hoa", ["author", "approver"])):
            accounts.add_user(session, name, "mật khẩu thật dài", roles, NOON)
    sessions.kw["bind"].dispose()
    return settings.data / "station.db"


@pytest.fixture
def sessions(settings, seeded):
    """A seeded database with an author (lan), an approver (minh) and someone who is both (hoa)."""
    settings.make_folders()
    shutil.copy(seeded, settings.data)
    sessions = factory(open_engine(settings.database_url, lasting=False, rings=settings.data))
    yield sessions
    sessions.kw["bind"].dispose()


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(NOON)


@pytest.fixture
def icecast(tmp_path):
    if shutil.which("icecast2") is None:
        pytest.fail("icecast2 is missing: run make test, which installs it")
    server = Icecast(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def pulse(tmp_path_factory):
    if shutil.which("pulseaudio") is None:
        pytest.fail("pulseaudio is missing: run make test, which installs it")
    server = Pulse(tmp_path_factory.mktemp("pulse"))
    server.start()
    yield server
    server.stop()
