"""Automatic numbers of a Word file: numbering.xml says how they look, the paragraphs say when they are counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from audio.intake.docxstyles import Look, is_on
from audio.intake.numbering import LEVELS, Counter, bullet, shown

KINDS = {"decimalZero": "zero", "lowerLetter": "lower", "upperLetter": "upper", "lowerRoman": "roman",
         "upperRoman": "ROMAN", "none": "none"}  # fmt: skip
PLACE = re.compile("%([1-9])")


@dataclass(frozen=True)
class _Level:
    kind: str
    text: str
    start: int
    legal: bool
    keeps: bool  # goes on counting after a higher level
    glued: bool


class Lists:
    """All lists of a file, counted as its paragraphs go by."""

    def __init__(self, numbering: Element) -> None:
        self._abstract = {a.get("abstractNumId", ""): a for a in numbering.findall("abstractNum")}
        self._by_link = {
            link.get("val", ""): a for a in self._abstract.values() if (link := a.find("styleLink")) is not None
        }
        self._numbers = {n.get("numId", ""): n for n in numbering.findall("num")}
        self._counters: dict[str, Counter] = {}
        self._levels: dict[tuple[str, int], _Level] = {}
        self._begun: set[tuple[str, int]] = set()
        self._at_style = {
            (number, style.get("val", "")): _int(level.get("ilvl"), 0)
            for number, n in self._numbers.items()
            for level in self._definition(n)[1].iter("lvl")
            if (style := level.find("pStyle")) is not None
        }

    def label(self, look: Look, style: str) -> str:
        """The number before a paragraph, with the space after it; "" when there is none."""
        number = self._numbers.get(look.list or "0")
        if number is None:
            return ""
        name = look.list or ""
        place = look.level if look.level is not None else self._at_style.get((name, style), 0)
        place = min(max(place, 0), LEVELS - 1)
        levels = [self._level(name, number, i) for i in range(LEVELS)]
        key = self._definition(number)[0]
        counter = self._counters.setdefault(key, Counter())
        if (name, place) not in self._begun:
            self._begun.add((name, place))
            if self._override(number, place, "startOverride") is not None:
                counter.numbers[place] = None
        keeps = frozenset(i for i, level in enumerate(levels) if level.keeps)
        counter.step(place, levels[place].start, keeps)
        level = levels[place]
        if level.kind == "bullet":
            text = bullet(level.text)
        else:
            text = PLACE.sub(lambda m: self._shown(levels, counter, int(m[1]) - 1, level.legal), level.text)
        return text and text + ("" if level.glued else " ")

    def _shown(self, levels: list[_Level], counter: Counter, i: int, legal: bool) -> str:
        number = counter.numbers[i]
        kind = "decimal" if legal else levels[i].kind
        return shown(kind, levels[i].start if number is None else number)

    def _definition(self, number: Element) -> tuple[str, Element]:
        link = number.find("abstractNumId")
        key = "" if link is None else link.get("val", "")
        abstract = self._abstract.get(key)
        if abstract is None:
            return key, Element("nothing")
        other = abstract.find("numStyleLink")
        return key, abstract if other is None else self._by_link.get(other.get("val", ""), abstract)

    def _override(self, number: Element, place: int, what: str) -> Element | None:
        for override in number.findall("lvlOverride"):
            if override.get("ilvl") == str(place):
                return override.find(what)
        return None

    def _level(self, name: str, number: Element, place: int) -> _Level:
        if (name, place) not in self._levels:
            found = self._override(number, place, "lvl")
            if found is None:
                levels = self._definition(number)[1].findall("lvl")
                found = next((level for level in levels if level.get("ilvl") == str(place)), Element("nothing"))
            start = self._override(number, place, "startOverride")
            start = found.find("start") if start is None else start
            kind, restart, gap = _said(found, "numFmt", "decimal"), _said(found, "lvlRestart"), _said(found, "suff")
            self._levels[name, place] = _Level(
                kind=kind if kind == "bullet" else KINDS.get(kind, "decimal"),
                text=_said(found, "lvlText"),
                start=_int(None if start is None else start.get("val"), 1),
                legal=bool(is_on(found.find("isLgl"))),
                keeps=restart == "0",
                glued=gap == "nothing",
            )
        return self._levels[name, place]


def _said(level: Element, name: str, default: str = "") -> str:
    found = level.find(name)
    return default if found is None else found.get("val", default)


def _int(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 8 else default
