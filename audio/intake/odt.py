"""OpenDocument texts (.odt): what a reader sees in the body; deletions, hidden text, notes and margins are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from audio.errors import BadText
from audio.intake.model import Asides, Document, Paragraph, Run, row_of, written
from audio.intake.numbering import LEVELS, Counter
from audio.intake.odtstyles import Look, Styles
from audio.intake.package import Package
from audio.intake.symbols import meant

MARGINS = {
    **dict.fromkeys(("header", "header-left", "header-first"), "đầu trang"),
    **dict.fromkeys(("footer", "footer-left", "footer-first"), "chân trang"),
}
LEFT = {"note": "chú thích", "annotation": "ghi chú bên lề"}
UNSEEN = frozenset(("sequence-decls", "variable-decls", "user-field-decls", "forms", "ruby-text", "index-source",
                    "table-of-content-source", "annotation-end", "title", "desc", "event-listeners"))  # fmt: skip
BREAKS = {"tab": "\t", "line-break": "\n"}
ROWS = frozenset(("table-header-rows", "table-rows", "table-row-group"))
SPACES = re.compile("[ \t\r\n]+")
FEW = 100  # repeated cells; more are the empty rest of a sheet
LAYOUT = 2  # columns; letterheads and signatures stand in such tables, without lines


def read_odt(data: bytes) -> Document:
    """Raises BadText broken, encrypted, unpacked."""
    package = Package(data)
    if "content.xml" not in package.names:
        raise BadText("broken")
    if b"encryption-data" in package.part("META-INF/manifest.xml"):
        raise BadText("encrypted")
    content, sheet = package.tree("content.xml"), package.tree("styles.xml")
    styles = Styles(sheet, content)
    body = content.find("body/text")
    if body is None:
        raise BadText("broken")
    walk = _Walk(styles)
    walk.block(body)
    for element in sheet.iter():
        if element.tag in MARGINS:
            aside = _Walk(styles)
            aside.block(element)
            for line in aside.lines:
                walk.left.whole(line, MARGINS[element.tag])
    warnings = (f"Tệp có {walk.pictures} hình; chữ trong hình không đọc được.",) if walk.pictures else ()
    return Document(tuple(walk.lines), tuple(walk.left.found), warnings)


class _Walk:
    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.lines: list[Paragraph] = []
        self.left = Asides()
        self.pictures = 0
        self._line: list[Run] = []
        self._boxes: list[Element] = []
        self._label = ""
        self._counters: dict[str, Counter] = {}
        self._headings = Counter()

    def block(self, parent: Element, style: str = "", level: int = -1) -> None:
        """Paragraphs, lists and tables; `style` and `level` of the list they are in."""
        for child in parent:
            tag = child.tag
            if tag in ("p", "h"):
                self._paragraph(child)
            elif tag == "list":
                self._list(child, child.get("style-name", "") or style, level + 1)
            elif tag == "table":
                self._table(child)
            elif tag == "tracked-changes":
                self._leave(child, "chữ đã xóa (theo dõi thay đổi)")
            elif tag == "section" and child.get("display", "true") != "true":
                self._leave(child, "chữ ẩn")
            elif tag not in UNSEEN:
                self.block(child, style, level)

    def _list(self, element: Element, style: str, level: int) -> None:
        level = min(level, LEVELS - 1)
        known = self._counters.get(style)
        if level == 0 and (known is None or element.get("continue-numbering") != "true"):
            known = None if element.get("continue-list") is None else known
            self._counters[style] = known or Counter()
        counter = self._counters.setdefault(style, Counter())
        for item in element:
            if item.tag == "list-item":
                start = item.get("start-value", "")
                if start.isdecimal() and len(start) < 8:
                    counter.numbers[level] = int(start) - 1
                if any(child.tag in ("p", "h") for child in item):
                    self._label = self._styles.label(style, level, counter)
            if item.tag in ("list-item", "list-header"):
                self.block(item, style, level)
                self._label = ""

    def _paragraph(self, paragraph: Element) -> None:
        look = self._styles.look("paragraph", paragraph.get("style-name", ""))
        self._inline(paragraph, look)
        label, self._label = self._label, ""
        if not label and paragraph.tag == "h" and paragraph.get("is-list-header") != "true":
            label = self._styles.heading(paragraph.get("outline-level", "1"), self._headings)
        if label and written(tuple(self._line)).strip():
            self._line.insert(0, Run(label))
        self.lines.append(tuple(self._line))
        self._line = []
        self.left.end()
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.block(box)

    def _inline(self, element: Element, look: Look) -> None:
        self._text(_spaced(element.text), look)
        for child in element:
            tag = child.tag
            if tag == "span":
                self._inline(child, self._styles.look("text", child.get("style-name", "")).over(look))
            elif tag == "s":
                count = child.get("c", "1")
                self._text(" " * min(int(count) if count.isdecimal() else 1, FEW), look)
            elif tag in BREAKS:
                self._text(BREAKS[tag], look)
            elif tag in LEFT:
                self._leave(child, LEFT[tag])
            elif tag == "text-box":
                self._boxes.append(child)
            elif tag in ("hidden-text", "hidden-paragraph") and child.get("is-hidden", "true") == "true":
                self._leave(child, "chữ ẩn")
            elif tag in ("p", "list", "table"):  # a shape holds paragraphs as they are
                wrapper = Element("shape")
                wrapper.append(child)
                self._boxes.append(wrapper)
            elif tag not in UNSEEN:
                self.pictures += tag == "image"
                self._inline(child, look)
            self._text(_spaced(child.tail), look)

    def _text(self, text: str, look: Look) -> None:
        if not text:
            return
        run = Run(meant(text, look.font or ""), look.font or "")
        if look.hidden:
            self.left.add(run, "chữ ẩn")
        else:
            self._line.append(run)

    def _leave(self, gone: Element, reason: str) -> None:
        for paragraph in gone.iter():  # only these: a deletion also holds who deleted it, and when
            if paragraph.tag in ("p", "h"):
                self.left.whole((Run("".join(paragraph.itertext())),), reason)

    def _table(self, table: Element) -> None:
        """As in Word files: rows are lines with tabs; a table for layout is read cell by cell."""
        outside = self.lines
        rows: list[list[list[Paragraph]]] = []
        for row in _rows(table):
            rows.append([])
            for cell in row:
                if cell.tag == "table-cell":
                    self.lines = []
                    self.block(cell)
                    repeated = cell.get("number-columns-repeated", "1")
                    times = int(repeated) if repeated.isdecimal() and len(repeated) < 4 else 1
                    rows[-1].extend([self.lines] * min(times, FEW))
        self.lines = outside
        cells = [cell.get("style-name", "") for row in _rows(table) for cell in row]
        if max(map(len, rows), default=0) <= LAYOUT and not any(map(self._styles.has_borders, cells)):
            self.lines += [line for row in rows for cell in row for line in cell]
        else:
            self.lines += [row_of(row) for row in rows]


def _spaced(text: str | None) -> str:
    """White space of the XML is one space; tabs and more spaces are elements."""
    return SPACES.sub(" ", text) if text else ""


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == "table-row":
            yield child
        elif child.tag in ROWS:
            yield from _rows(child)
