"""Devices that come while others are open: looked for beside the station, taken in when nobody hears it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from audio import device
from audio.errors import OutputUnavailable
from broadcaster.newcomers import LOOK_S, MOST_S, Newcomers


@dataclass
class Outlet:
    uri: str
    up: bool = True
    failure: OutputUnavailable | None = None
    opened: int = field(default=0)

    def reopen(self):
        self.opened += 1


@dataclass
class Look:
    """A process that looks: it has ended with this, or goes on (None)."""

    returncode: int | None = None
    killed: bool = False

    def poll(self):
        return self.returncode

    def kill(self):
        self.killed = True

    def wait(self):
        return 0


@pytest.fixture
def looks(monkeypatch):
    """What has been looked for, and what each look will say."""
    looks = []

    def look(name):
        looks.append((name, Look()))
        return looks[-1][1]

    monkeypatch.setattr(device, "look_afresh", look)
    monkeypatch.setattr(device, "listed", lambda name: False)
    return looks


@pytest.fixture
def open_one():
    return Outlet("sound:loa")


@pytest.fixture
def missing():
    return Outlet("sound:usb", up=False, failure=OutputUnavailable("no-device", "usb"))


@pytest.fixture
def newcomers(clock):
    return Newcomers(clock)


def test_what_is_missing_is_looked_for_while_others_play_on(newcomers, open_one, missing, looks, clock):
    for _ in range(4):
        newcomers.tend([open_one, missing], quiet=True)
        clock.sleep(LOOK_S)
    assert [name for name, _ in looks] == ["usb"]  # one look at a time
    looks[0][1].returncode = 1
    newcomers.tend([open_one, missing], quiet=True)
    assert [name for name, _ in looks] == ["usb", "usb"]
    assert open_one.opened == 0


def test_once_it_is_there_everything_is_opened_anew_as_soon_as_nobody_hears_it(
    newcomers, open_one, missing, looks, clock
):
    clock.sleep(LOOK_S)
    newcomers.tend([open_one, missing], quiet=False)
    looks[0][1].returncode = 0
    for _ in range(5):
        clock.sleep(LOOK_S)
        newcomers.tend([open_one, missing], quiet=False)
    assert (open_one.opened, missing.opened) == (0, 0)
    newcomers.tend([open_one, missing], quiet=True)
    assert (open_one.opened, missing.opened) == (1, 1)
    assert len(looks) == 1


def test_one_that_is_listed_and_still_can_not_be_had_disturbs_the_others_ever_more_rarely(
    newcomers, open_one, missing, looks, clock
):
    for _ in range(int(24 * 3600 / LOOK_S)):
        clock.sleep(LOOK_S)
        newcomers.tend([open_one, missing], quiet=True)
        if looks:
            looks[-1][1].returncode = 0
    assert 24 * 3600 / MOST_S <= open_one.opened < 24 * 3600 / MOST_S + 12


def test_one_this_process_knows_needs_no_look(newcomers, open_one, missing, looks, clock, monkeypatch):
    monkeypatch.setattr(device, "listed", lambda name: True)
    clock.sleep(LOOK_S)
    newcomers.tend([open_one, missing], quiet=True)
    assert looks == []


@pytest.mark.parametrize("others", [[], [Outlet("null:")], [Outlet("sound:b", up=False)]])
def test_with_no_other_sound_device_open_trying_again_is_enough(newcomers, others, missing, looks, clock):
    clock.sleep(LOOK_S)
    newcomers.tend([*others, missing], quiet=True)
    assert looks == []


def test_a_look_that_is_under_way_ends_with_the_station(newcomers, open_one, missing, looks, clock):
    clock.sleep(LOOK_S)
    newcomers.tend([open_one, missing], quiet=True)
    newcomers.close()
    assert looks[0][1].killed
