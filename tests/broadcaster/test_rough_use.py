"""A command line and a data folder that are treated badly: one Vietnamese line, the right exit code, nothing lost."""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import ssl
import subprocess
import sys
import urllib.error
import zipfile
from dataclasses import replace
from http.client import IncompleteRead
from unittest.mock import Mock

import pytest
import sqlalchemy as sa
from filelock import FileLock

from broadcaster import care, database, download, live, presence, spare, words
from broadcaster.cli import WRITTEN, build_parser
from broadcaster.cli.usage import Parser
from broadcaster.database import unusable
from broadcaster.errors import BroadcasterError
from broadcaster.models_station import StationState
from broadcaster.phrases_care import LINES
from tests.broadcaster.test_cli import one_vietnamese_line, run

__all__ = ["run"]
ENGLISH = ("usage:", "options:", "positional arguments", "show this help")


def commands(parser, path=()):
    inner = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    yield path, parser
    for action in inner:
        for name, child in action.choices.items():
            yield from commands(child, (*path, name))


COMMANDS = list(commands(build_parser()))
LEAVES = [(path, parser) for path, parser in COMMANDS if not parser._subparsers]


@pytest.mark.parametrize(("path", "parser"), COMMANDS, ids=[" ".join(path) or "-" for path, _ in COMMANDS])
def test_the_help_of_every_command_is_vietnamese(path, parser):
    text = parser.format_help()
    assert isinstance(parser, Parser)
    assert text.startswith("cách dùng: broadcaster")
    assert not [english for english in ENGLISH if english in text]


@pytest.mark.parametrize(("path", "parser"), LEAVES, ids=[" ".join(path) for path, _ in LEAVES])
def test_every_command_refuses_what_it_does_not_know_and_options_without_their_value(run, path, parser):
    tries = [("--khong-co",)]
    tries += [(a.option_strings[-1],) for a in parser._actions if a.option_strings and a.nargs != 0]
    tries += [(a.option_strings[-1] + "=thừa",) for a in parser._actions if a.option_strings and a.nargs == 0]
    for more in tries:
        code, out, err = run(*path, *more)
        assert (code, out) == (2, ""), more
        assert one_vietnamese_line(err), err
        assert "argument" not in err


def test_arguments_that_name_a_file_to_be_written_are_known_as_such():
    named = {a.dest for _, parser in LEAVES for a in parser._actions}
    assert set(WRITTEN) <= named


@pytest.mark.parametrize("minutes", ["-5", "0", "99999", "nan", "inf", "mười"])
def test_a_length_nobody_can_broadcast_is_refused_as_such(run, minutes):
    for command in (("relay", "http://127.0.0.1:9/dai"), ("mic", "start")):
        code, out, err = run(*command, f"--minutes={minutes}")
        assert (code, out) == (2, "")
        assert "phút" in err
        assert minutes in err


@pytest.mark.parametrize(
    "window",
    [
        (),
        ("--from", "2030-01-01T05:30", "--to", "2030-01-01T05:30"),
        ("--from", "2030-01-01T05:30", "--to", "2030-01-03"),
        ("--to", "2020-01-01"),
    ],
)
def test_a_relay_without_a_sensible_end_says_what_is_missing(run, window):
    code, out, err = run("relay", "http://127.0.0.1:9/dai", *window)
    assert (code, out) == (2, "")
    assert "--to hoặc --minutes" in err


@pytest.mark.parametrize("url", ["http://[1", "http://may:99999/dai", "http://may:0/dai", "mms://may/dai", "dai"])
def test_an_address_no_stream_can_have_is_refused(run, url):
    code, _, err = run("relay", url, "--minutes", "5")
    assert code == 2
    assert "địa chỉ bắt đầu bằng" in err


