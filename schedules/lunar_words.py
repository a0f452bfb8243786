"""How people name lunar days ("mùng 1 Tết", "rằm tháng Bảy", "mùng một và rằm hằng tháng"), as lunar rules."""

from __future__ import annotations

import re
import unicodedata

from schedules.errors import BadRule
from schedules.lunar import SCALE

MONTHS = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
DAYS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
NAMED = {"giao thừa": (-1, 12), "ông công ông táo": (23, 12), "giỗ tổ": (10, 3), "trung thu": (15, 8)}
ONE_DAY = rf"(?:rằm|(?:ngày )?(?:(?:mùng|mồng) (?:{'|'.join(DAYS)}|\d{{1,2}})|\d{{1,2}}))"
LIST = re.compile(rf"({ONE_DAY}(?:(?:,| và|, và) {ONE_DAY})*) (.+)")
MONTH = re.compile(rf"tháng ({'|'.join(sorted(MONTHS, key=len, reverse=True))}|\d{{1,2}})( nhuận)?(?: âm lịch)?")
EVERY_MONTH = re.compile(r"(?:hàng|hằng|mỗi) tháng(?: âm lịch)?")
RULE = re.compile(
    rf"RSCALE={SCALE};FREQ=(?:MONTHLY|YEARLY;BYMONTH=(?P<month>\d{{1,2}})(?P<leap>L?));BYMONTHDAY=(?P<days>-?\d{{1,2}}(?:,\d{{1,2}})*)"
)
NUMBERS = re.compile(r"(\d{1,2})/(\d{1,2})( nhuận)? (?:âm lịch|al)")


def lunar_rule(said: str) -> str:
    """The RRULE text of a named lunar day or several. Raises BadRule not-lunar for words it doesn't know."""
    text = " ".join(unicodedata.normalize("NFC", said).casefold().split())
    if text in NAMED:
        return _rule(*NAMED[text])
    if found := NUMBERS.fullmatch(text):
        return _rule(int(found[1]), int(found[2]), leap=bool(found[3]))
    if found := LIST.fullmatch(text):
        days = ",".join(str(_day(one)) for one in re.findall(ONE_DAY, found[1]))
        if found[2] in ("tết", "tết nguyên đán"):
            # "29 Tết" and "30 Tết" are said of the year that ends, "mùng 1 Tết" of the one that begins.
            ends_year = all(int(day) > 20 for day in days.split(","))
            return _rule(days, 12 if ends_year else 1)
        if EVERY_MONTH.fullmatch(found[2]):
            return f"RSCALE={SCALE};FREQ=MONTHLY;BYMONTHDAY={days}"
        if month := MONTH.fullmatch(found[2]):
            return _rule(days, MONTHS.get(month[1]) or int(month[1]), leap=bool(month[2]))
    raise BadRule("not-lunar", said=said)


def lunar_name(rule: str) -> str | None:
    """What people call the days of a lunar rule; None for a rule that is another kind. `lunar_rule` reads it again."""
    found = RULE.fullmatch(rule)
    if not found:
        return None
    month, leap, days = found["month"], found["leap"], [int(day) for day in found["days"].split(",")]
    named = next((name for name, day in NAMED.items() if (*days, int(month or 0)) == day and not leap), None)
    if named:
        return named
    if not all(1 <= day <= 30 for day in days):
        return None
    *first, last = [f"mùng {day}" if day <= 10 else "rằm" if day == 15 else f"ngày {day}" for day in days]
    said = f"{', '.join(first)} và {last}" if first else last
    return f"{said} tháng {month}{' nhuận' if leap else ''}" if month else f"{said} hằng tháng"


def _day(said: str) -> int:
    if said == "rằm":
        return 15
    last = said.split()[-1]
    return DAYS.get(last) or int(last)


def _rule(days: int | str, month: int, *, leap: bool = False) -> str:
    return f"RSCALE={SCALE};FREQ=YEARLY;BYMONTH={month}{'L' if leap else ''};BYMONTHDAY={days}"
