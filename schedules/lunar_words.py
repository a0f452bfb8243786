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
    "mười một": 11, "mười hai": 12, "mười ba": 13, "mười bốn": 14, "mười lăm": 15, "mười sáu": 16, "mười bảy": 17,
    "mười tám": 18, "mười chín": 19, "hai mươi": 20, "hai mươi mốt": 21, "hai mươi hai": 22, "hai mươi ba": 23,
    "hai mươi bốn": 24, "hai mươi tư": 24, "hai mươi lăm": 25, "hai mươi sáu": 26, "hai mươi bảy": 27,
    "hai mươi tám": 28, "hai mươi chín": 29, "ba mươi": 30,
}  # fmt: skip
NAMED = {
    "giao thừa": (-1, 12),
    "đêm giao thừa": (-1, 12),
    "ông công ông táo": (23, 12),
    "giỗ tổ": (10, 3),
    "trung thu": (15, 8),
}
NUMBER = rf"(?:{'|'.join(sorted(DAYS, key=len, reverse=True))}|\d{{1,2}})"
ONE_DAY = rf"(?:(?:ngày |đêm )?(?:rằm|(?:(?:mùng|mồng) )?{NUMBER}))"
SPAN = re.compile(rf"(?:từ )?({ONE_DAY}) (?:đến|tới)(?: hết)? ({ONE_DAY})")
SOME = rf"(?:từ )?{ONE_DAY}(?: (?:đến|tới)(?: hết)? {ONE_DAY})?"  # a day, or a span of them
LIST = re.compile(rf"({SOME}(?:(?:,| và|, và) {SOME})*) (.+)")
MONTH = re.compile(rf"tháng ({'|'.join(sorted(MONTHS, key=len, reverse=True))}|\d{{1,2}})( nhuận)?(?: âm lịch)?")
EVERY_MONTH = re.compile(r"(?:hàng|hằng|mỗi) tháng(?: âm lịch)?|âm lịch (?:hàng|hằng|mỗi) tháng")
RULE = re.compile(
    rf"RSCALE={SCALE};FREQ=(?:MONTHLY|YEARLY;BYMONTH=(?P<month>\d{{1,2}})(?P<leap>L?));BYMONTHDAY=(?P<days>-?\d{{1,2}}(?:,-?\d{{1,2}})*)"
)
LATE_IN_YEAR, LAST_DAY = 20, 30
NUMBERS = re.compile(r"(\d{1,2})/(\d{1,2})( nhuận)? (?:âm lịch|al)")


def lunar_rule(said: str) -> str:
    """The RRULE text of a named lunar day or several. Raises BadRule not-lunar for words it doesn't know."""
    text = " ".join(unicodedata.normalize("NFC", said).casefold().split())
    if text in NAMED:
        return _rule(*NAMED[text])
    if found := NUMBERS.fullmatch(text):
        return _rule(int(found[1]), int(found[2]), leap=bool(found[3]))
    if found := LIST.fullmatch(text):
        listed = list(dict.fromkeys(day for one in re.findall(SOME, found[1]) for day in _days(one)))
        days = ",".join(map(str, listed))
        if found[2] in ("tết", "tết nguyên đán"):
            # "29 Tết" and "30 Tết" are said of the year that ends, "mùng 1 Tết" of the one that begins.
            ends_year = {day > LATE_IN_YEAR for day in listed}
            if len(ends_year) > 1:  # two months: no single rule says them
                raise BadRule("not-lunar", said=said)
            if not ends_year.pop():
                return _rule(days, 1)
            # Where the twelfth month has 29 days, "30 Tết" is still its last day: giao thừa.
            return _rule(",".join("-1" if day == LAST_DAY else str(day) for day in listed), 12)
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
    if month == "12" and not leap and days[-1] == -1 and all(day > LATE_IN_YEAR for day in days[:-1]):
        return f"{', '.join(f'ngày {day}' for day in days[:-1])} và ngày {LAST_DAY} Tết"
    if not all(1 <= day <= 30 for day in days):
        return None
    *first, last = [f"mùng {day}" if day <= 10 else "rằm" if day == 15 else f"ngày {day}" for day in days]
    said = f"{', '.join(first)} và {last}" if first else last
    return f"{said} tháng {month}{' nhuận' if leap else ''}" if month else f"{said} hằng tháng"


def _days(said: str) -> list[int]:
    """A day, or all from one to another. Raises BadRule not-lunar for a span that ends before it begins."""
    if not (span := SPAN.fullmatch(said)):
        return [_day(said)]
    first, last = _day(span[1]), _day(span[2])
    if last < first:
        raise BadRule("not-lunar", said=said)
    return list(range(first, last + 1))


def _day(said: str) -> int:
    number = re.sub(r"^(?:từ |ngày |đêm )*(?:(?:mùng|mồng) )?", "", said)
    return 15 if number == "rằm" else DAYS.get(number) or int(number)


def _rule(days: int | str, month: int, *, leap: bool = False) -> str:
    return f"RSCALE={SCALE};FREQ=YEARLY;BYMONTH={month}{'L' if leap else ''};BYMONTHDAY={days}"
