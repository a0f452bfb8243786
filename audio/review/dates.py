"""Dates as they are written in a bulletin, with the day of the week claimed for them. Lunar dates are left out."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

LEAP_YEAR = 2024  # 29/2 without a year is a date
NEAR = timedelta(days=200)  # a date without a year means the nearest one; around half a year away both are possible
MONTHS = {
    "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười một": 11,
    "mười hai": 12, "mười": 10,
}  # fmt: skip
WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "bẩy": 5, **{str(n): n - 2 for n in range(2, 8)}}

FIGURES = re.compile(
    r"(?<![\w/,:])(?<!\d\.)(?P<d>\d{1,2}) ?(?P<sep>[/.-]) ?(?P<m>\d{1,2})"
    r"(?: ?(?P=sep) ?(?P<y>(?:19|20)\d\d)| năm (?P<y2>(?:19|20)\d\d))?(?!\w| ?[/-] ?[\d\w]|[.,]\d)"
)
IN_WORDS = re.compile(
    rf"(?i)(?<![\w/,.-])(?P<d>\d{{1,2}})(?:,| )tháng (?P<m>\d{{1,2}}|{'|'.join(MONTHS)})(?!\w)"
    rf"(?:(?:,? năm |/)(?P<y>(?:19|20)\d\d)(?!\w))?"
)
# What shows that "20/11" is a day and neither a fraction, a class nor a street.
WEEKDAY = r"(?:thứ ?(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật|chúa nhật|CN|T[2-7])"
DAY_BEFORE = re.compile(
    rf"(?i)(?<!\w)(?:ngày|hôm nay|hôm qua|hôm|sáng|trưa|chiều|tối|đêm|khuya|rạng sáng|{WEEKDAY}"
    r"|\d{1,2} ?[hg]\d{0,2}|\d{1,2}:\d\d|giờ(?: \d\d?(?: phút)?)?)"
    r"(?: này| nay| mai| tới| tuần này| tuần tới| tuần sau)?"
    r"(?: ?(?:[,(:–-]|là|tức|ngày|hết)){0,3} ?$"
)
LATE_DAY_BEFORE = re.compile(r"(?i)(?<!\w)(?:từ|đến|tới|trước|sau|hết|và) ?$|\d ?[–-] ?$")
A_SHARE = re.compile(r"(?i) ?(?:số|diện tích|hộ|người|quân số|dân số|tổng|giờ|sân|lớp)(?!\w)")
LUNAR_AFTER = re.compile(r"(?i)(?: ?năm \w+(?: \w+)?)? ?\(? ?(?:âm lịch|âm|ÂL|AL)(?!\w)")
LUNAR_BEFORE = re.compile(r"(?i)(?:âm lịch|mùng|mồng)(?: ?[:(]| là| ngày)* ?$")

CLAIMED_BEFORE = re.compile(
    rf"(?i)(?<!\w)(?P<w>{WEEKDAY})(?:[ ,(–-]{{0,3}}(?:tuần này|tuần tới|tuần sau|này|tới|tức|là|ngày)){{0,3}}"
    r"[ ,(:–-]{0,3}$"
)
CLAIMED_AFTER = re.compile(
    rf"(?i) ?(?:\(|, ?|[–-] ?|là |nhằm |rơi vào |tức )(?:là )?(?:ngày )?(?P<w>{WEEKDAY})(?!\w)"
    rf"(?! ?(?:,|và|hoặc|đến|-|–|/)? ?{WEEKDAY})(?! (?:hằng|hàng|mỗi|các))(?!,? ?(?:ngày )?\(?\d)"
)
# "lần thứ năm", "vụ thứ hai": an ordinal; "thứ Bảy, Chủ nhật (21/11, 22/11)": which is which can't be told.
NOT_A_DAY = re.compile(
    rf"(?i)(?:lần|vụ|người|đối tượng|điều|ngôi|kỳ|khóa|đợt|hạng|tầng|năm|con|cuộc|phiên|bước|nhóm|loại|giải|là"
    rf"|{WEEKDAY} ?(?:,|và|hoặc|đến|-|–)?) $"
)
# Only capitals are short for a day.
SMALL = frozenset({"cn", "Cn", "cN", *(f"t{n}" for n in range(2, 8))})


@dataclass(frozen=True)
class WrittenDate:
    """A date at [start, end); `weekday` (Monday is 0) is what the text claims at [weekday_start, weekday_end)."""

    start: int
    end: int
    day: int
    month: int
    year: int | None
    weekday: int | None = None
    weekday_start: int = 0
    weekday_end: int = 0

    @property
    def possible(self) -> bool:
        """Whether any calendar has this day."""
        return 1 <= self.month <= 12 and 1 <= self.day <= monthrange(self.year or LEAP_YEAR, self.month)[1]

    def days(self, today: date) -> list[date]:
        """The days it can mean: one with a year, without it the nearest (or both, half a year away)."""
        years = [self.year] if self.year else [today.year - 1, today.year, today.year + 1]
        known = [date(y, self.month, self.day) for y in years if self._in(y)]
        return known if self.year else [day for day in known if abs(day - today) <= NEAR]

    def _in(self, year: int) -> bool:
        return 1 <= self.month <= 12 and 1 <= self.day <= monthrange(year, self.month)[1]


def dates(text: str) -> Iterator[WrittenDate]:
    """All solar dates of the text, in its order within each form."""
    for match in FIGURES.finditer(text):
        year = match["y"] or match["y2"]
        if not _lunar(text, match) and (_surely(match) if year else _a_day(text, match)):
            yield _dated(text, match, int(match["m"]), year)
    for match in IN_WORDS.finditer(text):
        if not _lunar(text, match):
            month = match["m"].lower()
            yield _dated(text, match, MONTHS.get(month) or int(month), match["y"])


def _surely(match: re.Match[str]) -> bool:
    return match["sep"] != "-" or not match.string[: match.start()].endswith("-")


def _a_day(text: str, match: re.Match[str]) -> bool:
    lead = text[max(0, match.start() - 40) : match.start()]
    if A_SHARE.match(text, match.end()):
        return False
    if DAY_BEFORE.search(lead):
        return match["sep"] != "-" or int(match["m"]) <= 12
    return match["sep"] == "/" and int(match["d"]) > 9 and LATE_DAY_BEFORE.search(lead) is not None


def _lunar(text: str, match: re.Match[str]) -> bool:
    return bool(
        LUNAR_AFTER.match(text, match.end()) or LUNAR_BEFORE.search(text[max(0, match.start() - 24) : match.start()])
    )


def _dated(text: str, match: re.Match[str], month: int, year: str | None) -> WrittenDate:
    start, end = match.start(), match.end()
    found = WrittenDate(start, end, int(match["d"]), month, int(year) if year else None)
    offset = max(0, start - 40)
    claim = CLAIMED_BEFORE.search(text[offset:start])
    if claim is None:
        offset = 0
        claim = CLAIMED_AFTER.match(text, end)
    if claim is None:
        return found
    at, until = (offset + edge for edge in claim.span("w"))
    if NOT_A_DAY.search(text[max(0, at - 24) : at]) or claim["w"] in SMALL:
        return found
    return WrittenDate(start, end, found.day, month, found.year, _weekday(claim["w"]), at, until)


def _weekday(written: str) -> int:
    name = written.casefold().removeprefix("thứ").strip()
    return WEEKDAYS.get(name, WEEKDAYS.get(name.removeprefix("t"), 6))
