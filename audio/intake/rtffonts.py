"""The fonts of a Rich Text: which characters the codes of a run mean."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from audio.intake.codepages import as_stored

CODECS = {
    0: "cp1252", 77: "mac-roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
SYMBOL = 2
UNSET = -1  # below zero is no font: the default one holds, in the code page of the document


@dataclass
class Font:
    name: str = ""
    charset: int = 0


class Fonts:
    """The table of fonts, filled while it is read, beside the code page of the document."""

    def __init__(self) -> None:
        self.default = 0
        self.codec = "cp1252"
        self.open = Font()  # the one being described
        self._known: dict[int, Font] = {}

    def describe(self, number: int) -> None:
        self.open = self._known.setdefault(number, Font())

    def name(self, text: str) -> None:
        """The next piece of the name of the font being described; a semicolon ends it."""
        self.open.name = (self.open.name + text).split(";")[0].strip()

    def take_codepage(self, number: int) -> None:
        """One that nobody knows is passed over."""
        codec = "utf-8" if number == 65001 else f"cp{number}"
        try:
            codecs.lookup(codec)
        except LookupError:
            return
        self.codec = codec

    def of(self, number: int) -> Font:
        return self._known.get(self.default if number < 0 else number, Font())

    def meant(self, text: str, number: int) -> str:
        """What codes (a Latin-1 character a byte) mean in a font."""
        font = self.of(number)
        if text.isascii():
            return text.replace("\0", "\ufffd")
        if font.name[:3].lower() in (".vn", "vni"):
            return as_stored(text.encode("latin-1"))
        if font.charset == SYMBOL:
            return "".join(c if c == " " else chr(0xF000 + ord(c)) for c in text)
        own = number < 0 or font.charset == 1
        return _decoded(text.encode("latin-1"), self.codec if own else CODECS.get(font.charset, self.codec))


def _decoded(data: bytes, codec: str) -> str:
    """A code that its set doesn't have stays as stored: the text may be in another set than its font says."""
    try:
        return data.decode(codec)
    except UnicodeError:
        return as_stored(data)
