"""Days, months, quarters, years, weekdays; ranges of them; the lunar calendar."""

import re

from audio.reading.engine import Say, after, before, rule
from audio.reading.vocabulary import COUNTED, UP

D = r"(?:0?[1-9]|[12]\d|3[01])"
M = r"(?:0?[1-9]|1[0-2])"
FREE = r"(?<![\w/])(?<!\d[.,-])"  # not inside a longer number
DONE = r"(?!\d|/\d|[.,-]\d)"
DAY_SAID = re.compile(r"(?i:mùng|mồng|rằm) $")
CALLED_DAY = re.compile(r"(?i:ngày) $")
# "5/11" after one of these is a day, never a share.
DATED = re.compile(
    r"(?i:(?<!\w)(?:ngày|hôm|sáng|trưa|chiều|tối|đêm|khuya|rạng sáng|mùng|mồng|lễ|dịp|tết|nay|qua|kể từ"
    r"|quốc khánh|phụ nữ"
    r"|lao động|giải phóng|nhà giáo|hạn chót|thứ (?:hai|ba|tư|năm|sáu|bảy|\d)|chủ nhật|CN)) ?[,(]? ?$"
)
STREET = re.compile(r"(?i:đường|phố|quảng trường|cầu|bệnh viện|công viên) $")
NAMED_DAY = re.compile(
    rf"(?:(?:[Nn]gày|[Ll]ễ|[Tt]ết|[Kk]ỷ niệm|NGÀY) {UP}"
    r"|(?i:ngày (?:hội|lễ|truyền thống|quốc tế|thế giới|toàn quốc|toàn dân|thành lập|giải phóng|vì|pháp luật"
    r"|đại đoàn kết|gia đình|khai giảng|khai trường)) )(?:[^\d,.;()]|, chống){0,44}$"
)


def day_month(say: Say, day: str, month: str, plain_day: bool = False) -> str:
    """ "mùng năm tháng tư"; a plain day has no "mùng" (street names, or it is written already)."""
    n = int(day)
    said = say.numbers.cardinal(n) if plain_day else say.numbers.day(n)
    return f"{said} tháng {say.numbers.month(int(month))}"


def year(say: Say, digits: str | None) -> str:
    """ " năm hai nghìn không trăm hai mươi sáu"; two digits up to 50 are of this century."""
    if not digits:
        return ""
    century = 0 if len(digits) == 4 else 1900 if digits > "50" else 2000
    return f" năm {say.numbers.cardinal(int(digits) + century)}"


def plain(match: re.Match[str]) -> bool:
    return bool(before(match, DAY_SAID) or before(match, STREET))


@rule(
    rf"{FREE}(?P<d1>{D})(?:(?P<s1>[/.])(?P<m1>{M})(?:(?P=s1)(?P<y1>\d{{4}}))?)? ?[-–—~] ?(?:ngày )?"
    rf"(?P<d2>{D})(?P<s2>[/.-])(?P<m2>{M})(?:(?P=s2)(?P<y2>\d{{4}}))?{DONE}"
)
def day_range(m: re.Match[str], say: Say) -> str | None:
    """ "05-06/11", "16 - 22/11/2026", "16/11-22/11"; two holidays in a row are just named."""
    dotted = m["s2"] != "/" and not m["y2"]
    bare = not m["m1"] and int(m["d1"]) >= int(m["d2"])
    if (dotted or bare) and not before(m, DATED):
        return None
    first = day_month(say, m["d1"], m["m1"], plain(m)) if m["m1"] else say.numbers.day(int(m["d1"]))
    first += year(say, m["y1"])
    second = day_month(say, m["d2"], m["m2"]) + year(say, m["y2"])
    if {(m["d1"], m["m1"]), (m["d2"], m["m2"])} <= HOLIDAYS:
        return f"{first}, {second}"
    return f"{first} đến {'ngày ' if before(m, CALLED_DAY) else ''}{second}"


DAYS = rf"(?P<days>{D}(?:, ?{D}){{0,5}}(?:, ?| và |, và ){D})"


@rule(rf"(?i:(?<!\w)ngày )(?P<x>{DAYS}(?:(?= tháng \d)|(?P<s>[/-])(?P<m>{M})(?:(?P=s)(?P<y>\d{{4}}))?)){DONE}")
def day_list(m: re.Match[str], say: Say) -> str:
    """ "ngày 5, 6 và 7/11", "các ngày 5, 6 tháng 11"."""
    days = re.sub(r"\d+", lambda d: say.numbers.day(int(d[0])), m["days"])
    return f"{days} tháng {say.numbers.month(int(m['m']))}{year(say, m['y'])}" if m["m"] else days