def test_closing_a_microphone_that_is_not_open_is_nothing_done(sessions, clock):
    with sessions.begin() as session:
        session.get_one(StationState, 1).beat_at = clock.now()
    with pytest.raises(BroadcasterError, match="no-microphone"):
        live.close_microphones(sessions, "lan", clock)
    with sessions.begin() as session:
        live.microphone(session, zone="all", by="lan", now=clock.now())
    with pytest.raises(BroadcasterError, match="station-dead"):  # it was asked, and nobody is there to do it
        live.close_microphones(sessions, "lan", clock)


@pytest.mark.parametrize(
    "args",
    [
        ("hours", "--max-minutes", "99999999999999999999"),
        ("hours", "--max-repeats", "-1"),
        ("queue", "move", "abcd", "0"),
        ("slot", "add", "--programme", "an-ninh-nui-thanh", "--rule", "x", "--rule", "y", "--at", "05:40"),
        ("token", "add", "ấ" * 10_000),
        ("user", "add", "ấ" * 10_000, "--role", "author"),
        ("alert", "ấ" * 10_000),
        ("user", "add", "a\nb", "--role", "author"),
        ("token", "add", "a\nb"),
        ("zone", "set", "x" * 200, "--output", "null:"),
        ("zone", "volume", "thon-1", "40", "--hours", "nan"),
        ("zone", "volume", "thon-1", "40", "--hours", "1e9"),
        ("zone", "volume", "thon-1", "40", "--hours=-1"),
        ("log", "--from", "2026-12-02", "--to", "2026-12-01"),
        ("restore", "."),
        ("backup", "/dev/zero"),
        ("backup", "."),
        ("backup", ""),
    ],
)
def test_what_is_too_large_or_too_odd_is_refused_in_one_line(run, args):
    code, out, err = run(*args)
    assert code in (1, 2)
    assert out == ""
    assert one_vietnamese_line(err), err
    assert len(err) < 500


def test_no_command_writes_over_what_the_station_lives_on(run, tmp_path):
    assert run("slot", "list")[0] == 0
    ours = tmp_path / "data" / "station.db"
    before = ours.read_bytes()
    window = ("--from", "2030-01-01", "--to", "2030-01-02")
    for command in (("log", "--csv"), ("log", "--xlsx"), ("plan", *window, "--ics"), ("backup",)):
        code, out, err = run(*command, ours)
        assert (code, out) == (2, "")
        assert one_vietnamese_line(err), err
    assert ours.read_bytes() == before


def test_a_sheet_that_cannot_be_written_says_why(run, tmp_path):
    code, _, err = run("log", "--xlsx", tmp_path)
    assert code == 1
    assert "đây là một thư mục" in err


def test_what_is_printed_is_utf8_whatever_the_machine_would_use(tmp_path):
    ways = dict(os.environ, BROADCASTER_DATA=str(tmp_path / "thư mục có dấu"), PYTHONIOENCODING="cp1252")
    done = subprocess.run([sys.executable, "-m", "broadcaster", "hours"], env=ways, capture_output=True, check=True)
    assert "Được phát" in done.stdout.decode()


@pytest.mark.parametrize(
    ("name", "value", "command"),
    [
        ("BROADCASTER_TZ", "Asia", ("slot", "list")),
        ("BROADCASTER_VOICES_URL", "abc", ("voice", "install")),
        ("BROADCASTER_VOICES_URL", "file:///etc", ("voice", "install")),
        ("BROADCASTER_OUTPUT", "icecast://may:abc/dai", ("run", "--no-web")),
    ],
)
def test_a_wrong_choice_of_the_environment_is_wrong_usage(run, monkeypatch, name, value, command):
    monkeypatch.setenv(name, value)
    code, out, err = run(*command)
    assert (code, out) == (2, "")
    assert one_vietnamese_line(err), err


