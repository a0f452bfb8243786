"""Rich Text (.rtf): text with the font of every run; deletions, hidden text, notes and margins are left out.

Our own reader: the font decides what a code means (TCVN3, VNI), and the libraries for RTF don't tell it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from audio.errors import BadText
from audio.intake.model import Asides, Document, Paragraph, Run, row_of
from audio.intake.numbering import bullet
from audio.intake.rtffonts import UNSET, Fonts
from audio.intake.rtftokens import Token, tokens
from audio.intake.symbols import meant

DEEPEST = 500  # groups inside one another
BREAKS = {"line": "\n", "lbr": "\n", "tab": "\t", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘",
          "rquote": "’",
          "ldblquote": "“", "rdblquote": "”", "enspace": " ", "emspace": " ", "qmspace": " ", "~": "\xa0", "_": "-",
          "-": "\xad", "\\": "\\", "{": "{", "}": "}", "softline": "\n"}  # fmt: skip
ENDS = frozenset(("par", "sect", "page", "column", "\n", "\r"))
MARGINS = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "đầu trang"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "chân trang"),
    "footnote": "chú thích cuối trang", "annotation": "ghi chú bên lề",
}  # fmt: skip
# Destinations that are text although they come with \* or lie inside one that isn't.
SEEN = frozenset(("shptxt", "ud", "fldrslt", "listtext", "pntext", "shpinst", "do", "dptxbxtext"))
UNSEEN_TABLE = """
    fonttbl colortbl stylesheet info pict object objdata fldinst listtable listoverridetable revtbl rsidtbl upr
    nonshppict shprslt sp sn sv nonesttables nesttableprops xe tc bkmkstart bkmkend themedata datastore filetbl
    generator pnseclvl pn ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn latentstyles atnid atnauthor
