"""Caring for a station: a check of every part, and a backup from which another machine can go on."""

from __future__ import annotations

import errno
import itertools
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import sqlalchemy as sa
from filelock import FileLock, Timeout

from audio.errors import AudioError, OutputUnavailable
from audio.outputs import open_output
from audio.voices import open_voice
from broadcaster import clockword, database, presence, spare, voices, words
from broadcaster.clock import Clock
from broadcaster.database import Sessions, looking
from broadcaster.editorial import station_is_alive
from broadcaster.errors import BroadcasterError
from broadcaster.models_care import BackupRow
from broadcaster.settings import Settings
from broadcaster.status import read_status
from broadcaster.tongue import say

FEW_BYTES = 500 * 1024 * 1024  # free space below which a year of bulletins no longer fits
OLD_BACKUP_DAYS = 7  # from then on people are reminded
MARK = "tieng-loa.json"
INSTALL = f"broadcaster voice install {voices.NATURAL[0]}"


@dataclass(frozen=True)
class Finding:
    """One part's state: "ok", "warning" or "failure", and the remedy as the command line says it.

    `code` and `values` are for the panel, which says some of it otherwise (web/findings): its first word is the part.
    """

    part: str
    state: str
    text: str
    code: str
    values: dict[str, Any] = field(default_factory=dict)


def check(sessions: Sessions, settings: Settings, clock: Clock) -> list[Finding]:
    """Every part, looked at for real."""
    return [_database(sessions), _voice(sessions, settings), *look(sessions, settings, clock)]


def look(sessions: Sessions, settings: Settings, clock: Clock) -> list[Finding]:
    """What can be told in a moment."""
    return [
        _station(sessions, settings, clock),
        _output(sessions, settings, clock),
        _clock(sessions, settings, clock),
        *upkeep(sessions, settings, clock),
    ]


def upkeep(sessions: Sessions, settings: Settings, clock: Clock) -> list[Finding]:
    """What nobody hears, and somebody has to see to."""
    return [_disk(settings), _backup(sessions, clock)]


def _database(sessions: Sessions) -> Finding:
    with looking(sessions) as session:
        if session.get_bind().dialect.name != "sqlite":
            return Finding(say("Cơ sở dữ liệu"), "ok", say("kết nối tốt"), "database")
        verdict = session.scalar(sa.text("PRAGMA quick_check"))
    if verdict == "ok":
        return Finding(say("Cơ sở dữ liệu"), "ok", say("nguyên vẹn"), "database")
    return Finding(
        say("Cơ sở dữ liệu"),
        "failure",
        say("bị hỏng. Hãy khôi phục từ bản sao lưu: broadcaster restore TỆP"),
        "database-damaged",
    )


def _disk(settings: Settings) -> Finding:
    free = shutil.disk_usage(settings.data).free
    if trouble := next(filter(None, map(presence.trial, settings.kept)), None):
        return Finding(say("Đĩa"), "failure", words.explain(trouble, settings.tz), "disk-error", {"error": trouble})
    text = say("còn {free} GB", free=words.number(free / 1e9, 1))
    if free < spare.PLENTY:
        return Finding(
            say("Đĩa"),
            "failure",
            say("đã đầy: nhật ký, bản tin và thông báo mới sẽ không ghi được. Hãy xóa ngay tệp không dùng trên máy"),
            "disk",
        )
    if free < FEW_BYTES:
        return Finding(say("Đĩa"), "warning", say("{text}. Hãy xóa bớt tệp không dùng trên máy", text=text), "disk")
    return Finding(say("Đĩa"), "ok", text, "disk")


