"""Web pages, "Word saved as HTML", and archives (.mht): what is shown, without what surrounds the article."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from audio.errors import BadText
from audio.intake import css
from audio.intake.codepages import as_stored
from audio.intake.htmltree import BLOCKS, page
from audio.intake.model import Asides, Document, Paragraph, Run, row_of, written
from audio.intake.numbering import shown

SPACES = re.compile(r"[ \t\r\n\f]+")
CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
UNSEEN_TABLE = """
    head script style template noscript svg canvas object iframe audio video select option button textarea input
    datalist map math rt rp
"""
UNSEEN = frozenset(UNSEEN_TABLE.split())
AROUND = {"nav": "trình đơn của trang web", "aside": "khung bên của trang web", "footer": "chân trang web"}
ARTICLES = ("article", "main")
LISTS = {"a": "lower", "A": "upper", "i": "roman", "I": "ROMAN"}
CUT = "tệp bị cắt, thiếu phần cuối"
LAYOUT = 2  # columns; letterheads and signatures stand in such tables, without lines


@dataclass(frozen=True)
class _Look:
    font: str = ""
    kept: bool = False  # <pre>: line ends are line ends


def read_html(data: bytes, charset: str = "") -> Document:
    """Raises BadText broken."""
    root, sheets, ended = page(_text_of(data, charset).replace("\0", "\ufffd"))
    walk = _Walk(css.Sheet(sheets))
    walk.block(root, _Look())
    lines, left = walk.lines, walk.left.found
    articles = [e for tag in ARTICLES for e in root.iter(tag)][:1]
    for article in articles:
        inner = _Walk(css.Sheet(sheets))
        inner.block(article, _Look())
        if 2 * sum(len(written(line)) for line in inner.lines) > sum(len(written(line)) for line in lines):
            outside = [line for line in lines if line not in set(inner.lines) and written(line).strip()]
            left = inner.left.found + [(line, "ngoài bài viết") for line in outside]
            lines = inner.lines
    warnings = []
    if walk.pictures:
        warnings.append(f"Trang có {walk.pictures} hình; chữ trong hình không đọc được.")
    cut = not ended and next(root.iter("body"), next(root.iter("html"), None)) is not None
    return Document(tuple(lines), tuple(left), tuple(warnings), (CUT,) * cut)


def read_mht(data: bytes) -> Document:
    """The first page of a web archive. Raises BadText broken."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                found = read_html(payload, str(part.get_param("charset") or ""))
                boundary = message.get_boundary()
                cut = boundary is not None and f"--{boundary}--".encode() not in data
                return Document(found.paragraphs, found.left, found.warnings, found.damaged or (CUT,) * cut)
    raise BadText("broken")


