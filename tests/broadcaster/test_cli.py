"""The command line as operators script it: facts, exit codes, and one Vietnamese line when something can't be."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import socket
import sqlite3
from unittest.mock import Mock

import pytest
import soundfile
import sqlalchemy as sa

from broadcaster.cli import main

VIETNAMESE = re.compile(r"[ăâđêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵ]", re.I)
BULLETIN = "Kính thưa bà con!\n\nNgày 23/1, CAX bắt 02 đối tượng.\n\nCảm ơn bà con đã lắng nghe./.\n"


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("BROADCASTER_DATA", str(tmp_path / "data"))

    def call(*args, stdin=""):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        capsys.readouterr()
        try:
            code = main([str(a) for a in args])
        except SystemExit as stop:
            code = stop.code
        out = capsys.readouterr()
        return code, out.out, out.err

    return call


@pytest.fixture
def bulletin(tmp_path):
    path = tmp_path / "tin.txt"
    path.write_text(BULLETIN, encoding="utf-8")
    return path


@pytest.fixture
def people(run):
    for name, role in (("lan", "author"), ("minh", "approver")):
        assert run("user", "add", name, "--role", role, stdin="mật khẩu thật dài\n")[0] == 0


def one_vietnamese_line(text):
    return len(text.strip().splitlines()) == 1 and VIETNAMESE.search(text)


def test_from_a_file_to_an_approved_bulletin(run, bulletin, people):
    code, out, _ = run("bulletin", "add", bulletin, "--programme", "an-ninh-nui-thanh", "--by", "lan", "--json")
    assert code == 0
    made = json.loads(out)
    assert made["status"] == "draft"
    assert run("bulletin", "approve", made["id"], "--by", "minh")[0] == 1
    code, out, _ = run("bulletin", "submit", made["id"], "--json")
    assert code == 0
    submitted = json.loads(out)
    assert submitted["status"] == "submitted"
    code, out, _ = run("bulletin", "approve", made["id"], "--by", "minh", "--json")
    assert code == 0
    approved = json.loads(out)
    assert (approved["status"], approved["approved_by"]) == ("approved", "minh")
    assert len(approved["text_sha256"]) == len(approved["audio_sha256"]) == 64
    assert approved["audio_sha256"] == submitted["audio_sha256"]
    assert len(json.loads(run("bulletin", "list", "--json")[1])) == 3  # and the two standing notices


def test_render_writes_the_finished_programme(run, bulletin, tmp_path):
    code, out, _ = run("render", bulletin, "-o", tmp_path / "out.flac", "--json")
    assert code == 0
    facts = json.loads(out)
    assert [s["kind"] for s in facts["segments"]] == ["jingle", "call", "greeting", "item", "closing", "jingle"]
    sound = soundfile.info(facts["path"])
    assert (sound.samplerate, sound.channels) == (48000, 1)
    assert sound.duration == pytest.approx(facts["duration_s"], abs=0.01)
    assert facts["lufs"] == pytest.approx(-16, abs=0.5)
    assert facts["true_peak_dbtp"] <= -1


@pytest.mark.parametrize("suffix", ["wav", "flac", "mp3", "opus"])
def test_say_speaks_into_any_format(run, tmp_path, suffix):
    code, out, _ = run("say", "Xin chào bà con.", "-o", tmp_path / f"a.{suffix}", "--json")
    assert code == 0
    assert soundfile.info(tmp_path / f"a.{suffix}").duration == pytest.approx(json.loads(out)["duration_s"], abs=0.1)


def test_read_by_lines_gives_exactly_one_line_each(run):
    code, out, _ = run("read", "-", "--lines", stdin="02 vụ\n\ngọi 113\n")
    assert code == 0
    assert [line.casefold().rstrip(".") for line in out.split("\n")] == ["hai vụ", "", "gọi một một ba", ""]


def test_read_uses_the_stations_lexicon_and_choices_and_makes_no_station_by_itself(run, tmp_path):
    assert run("read", "-", "--lines", stdin="CAX bắt 105 vụ")[1] == "Công an xã bắt một trăm linh năm vụ.\n"
    assert not (tmp_path / "data").exists()
    assert run("lexicon", "add", "CAX", "Công an xã nhà")[0] == 0
    assert run("setting", "set", "reading.odd", "lẻ")[0] == 0
    assert run("read", "-", "--lines", stdin="CAX bắt 105 vụ")[1] == "Công an xã nhà bắt một trăm lẻ năm vụ.\n"
    assert run("read", "-", stdin="CAX bắt 105 vụ")[1] == "Công an xã nhà bắt một trăm lẻ năm vụ.\n"
    code, out, _ = run("read", "--lexicon", "--json")
    assert code == 0
    words = [entry for entry in json.loads(out) if entry["written"] == "CAX"]
    assert words == [{"written": "CAX", "spoken": "Công an xã nhà", "category": "station"}]


def test_a_word_added_again_is_said_the_new_way_and_a_removed_one_the_common_way(run):
    run("lexicon", "add", "CAX", "Cá")
    run("lexicon", "add", "CAX", "Công an ta")
    assert [e["spoken"] for e in json.loads(run("lexicon", "list", "--json")[1])] == ["Công an ta"]
    assert run("lexicon", "remove", "CAX")[0] == 0
    assert json.loads(run("lexicon", "list", "--json")[1]) == []
    assert run("read", "-", stdin="CAX họp")[1] == "Công an xã họp.\n"


def test_settings_are_listed_with_their_meaning(run):
    run("setting", "set", "station.phones", "0235.3650236, 113")
    rows = {row["key"]: row for row in json.loads(run("setting", "list", "--json")[1])}
    assert rows["reading.thousand"]["value"] == "nghìn"
    assert rows["station.phones"]["value"] == "0235.3650236, 113"
    assert all(VIETNAMESE.search(row["about"]) for row in rows.values())


def test_read_says_at_which_words_an_editor_would_stop(run):
    out = run("read", "-", "--json", stdin="Bà con chú ý.\nĐối tượng Nguyễn Văn Anh bị bắt.\nGọi 113.")[1]
    warnings = [sentence["warnings"] for sentence in json.loads(out)]
    assert [len(each) for each in warnings] == [0, 1, 0]
    assert warnings[1][0]["kind"] == "name-full"
    assert warnings[1][0]["severity"] == "serious"
    assert warnings[1][0]["quote"] == "Nguyễn Văn Anh"


def test_a_serious_bulletin_submitted_by_command_is_warned_about_and_remembered(run, tmp_path, people, monkeypatch):
    monkeypatch.setattr("broadcaster.editorial.await_rendering", lambda *_: None)
    path = tmp_path / "tin.txt"
    path.write_text("Công an bắt đối tượng Nguyễn Văn Anh.", encoding="utf-8")
    _, out, err = run("bulletin", "add", path, "--programme", "an-ninh-nui-thanh", "--by", "lan", "--json")
    made = json.loads(out)
    assert "Nguyễn Văn Anh" in err
    assert [w["kind"] for w in made["warnings"]] == ["name-full"]
    code, out, err = run("bulletin", "submit", made["id"], "--by", "lan", "--json")
    assert (code, json.loads(out)["status"]) == (0, "submitted")
    assert "Nguyễn Văn Anh" in err
    assert json.loads(out)["insisted"]["by"] == "lan"


def bad_files(folder):
    (folder / "rong.txt").write_bytes(b"")
    (folder / "to.txt").write_bytes(b"a" * 50_000_000)
    (folder / "anh.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "thumuc.txt").mkdir()
    return [folder / n for n in ("rong.txt", "to.txt", "anh.txt", "thumuc.txt", "khong-co.txt")]


@pytest.mark.parametrize("command", ["render", "intake", "read"])
def test_an_unusable_file_is_refused_in_one_vietnamese_line(run, tmp_path, command):
    for path in bad_files(tmp_path):
        more = ["-o", tmp_path / "out.flac"] if command == "render" else []
        code, out, err = run(command, path, *more)
        assert (code, out) == (2, ""), path
        assert one_vietnamese_line(err), err
        assert not (tmp_path / "out.flac").exists()


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (("render", "{tin}", "-o", "{tmp}/o.flac", "--programme", "khong-co"), 2),
        (("render", "{tin}", "-o", "{tmp}/o.flac", "--voice", "khong-co"), 2),
        (("render", "{tin}", "-o", "{tmp}/khong/co/o.flac"), 1),
        (("plan", "--from", "hôm nay", "--to", "mai"), 2),
        (("play", "{tmp}/khong-co.wav", "--at", "2030-01-01T10:00"), 2),
        (("play", "{tin}", "--at", "2030-01-01T10:00"), 2),
        (("play", "an-ninh-nui-thanh", "--at", "2030-01-01T10:00"), 1),
        (("status",), 1),
        (("stop",), 1),
        (("alert", "Bão!"), 1),
        (("play", "{tin}"), 1),
        (("bulletin", "show", "khong-co"), 2),
        (("slot", "add", "--programme", "an-ninh-nui-thanh", "--rule", "FREQ=HOURLY", "--at", "17:30"), 2),
        (("slot", "add", "--programme", "an-ninh-nui-thanh", "--rule", "FREQ=DAILY", "--at", "23:00"), 1),
        (("slot", "add", "--programme", "an-ninh-nui-thanh", "--rule", "FREQ=WEEKLY;BYDAY=FR", "--at", "17:35"), 1),
        (("pause", "add", "--from", "2026-12-02", "--to", "2026-12-01", "--reason", "x"), 2),
        (("restore", "{tin}"), 2),
        (("restore", "{tmp}/khong-co.zip"), 2),
        (("lexicon", "add", "CAX", "công an 4"), 2),
        (("lexicon", "remove", "CAX"), 2),
        (("setting", "set", "reading.thousand", "nghìn tỷ"), 2),
        (("setting", "set", "khong.co", "x"), 2),
        (("lenh-la",), 2),
        (("queue", "move", "abcd", "x"), 2),
        (("render",), 2),
        (("render", "{tin}", "-o", "{tmp}/o.xyz"), 2),
        (("say", "Xin chào", "-o", "{tmp}/o"), 2),
        (("play", "{tmp}"), 2),
        (("alert",), 2),
        (("jingle", "an-ninh-nui-thanh", "opening", "{tmp}/khong-co.wav"), 2),
        (("log", "--from", "0001-01-01"), 2),
        (("plan", "--from", "2026-12-02", "--to", "2026-12-01"), 2),
        (("simulate", "--from", "9999-12-01", "--to", "9999-12-31"), 2),
        (("pause", "add", "--from", "", "--to", "", "--reason", "x"), 2),
        (("bulletin", "show", "\udcff\udcfe"), 2),
        (("say", "Xin chào", "-o", "{tmp}/\udcff.wav"), 2),
        (("run", "--port", "99999"), 2),
        (("run", "--port", "0"), 2),
        (("run", "--host", "khong.invalid"), 1),
        (("run", "--output", "loa:"), 2),
        (("run", "--output", "file:"), 2),
    ],
)
def test_what_cannot_be_is_said_in_one_vietnamese_line(run, bulletin, tmp_path, args, expected):
    code, out, err = run(*[a.format(tin=bulletin, tmp=tmp_path) for a in args])
    assert (code, out) == (expected, "")
    assert one_vietnamese_line(err), err


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("BROADCASTER_TZ", "Sao-Hoa/Can-cu", 2),
        ("BROADCASTER_DATABASE", "khong phai dia chi", 2),
        ("BROADCASTER_DATABASE", "khongco://may/db", 2),
    ],
)
def test_a_wrong_setting_is_named(run, monkeypatch, name, value, expected):
    monkeypatch.setenv(name, value)
    code, out, err = run("bulletin", "list")
    assert (code, out) == (expected, "")
    assert one_vietnamese_line(err), err
    assert value in err


def test_a_damaged_database_is_said_in_one_line(run, tmp_path):
    assert run("slot", "list")[0] == 0
    path = tmp_path / "data" / "station.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    for command in (("slot", "list"), ("bulletin", "list"), ("log",)):
        code, out, err = run(*command)
        assert (code, out) == (1, "")
        assert one_vietnamese_line(err), err


def test_a_full_disk_asks_for_room_and_not_for_a_backup(run, monkeypatch):
    full = sa.exc.OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))
    monkeypatch.setattr("broadcaster.bulletins.newest", Mock(side_effect=full))
    code, out, err = run("bulletin", "list")
    assert (code, out) == (1, "")
    assert "đĩa đã đầy" in err


def test_what_stands_in_for_a_missing_edition_is_a_setting_of_the_programme(run):
    assert run("programme", "set", "an-ninh-nui-thanh", "--fallback", "notice")[0] == 0
    rows = json.loads(run("programme", "list", "--json")[1])
    assert {r["slug"]: r["fallback"] for r in rows} == {"an-ninh-nui-thanh": "notice", "tieng-loa-an-ninh": "repeat"}
    assert run("programme", "set", "an-ninh-nui-thanh", "--voice", "khong-co")[0] == 2
    assert run("programme", "set", "an-ninh-nui-thanh", "--fallback", "nhac")[0] == 2


def test_the_system_s_answer_is_put_into_vietnamese(run, bulletin, tmp_path):
    err = run("render", bulletin, "-o", tmp_path / "khong" / "o.flac")[2]
    assert "không có thư mục này" in err


def test_render_writes_the_format_its_suffix_names(run, bulletin, tmp_path):
    code, out, _ = run("render", bulletin, "-o", tmp_path / "out.mp3", "--json")
    assert code == 0
    facts = json.loads(out)
    assert soundfile.info(facts["path"]).format == "MP3"
    assert facts["sha256"] == hashlib.sha256((tmp_path / "out.mp3").read_bytes()).hexdigest()
    assert facts["lufs"] == pytest.approx(-16, abs=0.5)


def test_an_unwritable_data_folder_is_named(run, tmp_path, bulletin):
    (tmp_path / "file").write_text("in the way")
    code, _, err = run("bulletin", "list", "--data", tmp_path / "file" / "data")
    assert code == 1
    assert one_vietnamese_line(err)
    assert str(tmp_path / "file") in err


def test_a_port_in_use_is_named(run):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, _, err = run("run", "--port", port)
    assert code == 1
    assert one_vietnamese_line(err)
    assert str(port) in err


def test_slots_pauses_and_the_plan(run, tmp_path):
    add = ("slot", "add", "--programme", "tieng-loa-an-ninh", "--rule", "FREQ=WEEKLY;BYDAY=MO", "--at", "05:40")
    code, out, err = run(*add, "--json")
    assert code == 0, err
    slot = json.loads(out)
    window = ("--from", "2030-01-07", "--to", "2030-01-15", "--json")
    starts = [p["starts_at"] for p in json.loads(run("plan", *window)[1]) if p["slot"] == slot["id"]]
    assert starts == ["2030-01-07T05:40:00+07:00", "2030-01-14T05:40:00+07:00"]
    assert run("pause", "add", "--from", "2030-01-07", "--to", "2030-01-07", "--reason", "quốc tang")[0] == 0
    starts = [p["starts_at"] for p in json.loads(run("plan", *window)[1]) if p["slot"] == slot["id"]]
    assert starts == ["2030-01-14T05:40:00+07:00"]
    assert run("plan", *window, "--ics", tmp_path / "plan.ics")[0] == 0
    assert (tmp_path / "plan.ics").read_bytes().count(b"BEGIN:VEVENT") == 4
    assert run("slot", "remove", slot["id"])[0] == 0
    assert slot["id"] not in run("slot", "list")[1]


def test_a_slot_repeats_another_until_that_is_taken_back(run):
    original = json.loads(run("slot", "list", "--json")[1])[0]
    add = ("slot", "add", "--programme", original["programme"], "--rule", "FREQ=WEEKLY;BYDAY=MO", "--at", "05:40")
    code, out, err = run(*add, "--repeat-of", original["id"], "--json")
    assert code == 0, err
    repeat = json.loads(out)
    assert repeat["repeat_of"] == original["id"]
    assert f"phát lại của khung giờ {original['id']}" in run("slot", "list")[1]
    week = ("plan", "--from", "2030-01-07", "--to", "2030-01-08")
    assert json.loads(run(*week, "--json")[1])[0]["repeats"] == "2030-01-04T17:30:00+07:00"
    assert "phát lại của buổi 17:30 thứ Sáu 04/01/2030" in run(*week)[1]
    code, _, err = run("slot", "edit", original["id"], "--repeat-of", repeat["id"])
    assert (code, "Hãy chọn khung giờ gốc" in err) == (2, True)
    assert "Khung giờ gốc đã bỏ" in run("slot", "remove", original["id"])[1]
    assert "Khung giờ gốc đã bỏ" in run("slot", "list")[1]
    code, out, err = run("slot", "edit", repeat["id"], "--repeat-of", "", "--json")
    assert (code, json.loads(out)["repeat_of"]) == (0, None)


def test_one_time_of_a_slot_is_moved_replaced_cancelled_and_put_back(run):
    slots = json.loads(run("slot", "list", "--json")[1])
    friday = next(s["id"] for s in slots if s["rule"].endswith("FR"))
    that_day = (friday, "--date", "2030-01-11", "--reason", "họp dân")
    code, out, err = run("slot", "move", *that_day, "--to", "2030-01-10T05:40", "--json")
    assert code == 0, err
    assert json.loads(out)["moved_to"] == "2030-01-10T05:40:00+07:00"
    assert run("slot", "replace", *that_day, "--programme", "tieng-loa-an-ninh")[0] == 0
    assert run("slot", "cancel", *that_day)[0] == 0
    (change,) = json.loads(run("slot", "changes", "--json")[1])
    assert change["cancelled"]
    week = ("plan", "--from", "2030-01-07", "--to", "2030-01-14")
    gone = [p for p in json.loads(run(*week, "--json")[1]) if p["status"] == "withdrawn"]
    assert [p["starts_at"] for p in gone] == ["2030-01-11T17:30:00+07:00"]
    assert "họp dân" in run(*week)[1]
    assert run("slot", "undo", change["id"])[0] == 0
    assert "họp dân" not in run(*week)[1]


def test_a_slot_seen_in_an_older_version_is_not_overwritten(run):
    slot = json.loads(run("slot", "list", "--json")[1])[0]
    assert run("slot", "edit", slot["id"], "--at", "17:40", "--version", slot["version"])[0] == 0
    code, _, err = run("slot", "edit", slot["id"], "--at", "17:45", "--version", slot["version"])
    assert code == 1
    assert one_vietnamese_line(err)
    assert json.loads(run("slot", "list", "--json")[1])[0]["at"] == "17:40"


def test_clashes_name_the_ways_out_and_the_ways_work(run):
    add = ("slot", "add", "--programme", "tieng-loa-an-ninh", "--rule", "FREQ=WEEKLY;BYDAY=FR", "--at", "17:35")
    code, _, err = run(*add)
    assert code == 1
    assert one_vietnamese_line(err)
    assert "52 lần" in err or "53 lần" in err
    code, out, err = run(*add, "--clash", "after", "--json")
    assert code == 0, err
    assert json.loads(out)["at"] == "17:40"


def test_pauses_may_come_again_every_year_and_have_effects(run, tmp_path):
    tet = ("pause", "add", "--every", "mùng 1 Tết", "--days", "3", "--reason", "nghỉ Tết", "--json")
    code, out, err = run(*tet)
    assert code == 0, err
    assert json.loads(out)["every"].startswith("RSCALE=VIETNAMESE")
    mourning = ("--effect", "mourning", "--from", "2030-01-07", "--to", "2030-01-08", "--reason", "quốc tang")
    assert run("pause", "add", *mourning)[0] == 0
    assert "không nhạc" in run("pause", "list")[1]
    (tmp_path / "lich.ics").write_text("không phải lịch")
    code, _, err = run("pause", "import", tmp_path / "lich.ics")
    assert code == 2
    assert one_vietnamese_line(err)
    (tmp_path / "lich.ics").write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Thi\nDTSTART;VALUE=DATE:20300601\nRRULE:FREQ=DAILY;COUNT=3\nEND:VEVENT\n"
        "BEGIN:VEVENT\nSUMMARY:Họp\nDTSTART:20300601T080000\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    code, out, err = run("pause", "import", tmp_path / "lich.ics")
    assert code == 0
    assert "hằng ngày, 3 lần" in out
    assert err.strip() == "Không nhập “Họp” có giờ trong ngày; ngày nghỉ phải là cả ngày."


def test_hours_can_be_seen_and_changed(run):
    assert json.loads(run("hours", "--json")[1])["allowed"] == "05:30-06:30; 17:00-18:00"
    code, out, _ = run("hours", "--allowed", "T2-T6 5h30-7h00", "--quiet", "", "--json")
    assert code == 0
    assert json.loads(out) == {
        "zone": "all", "allowed": "T2,T3,T4,T5,T6 05:30-07:00", "quiet": "", "max_minutes": 120, "max_repeats": 1,
    }  # fmt: skip
    assert json.loads(run("hours", "--json")[1])["allowed"] == "T2,T3,T4,T5,T6 05:30-07:00"
    code, _, err = run("hours", "--allowed", "cả ngày")
    assert code == 2
    assert one_vietnamese_line(err)


def test_the_log_goes_to_csv_and_xlsx(run, tmp_path):
    assert run("log", "--csv", tmp_path / "log.csv", "--xlsx", tmp_path / "log.xlsx")[0] == 0
    assert "Chương trình" in (tmp_path / "log.csv").read_text(encoding="utf-8-sig")
    assert (tmp_path / "log.xlsx").read_bytes().startswith(b"PK")


def test_a_backup_goes_on_on_another_machine(run, tmp_path, people, bulletin):
    run("bulletin", "add", bulletin, "--programme", "an-ninh-nui-thanh", "--by", "lan", "--title", "Giữ lại")
    assert run("backup", tmp_path / "all.zip")[0] == 0
    elsewhere = ("--data", tmp_path / "elsewhere")
    assert run("restore", tmp_path / "all.zip", *elsewhere)[0] == 0
    assert "Giữ lại" in run("bulletin", "list", *elsewhere)[1]
    assert len(os.listdir(tmp_path / "elsewhere" / "originals")) == 1


def test_check_looks_at_every_part(run):
    code, out, _ = run("check", "--output", "null:", "--json")
    assert code == 0
    assert {f["state"] for f in json.loads(out)} == {"ok", "warning"}  # the warning: no station runs


def test_proof_of_what_the_log_does_not_know_is_refused(run, tmp_path):
    (tmp_path / "ghi.wav").write_bytes(b"RIFF")
    for broadcast, recording in (("không-có", tmp_path / "ghi.wav"), ("không-có", tmp_path / "thiếu.wav")):
        code, _, err = run("proof", broadcast, "--recording", recording)
        assert code == 2
        assert one_vietnamese_line(err)