def test_the_address_of_a_speech_service_is_named_when_it_is_wrong(run, monkeypatch, tmp_path):
    monkeypatch.setenv("BROADCASTER_GTTS_URL", "abc")
    err = run("say", "xin chào", "--voice", "gtts", "-o", tmp_path / "a.wav")[2]
    assert "BROADCASTER_GTTS_URL" in err
    assert "address" not in err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (urllib.error.URLError(OSError(-2, "Name or service not known")), "nowhere"),
        (urllib.error.URLError(ConnectionRefusedError()), "refused"),
        (urllib.error.URLError(TimeoutError()), "slow"),
        (TimeoutError(), "slow"),
        (urllib.error.URLError(ssl.SSLCertVerificationError()), "untrusted"),
        (IncompleteRead(b""), "broken"),
        (ConnectionResetError(), "broken"),
    ],
)
def test_what_is_wrong_with_the_line_is_said_in_vietnamese(settings, error, code):
    assert download.trouble(error) == code
    said = words.explain(BroadcasterError("voice-network", name="g", why=code), settings.tz)
    assert LINES[code] in said
    assert "USB" in said


def spoil_middle(path):
    whole = path.read_bytes()
    path.write_bytes(whole[:40_960] + os.urandom(40_960) + whole[81_920:])


SPOILT = {
    "cut": lambda path: os.truncate(path, 5000),
    "noise": spoil_middle,
    "text": lambda path: path.write_text("xin chào"),
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_damaged_database_asks_for_a_backup_and_the_backup_brings_all_back(run, tmp_path, how):
    assert run("lexicon", "add", "CAX", "công an ta")[0] == 0
    assert run("backup", tmp_path / "all.zip")[0] == 0
    SPOILT[how](tmp_path / "data" / "station.db")
    spoilt = (tmp_path / "data" / "station.db").read_bytes()
    code, out, err = run("lexicon", "list")
    assert (code, out) == (1, "")
    assert one_vietnamese_line(err), err
    assert "broadcaster restore" in err
    assert run("restore", tmp_path / "all.zip")[0] == 0
    assert "công an ta" in run("lexicon", "list")[1]
    assert (tmp_path / "data" / "before-restore" / "station.db").read_bytes() == spoilt


@pytest.mark.parametrize("lose", [lambda path: path.unlink(), lambda path: os.truncate(path, 0)], ids=["gone", "empty"])
def test_a_lost_database_is_not_replaced_by_a_new_one_where_recordings_are_left(run, tmp_path, lose):
    assert run("slot", "list")[0] == 0
    (tmp_path / "data" / "recordings" / "a.flac").write_bytes(b"fLaC")
    for file in (tmp_path / "data").glob("station.db*"):
        lose(file)
    for _ in range(2):
        code, out, err = run("slot", "list")
        assert (code, out) == (1, "")
        assert one_vietnamese_line(err), err
        assert "broadcaster restore" in err


def test_the_data_of_a_newer_programme_is_left_alone(run, tmp_path):
    assert run("slot", "list")[0] == 0
    path = tmp_path / "data" / "station.db"
    with sqlite3.connect(path) as made:
        made.execute("UPDATE alembic_version SET version_num = '9999'")
    made.close()
    before = path.read_bytes()
    code, out, err = run("slot", "list")
    assert (code, out) == (1, "")
    assert "mới hơn" in err
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("attempt to write a readonly database", "không có quyền"),
        ("unable to open database file", "quyền đọc, ghi"),
        ("disk I/O error", "đĩa hỏng"),
    ],
)
def test_what_the_database_answers_is_put_into_words(run, monkeypatch, said, expected):
    error = sa.exc.OperationalError("SELECT", {}, sqlite3.OperationalError(said))
    monkeypatch.setattr("broadcaster.bulletins.newest", Mock(side_effect=error))
    code, _, err = run("bulletin", "list")
    assert code == 1
    assert expected in err
    assert said not in err


def test_the_password_of_a_database_server_is_not_shown(settings):
    error = sa.exc.OperationalError("SELECT", {}, sqlite3.OperationalError("server closed the connection"))
    server = replace(settings, database_url="postgresql://loa:mat-khau@may/loa")
    told = words.explain(unusable(server, error), settings.tz)
    assert "postgresql://loa" in told
    assert "mat-khau" not in told