@rule(rf"{FREE}(?P<d>{D}) ?(?P<s>[/.-]) ?(?P<m>{M}) ?(?P=s) ?(?P<y>(?:1\d|2[01])\d\d|\d\d(?!\d)){DONE}(?![/-]?[A-ZĐ])")
def full_date(m: re.Match[str], say: Say) -> str | None:
    """ "01/01/2027", "26.1.2026", "1-1-2026"; a year of two digits only where a day is expected."""
    if len(m["y"]) == 2 and not before(m, DATED):
        return None
    return day_month(say, m["d"], m["m"], plain(m)) + year(say, m["y"])


@rule(r"(?<![\d-])(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?![\d-])", needs="-")
def iso_date(m: re.Match[str], say: Say) -> str:
    called = "" if before(m, CALLED_DAY) else "ngày "
    return called + day_month(say, m["d"], m["m"]) + year(say, m["y"])


@rule(rf"(?i:(?<!\w)tháng )(?P<x>(?P<m1>{M}) ?[-–—] ?(?:tháng )?(?P<m2>{M})(?:/(?P<y>\d{{4}}))?){DONE}")
def month_range(m: re.Match[str], say: Say) -> str:
    numbers = say.numbers
    return f"{numbers.month(int(m['m1']))} đến tháng {numbers.month(int(m['m2']))}{year(say, m['y'])}"


@rule(rf"{FREE}(?P<m>{M})(?P<s>[/.-])(?P<y>(?:19|20)\d\d){DONE}(?![/-][A-ZĐ])")
def month_year(m: re.Match[str], say: Say) -> str | None:
    """ "tháng 7/2025", "quý 1/2026", "7/2025"; with "." or "-" only after "tháng"."""
    if before(m, QUARTER):
        return say.numbers.cardinal(int(m["m"])) + year(say, m["y"])
    called = before(m, CALLED_MONTH)
    if (m["s"] != "/" and not called) or before(m, SCALE):
        return None
    return f"{'' if called else 'tháng '}{say.numbers.month(int(m['m']))}{year(say, m['y'])}"


@rule(rf"(?<![\w/])(?<!\d[.,])(?P<n>\d{{1,3}}) ?/ ?(?P<y>(?:19|20)\d\d){DONE}", needs="/")
def week_year(m: re.Match[str], say: Say) -> str | None:
    """ "tuần 48/2026", "tuần 47-48/2026": what is counted within a year."""
    return say.numbers.cardinal(int(m["n"])) + year(say, m["y"]) if before(m, OF_ITS_YEAR) else None


OF_ITS_YEAR = re.compile(
    r"(?i:(?<!\w)(?:tuần|tuần thứ|tuần lễ thứ|khóa|phiên|lứa|lần)(?: số)?)(?: \d{1,3} ?[-–,]| \d{1,3} và)? ?$"
)
QUARTER = re.compile(r"(?i:quý|kỳ|đợt|học kỳ) $")
SCALE = re.compile(r"(?i:tỷ lệ|tỉ lệ|bản đồ|chi tiết|phân khu|đồ án) $")
CALLED_MONTH = re.compile(r"(?i:tháng) $")


@rule(rf"(?<!\w)T\.?(?P<m>{M})(?:/(?P<y>\d{{4}}))", needs="/")
def short_month(m: re.Match[str], say: Say) -> str:
    return f"tháng {say.numbers.month(int(m['m']))}{year(say, m['y'])}"


@rule(r"(?<=[IVXivx])(?P<x>/ ?(?P<y>(?:19|20)\d\d))(?!\d)", needs="/")
def quarter_year(m: re.Match[str], say: Say) -> str:
    """ "quý I/2026": the quarter itself is a Roman numeral."""
    return year(say, m["y"]).strip()


@rule(rf"{FREE}(?P<d>{D}) ?(?P<s>[/.]) ?(?P<m>{M}){DONE}(?![/.-]?[A-ZĐ]{{2}})")
def dated_day(m: re.Match[str], say: Say) -> str | None:
    """ "ngày 15/4", "sáng 5/11", "10/3 âm lịch"; "2.9" only after "ngày" or a part of the day."""
    if not (before(m, DOTTED) if m["s"] == "." else before(m, DATED) or after(m, LUNAR)):
        return None
    return day_month(say, m["d"], m["m"], plain(m))


