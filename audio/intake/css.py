"""As much of a page's style sheets as reading needs: the font of a text, and whether it is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping

RULE = re.compile(r"([^{}]{1,2000})\{([^{}]*)\}")
COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
SIMPLE = re.compile(r"([a-z][a-z0-9]*)?(?:([.#])([\w-]+))?", re.IGNORECASE)
FAMILY = re.compile(r"font-family\s*:\s*([^;,]+)", re.IGNORECASE)
SHORT = re.compile(r"(?:^|;)\s*font\s*:[^;]*?(?:pt|px|em|%|small|medium|large)(?:/\S+)?\s+([^;,]+)", re.IGNORECASE)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
BORDER = re.compile(
    r"border(?:-\w+)*\s*:\s*(?!none|0|medium none)[^;]*(?:solid|dashed|dotted|double|\d)", re.IGNORECASE
)


class Sheet:
    """Rules of simple selectors: p, .name, p.name, #name; what is more special is not for us."""

    def __init__(self, text: str) -> None:
        self._rules: dict[tuple[str, str, str], str] = {}
        for selectors, body in RULE.findall(COMMENT.sub(" ", text)):
            for selector in selectors.split(","):
                if match := SIMPLE.fullmatch(selector.strip()):
                    key = (match[1] or "").lower(), match[2] or "", match[3] or ""
                    self._rules[key] = self._rules.get(key, "") + ";" + body

    def said(self, tag: str, attributes: Mapping[str, str]) -> str:
        """All declarations for an element, the strongest last."""
        keys = [(tag, "", "")]
        for name in attributes.get("class", "").split():
            keys += [("", ".", name), (tag, ".", name)]
        keys += [("", "#", attributes.get("id", "")), (tag, "#", attributes.get("id", ""))]
        return ";".join([*(self._rules.get(key, "") for key in keys), attributes.get("style", "")])


def font(style: str) -> str:
    """The first font named, of the last declaration; "" when there is none."""
    found = [*SHORT.findall(style), *FAMILY.findall(style)]
    return found[-1].strip().strip("'\"").strip() if found else ""


def is_hidden(style: str) -> bool:
    return HIDDEN.search(style) is not None


def has_border(style: str) -> bool:
    return BORDER.search(style) is not None
