"""TCVN3 in PDF files: the "ư" (code AD) comes out as a hyphen, because AD is a hyphen in the sets that PDF knows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from audio.intake.codepages import tcvn3
from audio.intake.frequency import WORD, is_known, well_formed
from audio.intake.model import Run
from audio.intake.pdflayout import Piece

TOKEN = re.compile(r"[^\s.,;:!?()\"“”/]*-[^\s.,;:!?()\"“”/]*")
NAMED = re.compile(r"\.vn", re.IGNORECASE)
TCVN3_FONT = ".Vn"


def put_back(pieces: Sequence[Piece]) -> list[Piece]:
    """Hyphens that are letters become U+00AD, in fonts that are TCVN3 by their name or by what they say."""
    signs: dict[str, int] = defaultdict(int)
    for piece in pieces:
        for run in piece.runs:
            for token in TOKEN.findall(run.text):
                if not token.isascii() and _is_letter(token):
                    signs[run.font] += 1
            signs[run.font] -= sum(c > "\xff" for c in run.text)  # letters of Unicode speak against it
    fonts = {font for font, weight in signs.items() if NAMED.match(font) or weight > 0}
    if not fonts:
        return list(pieces)
    return [
        replace(piece, runs=tuple(_mended(run) if run.font in fonts else run for run in piece.runs)) for piece in pieces
    ]


def _mended(run: Run) -> Run:
    text = TOKEN.sub(lambda m: m[0].replace("-", "\xad") if _is_letter(m[0]) else m[0], run.text)
    return Run(text, run.font if NAMED.match(run.font) else TCVN3_FONT)


def _is_letter(token: str) -> bool:
    """ "tr-êng" (trường) against "Néi-H¶i" (Nội-Hải)."""
    if token == "-" or token.strip("-").isdigit():
        return False
    words = WORD.findall(tcvn3(token.replace("-", "\xad")))
    apart = [tcvn3(part) for part in token.split("-") if part]
    return bool(words) and all(map(well_formed, words)) and not (len(apart) > 1 and all(map(is_known, apart)))
