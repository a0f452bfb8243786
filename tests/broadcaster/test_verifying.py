"""What airs is read through first, and nobody waits for it."""

from __future__ import annotations

import hashlib
import os
import threading

import pytest

from audio.errors import BadAudio
from broadcaster import broadcasts, store
from broadcaster.verifying import FRESH_S, Verifier
from tests.broadcaster.helpers import ANY_HOUR, Air, recording


@pytest.fixture
def rung():
    return threading.Event()


@pytest.fixture
def verifier(settings, clock, rung):
    settings.make_folders()
    return Verifier(settings, clock, rung.set)


@pytest.fixture
def kept(settings):
    """The sha256 of a file that holds what it should."""
    settings.make_folders()
    sha256 = hashlib.sha256(b"tieng").hexdigest()
    store.path_of(settings, sha256).write_bytes(b"tieng")
    return sha256


def test_a_recording_is_ready_once_it_has_been_read_through(verifier, kept, rung, settings):
    assert not verifier.ready(kept)
    assert rung.wait(10)
    assert verifier.ready(kept)
    assert verifier.path(kept) == store.path_of(settings, kept)


def test_while_nobody_waits_it_is_read_in_place(verifier, kept, settings):
    verifier.aside = False
    assert verifier.ready(kept)
    assert verifier.path(kept) == store.path_of(settings, kept)


def test_it_is_read_once_however_often_it_is_asked_for(verifier, kept, rung, monkeypatch):
    gate, read = threading.Event(), []
    honest = store.verify

    def slow(settings, sha256):
        read.append(sha256)
        gate.wait(10)
        return honest(settings, sha256)

    monkeypatch.setattr(store, "verify", slow)
    assert not any(verifier.ready(kept) for _ in range(5))
    gate.set()
    assert rung.wait(10)
    assert verifier.ready(kept)
    verifier.path(kept)
    assert read == [kept]


def test_one_whose_bytes_changed_is_known_to_be_bad(verifier, kept, rung, settings):
    store.path_of(settings, kept).write_bytes(b"khac!")
    verifier.ready(kept)
    assert rung.wait(10)
    assert verifier.ready(kept)
    with pytest.raises(BadAudio):
        verifier.path(kept)


def test_one_that_is_missing_is_bad_too(verifier, rung):
    verifier.ready("0" * 64)
    assert rung.wait(10)
    with pytest.raises(BadAudio):
        verifier.path("0" * 64)


def test_a_file_that_was_touched_since_is_read_again(verifier, kept, settings):
    verifier.path(kept)
    path = store.path_of(settings, kept)
    path.write_bytes(b"khac!")
    os.utime(path, ns=(1, 1))
    assert not verifier.ready(kept)
    with pytest.raises(BadAudio):
        verifier.path(kept)


def test_what_was_read_long_ago_is_read_again(verifier, kept, clock):
    verifier.path(kept)
    assert verifier.ready(kept)
    clock.sleep(FRESH_S + 1)
    assert not verifier.ready(kept)


@pytest.fixture
def air(sessions, settings, clock):
    air = Air(sessions, settings, clock)
    air.known = set()
    air.playout._ready = air.known.__contains__
    return air


def test_a_queue_item_waits_until_it_is_ready(air, sessions, clock):
    with sessions.begin() as session:
        item = recording(session, "x", 5.0)
        broadcasts.play(session, item, by="lan", now=clock.now(), facts=ANY_HOUR)
    air.run(2)
    assert not air.playout.on_air()
    air.known.add(item.sha256)
    air.run(1)
    assert air.playout.on_air()


def test_an_alert_waits_for_nothing(air, sessions, clock):
    with sessions.begin() as session:
        spoken = recording(session, "x", 5.0)
        broadcasts.alert(
            session, text="x", recording=spoken.sha256, title="x", repeat=1, by="lan", now=clock.now(), zone="all"
        )
    air.run(0.5)
    assert air.playout.on_air()