DOTTED = re.compile(r"(?i:(?<!\w)(?:ngày|sáng|trưa|chiều|tối|đêm|rạng sáng)) $")
LUNAR = re.compile(r" ?\(?(?:âm lịch|ÂL|AL|dương lịch|DL)\b")


@rule(r"(?i:(?<!\w)(?:tháng|T)) ?(?P<x>0?4)(?!\w|[.,/-]\d)", needs="4")
def april(m: re.Match[str], say: Say) -> str | None:
    return None if before(m, DURATION) else say.numbers.month(4)


@rule(r"(?i:(?<!\w)(?:ngã|tứ) )(?P<x>4)(?!\w|[.,/]\d)", needs="4")
def crossroads(_: re.Match[str], __: Say) -> str:
    """ "ngã 4" is "ngã tư" in every region."""
    return "tư"


DURATION = re.compile(r"\d tháng $")


@rule(rf"(?i:(?<!\w)ngày )(?P<x>(?P<d>{D}))(?!\w|[/]|[.,]\d)")
def day_alone(m: re.Match[str], say: Say) -> str | None:
    """ "trước ngày 5": mùng năm; "mỗi ngày 5 vụ" and "3 ngày 2 đêm" are counts."""
    if before(m, PER_DAY) or (after(m, COUNTED, "x") and not after(m, MONTH_FOLLOWS, "x")):
        return None
    return say.numbers.day(int(m["d"]))


PER_DAY = re.compile(r"(?i:(?:\d|mỗi|một|mấy|hai|từng|hàng|hằng|nhiều) )$")
MONTH_FOLLOWS = re.compile(r" tháng\b")


@rule(r"(?i:(?<!\w)thứ )(?P<x>0?(?P<n>\d{1,3})(?:(?:, ?| ?[-–—] ?| (?:và|hoặc) )\d){0,5})(?!\w|[.,/]\d)")
def ordinal(m: re.Match[str], say: Say) -> str:
    """ "thứ 4", "lần thứ 1", "thứ 2 - 6", "thứ 2, 4, 6"."""
    several = len(re.findall(r"\d+", m["x"])) > 2
    said = re.sub(r" ?[-–—] ?", ", " if several else " đến ", m["x"])
    return re.sub(r"\d+", lambda d: say.numbers.ordinal(int(d[0])), said)


@rule(r"(?<!\w)(?P<x>T[2-7](?:(?: ?[-–,/] ?| và | đến )T[2-7]){0,5})(?!\w)")
def short_weekday(m: re.Match[str], say: Say) -> str | None:
    """ "T2-T6", "T7, CN", "sáng T7", "(T5)"; a single T4 elsewhere may be anything."""
    bracketed = before(m, OPENED) and after(m, CLOSED)
    dated = after(m, SUNDAY) or after(m, ITS_DATE) or before(m, PART_OF_DAY)
    if len(m["x"]) == 2 and not (dated or bracketed):
        return None
    said = re.sub(r" ?[-–] ?", " đến ", m["x"])
    return re.sub(r"T(\d)", lambda d: f"thứ {say.numbers.ordinal(int(d[1]))}", said)


ITS_DATE = re.compile(r" ?[(,]? ?(?:ngày )?\d{1,2}[/-]\d")
OPENED, CLOSED = re.compile(r"\($"), re.compile(r"\)")
PART_OF_DAY = re.compile(r"(?i:(?<!\w)(?:sáng|trưa|chiều|tối|đêm|ngày|hôm|mai|nay|cuối tuần|vào|thứ|từ|đến|hết) $)")
SUNDAY = re.compile(r"(?: ?[-–,/] ?| và | đến )CN(?!\w)")


@rule(r"(?i:thứ (?:hai|ba|tư|năm|sáu|bảy))(?P<x> ?[-–] ?)(?=(?i:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật))")
def weekday_range(_: re.Match[str], __: Say) -> str:
    """ "thứ hai - thứ sáu"."""
    return "đến"


# Days everybody knows by their number; bare, they are days and not shares.
NAMED_DAYS = "1/1 3/2 8/3 26/3 30/4 1/5 7/5 19/5 1/6 21/6 28/6 27/7 19/8 2/9 10/10 20/10 20/11 22/12 24/12 25/12"
HOLIDAYS = frozenset(tuple(day.split("/")) for day in NAMED_DAYS.split())
RULES = (
    day_list, day_range, full_date, iso_date, month_range, week_year, month_year, short_month, quarter_year, dated_day,
    short_weekday,
)  # fmt: skip
ALONE = (april, crossroads, day_alone, ordinal, weekday_range)  # once the days with a hyphen are claimed
