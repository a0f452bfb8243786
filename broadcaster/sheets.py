"""The as-run log as a table, for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

from broadcaster import words
from broadcaster.asrun import Entry
from broadcaster.journal import TABLE, Month

HEAD = {  # and the widths of the columns, in letters
    "Chương trình": 46,
    "Giờ dự kiến": 20,
    "Bắt đầu": 20,
    "Kết thúc": 20,
    "Kết quả": 12,
    "Lý do": 40,
    "Số giây": 10,
    "Người duyệt": 18,
    "Người phát": 18,
    "SHA-256": 66,
}
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what makes a spreadsheet calculate with a text it reads from CSV
MARK = "\ufeff"  # makes Excel read CSV as UTF-8


def table(entries: Iterable[Entry], tz: ZoneInfo) -> Iterator[list[Any]]:
    """A head row, then a row an entry; times are station wall time, to the second."""

    def wall(instant: datetime | None) -> str:
        return f"{instant.astimezone(tz):%d/%m/%Y %H:%M:%S}" if instant else ""

    yield list(HEAD)
    for e in entries:
        yield [
            e.title,
            wall(e.planned_at),
            wall(e.began_at),
            wall(e.ended_at),
            words.status(e.outcome),
            words.reason(e.reason),
            e.seconds,
            e.approved_by or "",
            e.by or "",
            e.audio_sha256 or "",
        ]


def csv_lines(rows: Iterable[list[Any]]) -> Iterator[str]:
    """The table as CSV, a piece at a time. Text that looks like a formula is led by an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    out.write(MARK)
    for row in rows:
        writer.writerow([f"'{c}" if isinstance(c, str) and c.startswith(FORMULA) else c for c in row])
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def write_csv(path: Path, rows: Iterable[list[Any]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        file.writelines(csv_lines(rows))


def xlsx(path: Path, rows: Iterable[list[Any]]) -> None:
    """One sheet, written row by row. Text that looks like a formula stays text."""
    with _book(path, constant_memory=True) as book:
        sheet = book.add_worksheet("Nhật ký phát")
        for column, width in enumerate(HEAD.values()):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row, bold if number == 0 else None)


def month_xlsx(path: Path, month: Month) -> None:
    """The monthly sheet, ready to be printed on A4 and signed."""
    with _book(path) as book:

        def style(**more: Any) -> Any:
            return book.add_format({"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"} | more)

        centred = {"align": "center"}
        boxed = {"border": 1, "text_wrap": True}
        sheet = book.add_worksheet(month.name)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(0.6, 0.6, 0.6, 0.6)
        sheet.fit_to_pages(1, 0)
        last = len(TABLE) - 1
        for column, (_, share, _) in enumerate(TABLE):
            sheet.set_column(column, column, share / 2.1)
        sheet.merge_range(0, 0, 0, last, month.station.upper(), style(bold=True, **centred))
        sheet.merge_range(1, 0, 1, last, month.heading, style(bold=True, font_size=16, **centred))
        sheet.merge_range(2, 0, 2, last, month.name, style(italic=True, **centred))
        sheet.write_row(4, 0, [name for name, _, _ in TABLE], style(bold=True, bg_color="#E6EBEF", **boxed, **centred))
        sheet.repeat_rows(4)
        plain = [style(**boxed, **(centred if middle else {})) for _, _, middle in TABLE]
        at = 5
        for line in month.table():
            for column, cell in enumerate(line):
                sheet.write(at, column, cell, plain[column])
            at += 1
        for text in month.summary():
            sheet.merge_range(at, 0, at, last, text, style(**boxed))
            at += 1
        sheet.merge_range(at + 1, 4, at + 1, last, month.dateline, style(italic=True, **centred))
        for (first, end), (who, how) in zip(((0, 2), (3, 4), (5, last)), month.signatures, strict=True):
            sheet.merge_range(at + 2, first, at + 2, end, who, style(bold=True, text_wrap=True, **centred))
            sheet.merge_range(at + 3, first, at + 3, end, how, style(italic=True, **centred))
        sheet.set_row(at + 2, 34)
        sheet.print_area(0, 0, at + 9, last)


@contextmanager
def _book(path: Path, **options: Any) -> Iterator[Any]:
    """A workbook that is written when the block ends. Raises OSError like any other file."""
    path.open("ab").close()  # refused now, not after all rows are made
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False, **options})
    try:
        yield book
    finally:
        try:
            book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            raise error.args[0] from error  # the system's own answer, which it wraps
