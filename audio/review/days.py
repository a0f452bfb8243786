"""Is a date impossible, on another day of the week, already past, or is the whole text old?"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from audio.review.dates import WrittenDate, dates
from audio.review.model import Asking, Finding, finding
from audio.review.sentences import after, before

NAMES = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
OLD = timedelta(days=365)
HISTORY = 20  # years; what is further back is told as history, nobody takes it for news


def days(text: str, asking: Asking) -> Iterator[Finding]:
    written = list(dates(text))
    for each in written:
        if not each.possible:
            yield finding(text, each.start, each.end, "date-impossible", "serious")
            continue
        yield from _weekday(text, each, asking.today)
        yield from _passed(text, each, asking.today)
    yield from _old(text, written, asking.today)


def _weekday(text: str, each: WrittenDate, today: date) -> Iterator[Finding]:
    meant = each.days(today)
    if each.weekday is None or not meant or any(day.weekday() == each.weekday for day in meant):
        return
    nearest = min(meant, key=lambda day: abs(day - today))
    start, end = min(each.start, each.weekday_start), max(each.end, each.weekday_end)
    end += "(" in text[start:end] and text.startswith(")", end)
    yield finding(
        text, start, end, "weekday-wrong", "serious", day=f"{nearest:%d/%m/%Y}", weekday=NAMES[nearest.weekday()]
    )


COMING_BEFORE = re.compile(
    r"(?i)(?<!\w)(?:sẽ|mời|kính mời|trân trọng kính mời|đề nghị|yêu cầu|đăng ký|hạn cuối|hạn chót|thời hạn|chậm nhất"
    r"|muộn nhất|dự kiến|sắp tới|sắp|chuẩn bị|lịch (?:cắt|ngừng|cúp|tiêm|khám|họp)|tập trung tại|có mặt|đón nghe"
    r"|sơ tán)(?!\w)[^.!?\n]*$"
)
COMING_AFTER = re.compile(r"(?i)[^.!?;\n]{0,90}?(?<!\w)(?:sẽ|mời|đề nghị|yêu cầu|dự kiến|kính mời)(?!\w)")
PAST = re.compile(
    r"(?i)(?<!\w)(?:đã|vừa qua|xảy ra|cho biết|phát hiện|bắt giữ|bắt quả tang|nhận được|nhặt được|khởi tố|có hiệu lực"
    r"|cho hay|thông tin|ban hành)(?!\w)"
)
# "vào lúc 19 giờ ngày 20/11" alone: a meeting, or a crash.
AT_THE_HOUR = re.compile(r"(?i)(?<!\w)vào lúc [^.;\n]{0,30}$")
HAPPENED = re.compile(r"(?i)(?<!\w)(?:bị|va chạm|tai nạn|cháy|tử vong|phát hiện|tông|gọi điện|lấy trộm|đột nhập)(?!\w)")
# The date of a paper or of an earlier event, not of what people are invited to.
OF_A_PAPER = re.compile(
    r"(?i)(?:thông báo|kế hoạch|quyết định|công văn|công điện|nghị định|thông tư|chỉ thị|nghị quyết|luật|giấy mời"
    r"|văn bản|hướng dẫn|tờ trình|báo cáo|đơn|kể từ|từ)(?: số)?[^,.;\n]{0,40}?(?:ngày )?$"
)
RANGE_BEGINS = re.compile(r"(?i) ?(?:[–-]|đến(?: hết)?(?: ngày)?|tới(?: ngày)?)[^\d\n]{0,24}\d{1,2}[/.]\d")


def _passed(text: str, each: WrittenDate, today: date) -> Iterator[Finding]:
    meant = each.days(today)
    if not meant or any(day >= today for day in meant) or RANGE_BEGINS.match(text, each.end):
        return
    lead, tail = before(text, each.start), after(text, each.end)
    if OF_A_PAPER.search(lead[-70:]) or PAST.search(tail[:40]):
        return
    coming = COMING_BEFORE.search(lead)
    if coming and PAST.search(coming[0]):
        return
    later = COMING_AFTER.match(tail)
    if coming or (later and not PAST.search(lead[-60:]) and not PAST.search(later[0])):
        yield finding(text, each.start, each.end, "date-passed", "warn", day=f"{max(meant):%d/%m/%Y}")
    elif AT_THE_HOUR.search(lead) and not PAST.search(lead + tail) and not HAPPENED.search(tail):
        yield finding(text, each.start, each.end, "date-passed", "info", day=f"{max(meant):%d/%m/%Y}")


YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
IN_YEAR = re.compile(r"(?i)(?<!\w)(?:tháng \d{1,2}(?:/| năm |-)|quý \w{1,3}(?:/| năm )|năm )(?P<y>(?:19|20)\d\d)(?!\w)")
NOT_NEWS = re.compile(
    r"(?i)(?<!\w)(?:luật|bộ luật|BLHS|BLDS|nghị định|NĐ|thông tư|quyết định|nghị quyết|chỉ thị|pháp lệnh|hiến pháp|điều"
    r"|QCVN|TCVN|sửa đổi|bổ sung|sinh|SN|kỷ niệm|thành lập|cấp|giai đoạn|từ|trước|so với|cùng kỳ)(?!\w)[^.;\n]{0,60}$"
)


def _old(text: str, written: list[WrittenDate], today: date) -> Iterator[Finding]:
    """The newest day that the text names with its year is more than a year ago."""
    named = [(each.days(today)[0], each.start, each.end) for each in written if each.year and each.possible]
    named += [(date(int(m["y"]), 12, 31), m.start(), m.end()) for m in IN_YEAR.finditer(text)]
    newest = max((day for day, _, _ in named), default=date.min)
    if newest >= today - OLD or _young(text, named, today):
        return
    news = [
        each
        for each in named
        if each[0].year >= today.year - HISTORY and not NOT_NEWS.search(before(text, each[1], 80))
    ]
    if news:
        day, start, end = max(news, key=lambda each: (each[0], -each[1]))
        yield finding(text, start, end, "text-old", "warn", year=str(day.year))


def _young(text: str, named: list[tuple[date, int, int]], today: date) -> bool:
    """Something else speaks of this year or the last: "282/2025/NĐ-CP", "giai đoạn 2026 - 2030"."""
    dated = {at for _, start, end in named for at in range(start, end)}
    return any(int(year[0]) >= today.year - 1 for year in YEAR.finditer(text) if year.start() not in dated)
