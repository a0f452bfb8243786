"""Word files: the body in its order, paragraphs and table cells; headers, footers and deletions are not in it."""

from __future__ import annotations

import io
from typing import Any
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError

from audio.errors import BadText

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def text_of_docx(data: bytes, name: str) -> str:
    """Plain text, a line a paragraph. Raises BadText binary when it is no Word file."""
    try:
        document = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise BadText("binary", name) from error
    return "\n".join(_text_of(p) for p in document.element.body.iter(f"{W}p"))


def _text_of(paragraph: Any) -> str:
    """Insertions count, deletions (w:del holds w:delText) and hidden runs do not."""
    parts = []
    for node in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br"):
        run = node.getparent()
        properties = run.find(f"{W}rPr") if run is not None else None
        if properties is not None and properties.find(f"{W}vanish") is not None:
            continue
        parts.append({f"{W}tab": "\t", f"{W}br": "\n"}.get(node.tag) or (node.text or ""))
    return "".join(parts)
