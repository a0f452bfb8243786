"""What a Word file's styles say about a run: its font, whether it is hidden, and the list its paragraph is in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

OFF = frozenset(("0", "false", "off"))
DEEPEST = 20  # styles built on one another


@dataclass(frozen=True)
class Look:
    """None: not said here, so what was said before holds."""

    font: str | None = None  # of ASCII letters
    high: str | None = None  # of all others that are not Asian
    hidden: bool | None = None
    list: str | None = None
    level: int | None = None

    def over(self, below: Look) -> Look:
        said = {name: value for name, value in vars(self).items() if value is not None}
        return replace(below, **said) if said else below


def is_on(element: Element | None) -> bool | None:
    return None if element is None else element.get("val", "1") not in OFF


class Styles:
    """The style sheet of a file; `theme` names the fonts that styles borrow from it."""

    def __init__(self, sheet: Element, theme: Element) -> None:
        self._theme = dict(_theme_fonts(theme))
        self._styles = {s.get("styleId", ""): s for s in sheet.iter("style")}
        self._known: dict[str, Look] = {}
        self._defaults = {
            s.get("type", ""): s.get("styleId", "") for s in sheet.iter("style") if s.get("default") in ("1", "true")
        }
        self._ground = self._said(sheet.find("docDefaults/rPrDefault/rPr"), None)

    def paragraph(self, properties: Element | None) -> Look:
        named = None if properties is None else properties.find("pStyle")
        name = self._defaults.get("paragraph", "") if named is None else named.get("val", "")
        style = self._style(name).over(self._ground)
        return style if properties is None else self._said(None, properties).over(style)

    def run(self, properties: Element | None, paragraph: Look) -> Look:
        if properties is None:
            return paragraph
        named = properties.find("rStyle")
        style = Look() if named is None else self._style(named.get("val", ""))
        return self._said(properties, None).over(style.over(paragraph))

    def has_borders(self, table: Element) -> bool:
        """Whether a reader sees lines between the cells."""
        named = table.find("tblPr/tblStyle")
        name = "" if named is None else named.get("val", "")
        sheets = [table, *self._chain(name)]
        return any(
            border.get("val", "none") not in ("none", "nil")
            for sheet in sheets
            for borders in (*sheet.iter("tblBorders"), *sheet.iter("tcBorders"))
            for border in borders
        )

    def _chain(self, name: str) -> Iterator[Element]:
        for _ in range(DEEPEST):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            below = style.find("basedOn")
            name = "" if below is None else below.get("val", "")

    def _style(self, name: str) -> Look:
        if name not in self._known:
            look = Look()
            for style in self._chain(name):
                look = look.over(self._said(style.find("rPr"), style.find("pPr")))
            self._known[name] = look
        return self._known[name]

    def _said(self, run: Element | None, paragraph: Element | None) -> Look:
        font = high = listed = level = None
        fonts = None if run is None else run.find("rFonts")
        if fonts is not None:
            font = self._theme.get(fonts.get("asciiTheme", "")) or fonts.get("ascii")
            high = self._theme.get(fonts.get("hAnsiTheme", "")) or fonts.get("hAnsi") or font
        hidden = None if run is None else is_on(run.find("vanish"))
        numbered = None if paragraph is None else paragraph.find("numPr")
        if numbered is not None:
            number, indent = numbered.find("numId"), numbered.find("ilvl")
            listed = None if number is None else number.get("val")
            depth = "" if indent is None else indent.get("val", "")
            level = int(depth) if depth.isdecimal() else None
        return Look(font, high, hidden, listed, level)


def _theme_fonts(theme: Element) -> Iterator[tuple[str, str]]:
    for part in ("major", "minor"):
        latin = theme.find(f".//{part}Font/latin")
        if latin is not None:
            for use in ("HAnsi", "Ascii"):
                yield f"{part}{use}", latin.get("typeface", "")