def _text_of(data: bytes, charset: str) -> str:
    """By mark, as UTF-8 if it is, by what the page says; codes of a legacy font stay as stored."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        said = CHARSET.search(data[:4096])
        named = (charset or (said[1].decode("ascii") if said else "")).lower()
    if named in ("utf-8", "utf8"):
        return data.decode("utf-8", "replace")
    if named in ("", "iso-8859-1", "latin1", "us-ascii", "windows-1252", "x-user-defined", "tcvn", "vni", "viscii"):
        return as_stored(data)
    try:
        return data.decode(named)
    except (LookupError, UnicodeError):
        return as_stored(data)


class _Walk:
    def __init__(self, sheet: css.Sheet) -> None:
        self._sheet = sheet
        self.lines: list[Paragraph] = []
        self.left = Asides()
        self.pictures = 0
        self._line: list[Run] = []
        self._label = ""

    def block(self, parent: Element, look: _Look) -> None:
        """Everything inside, ending what it began."""
        self._end()
        self._inside(parent, look)
        self._end()

    def _inside(self, parent: Element, look: _Look) -> None:
        self._text(parent.text, look)
        for number, child in enumerate(parent):
            self._element(parent, number, child, look)
            self._text(child.tail, look)

    def _element(self, parent: Element, number: int, child: Element, look: _Look) -> None:
        tag = child.tag
        style = self._sheet.said(tag, child.attrib)
        if tag in UNSEEN:
            return
        if tag == "del" or css.is_hidden(style) or "hidden" in child.attrib:
            self._leave(child, "chữ đã xóa" if tag == "del" else "chữ ẩn")
        elif tag in AROUND or (tag == "header" and parent.tag not in ("article", "section")):
            self._end()
            self._leave(child, AROUND.get(tag, "đầu trang web"))
        elif tag == "br":
            self._end(always=True)
        elif tag == "table":
            self._end()
            self._table(child, self._look(child, style, look))
        else:
            self.pictures += tag == "img" and _is_large(child)
            if tag == "li":
                self._end()
                self._label = _label(parent, number)
            if tag in BLOCKS:
                self.block(child, self._look(child, style, look))
            else:
                self._inside(child, self._look(child, style, look))
            if tag == "li":
                self._label = ""

    def _look(self, element: Element, style: str, look: _Look) -> _Look:
        named = css.font(style) or element.get("face", "").split(",")[0].strip()
        return _Look(named or look.font, look.kept or element.tag == "pre")

    def _text(self, text: str | None, look: _Look) -> None:
        if not text:
            return
        for i, line in enumerate(text.split("\n")) if look.kept else [(0, SPACES.sub(" ", text))]:
            if i:
                self._end(always=True)
            if line.strip(" ") or (line and self._line):
                if self._label:
                    self._line.append(Run(self._label, look.font))
                    self._label, line = "", line.lstrip()
                self._line.append(Run(line, look.font))

    def _end(self, always: bool = False) -> None:
        line, self._line = self._line, []
        while line and not line[-1].text.strip(" "):
            line.pop()
        if line:
            line[0] = Run(line[0].text.lstrip(" "), line[0].font)
            line[-1] = Run(line[-1].text.rstrip(" "), line[-1].font)
        if line or always:
            self.lines.append(tuple(line))

    def _leave(self, gone: Element, reason: str) -> None:
        text = " ".join(t for e in gone.iter() if e.tag not in UNSEEN for t in _own(e))
        self.left.whole((Run(SPACES.sub(" ", text).strip()),), reason)

    def _table(self, table: Element, look: _Look) -> None:
        outside = self.lines
        rows: list[list[list[Paragraph]]] = []
        bordered = table.get("border", "0") not in ("0", "") or css.has_border(self._sheet.said("table", table.attrib))
        for row in _rows(table):
            rows.append([])
            for cell in row:
                if cell.tag not in ("td", "th"):
                    continue
                style = self._sheet.said(cell.tag, cell.attrib)
                if css.is_hidden(style):
                    self._leave(cell, "chữ ẩn")
                    continue
                bordered |= css.has_border(style) or cell.tag == "th"
                self.lines = []
                self.block(cell, self._look(cell, style, look))
                rows[-1].append(self.lines)
        self.lines = outside
        if max(map(len, rows), default=0) <= LAYOUT and not bordered:
            self.lines += [line for row in rows for cell in row for line in cell]
        else:
            self.lines += [row_of(row) for row in rows]


def _own(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield child.tail or ""


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from _rows(child)


def _label(parent: Element, number: int) -> str:
    """What the page shows before an item."""
    if parent.tag != "ol":
        return "• "
    count = _int(parent.get("start"), 1) - 1
    for item in parent[: number + 1]:
        if item.tag == "li":
            count = _int(item.get("value"), count + 1)
    return f"{shown(LISTS.get(parent.get('type', '1'), 'decimal'), count)}. "


def _int(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 8 else default


def _is_large(image: Element) -> bool:
    """A photo, not a dot or a logo."""
    return _int(image.get("width", "").rstrip("px"), 400) >= 200