@pytest.fixture
def runs(settings):
    """A station that runs here, as far as its lock tells."""
    lock = FileLock(settings.data / presence.LOCK)
    lock.acquire()
    yield
    lock.release()


def test_a_station_without_a_lock_does_not_run(sessions, settings):
    assert presence.why_silent(settings).code == "station-dead"


def test_a_station_that_writes_nothing_on_a_good_disk_is_stuck(sessions, settings, runs, clock):
    assert presence.why_silent(settings).code == "station-stuck"
    found = {f.part: f for f in care.look(sessions, settings, clock)}
    assert found["Trạm"].state == "failure"
    assert "broadcaster run" not in found["Trạm"].text
    assert found["Đầu ra"].state == "warning"  # nobody can tell
    assert not list(settings.data.glob(".trial*"))


def test_a_station_on_a_full_disk_is_said_to_run_and_why_it_is_mute(sessions, settings, runs, clock, monkeypatch):
    monkeypatch.setattr("pathlib.Path.write_bytes", Mock(side_effect=OSError(28, os.strerror(28))))
    (found,) = [f for f in care.look(sessions, settings, clock) if f.part == "Trạm"]
    assert found.state == "failure"
    assert "đĩa đã đầy" in found.text
    assert "vẫn phát tiếp" in found.text


def test_room_is_set_aside_once_given_up_once_and_set_aside_again(tmp_path):
    spare.keep(tmp_path)
    assert (tmp_path / spare.NAME).stat().st_size == spare.SIZE
    assert spare.give_up(tmp_path)
    assert not spare.give_up(tmp_path)
    spare.keep(tmp_path)
    assert spare.give_up(tmp_path)


def test_no_room_is_set_aside_where_there_is_little(tmp_path, monkeypatch):
    usage = shutil.disk_usage(tmp_path)._replace(free=spare.SIZE + spare.PLENTY - 1)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    spare.keep(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_backup_goes_to_a_stick_while_our_own_disk_is_full(sessions, settings, tmp_path, monkeypatch):
    stick = tmp_path / "usb"
    stick.mkdir()
    before = set(settings.data.iterdir())
    kept = Mock(wraps=care.tempfile.TemporaryDirectory)
    monkeypatch.setattr(care.tempfile, "TemporaryDirectory", kept)
    care.backup(sessions, settings, stick / "all.zip")
    assert [call.kwargs["dir"] for call in kept.call_args_list] == [stick]
    assert set(settings.data.iterdir()) == before
    assert [file.name for file in stick.iterdir()] == ["all.zip"]


def test_what_an_earlier_restore_put_aside_is_kept_by_the_next(run, tmp_path):
    aside = tmp_path / "data"
    for word in ("một", "hai", "ba"):
        assert run("lexicon", "add", "CAX", word)[0] == 0
        assert run("backup", tmp_path / f"{word}.zip")[0] == 0
    for word in ("một", "hai"):
        assert run("restore", tmp_path / f"{word}.zip")[0] == 0
    for folder, word in (("before-restore", "một"), ("before-restore-1", "ba")):
        with sqlite3.connect(aside / folder / "station.db") as made:
            assert made.execute("SELECT spoken FROM lexicon").fetchall() == [(word,)]
        made.close()


def spoil(source, target, change):
    """A backup whose database was changed."""
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(target, "w") as spoilt:
        for name in whole.namelist():
            data = whole.read(name)
            if name == "station.db":
                data = change(data)
            if data is not None:
                spoilt.writestr(name, data)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: None,
        lambda data: b"",
        lambda data: b"x" * 9000,
        lambda data: data[:40_960] + bytes(len(data) - 40_960),
    ],
    ids=["none", "empty", "no database", "half"],
)
def test_a_backup_with_a_damaged_database_takes_the_place_of_nothing(run, tmp_path, change):
    assert run("lexicon", "add", "CAX", "công an ta")[0] == 0
    assert run("backup", tmp_path / "all.zip")[0] == 0
    spoil(tmp_path / "all.zip", tmp_path / "bad.zip", change)
    code, _, err = run("restore", tmp_path / "bad.zip")
    assert code == 2
    assert "bị hỏng" in err
    assert "công an ta" in run("lexicon", "list")[1]