def _voice(sessions: Sessions, settings: Settings) -> Finding:
    """The voices that need no network, heard for real: what an emergency is spoken with."""
    with looking(sessions) as session:
        order = voices.candidates(session, settings, "auto", emergency=True)
    for spec in order:
        try:
            voice = open_voice(spec, models=settings.voices)
            voice.speak("xin chào bà con")
            voice.close()
        except AudioError as error:
            state = "failure" if spec == voices.LAST_RESORT else "warning"
            why = f"{spec}: {words.explain(error, settings.tz)}"
            return Finding(say("Giọng đọc"), state, why, "voice-broken", {"voice": spec})
    if order == [voices.LAST_RESORT]:
        why = say("đọc được; nên cài giọng tự nhiên: {command}", command=INSTALL)
        return Finding(say("Giọng đọc"), "ok", why, "voice-plain")
    why = say("{voices} đọc được", voices=", ".join(order))
    return Finding(say("Giọng đọc"), "ok", why, "voice-good", {"voices": order})


def _output(sessions: Sessions, settings: Settings, clock: Clock) -> Finding:
    if station_is_alive(sessions, clock):
        with looking(sessions) as session:
            facts = read_status(session, clock.now(), settings.tz).output
        if facts["ok"]:
            return Finding(say("Đầu ra"), "ok", say("{uri} đang nhận tiếng", uri=facts["uri"]), "output-heard", facts)
        return Finding(say("Đầu ra"), "failure", words.output(facts), "output-silent", facts)
    if presence.locked(settings):  # its device may be taken, and what it hears of it is not known
        return Finding(say("Đầu ra"), "warning", say("chưa biết, vì trạm không trả lời"), "output")
    try:
        output = open_output(settings.output, clock)
        output.start(lambda frames, instant: np.zeros(frames, np.float32))
        output.stop()
    except OutputUnavailable as error:
        facts = {"uri": settings.output, "detail": error.code}
        return Finding(say("Đầu ra"), "failure", words.explain(error, settings.tz), "output-silent", facts)
    why = say("{uri} mở được", uri=settings.output)
    return Finding(say("Đầu ra"), "ok", why, "output-opens", {"uri": settings.output})


def _clock(sessions: Sessions, settings: Settings, clock: Clock) -> Finding:
    part = say("Đồng hồ")
    with looking(sessions) as session:
        later = clockword.later(session, clock.now())
        told = read_status(session, clock.now(), settings.tz).clock
    if later and not clock.synchronised():
        why = say(
            "sớm hơn nhật ký. Giờ máy sai: hãy chỉnh lại ngày giờ. Giờ máy đúng: bấm “Đồng hồ đang đúng” ở trang chủ,"
            " hoặc chạy: broadcaster clock right"
        )
        return Finding(part, "failure", why, "clock-behind")
    if not told["alone"]:
        return Finding(part, "ok", say("hợp lý"), "clock")
    time = words.span(told["alone"])
    if told.get("adrift"):
        why = say("không có giờ chuẩn (mạng, GPS) đã {time}, lịch phát bị giữ lại. Hãy nối lại mạng", time=time)
        return Finding(part, "failure", why, "clock-adrift")
    why = say(
        "không có giờ chuẩn (mạng, GPS) đã {time} nên có thể sai dần. Hãy nối mạng, hoặc so với đồng hồ đúng", time=time
    )
    return Finding(part, "warning", why, "clock-alone")


def _station(sessions: Sessions, settings: Settings, clock: Clock) -> Finding:
    if station_is_alive(sessions, clock):
        return Finding(say("Trạm"), "ok", say("đang chạy"), "station")
    silent = presence.why_silent(settings)
    if silent.code != "station-dead":
        return Finding(say("Trạm"), "failure", words.explain(silent, settings.tz), "station-error", {"error": silent})
    return Finding(say("Trạm"), "warning", say("chưa chạy. Hãy chạy: broadcaster run"), "station-off")


def _backup(sessions: Sessions, clock: Clock) -> Finding:
    with looking(sessions) as session:
        made = session.scalar(sa.select(sa.func.max(BackupRow.at)))
    if made is None:
        return Finding(
            say("Sao lưu"), "warning", say("chưa có bản nào. Hãy tạo một bản và chép sang USB hoặc máy khác"), "backup"
        )
    days = (clock.now() - made).days
    if days >= OLD_BACKUP_DAYS:
        return Finding(
            say("Sao lưu"),
            "warning",
            say("bản gần nhất đã {days} ngày. Hãy tạo bản mới và chép sang máy khác", days=days),
            "backup",
        )
    return Finding(
        say("Sao lưu"),
        "ok",
        say("mới trong hôm nay") if days == 0 else say("bản gần nhất cách đây {days} ngày", days=days),
        "backup",
    )


