"""Days written with a hyphen, "20-11": told from ranges and scores by their company; what stays open is reported."""

import re

from audio.reading.dates import DATED, DONE, HOLIDAYS, LUNAR, NAMED_DAY, STREET, D, M, day_month
from audio.reading.engine import Say, after, before, rule
from audio.reading.units import SYMBOL
from audio.reading.vocabulary import COUNTED, LOW

DAY = rf"{D}-{M}(?![^\W_]|[/.,-]\d)"
NEXT = r"(?:,? (?:và|hoặc|hay) |, ?| ?[–~] ?| - | (?:đến|tới) (?:hết )?)(?:ngày )?"
PARTED = re.compile(rf"(?P<d>{D})-(?P<m>{M})(?!\d)")
BETWEEN = re.compile(r"(?<=\d) ?[–~] ?(?=\d)|(?<=\d) - (?=\d)")
START = r"(?<![\w/])(?<!\d[.,–-])(?<!\d [–-] )"

# A hyphen after one of these joins two numbers, whatever they could be as a day.
SCORED = re.compile(
    r"(?i:(?<!\w)(?:tỷ số|tỉ số|thắng|thua|hòa|dẫn|kết quả)(?: [^\W\d]\w*| \d{1,2}(?=[ ,])){0,4}[ :,(]{1,2}$)"
)
NUMBERED = re.compile(
    r"(?i:(?<!\w)(?:set|séc|tỷ lệ|tỉ lệ|huyết áp|NPK|lô|thửa|số|số nhà|nhà|phòng|ô|căn|mã|điều|khoản|mục|trang|lớp|khối"
    r"|thôn|tổ|cấp|bậc|khoảng|chừng|nghị quyết|chỉ thị)(?: số)?[ :(]{1,2}$)"
)
# Company in which two numbers are never a range.
FESTIVE = re.compile(
    r"(?i:(?<!\w)(?:lễ|dịp|mừng|kỷ niệm|nhân|nghỉ|tết|quà|tặng|hướng về|quốc tế|phụ nữ|thiếu nhi|lao động|quốc khánh"
    r"|giải phóng|thống nhất|nhà giáo|liệt sĩ|cách mạng|truyền thống|đoàn|đảng|việt nam)(?!\w)[^\d.;!?]{0,30}$)"
)
CALLED = re.compile(r"(?i:(?<!\w)(?:lễ|dịp|tết|giỗ|rằm|vía|cúng|hội) [^\d,.;:()]{0,30}$)")
EVERY_DAY = re.compile(r"(?i:(?<!\w)(?:\d|mỗi|một|mấy|hai|từng|hàng|hằng|nhiều|cả) (?:ngày|sáng|trưa|chiều|tối|đêm) $)")
SEVERAL_DAYS = re.compile(r"(?i:(?<!\w)(?:từ|các|những|trong|hai|mấy|suốt|kéo dài|\d) (?:ngày|đêm|buổi|sáng|tối) $)")
FROM, TO = re.compile(r"(?i:(?<!\w)từ $)"), re.compile(r"đến|tới")
FROM_DAY = re.compile(rf"(?i:(?<!\w)từ (?:ngày )?(?:{D})[/-](?:{M}) (?:đến|tới) (?:hết )?(?:ngày )?$)")
LIMIT = re.compile(
    r"(?i:(?<!\w)(?:trước|từ nay đến|đến hết|hết|hạn|hạn nộp|hạn cuối|thời hạn|kể từ|tính đến|chậm nhất|muộn nhất"
    r"|bắt đầu từ|khai mạc|bế mạc|khai giảng|khởi công|ra quân|diễn ra|tổ chức)(?: là| vào| từ)? ?[:(]? ?$)"
)
UNTIL_DAY = re.compile(rf"(?i: (?:đến|tới|và|-|–) (?:hết )?(?:ngày )?(?:{D})[/.-](?:{M})(?!\w))")
OF_YEAR = re.compile(r" (?:năm (?:(?:19|20)\d\d|nay|trước|ngoái|tới)|h[àằ]ng năm|tới đây|vừa qua|sắp tới)(?!\w)")
MONTH = re.compile(r" tháng(?!\w)")
EACH_MONTH = re.compile(r" (?:h[àằ]ng|mỗi) tháng(?!\w)| (?i:tết)(?!\w)")
EARLY = re.compile(r"(?i:(?<!\w)(?:mùng|mồng) $)")
MEASURED = re.compile(rf" ?(?:(?:{SYMBOL})(?![^\W_])|giờ|phút|tuổi|độ)")
# A noun behind the numbers counts something: "2-3 đứa"; these words do not.
GOES_ON = (
    "và|hoặc|hay|đến|tới|tại|ở|của|là|thì|sẽ|đã|đang|để|được|có|cho|từ|trên|với|bị|do|theo|này|nhằm|không|cũng|đều|vừa"
    "|sắp|mà|nên|vì|tổ chức|xã|toàn|các|những|bà con|chúng|mọi|nay|dưới|giữa|gồm|bao gồm|về|vào|trong|ngoài|sau|trước"
)
NOUN = re.compile(rf" ?(?!(?:{GOES_ON})(?!\w)){LOW}|{COUNTED.pattern}")
ROUTINE_SCORE = frozenset({(3, 2), (1, 1)})  # a holiday's number that a match ends with as often