def test_a_backup_of_a_newer_programme_takes_the_place_of_nothing(run, tmp_path):
    newer = ("--data", tmp_path / "newer")
    assert run("slot", "list", *newer)[0] == 0
    assert run("backup", tmp_path / "all.zip", *newer)[0] == 0

    def later(data):
        path = tmp_path / "later.db"
        path.write_bytes(data)
        with sqlite3.connect(path) as made:
            made.execute("UPDATE alembic_version SET version_num = '9999'")
        made.close()
        return path.read_bytes()

    spoil(tmp_path / "all.zip", tmp_path / "later.zip", later)
    assert run("lexicon", "add", "CAX", "công an ta")[0] == 0
    code, _, err = run("restore", tmp_path / "later.zip")
    assert code == 2
    assert "mới hơn" in err
    assert "công an ta" in run("lexicon", "list")[1]


def test_a_damaged_database_does_not_become_a_backup(sessions, settings, tmp_path, monkeypatch):
    (tmp_path / "all.zip").write_bytes(b"yesterday's")
    monkeypatch.setattr("broadcaster.database.whole", lambda _: False)
    with pytest.raises(BroadcasterError, match="database-damaged"):
        care.backup(sessions, settings, tmp_path / "all.zip")
    assert (tmp_path / "all.zip").read_bytes() == b"yesterday's"


def test_a_database_that_goes_away_under_a_running_station_is_missed(run, tmp_path):
    assert run("slot", "list")[0] == 0
    lock = FileLock(tmp_path / "data" / presence.LOCK)
    lock.acquire()
    for file in (tmp_path / "data").glob("station.db*"):
        file.unlink()
    code, _, err = run("slot", "list")
    lock.release()
    assert code == 1
    assert "đã mất" in err


def test_a_check_notices_a_folder_that_cannot_be_written(sessions, settings, clock, monkeypatch):
    barred = Mock(side_effect=OSError(13, os.strerror(13)))
    monkeypatch.setattr("pathlib.Path.write_bytes", barred)
    (found,) = [f for f in care.upkeep(sessions, settings, clock) if f.part == "Đĩa"]
    assert found.state == "failure"
    assert "không có quyền" in found.text


def test_a_start_on_a_full_disk_costs_the_room_set_aside(settings, monkeypatch):
    settings.make_folders()
    spare.keep(settings.data)
    migrate = Mock(side_effect=lambda _: full_while_set_aside(settings))
    monkeypatch.setattr(database, "migrate", migrate)
    monkeypatch.setattr("pathlib.Path.write_bytes", Mock(side_effect=OSError(28, os.strerror(28))))
    database.open_database(settings)
    assert migrate.call_count == 2
    assert not (settings.data / spare.NAME).exists()


def full_while_set_aside(settings):
    if (settings.data / spare.NAME).exists():
        raise sa.exc.OperationalError("PRAGMA", {}, sqlite3.OperationalError("disk I/O error"))


def test_a_start_on_a_full_disk_without_any_room_left_says_that_it_is_full(settings, monkeypatch):
    error = sa.exc.OperationalError("PRAGMA", {}, sqlite3.OperationalError("disk I/O error"))
    monkeypatch.setattr(database, "migrate", Mock(side_effect=error))
    settings.make_folders()
    monkeypatch.setattr("pathlib.Path.write_bytes", Mock(side_effect=OSError(28, os.strerror(28))))
    with pytest.raises(BroadcasterError) as caught:
        database.open_database(settings)
    assert "đĩa đã đầy" in words.explain(caught.value, settings.tz)
