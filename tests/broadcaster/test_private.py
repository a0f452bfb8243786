"""What only the station may read is written whole, and for its eyes alone."""

import stat

import pytest

from broadcaster import private


def test_a_file_is_for_its_owner_alone_and_replaces_the_one_before(tmp_path):
    path = tmp_path / "khoa"
    path.write_bytes(b"before")
    path.chmod(0o644)
    private.write(path, b"after")
    assert path.read_bytes() == b"after"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_what_an_earlier_try_left_behind_is_in_nobodys_way(tmp_path, monkeypatch):
    monkeypatch.setattr(private.os, "replace", lambda *_: (_ for _ in ()).throw(OSError("no")))
    with pytest.raises(OSError, match="no"):
        private.write(tmp_path / "khoa", b"one")
    monkeypatch.undo()
    private.write(tmp_path / "khoa", b"two")
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("khoa", b"two")]