@rule(rf"{START}(?P<x>{DAY}(?:{NEXT}{DAY}){{0,5}}){DONE}", needs="-")
def dashed_days(m: re.Match[str], say: Say) -> str | None:
    """ "ngày 30-4", "Lễ 30-4, 1-5 và 2-9", "từ 10-12 đến 20-12", "15-8 ÂL": a row of days, or none of them."""
    days = [(int(d), int(k)) for d, k in PARTED.findall(m["x"])]
    street = before(m, STREET) is not None and days[0][0] > days[0][1] and not after(m, COUNTED)
    if not street and not _are_days(m, days):
        return None
    said = PARTED.sub(
        lambda part: day_month(say, part["d"], part["m"], plain_day=street or before(m, EARLY) is not None), m["x"]
    )
    feasts = all((str(d), str(k)) in HOLIDAYS for d, k in days)
    return re.sub(r" ?[–~] ?| - ", ", " if feasts else " đến ", said)


def _are_days(m: re.Match[str], days: list[tuple[int, int]]) -> bool:
    falling = all(d > k for d, k in days)
    first_day, first_month = days[0]
    if after(m, LUNAR):
        return True
    if (before(m, SCORED) or before(m, NUMBERED)) and not before(m, DATED):
        return False
    if after(m, MEASURED) or (not falling and (after(m, COUNTED) or after(m, MONTH))):
        return after(m, OF_YEAR) is not None
    if before(m, EVERY_DAY):
        return any(d > 12 for d, _ in days)
    if len(days) == 1 and first_day < first_month and before(m, SEVERAL_DAYS) and not after(m, UNTIL_DAY):
        return False
    if not falling and (after(m, EACH_MONTH) or before(m, EARLY)):
        return False
    counted = after(m, NOUN)
    named = before(m, DATED) or before(m, NAMED_DAY) or before(m, CALLED) or before(m, FROM_DAY)
    span = before(m, FROM) and TO.search(m["x"]) and not counted and days[0][1] <= days[-1][1] <= days[0][1] + 1
    dated = span or after(m, OF_YEAR) or after(m, UNTIL_DAY) or (before(m, LIMIT) and not counted)
    feast = any(
        (str(d), str(k)) in HOLIDAYS and (before(m, FESTIVE) or (d > k and (d, k) not in ROUTINE_SCORE))
        for d, k in days
    )
    return any(d > 12 for d, _ in days) or feast or bool(named or dated)


# What says that a pair is a range: the noun it numbers, or that it is a score.
TOLD = re.compile(
    r"(?i:(?<!\w)(?:mùng|mồng|lớp|khối|thôn|tổ|ấp|xóm|khóm|đội|khu|khu phố|cấp|thứ|tháng|khoảng|chừng|tầm|cỡ|bậc|mức"
    r"|bài|trang|câu|điều|khoản|điểm|mục|chương|phần|quý|tuần|kỳ|tập|hạng|giải|loại|nhóm|đợt|khóa|phòng|lô|số|thửa|tờ"
    r"|nhà|ô|căn|size|mã|vòng|hiệp|bảng|kênh|tầng|gấp|tuổi|lần|set|séc|tỷ lệ|tỉ lệ|huyết áp|NPK|giờ|lúc)"
    r"(?: số| từ| khoảng| đạt)?[ :(]{1,2}$)"
)


@rule(
    rf"{START}(?P<d>{D})-(?P<m>{M}){DONE}(?![^\W_])",
    warning="“{}” có thể là ngày, một khoảng hoặc tỷ số: nếu là ngày thì viết “ngày” đứng trước và dùng dấu gạch chéo",
    needs="-",
)
def doubtful_pair(m: re.Match[str], say: Say) -> str | None:
    """ "10-12" by itself: said like a range, or as two numbers when it falls, and the author is asked."""
    if before(m, TOLD) or before(m, SCORED) or after(m, NOUN) or after(m, MEASURED) or AMOUNT.match(m.string, m.end()):
        return None
    link = " đến " if int(m["d"]) < int(m["m"]) else ", "
    return link.join(say.numbers.number(m[part]) for part in ("d", "m"))


AMOUNT = re.compile(r" ?[%°‰]| ?/")
DAYS = (dashed_days,)
DOUBTS = (doubtful_pair,)
