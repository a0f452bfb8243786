"""Programmes on the command line: added, shown, named, set, retired."""

from __future__ import annotations

import json

import numpy as np
import pytest
import soundfile

from audio.format import RATE
from broadcaster.cli import main

SLUG = "an-ninh-nui-thanh"


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("BROADCASTER_DATA", str(tmp_path / "data"))

    def call(*args):
        capsys.readouterr()
        try:
            code = main(["programme", *args])
        except SystemExit as stop:
            code = stop.code
        out = capsys.readouterr()
        return code, out.out, out.err

    return call


def facts(run, *args):
    code, out, err = run(*args, "--json")
    assert code == 0, err
    return json.loads(out)


def test_a_programme_is_made_named_and_shown_part_by_part(run):
    assert facts(run, "add", "Bản tin nông nghiệp")["slug"] == "ban-tin-nong-nghiep"
    assert facts(run, "rename", "ban-tin-nong-nghiep", "Nông nghiệp xanh")["name"] == "Nông nghiệp xanh"
    shown = facts(run, "show", "Bản tin nông nghiệp")
    assert [part["kind"] for part in shown["running_order"]][3] == "bulletin"
    assert shown["lacks"] == ["Chưa có khung giờ nên sẽ không phát. Hãy thêm khung giờ."]
    _, out, _ = run("show", "ban-tin-nong-nghiep")
    assert "1. Nhạc hiệu (0:06)" in out
    assert "3. Lời chào (0:0" in out
    assert "4. Bản tin tuần này\n" in out
    assert "! Chưa có khung giờ" in out


def test_speed_voice_and_what_stands_in_are_set(run):
    made = facts(run, "set", SLUG, "--speed", "90", "--voice", "espeak:south", "--fallback", "none")
    assert (made["speed"], made["voice"], made["fallback"]) == (90, "espeak:south", "none")
    _, out, _ = run("list")
    assert "giọng espeak:south 90%  thay thế: im lặng, có cảnh báo trước" in out
    assert run("set", SLUG, "--speed", "91")[0] == 2
    code, _, err = run("set", SLUG, "--fallback", "recording")
    assert code == 2
    assert "Chưa chọn bản ghi phát thay" in err


def test_a_retired_programme_is_listed_with_all_and_comes_back(run):
    code, out, _ = run("retire", SLUG)
    assert code == 0
    assert "bỏ 2 khung giờ" in out
    assert SLUG not in run("list")[1]
    assert "(đã ngừng)" in run("list", "--all")[1]
    code, _, err = run("set", SLUG, "--speed", "90")
    assert code == 1
    assert "đã ngừng" in err
    assert run("restore", SLUG)[0] == 0
    assert SLUG in run("list")[1]


def test_a_jingle_goes_to_the_end_it_was_meant_for_and_can_be_taken_back(run, tmp_path, capsys):
    music = tmp_path / "nhac.wav"
    soundfile.write(music, 0.3 * np.sin(np.arange(3 * RATE) / 20), RATE)
    assert main(["jingle", SLUG, "closing", str(music)]) == 0
    order = facts(run, "show", SLUG)["running_order"]
    assert "recording" in order[-1]
    assert "recording" not in order[0]
    assert main(["jingle", SLUG, "closing"]) == 0
    assert "recording" not in facts(run, "show", SLUG)["running_order"][-1]


def test_what_can_not_be_is_one_line_that_says_what_to_do(run):
    for args, code, said in (
        (("add", "An ninh Núi Thành"), 1, "Hãy đặt tên khác"),
        (("add", " "), 2, "Hãy nhập lại"),
        (("show", "khong-co"), 2, "Các chương trình hiện có"),
    ):
        found, out, err = run(*args)
        assert (found, out) == (code, "")
        assert said in err
        assert len(err.strip().splitlines()) == 1
