"""The monthly sheet (nhật ký phát thanh): what was heard in one month, in the form that is printed and signed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from broadcaster import logbook, preferences, words
from broadcaster.asrun import Entry
from broadcaster.broadcasts import Status
from broadcaster.errors import BroadcasterError
from broadcaster.logbook import Wanted

TABLE = (  # heading, share of the width in mm of a landscape A4 page, centred
    ("Ngày", 24, True),
    ("Giờ", 27, True),
    ("Tên chương trình, nội dung", 86, False),
    ("Thời lượng", 22, True),
    ("Kết quả", 24, True),
    ("Người duyệt", 34, False),
    ("Ghi chú", 52, False),
)


@dataclass(frozen=True)
class Month:
    """One month's sheet. What people took out of the queue before it was heard is no broadcast and not on it."""

    station: str
    year: int
    month: int
    entries: tuple[Entry, ...]
    tz: ZoneInfo

    heading = "NHẬT KÝ PHÁT THANH"
    signatures = (
        ("NGƯỜI LẬP", "(Ký, ghi rõ họ tên)"),
        ("TRƯỞNG ĐÀI", "(Ký, ghi rõ họ tên)"),
        ("TM. ỦY BAN NHÂN DÂN XÃ", "(Ký tên, đóng dấu)"),
    )
    dateline = "…………, ngày …… tháng …… năm ………"

    @property
    def name(self) -> str:
        return f"Tháng {self.month} năm {self.year}"

    def table(self) -> Iterator[list[str]]:
        """The lines under TABLE's headings."""
        for e in self.entries:
            local = (e.began_at or e.planned_at).astimezone(self.tz)
            yield [
                f"{local:%d/%m/%Y}",
                f"{local:%H:%M}–{e.ended_at.astimezone(self.tz):%H:%M}" if e.ended_at else f"{local:%H:%M}",
                e.title,
                words.length(e.seconds) if e.seconds else "",
                words.status(e.outcome),
                e.approved_by or "",
                "; ".join(filter(None, [words.reason(e.reason), e.remark, f"người phát: {e.by}" if e.by else ""])),
            ]

    def summary(self) -> list[str]:
        """The sums under the table."""
        heard = [e for e in self.entries if e.began_at]
        minutes = round(sum(e.seconds for e in heard) / 60)
        counts = [(status, sum(e.outcome == status for e in self.entries)) for status in _COUNTED]
        told = ", ".join(f"{words.status(status)} {count}" for status, count in counts if count)
        counted = f"Cộng: {len(self.entries)} buổi{f' ({told})' if told else ''}"
        return [f"{counted}; thời lượng đã phát {words.number(minutes)} phút."]


_COUNTED = (Status.AIRED, Status.CUT, Status.MISSED, Status.FAILED)


def of_month(session: Session, text: str, tz: ZoneInfo) -> Month:
    """The sheet of a month such as "2026-11". Raises BroadcasterError month-bad."""
    year, number = parse(text)
    first = date(year, number, 1)
    following = date(year + 1, 1, 1) if number == 12 else date(year, number + 1, 1)
    start, end = (datetime.combine(day, time(), tz) for day in (first, following))
    entries = logbook.every(session, Wanted(start=start, end=end))
    return Month(
        preferences.get(session, preferences.NAME),
        year,
        number,
        tuple(e for e in entries if e.outcome != Status.WITHDRAWN),
        tz,
    )


def parse(text: str) -> tuple[int, int]:
    """Year and month of "2026-11" or "11/2026". Raises BroadcasterError month-bad."""
    found = re.fullmatch(r"(\d{4})-(\d{1,2})", text.strip()) or re.fullmatch(r"(\d{1,2})/(\d{4})", text.strip())
    year, month = sorted(map(int, found.groups()), reverse=True) if found else (0, 0)
    if not (1970 <= year < 2200 and 1 <= month <= 12):
        raise BroadcasterError("month-bad", usage=True, text=text)
    return year, month