"""
UNSEEN = frozenset(UNSEEN_TABLE.split())
CUT = "tệp bị cắt, thiếu phần cuối"
LAYOUT = 2  # columns; letterheads and signatures stand in such tables, without lines


@dataclass(frozen=True)
class _State:
    """What a brace keeps and gives back."""

    font: int = UNSET
    hidden: bool = False
    deleted: bool = False
    seen: bool = True
    margin: str = ""  # why it is left out
    after_unicode: int = 1
    in_fonts: bool = False
    asian: bool = False
    label: bool = False
    box: int = 0  # text boxes inside one another
    under: bool = True  # whether a group that is there in two versions was seen


@dataclass
class _Row:
    cells: list[list[Paragraph]] = field(default_factory=list)
    lines: list[Paragraph] = field(default_factory=list)  # of the cell that is open
    bordered: bool = False


def read_rtf(data: bytes) -> Document:
    """Raises BadText broken."""
    reader = _Reader()
    stack: list[_State] = []
    ended = False
    for token in tokens(data):
        if token.kind == "open":
            stack.append(reader.state)
            if len(stack) > DEEPEST:
                raise BadText("broken")
            reader.first = True
        elif token.kind == "close":
            if not stack:
                break
            reader.leave(stack.pop())
            if ended := not stack:
                break
        else:
            reader.take(token)
    reader.end_line()
    warnings = (f"Tệp có {reader.pictures} hình; chữ trong hình không đọc được.",) if reader.pictures else ()
    return Document(tuple(reader.lines), tuple(reader.left.found), warnings, () if ended else (CUT,))


class _Reader:
    def __init__(self) -> None:
        self.state = _State()
        self.first = False  # the next control word names the group
        self.lines: list[Paragraph] = []
        self.left = Asides()
        self.pictures = 0
        self._line: list[Run] = []
        self._anchors: list[list[Run]] = []  # the lines that text boxes hang on
        self._aside: list[Run] = []
        self._row = _Row()
        self._in_table = False
        self._fonts = Fonts()
        self._skip = 0  # characters that stand for the last \u
        self._optional = False
        self._high = ""  # first half of a surrogate pair
        self._bytes = ""

    def take(self, token: Token) -> None:
        if token.kind == "bytes":
            self.first = False
            self._codes(token.text)
            return
        self._flush()
        word, number = token.text, token.number
        if word == "*":
            self._optional = True
            return
        first, self.first = self.first or self._optional, False
        if first and self._destination(word):
            return
        if word in BREAKS:
            if self._skip:
                self._skip -= 1
            else:
                self._text(BREAKS[word])
        elif word in ENDS:
            self.end_line(always=True)
        elif word == "u" and number is not None:
            self._unicode(number % 65536)
        else:
            self._set(word, number)

    def leave(self, outer: _State) -> None:
        """The end of a group."""
        self._flush()
        if self.state.margin and not outer.margin and self._aside:
            for line in "".join(run.text for run in self._aside).splitlines():
                self.left.whole((Run(line.strip(), self._aside[0].font),), self.state.margin)
            self._aside = []
        if self.state.box > outer.box:
            self.end_line()
            self._line = self._anchors.pop()
        self.state, self.first, self._optional, self._skip = outer, False, False, 0

    def end_line(self, always: bool = False) -> None:
        self._flush()
        if self.state.margin:
            self._aside.append(Run("\n", self._aside[-1].font if self._aside else ""))
        elif self.state.seen and (self._line or always) and not (always and (self.state.hidden or self.state.deleted)):
            (self._row.lines if self._in_table else self._out_of_table()).append(tuple(self._line))
            self._line = []
            self.left.end()

    def _destination(self, word: str) -> bool:
        """True when the word did nothing but name its group."""
        optional, self._optional = self._optional, False
        if word in MARGINS:
            self.state = replace(self.state, margin=MARGINS[word])
        elif word == "fonttbl":
            self.state = replace(self.state, in_fonts=True)
        elif word in SEEN:
            if word in ("shptxt", "dptxbxtext"):
                self._anchors.append(self._line)
                self._line = []
                self.state = replace(self.state, box=self.state.box + 1)
            seen = self.state.under if word == "ud" else self.state.seen
            self.state = replace(self.state, seen=seen, label=word in ("listtext", "pntext"))
        elif word in UNSEEN or optional:
            self.pictures += word == "pict" and self.state.seen
            self.state = replace(self.state, seen=False, under=self.state.seen)
        else:
            return False
        return True

    def _set(self, word: str, number: int | None) -> None:
        on = number != 0
        if word == "f" and number is not None:
            if self.state.in_fonts:
                self._fonts.describe(number)
            elif not self.state.asian:
                self.state = replace(self.state, font=number)
        elif word in ("dbch", "loch", "hich"):
            self.state = replace(self.state, asian=word == "dbch")
        elif word == "fcharset" and number is not None:
            self._fonts.open.charset = number
        elif word == "deff":
            self._fonts.default = number or 0
        elif word == "ansicpg" and number:
            self._fonts.take_codepage(number)
        elif word == "mac":
            self._fonts.codec = "mac-roman"
        elif word == "plain":
            self.state = replace(self.state, font=self._fonts.default, hidden=False, deleted=False)
        elif word == "v":
            self.state = replace(self.state, hidden=on)
        elif word == "deleted":
            self.state = replace(self.state, deleted=on)
        elif word == "uc":
            self.state = replace(self.state, after_unicode=max(number if number is not None else 1, 0))
        elif word == "pard" and self.state.seen and not self.state.margin:
            self._in_table = False
        elif word == "intbl":
            self._in_table = True
        elif word == "trowd":
            self._in_table = True
            self._row.bordered = False
        elif word.startswith(("clbrdr", "trbrdr")):
            self._row.bordered = True
        elif word in ("cell", "nestcell"):
            self._in_table = True
            self.end_line()
            self._row.cells.append(self._row.lines)
            self._row.lines = []
        elif word in ("row", "nestrow"):
            self._end_row()

    def _end_row(self) -> None:
        self._flush()
        row, self._row = self._row, _Row(bordered=self._row.bordered)
        cells = [*row.cells, row.lines] if row.lines else row.cells
        if len(cells) <= LAYOUT and not row.bordered:
            self.lines += [line for cell in cells for line in cell]
        elif cells:
            self.lines.append(row_of(cells))
        self._in_table = False

    def _out_of_table(self) -> list[Paragraph]:
        """A table that broke off: what its last cells held is not lost."""
        if self._row.cells or self._row.lines:
            line, self._line = self._line, []
            self._end_row()
            self._line = line
        return self.lines

    def _codes(self, text: str) -> None:
        """Bytes of the font's character set, but for those that stand for the \\u before them."""
        if self._skip:
            gone = min(self._skip, len(text))
            self._skip, text = self._skip - gone, text[gone:]
        self._bytes += text

    def _flush(self) -> None:
        if not self._bytes:
            return
        text, self._bytes = self._bytes, ""
        if self.state.in_fonts:
            self._fonts.name(text)
        else:
            self._text(self._fonts.meant(text, self.state.font))

    def _unicode(self, code: int) -> None:
        self._skip = self.state.after_unicode
        if 0xD800 <= code < 0xDC00:
            self._high = chr(code)
        elif 0xDC00 <= code < 0xE000:
            pair, self._high = self._high + chr(code), ""
            self._text(pair.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
        else:
            self._text(chr(code))

    def _text(self, text: str) -> None:
        state, name = self.state, self._fonts.of(self.state.font).name
        run = Run(meant(text, name), name)
        if not state.seen or state.in_fonts:
            return
        if state.margin:
            self._aside.append(run)
        elif state.hidden or state.deleted:
            self.left.add(run, "chữ ẩn" if state.hidden else "chữ đã xóa (theo dõi thay đổi)")
        elif state.label:
            sign = run.text.strip()
            is_sign = len(sign) == 1 and not sign.isalnum() and sign not in ".)"
            self._line.append(Run(bullet(sign) if is_sign else run.text.replace("\t", " "), name))
        else:
            self._line.append(run)
