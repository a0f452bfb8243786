"""Intake: an uploaded file becomes clean Unicode text, or is refused with a reason. Never guessed silently."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

from audio.errors import BadText
from audio.intake.charset import decode_bytes

LARGEST = 5 * 1024 * 1024  # bytes; a bulletin with pictures is far smaller


@dataclass(frozen=True)
class Intake:
    """`text` is NFC with \\n line ends; `dropped`, `damaged` and `warnings` are for the author's eyes."""

    text: str
    format: str
    encoding: str
    dropped: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    other: str | None = None  # the second reading of codes that could be either; then nothing may be approved unseen


def take_file(path: Path) -> Intake:
    """Read an upload. Raises BadText: missing, directory, unreadable, empty, too-large, binary, encoding, kind."""
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
    """The same for an upload that is in memory; `name` tells what it claims to be."""
    if len(data) > LARGEST:
        raise BadText("too-large", name)
    if not data.strip():
        raise BadText("empty", name)
    if data.startswith(b"PK\x03\x04"):
        from audio.intake.docx import text_of_docx  # python-docx is slow to load

        return _finished(text_of_docx(data, name), "docx", "utf-8", name)
    try:
        decoded = decode_bytes(data)
    except BadText as error:
        raise BadText(error.code, name) from error
    taken = _finished(decoded.text, "txt", decoded.encoding, name)
    return replace(taken, damaged=decoded.damaged, warnings=decoded.warnings, other=decoded.other)


def _finished(text: str, kind: str, encoding: str, name: str) -> Intake:
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if not text.strip():
        raise BadText("empty", name)
    return Intake(text=text, format=kind, encoding=encoding)
