import hashlib
import urllib.error

import pytest

from broadcaster.download import Missing, fetch, small
from broadcaster.errors import BroadcasterError
from tests.broadcaster import voice_repository

DATA = bytes(range(256)) * 2000
SIZE = len(DATA)
MD5 = hashlib.md5(DATA).hexdigest()


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with voice_repository.running() as server:
        server.files["model"] = DATA
        yield server


@pytest.fixture
def take(server, tmp_path):
    """Fetch the file; returns the pauses made."""

    def take(size=SIZE, md5=MD5, progress=lambda done, total: None):
        waits = []
        fetch(f"{server.url}/model", tmp_path / "x", size, md5, progress, waits.append)
        return waits

    return take


def test_a_file_comes_whole_with_its_progress_and_leaves_nothing_beside(take, tmp_path):
    told = []
    take(progress=lambda done, total: told.append((done, total)))
    assert (tmp_path / "x").read_bytes() == DATA
    assert [file.name for file in tmp_path.iterdir()] == ["x"]
    assert told[0] == (0, len(DATA))
    assert told[-1] == (len(DATA), len(DATA))
    assert told == sorted(told)


def test_a_broken_line_goes_on_where_it_broke(server, take, tmp_path):
    server.faults.extend(["cut", "cut"])
    assert take() == [1.0, 3.0]
    assert (tmp_path / "x").read_bytes() == DATA
    assert [start for _, start in server.asked] == [0, len(DATA) // 2, len(DATA) // 2 + len(DATA) // 4]


def test_a_server_that_cannot_go_on_in_the_middle_sends_it_all_again(server, take, tmp_path):
    server.faults.extend(["cut", "whole"])
    take()
    assert (tmp_path / "x").read_bytes() == DATA


def test_what_came_before_the_tries_ran_out_is_kept_for_the_next_call(server, take, tmp_path):
    server.faults.extend(["cut", 503, 503, 503])
    with pytest.raises(urllib.error.HTTPError):
        take()
    server.asked.clear()
    take()
    assert server.asked == [("model", len(DATA) // 2)]
    assert (tmp_path / "x").read_bytes() == DATA


def test_a_wrong_hash_is_never_believed_and_not_kept(server, take, tmp_path):
    server.faults.append("flip")
    with pytest.raises(BroadcasterError, match="voice-damaged"):
        take()
    assert list(tmp_path.iterdir()) == []


def test_more_than_was_announced_is_damage_too(take, tmp_path):
    with pytest.raises(BroadcasterError, match="voice-damaged"):
        take(size=len(DATA) - 10, md5="0")
    assert not (tmp_path / "x").exists()


def test_a_file_that_is_not_there_is_not_asked_for_again(server, take):
    del server.files["model"]
    with pytest.raises(Missing):
        take()
    assert len(server.asked) == 1


def test_a_part_longer_than_the_file_begins_anew(take, tmp_path):
    (tmp_path / "x.part").write_bytes(bytes(len(DATA) + 5))
    take()
    assert (tmp_path / "x").read_bytes() == DATA


def test_a_small_file_has_a_limit(server):
    assert small(f"{server.url}/model", len(DATA)) == DATA
    with pytest.raises(OSError, match="more than 10"):
        small(f"{server.url}/model", 10)
