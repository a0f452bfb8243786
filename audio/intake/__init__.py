"""Intake: an uploaded file becomes clean Unicode text, or is refused with a reason. Never guessed silently."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path

from audio.errors import BadText

LARGEST = 5 * 1024 * 1024  # bytes; a bulletin with pictures is far smaller
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
CONTROL = {c for c in map(chr, range(32)) if c not in "\t\n\r\f\v"}


@dataclass(frozen=True)
class Intake:
    """`text` is NFC with \\n line ends; `dropped`, `damaged` and `warnings` are for the author's eyes."""

    text: str
    format: str
    encoding: str
    dropped: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


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
    text, encoding = _decoded(data, name)
    return _finished(text, "txt", encoding, name)


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    encoding = next((encoding for mark, encoding in MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        binary = b"\0" in data or sum(b < 9 for b in data[:4096]) > 4
        raise BadText("binary" if binary else "encoding", name) from error
    if any(c in CONTROL for c in text):
        raise BadText("binary", name)
    return text, encoding


def _finished(text: str, kind: str, encoding: str, name: str) -> Intake:
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if not text.strip():
        raise BadText("empty", name)
    return Intake(text=text, format=kind, encoding=encoding)
