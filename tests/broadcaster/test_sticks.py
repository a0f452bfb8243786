"""Voices on sticks: found with both their files, however the stick is mounted."""

import pytest

from broadcaster import sticks


@pytest.fixture
def stick(tmp_path, monkeypatch):
    """Makes a stick, and puts files on it."""
    monkeypatch.setattr(sticks, "MOUNTS", (f"{tmp_path}/*",))

    def make(name, *files):
        for file in files:
            path = tmp_path / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"x")
        return tmp_path / name

    return make


def test_a_voice_is_found_where_both_its_files_lie_together(stick):
    usb = stick("USB", "giọng đọc/vi.onnx", "giọng đọc/vi.onnx.json", "nửa.onnx", "phim.mp4")
    assert sticks.voices() == {"vi": usb / "giọng đọc"}


def test_a_voice_on_two_sticks_is_taken_from_the_first(stick):
    first = stick("A", "vi.onnx", "vi.onnx.json")
    stick("B", "vi.onnx", "vi.onnx.json")
    assert sticks.voices() == {"vi": first}


def test_what_lies_too_deep_or_behind_too_much_is_not_looked_for(stick, monkeypatch):
    stick("USB", "a/b/c/d/vi.onnx", "a/b/c/d/vi.onnx.json")
    assert sticks.voices() == {}
    stick("USB", "vi.onnx", "vi.onnx.json")
    monkeypatch.setattr(sticks, "MOST", 0)
    assert sticks.voices() == {}


def test_no_stick_is_no_voice(stick):
    assert sticks.voices() == {}
