"""Intake: an uploaded file becomes clean Unicode text, or is refused with a reason. Never guessed silently."""

from __future__ import annotations

from pathlib import Path

from audio.errors import BadText
from audio.intake.extract import Intake, extract, pasted
from audio.intake.kinds import kind_of
from audio.intake.worker import apart

__all__ = ["AT_ONCE", "LARGEST", "Intake", "take_bytes", "take_file", "take_paste"]

AT_ONCE = 500_000  # bytes of plain text read in this process, about a second; a bulletin has a tenth of that
LARGEST = 20 * 1024 * 1024  # bytes; a bulletin with photos in it, or a scan of some pages


def take_file(path: Path) -> Intake:
    """Read an upload. Raises BadText missing, directory, unreadable, too-large, and as `take_bytes`."""
    if path.is_dir():
        raise BadText("directory", str(path))
    try:
        if path.stat().st_size > LARGEST:
            raise BadText("too-large", str(path))
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise BadText("missing", str(path)) from error
    except OSError as error:
        raise BadText("unreadable", f"{path}: {error.strerror}") from error
    return take_bytes(data, path.name)


def take_bytes(data: bytes, name: str) -> Intake:
    """The same for an upload in memory; `name` is for messages only.

    Plain text of a sensible size is read at once, everything else in a worker that is ended when it takes too long.
    Raises BadText: empty, too-large, binary, encoding; broken, encrypted, unpacked, too-slow; scan, photo, photo-only,
    archive, sheet, slides, sound, video, program, old-word, too-many-pages.
    """
    if len(data) > LARGEST:
        raise BadText("too-large", name)
    try:
        return extract(data) if len(data) <= AT_ONCE and kind_of(data) == "txt" else apart(data)
    except BadText as error:
        raise BadText(error.code, name) from error


def take_paste(text: str) -> Intake:
    """The same for text from the clipboard. Raises BadText empty."""
    return pasted(text)
