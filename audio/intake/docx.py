"""Word files (.docx): what a reader sees in the body, in its order; deletions, hidden text and margins are left out."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from audio.errors import BadText
from audio.intake.docxlists import Lists
from audio.intake.docxstyles import Look, Styles, is_on
from audio.intake.model import Asides, Document, Paragraph, Run, row_of, written
from audio.intake.package import Package
from audio.intake.symbols import meant

DOCUMENT = "word/document.xml"
DEFAULTS = {"styles": "word/styles.xml", "theme": "word/theme/theme1.xml", "numbering": "word/numbering.xml"}
MARGINS = (("header", "đầu trang"), ("footer", "chân trang"), ("footnotes", "chú thích cuối trang"),
           ("endnotes", "chú thích cuối bài"), ("comments", "ghi chú bên lề"))  # fmt: skip
# Properties, and stretches that are not seen: the code of a field, the reading aid over a word, a second copy.
UNSEEN = frozenset(("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "instrText",
                    "delInstrText", "rt", "ffData", "docPr", "nvPicPr", "proofErr"))  # fmt: skip
GONE = frozenset(("del", "moveFrom"))
BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\xad"}
PICTURES = frozenset(("pic", "imagedata"))
LAYOUT = 2  # columns; letterheads and signatures stand in such tables, without lines


def read_docx(data: bytes) -> Document:
    """Raises BadText broken, encrypted, unpacked."""
    package = Package(data)
    document = package.related("").get("officeDocument", DOCUMENT)
    named = package.related(document)
    if not {document, *(named[kind] for kind in DEFAULTS if kind in named)} <= package.names:
        raise BadText("broken")
    parts = DEFAULTS | named
    styles = Styles(package.tree(parts["styles"]), package.tree(parts["theme"]))
    walk = _Walk(styles, Lists(package.tree(parts["numbering"])))
    walk.story(package.tree(document))
    for name in sorted(package.names):
        reason = next((r for stem, r in MARGINS if name.startswith(f"word/{stem}") and name.endswith(".xml")), "")
        if reason:
            aside = _Walk(styles, Lists(Element("nothing")))
            aside.story(package.tree(name))
            for line in aside.lines:
                walk.left.whole(line, reason)
    warnings = (f"Tệp có {walk.pictures} hình; chữ trong hình không đọc được.",) if walk.pictures else ()
    return Document(
        tuple(walk.lines), tuple(walk.left.found), warnings, ("trường tự động bị đứt",) if walk.fields else ()
    )


class _Walk:
    """`lines` grow as the body is walked; `fields` tells for each open field whether its result has begun."""

    def __init__(self, styles: Styles, lists: Lists) -> None:
        self._styles, self._lists = styles, lists
        self.lines: list[Paragraph] = []
        self.left = Asides()
        self.fields: list[bool] = []
        self.pictures = 0
        self._line: list[Run] = []
        self._boxes: list[Element] = []

    def story(self, parent: Element) -> None:
        """Paragraphs and tables, in whatever they are wrapped."""
        for child in _seen(parent):
            if child.tag == "p":
                self._paragraph(child)
            elif child.tag == "tbl":
                self._table(child)
            elif child.tag in GONE:
                self._leave(child, "chữ đã xóa (theo dõi thay đổi)")
            else:
                self.story(child)
        self._end()

    def _paragraph(self, paragraph: Element) -> None:
        properties = paragraph.find("pPr")
        look = self._styles.paragraph(properties)
        style = None if properties is None else properties.find("pStyle")
        mark = None if properties is None else properties.find("rPr")
        merged = mark is not None and (mark.find("del") is not None or bool(is_on(mark.find("vanish"))))
        before, self._line = self._line, []
        self._runs(paragraph, look, Look())
        seen = bool(written(tuple(self._line)).strip())
        if seen or not merged:
            label = self._lists.label(look, "" if style is None else style.get("val", ""))
            if label and seen:
                self._line.insert(0, Run(label))
        self._line = before + self._line
        if not merged:
            self._end(always=True)
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self._end()
            self.story(box)

    def _end(self, always: bool = False) -> None:
        if self._line or always:
            self.lines.append(tuple(self._line))
            self._line = []
        self.left.end()

    def _runs(self, parent: Element, paragraph: Look, run: Look) -> None:
        for child in _seen(parent):
            tag = child.tag
            if tag == "r":
                self._runs(child, paragraph, self._styles.run(child.find("rPr"), paragraph))
            elif tag in ("txbxContent", "txBody"):
                if not run.hidden:
                    self._boxes.append(child)
            elif tag in GONE:
                self._leave(child, "chữ đã xóa (theo dõi thay đổi)")
            elif tag == "fldChar":
                self._field(child.get("fldCharType", ""))
            elif tag in ("t", "sym", "textpath") or tag in BREAKS:
                self._text(child, run)
            else:
                self.pictures += tag in PICTURES
                self._runs(child, paragraph, run)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(False)
        elif self.fields and kind == "separate":
            self.fields[-1] = True
        elif self.fields and kind == "end":
            self.fields.pop()

    def _text(self, element: Element, look: Look) -> None:
        if not all(self.fields):
            return
        if element.tag == "sym":
            font, code = element.get("font", ""), element.get("char", "")
            text = meant(chr(int(code, 16) | 0xF000), font) if _is_code(code) else "\ufffd"
        else:
            text = BREAKS.get(element.tag) or element.get("string") or element.text or ""
            font = (look.font if text.isascii() else look.high) or ""
            text = meant(text, font)
        if look.hidden:
            self.left.add(Run(text, font), "chữ ẩn")
        elif text:
            self._line.append(Run(text, font))

    def _leave(self, gone: Element, reason: str) -> None:
        self.left.add(Run("".join(t.text or "" for t in gone.iter() if t.tag in ("t", "delText"))), reason)

    def _table(self, table: Element) -> None:
        """A row is a line with tabs between its cells; in a table for layout every cell has lines of its own."""
        self._end()
        outside = self.lines
        rows: list[list[list[Paragraph]]] = []
        for row in _inside(table, "tr"):
            if row.find("trPr/del") is not None:
                self._leave(row, "hàng đã xóa (theo dõi thay đổi)")
                continue
            rows.append([])
            for cell in _inside(row, "tc"):
                self.lines = []
                self.story(cell)
                rows[-1].append(self.lines)
        self.lines = outside
        if max(map(len, rows), default=0) <= LAYOUT and not self._styles.has_borders(table):
            self.lines += [line for row in rows for cell in row for line in cell]
        else:
            self.lines += [row_of(row) for row in rows]


def _seen(parent: Element) -> Iterator[Element]:
    """The children a reader sees; of two versions of the same drawing only the first."""
    for child in parent:
        if child.tag == "AlternateContent":
            yield from next(iter(child), ())
        elif child.tag not in UNSEEN:
            yield child


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    """Rows or cells, in whatever they are wrapped."""
    for child in _seen(parent):
        if child.tag == tag:
            yield child
        elif child.tag not in GONE:
            yield from _inside(child, tag)


def _is_code(text: str) -> bool:
    return 0 < len(text) <= 4 and all(c in "0123456789abcdefABCDEF" for c in text)
