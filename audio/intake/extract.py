"""A file's bytes to clean text, here and now; `worker` does it in a process of its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from audio.errors import BadText
from audio.intake.charset import Decoded, decode_bytes, decode_runs
from audio.intake.chrome import without_chrome
from audio.intake.kinds import kind_of
from audio.intake.model import Document, Left, Run, written

# Loaded when the first such file comes: the reader of PDF brings a library of its own.
READERS = {
    "docx": ("audio.intake.docx", "read_docx"),
    "odt": ("audio.intake.odt", "read_odt"),
    "rtf": ("audio.intake.rtf", "read_rtf"),
    "doc": ("audio.intake.doc", "read_doc"),
    "pdf": ("audio.intake.pdf", "read_pdf"),
    "html": ("audio.intake.html", "read_html"),
    "mht": ("audio.intake.html", "read_mht"),
    "photo": ("audio.intake.ocr", "read_photo"),
}

AROUND = re.compile(r" *([\t\n]|\Z) *")


@dataclass(frozen=True)
class Intake:
    """`text` is NFC with \\n line ends; `dropped`, `damaged` and `warnings` are for the author's eyes."""

    text: str
    format: str
    encoding: str
    dropped: tuple[Left, ...] = ()
    damaged: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    other: str | None = None  # the second reading of codes that could be either; then nothing may be approved unseen

    @property
    def doubtful(self) -> bool:
        """Nobody may air it before its author has looked."""
        return bool(self.damaged) or self.other is not None


def extract(data: bytes) -> Intake:
    """Raises BadText with a code, see broadcaster.words."""
    if not data.strip(b"\0 \t\r\n"):
        raise BadText("empty")
    kind = kind_of(data)
    if kind == "txt":
        return _finished(decode_bytes(data), kind, Document(()))
    module, name = READERS[kind]
    read: Callable[[bytes], Document] = getattr(import_module(module), name)
    document = read(data)
    return _finished(decode_runs(document.paragraphs), kind, document)


def pasted(text: str) -> Intake:
    """The same for text that came through the clipboard. Raises BadText empty."""
    if not text.strip():
        raise BadText("empty")
    return _finished(decode_runs([(Run(text),)]), "paste", Document(()))


def _finished(decoded: Decoded, kind: str, document: Document) -> Intake:
    cleaned = without_chrome(_plain(decoded.text))
    if not cleaned.text.strip():
        raise BadText("broken" if document.damaged else "photo-only" if document.warnings else "empty")
    asides = [(_plain(decode_runs([line]).text), why) for line, why in document.left if written(line).strip()]
    return Intake(
        text=cleaned.text,
        format=kind,
        encoding=decoded.encoding,
        dropped=(*(Left(text, why) for text, why in asides), *cleaned.left),
        damaged=(*decoded.damaged, *document.damaged),
        warnings=(*decoded.warnings, *document.warnings, *cleaned.warnings),
        other=None if decoded.other is None else without_chrome(_plain(decoded.other)).text,
    )


def _plain(text: str) -> str:
    """NFC, no spaces around lines and cells."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return AROUND.sub(r"\1", text).strip("\n ")
