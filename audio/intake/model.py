"""What the readers of file formats hand on: runs of text as stored, and the font that gives the codes a meaning."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """`text` as stored: legacy 8-bit text arrives as cp1252 or Latin-1 characters, soft hyphens U+00AD kept."""

    text: str
    font: str = ""  # its name, if known: ".VnTime", ".VnTimeH", "VNI-Times", "Times New Roman"


Paragraph = tuple[Run, ...]
