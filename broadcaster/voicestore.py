"""Bringing a natural voice to the station: from the public repository of Piper voices, or from a folder or USB stick.

A voice is two files, NAME.onnx and NAME.onnx.json. The repository's voices.json tells each file's place, size and MD5.
"""

from __future__ import annotations

import errno
import http.client
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audio.errors import AudioError, VoiceUnavailable
from audio.voices import open_voice
from broadcaster import download
from broadcaster.download import Progress, fetch
from broadcaster.errors import BroadcasterError
from broadcaster.settings import Settings

INDEX = "voices.json"
LARGEST_INDEX = 10_000_000  # bytes; it had 120 kB with a hundred voices
SPARE = 50_000_000  # bytes that must be left on the disk
ENDINGS = (".onnx", ".onnx.json")
TRIAL = "Kính thưa toàn thể bà con nhân dân trong xã."


@dataclass(frozen=True)
class Part:
    """One file of a voice in the repository."""

    place: str
    size: int
    md5: str


def install(
    settings: Settings, name: str, *, source: Path | None = None, progress: Progress = lambda done, total: None
) -> None:
    """Put a voice into the station's folder, and hear it speak before it counts as installed.

    Raises BroadcasterError voices-url-bad, voice-missing, voice-network, voice-damaged, voice-disk-full,
    voice-unusable, no-voice-folder, disk.
    """
    _expect_name(name)
    arriving = settings.voices / f".{name}"  # survives a broken line; nobody looks for voices in it
    try:
        arriving.mkdir(parents=True, exist_ok=True)
        if source is None:
            _fetch(settings, name, arriving, progress)
        else:
            _copy(source, name, arriving, progress)
        _try(arriving / f"{name}.onnx", name)
        for ending in reversed(ENDINGS):  # the model last: it is what makes a voice count as installed
            (arriving / f"{name}{ending}").replace(settings.voices / f"{name}{ending}")
        shutil.rmtree(arriving, ignore_errors=True)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise _full(settings, name, 0) from error
        raise BroadcasterError("disk", path=error.filename or arriving, detail=error.strerror) from error


def remove(settings: Settings, name: str) -> None:
    """Raises BroadcasterError voice-kept when no such voice was installed, disk."""
    _expect_name(name)
    if not (settings.voices / f"{name}.onnx").exists():
        raise BroadcasterError("voice-kept", usage=True, name=name)
    try:
        for ending in ENDINGS:
            (settings.voices / f"{name}{ending}").unlink(missing_ok=True)
        shutil.rmtree(settings.voices / f".{name}", ignore_errors=True)
    except OSError as error:
        raise BroadcasterError("disk", path=error.filename, detail=error.strerror) from error


def size_mb(settings: Settings, name: str) -> int:
    return round((settings.voices / f"{name}.onnx").stat().st_size / 1e6)


def _expect_name(name: str) -> None:
    if Path(name).name != name or name.startswith(".") or not name:
        raise BroadcasterError("voice-missing", usage=True, file=name)


def _fetch(settings: Settings, name: str, folder: Path, progress: Progress) -> None:
    base = settings.voices_url.rstrip("/")
    if not base.startswith(("https://", "http://")):
        raise BroadcasterError("voices-url-bad", usage=True, url=base)
    try:
        parts = _parts(download.small(f"{base}/{INDEX}", LARGEST_INDEX), name)
        total = sum(part.size for part in parts)
        _expect_room(settings, name, total - sum(file.stat().st_size for file in folder.iterdir()))
        before = 0
        for part in parts:
            target = folder / Path(part.place).name
            fetch(f"{base}/{part.place}", target, part.size, part.md5, _shifted(progress, before, total))
            before += part.size
    except download.Missing as error:
        raise BroadcasterError("voice-missing", file=str(error)) from error
    except (http.client.HTTPException, OSError) as error:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS):
            raise
        raise BroadcasterError("voice-network", name=name, why=download.trouble(error)) from error


def _parts(index: bytes, name: str) -> list[Part]:
    """The files of a voice, the small one first. Raises BroadcasterError voice-missing, voice-damaged."""
    try:
        files: Mapping[str, Any] = json.loads(index).get(name, {}).get("files", {})
        parts = [
            Part(place, int(facts["size_bytes"]), str(facts["md5_digest"]))
            for place, facts in files.items()
            if place.endswith(ENDINGS)
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BroadcasterError("voice-damaged", file=INDEX, name=name) from error
    if {Path(part.place).name for part in parts} != {f"{name}{ending}" for ending in ENDINGS}:
        raise BroadcasterError("voice-missing", file=name)
    return sorted(parts, key=lambda part: part.size)


def _copy(source: Path, name: str, folder: Path, progress: Progress) -> None:
    """The two files out of a folder, wherever below it they are."""
    found = [next(iter(sorted(source.rglob(f"{name}{ending}"))), None) for ending in ENDINGS]
    files = [path for path in found if path is not None]
    if len(files) < len(ENDINGS):
        raise BroadcasterError("no-voice-folder", usage=True, path=source, name=name)
    total = sum(path.stat().st_size for path in files)
    if shutil.disk_usage(folder).free < total + SPARE:
        raise _full_for(folder, name, total)
    before = 0
    for path in files:
        progress(before, total)
        with path.open("rb") as taken, (folder / path.name).open("wb") as put:
            shutil.copyfileobj(taken, put, download.PIECE)
        before += path.stat().st_size
    progress(total, total)


def _expect_room(settings: Settings, name: str, need: int) -> None:
    if shutil.disk_usage(settings.voices).free < need + SPARE:
        raise _full(settings, name, need)


def _full(settings: Settings, name: str, need: int) -> BroadcasterError:
    return _full_for(settings.voices, name, need)


def _full_for(folder: Path, name: str, need: int) -> BroadcasterError:
    free = shutil.disk_usage(folder).free
    return BroadcasterError("voice-disk-full", name=name, need=round((need + SPARE) / 1e6), free=round(free / 1e6))


def _shifted(progress: Progress, before: int, total: int) -> Progress:
    return lambda done, _: progress(before + done, total)


def _try(model: Path, name: str) -> None:
    try:
        voice = open_voice(f"piper:{model}")
        heard = voice.speak(TRIAL)
        voice.close()
    except AudioError as error:
        if isinstance(error, VoiceUnavailable) and error.code == "model":
            shutil.rmtree(model.parent, ignore_errors=True)
        raise BroadcasterError("voice-unusable", name=name, detail=error) from error
    if not heard.any():
        raise BroadcasterError("voice-unusable", name=name, detail="im lặng")
