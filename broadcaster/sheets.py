"""The as-run log as a table, for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

from broadcaster import words
from broadcaster.asrun import Entry

HEAD = [
    "Chương trình",
    "Giờ dự kiến",
    "Bắt đầu",
    "Kết thúc",
    "Kết quả",
    "Lý do",
    "Số giây",
    "Người duyệt",
    "Người phát",
    "SHA-256",
]


def table(entries: Iterable[Entry], tz: ZoneInfo) -> list[list[Any]]:
    """A head row, then a row an entry; times are station wall time, to the second."""

    def wall(instant: datetime | None) -> str:
        return f"{instant.astimezone(tz):%d/%m/%Y %H:%M:%S}" if instant else ""

    rows = [
        [
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
        for e in entries
    ]
    return [list(HEAD), *rows]


def xlsx(path: Path, rows: list[list[Any]]) -> None:
    """One sheet. Text that looks like a formula stays text."""
    path.parent.stat()  # a missing folder is an OSError like any other
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    try:
        sheet = book.add_worksheet("Nhật ký phát")
        bold = book.add_format({"bold": True})
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row, bold if number == 0 else None)
        sheet.autofit()
    finally:
        book.close()
