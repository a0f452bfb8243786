"""The monthly sheet as PDF: landscape A4, its own letters inside, so that it prints the same everywhere."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

from broadcaster.journal import TABLE, Month

FONT = "Be Vietnam Pro"
FACES = {"": "Regular", "B": "SemiBold", "I": "Italic"}
MARGIN = 14.0  # mm
ROOM_TO_SIGN = 52.0  # mm: the signatures stay together on one page
GREY = (230, 235, 239)


class _Sheet(FPDF):
    """A page that is numbered, with the month on each."""

    def __init__(self, month: Month) -> None:
        super().__init__("landscape", "mm", "A4")
        self.month = month

    def footer(self) -> None:
        self.set_y(-11)
        self.set_font(FONT, size=8)
        self.cell(0, 5, f"{self.month.name} · trang {self.page_no()}/{{nb}}", align="R")


def write(path: Path, month: Month) -> None:
    """Write the sheet. Raises OSError."""
    pdf = _Sheet(month)
    folder = files("fontpkg_be_vietnam_pro") / "files"
    for style, face in FACES.items():
        pdf.add_font(FONT, style, str(folder / f"BeVietnamPro-{face}.ttf"))
    pdf.set_lang("vi-VN")
    pdf.set_title(f"Nhật ký phát thanh, {month.name[0].lower()}{month.name[1:]}")
    pdf.set_author(month.station)
    pdf.set_margin(MARGIN)
    pdf.set_auto_page_break(True, MARGIN)
    pdf.add_page()
    _line(pdf, month.station.upper(), 11, "B")
    _line(pdf, month.heading, 16, "B")
    _line(pdf, month.name, 11, "I")
    pdf.ln(4)
    _table(pdf, month)
    pdf.ln(2)
    pdf.set_font(FONT, size=9.5)
    for text in month.summary():
        pdf.multi_cell(0, 6, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    _signatures(pdf, month)
    path.write_bytes(bytes(pdf.output()))


def _line(pdf: FPDF, text: str, size: float, style: str) -> None:
    pdf.set_font(FONT, style, size)
    pdf.cell(0, size * 0.6, text, align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _table(pdf: FPDF, month: Month) -> None:
    pdf.set_font(FONT, size=9)
    pdf.set_draw_color(90)
    pdf.set_line_width(0.15)
    with pdf.table(
        col_widths=tuple(share for _, share, _ in TABLE),
        text_align=tuple("C" if middle else "L" for _, _, middle in TABLE),
        line_height=4.6,
        padding=(0.8, 1.4),
        headings_style=FontFace(emphasis="BOLD", fill_color=GREY),
    ) as table:
        table.row([name for name, _, _ in TABLE])
        for line in month.table():
            table.row(line)


def _signatures(pdf: FPDF, month: Month) -> None:
    if pdf.will_page_break(ROOM_TO_SIGN):
        pdf.add_page()
    pdf.ln(3)
    width = pdf.epw / len(month.signatures)
    pdf.set_font(FONT, "I", 9.5)
    pdf.set_x(pdf.l_margin + 2 * width)
    pdf.cell(width, 6, month.dateline, align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    for style, part in (("B", 0), ("I", 1)):
        pdf.set_font(FONT, style, 9.5)
        for signature in month.signatures:
            pdf.cell(width, 6, signature[part], align="C")
        pdf.ln(6)
