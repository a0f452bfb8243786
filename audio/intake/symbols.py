"""Signs of the fonts Symbol and Wingdings, which office files store as codes without a meaning (U+F0xx)."""

from __future__ import annotations

import re

PRIVATE = re.compile("[\ue000-\uf8ff]")
PICTURES = re.compile(r"symbol|wingdings|webdings|zapf|marlett", re.IGNORECASE)
SYMBOL = {
    0x20: " ", 0x25: "%", 0x2D: "-", 0xA3: "≤", 0xA5: "∞", 0xAC: "←", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB2: "”",
    0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xBE: "—", 0xDE: "→",
}  # fmt: skip
WINGDINGS = {0x28: "☎", 0x29: "☎", 0x2A: "✉", 0xE0: "→", 0xE8: "→", 0xFC: "✓", 0xFB: "✗", 0x20: " "}


def meant(text: str, font: str) -> str:
    """Private codes as what they look like in their font; a picture without a counterpart is a bullet.

    Legacy Vietnamese fonts are stored that way too: U+F0xx is then the code xx of the font.
    """
    if not PRIVATE.search(text):
        return text
    known = SYMBOL if font.lower().startswith("symbol") else WINGDINGS

    def sign(match: re.Match[str]) -> str:
        code = ord(match[0]) - 0xF000
        if PICTURES.search(font):
            return known.get(code, "•")
        if not 0x20 <= code <= 0xFF:
            return "\ufffd"
        return chr(code) if font else "•"

    return PRIVATE.sub(sign, text)