def backup(sessions: Sessions, settings: Settings, target: Path) -> None:
    """Database, recordings and originals into one ZIP, consistent while the station runs.

    Raises BroadcasterError disk, database-damaged: what is damaged must not take the place of a good backup.
    """
    if target.exists() and not target.is_file():  # a folder, a device
        why = errno.EISDIR if target.is_dir() else errno.EPERM
        raise BroadcasterError("disk", path=target, detail=os.strerror(why))
    partial = target.with_name(f"{target.name}.part")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:  # where there is room: our own disk may be full
            copy = Path(folder) / "station.db"
            source = sqlite3.connect(settings.data / "station.db")
            with sqlite3.connect(copy) as to:
                source.backup(to)
            to.close()
            source.close()
            if not database.whole(copy):
                raise BroadcasterError("database-damaged", path=settings.data / "station.db")
            with zipfile.ZipFile(partial, "w", zipfile.ZIP_STORED) as archive:
                archive.writestr(MARK, json.dumps({"format": 1}))
                archive.write(copy, "station.db")
                for kept in (settings.recordings, settings.originals, settings.voices):
                    for path in sorted(p for p in kept.glob("*") if p.is_file()):
                        archive.write(path, f"{kept.name}/{path.name}")
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(partial, target)
    except sqlite3.OperationalError as error:
        raise BroadcasterError("disk", path=target, detail=os.strerror(errno.ENOSPC)) from error
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise BroadcasterError("disk", path=target, detail=error.strerror) from error


def restore(settings: Settings, source: Path) -> None:
    """Put a backup in the place of what is here; the present data is kept beside it.

    Raises BroadcasterError backup-bad, backup-damaged, database-newer, backup-busy (a station runs here), disk.
    """
    settings.make_folders()
    lock = FileLock(settings.data / presence.LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise BroadcasterError("backup-busy") from error
    try:
        _unpack(settings, source)
    except FileNotFoundError as error:
        raise BroadcasterError("file-missing", usage=True, path=source) from error
    except (zipfile.BadZipFile, KeyError, ValueError, IsADirectoryError) as error:
        raise BroadcasterError("backup-bad", usage=True, path=source) from error
    except OSError as error:
        raise BroadcasterError("disk", path=source, detail=error.strerror) from error
    finally:
        lock.release()


def _put_aside(old: Path) -> Path:
    """An empty folder; what an earlier restore put there keeps, under a number: the wrong backup may have been taken
    first, and then the right data is only there."""
    if old.exists():
        numbers = (old.with_name(f"{old.name}-{number}") for number in itertools.count(1))
        old.rename(next(path for path in numbers if not path.exists()))
    old.mkdir()
    return old


def _unpack(settings: Settings, source: Path) -> None:
    names = ("station.db", settings.recordings.name, settings.originals.name, settings.voices.name)
    with zipfile.ZipFile(source) as archive, tempfile.TemporaryDirectory(dir=settings.data) as folder:
        if json.loads(archive.read(MARK))["format"] != 1:
            raise ValueError(source)
        if archive.testzip() is not None:
            raise BroadcasterError("backup-damaged", usage=True, path=source)
        for member in archive.namelist():
            parts = Path(member).parts
            if parts[0] in names and len(parts) <= 2 and ".." not in parts:
                archive.extract(member, folder)
        brought = Path(folder) / "station.db"
        if not database.whole(brought):
            raise BroadcasterError("backup-damaged", usage=True, path=source)
        if not database.known(brought):
            raise BroadcasterError("database-newer", usage=True, path=source)
        old = _put_aside(settings.data / "before-restore")
        for name in (*names, "station.db-wal", "station.db-shm"):
            if (settings.data / name).exists():
                os.replace(settings.data / name, old / name)
        for name in names:
            if (Path(folder) / name).exists():
                os.replace(Path(folder) / name, settings.data / name)
    settings.make_folders()
