"""What the styles of an OpenDocument text say: fonts, hidden text, borders of cells, and how lists are numbered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from audio.intake.numbering import LEVELS, Counter, bullet, shown

KINDS = {"1": "decimal", "a": "lower", "A": "upper", "i": "roman", "I": "ROMAN", "": "none"}
DEEPEST = 20  # styles built on one another


@dataclass(frozen=True)
class Look:
    """None: not said here, so what was said before holds."""

    font: str | None = None
    hidden: bool | None = None

    def over(self, below: Look) -> Look:
        return Look(
            below.font if self.font is None else self.font, below.hidden if self.hidden is None else self.hidden
        )


class Styles:
    """Styles of styles.xml and content.xml together."""

    def __init__(self, *sheets: Element) -> None:
        self._faces = {
            face.get("name", ""): face.get("font-family", "").strip("'\"")
            for sheet in sheets
            for face in sheet.iter("font-face")
        }
        self._styles = {(s.get("family", ""), s.get("name", "")): s for sheet in sheets for s in sheet.iter("style")}
        self._grounds = {s.get("family", ""): s for sheet in sheets for s in sheet.iter("default-style")}
        self._lists = {s.get("name", ""): s for sheet in sheets for s in sheet.iter("list-style")}
        self._outline = next((s for sheet in sheets for s in sheet.iter("outline-style")), Element("nothing"))
        self._known: dict[tuple[str, str], Look] = {}

    def look(self, family: str, name: str) -> Look:
        key = family, name
        if key not in self._known:
            look = Look()
            for style in self._chain(family, name):
                look = look.over(self._said(style))
            self._known[key] = look
        return self._known[key]

    def has_borders(self, cell_style: str) -> bool:
        """Whether a reader sees lines around the cell."""
        return any(
            name.startswith("border") and "none" not in value and value[:1] != "0"
            for style in self._chain("table-cell", cell_style)
            for properties in style.iter("table-cell-properties")
            for name, value in properties.items()
        )

    def label(self, name: str, level: int, counter: Counter) -> str:
        """The number of a list's next item at this level, with the space after it."""
        definition = self._lists.get(name, Element("nothing"))
        levels = {rule.get("level", ""): rule for rule in definition}
        return _label(levels, level, counter)

    def heading(self, level: str, counter: Counter) -> str:
        depth = min(int(level) if level.isdecimal() and 0 < len(level) < 3 else 1, LEVELS) - 1
        levels = {rule.get("level", ""): rule for rule in self._outline}
        return _label(levels, max(depth, 0), counter)

    def _chain(self, family: str, name: str) -> Iterator[Element]:
        for _ in range(DEEPEST):
            style = self._styles.get((family, name))
            if style is None:
                break
            yield style
            name = style.get("parent-style-name", "")
        if family in self._grounds:
            yield self._grounds[family]

    def _said(self, style: Element) -> Look:
        properties = style.find("text-properties")
        if properties is None:
            return Look()
        named, family = properties.get("font-name"), properties.get("font-family")
        font = self._faces.get(named, named) if named is not None else family
        display = properties.get("display")
        return Look(None if font is None else font.strip("'\""), None if display is None else display == "none")


def _label(levels: dict[str, Element], level: int, counter: Counter) -> str:
    rule = levels.get(str(level + 1))
    if rule is None:
        return ""
    counter.step(level, _int(rule.get("start-value"), 1))
    if rule.tag == "list-level-style-bullet":
        sign = bullet(rule.get("bullet-char", ""))
        return sign and sign + " "
    if rule.tag not in ("list-level-style-number", "outline-level-style"):
        return ""
    if not rule.get("num-format"):
        return ""
    numbers = []
    for i in range(max(level + 1 - _int(rule.get("display-levels"), 1), 0), level + 1):
        above = levels.get(str(i + 1))
        if above is not None and above.get("num-format"):
            number = counter.numbers[i]
            start = _int(above.get("start-value"), 1)
            numbers.append(
                shown(KINDS.get(above.get("num-format", ""), "decimal"), start if number is None else number)
            )
    template = rule.get("num-list-format")
    if template:
        for i in range(LEVELS):
            number = counter.numbers[i]
            above = levels.get(str(i + 1))
            kind = "" if above is None else above.get("num-format", "")
            start = 1 if above is None else _int(above.get("start-value"), 1)
            said = shown(KINDS.get(kind, "decimal"), start if number is None else number)
            template = template.replace(f"%{i + 1}%", said)
        return template.strip() + " "
    return f"{rule.get('num-prefix', '')}{'.'.join(numbers)}{rule.get('num-suffix', '')}".strip() + " "


def _int(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 8 else default
