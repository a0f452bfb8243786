"""Numbers that are names, not amounts: telephones, hotlines, accounts, identity papers."""

import re

from audio.reading.engine import Say, after, before, rule
from audio.reading.letters import spell
from audio.reading.vocabulary import COUNTED, FAMILY_NAMES, UP, U

SEPARATED = (
    r"\(84[ .-]?\d{2,3}\) ?\d[\d .]{5,10}\d|"
    r"0\d{2,3} ?[-–] ?\d{7,8}|\(0\d{2,3}\)\d{6,8}|0\d{4}(?:[ .-]\d{2,4}){2}|\(?\+?\d{1,4}\)?(?:[ .-]{1,2}\d{1,8}){1,5}"
)
MONEY = re.compile(r" ?(?:đồng|đ|VNĐ|VND|vnđ|triệu|tỷ|nghìn|USD)(?!\w)")
CALL = re.compile(
    r"(?i:điện thoại|SĐT|ĐTDĐ|ĐT|hotline|đường dây nóng|zalo|liên hệ|gọi|tổng đài|fax|tel|máy|di động|số)[^\d.;]{0,24}$"
)


def characters(say: Say, written: str) -> str:
    """Digits one by one, letters by name, a plus is said, x and * of a masked number too."""
    said = {"+": "cộng", "*": "sao"}
    spoken = (say.numbers.digits(c) if c.isdecimal() else said.get(c) or spell(c) for c in written)
    return " ".join(filter(None, spoken))


@rule(
    rf"(?<![\w,+-])(?<!\d\.)(?P<x>\+ ?\(?\d{{1,3}}\)?(?: ?\(0\))?(?:[ .-]{{0,2}}\d{{1,7}}){{1,5}}|{SEPARATED}"
    rf"|\d{{6,12}})(?!\w)"
)
def telephone(m: re.Match[str], say: Say) -> str | None:
    """0905.123.456, (0235) 3.650.236, +84 905 …, 18001091; or six digits and more after "ĐT"."""
    digits = re.sub(r"\D", "", m["x"])
    if after(m, MONEY) or not 6 <= len(digits) <= 15:
        return None
    written = m["x"].lstrip("(")
    national = written[0] == "0" and 9 <= len(digits) <= 12
    toll = digits[:4] in ("1800", "1900") and len(digits) in (8, 9, 10)
    foreign = (written[0] == "+" or m["x"].startswith("(84")) and len(digits) > 8
    halfway = before(m, PAPER) and after(m, GOES_ON)
    called = before(m, CALL) and not (halfway or GROUPED.match(written) or DATELIKE.search(written))
    if national or toll or foreign or called or (before(m, TELEPHONE) and len(digits) > 6):
        return characters(say, m["x"])
    return None


TELEPHONE = re.compile(r"(?:(?i:điện thoại|hotline|tel|fax)|SĐT|ĐTDĐ|ĐT|Đt)(?: số| bàn)? ?[:.]? ?$")
GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+\Z")
GOES_ON = re.compile(r" \d")
DATELIKE = re.compile(r"[-.](?:19|20)\d\d\Z")


@rule(
    r"(?i:(?:đầu số|mã vùng|mã quốc gia|số)(?: \w+){0,4}[ :(]{1,2}|, |và |hoặc )(?P<x>\+\d{2,4}(?: \d{2,3})?)(?!\w)",
    needs="+",
)
def country(m: re.Match[str], say: Say) -> str:
    """ "đầu số +375"."""
    return characters(say, m["x"])


MASK = r"(?<![\w*/])(?P<x>\d{1,12}[\d .]{0,9}[xX*]{2,10}[\d .]{0,9}|[xX*]{2,10}[ .]?\d[\d .]{1,12})(?!\w)"


@rule(MASK)
def masked(m: re.Match[str], say: Say) -> str:
    """A number the press hides in part: "0823 125 xxx"."""
    return characters(say, m["x"])


CODE = r"\d{3,6}(?!\d|[.,]\d| ?%)"
KNOWN = r"(?:11[1-9]|156|5656|1022|1080|1088|1900|1800)"
AND = r"(?:, ?| ?[-/] ?|,? (?:hoặc|và|hay)(?: số)? )"
HOTLINE = re.compile(
    r"(?i:(?<!\w)(?:gọi|gọi điện|tổng đài|hotline|đường dây nóng|đầu số|nhắn tin|nhắn|gửi|soạn tin|bấm|quay"
    r"|liên hệ|dãy|điện thoại|máy|alo|a lô|từ số)"
    r"(?: (?:ngay|số|đến|tới|cho|về|qua|miễn phí|quốc gia|khẩn cấp|theo|máy|điện thoại|báo|Công an|Cảnh sát|cứu hỏa"
    r"|bảo vệ trẻ em|phản ánh|cấp cứu|cuộc gọi rác|tin|điện|của|xã|thành phố|tin nhắn|lừa đảo|là)){0,5}) ?:? ?[\"(]? ?$"
)
SERVICE = re.compile(
    r"(?i:(?<!\w)(?:Cảnh sát|Công an|lực lượng|cấp cứu|cứu hỏa|cứu thương|báo cháy|chữa cháy|cứu nạn|cứu hộ"
    r"|phản ứng nhanh|trực ban|PCCC|CNCH|CSGT"
    r"|xe|điện thoại|ĐT|SĐT|số điện thoại|qua|theo|đến|tới|tổ|đội|dịch vụ|trung tâm|cứu nạn, cứu hộ|tin báo"
    r"|số máy|phím|hoặc)(?: số)?) ?:? ?\(? ?$"
)
NUMBER_WORD = re.compile(r"(?i:(?<!\w)số) ?:? ?$")
NOT_A_CALL = re.compile(
    r"(?i:(?:nhà|đường|quyết|định|luật|tư|thị|thông|báo|cáo|văn|hoạch|tổ|kiệt|đội|lô|thửa|ô|bàn|phòng|lộ|tờ|đồ"
    r"|hẻm|ngõ|xe|tổng"
    r"|cửa|trang|điều|tuyến|cầu|bão|thôn|khu|đất|mục|biểu|mẫu|kỳ|bài|lớp|đơn|sổ|bộ|chỉ|xã)) số ?:? ?$"
)


@rule(rf"(?<![\w.,/+-])(?P<x>{CODE}(?:{AND}{CODE}){{0,5}})(?![\wxX*])")
def hotline(m: re.Match[str], say: Say) -> str | None:
    """113 after gọi, tổng đài, số…; "113 vụ" is a count wherever it stands."""
    if after(m, COUNTED):
        return None
    first = re.match(r"\d+", m["x"])
    known = first is not None and re.fullmatch(KNOWN, first[0])
    after_number = before(m, NUMBER_WORD) and not before(m, NOT_A_CALL) and not after(m, STREET_NAME)
    called = before(m, HOTLINE) or (known and (after_number or before(m, SERVICE)))
    labelled = known and m.start() <= 4 and after(m, LABEL) and not m.string[: m.start()].strip(" -+*•(")
    poster = len(m.string) < 9 and m.string.strip(" .!") in EMERGENCY
    alone = poster or (known and after(m, WHOSE)) or (known and before(m, IN_NEED) and not after(m, COUNTS_ON))
    if called or labelled or alone:
        return re.sub(r" ?[-/] ?", ", ", re.sub(r"\d+", lambda d: say.numbers.digits(d[0]), m["x"]))
    return None


# "số khẩn cấp: 113 (Công an)", "báo ngay cho 113": an emergency number that counts nothing.
IN_NEED = re.compile(
    r"(?i:(?<!\w)(?<!kêu )(?:gọi|báo(?! cáo)|điện|tổng đài|đường dây|khẩn cấp|cấp cứu|chữa cháy|liên hệ|alo)(?!\w)"
    r"[^.!?]{0,46}$)"
)
WHOSE = re.compile(r" ?\((?i:khẩn cấp|công an|CA|cảnh sát|CS|PCCC|cấp cứu|cứu hỏa|chữa cháy|y tế|miễn phí)(?!\w)")
EMERGENCY = frozenset(["111", "112", "113", "114", "115", "156"])  # the whole line: a poster's number
COUNTS_ON = re.compile(r" ?(?!hoặc|và|hay|để|khi|nếu|ngay|của|tại|ở|thì|là|nhé)[^\W\d_]|[.,/]\d")
STREET_NAME = re.compile(rf" (?:{FAMILY_NAMES}|Hùng|Quang|Ông|Lạc|Bạch|Tôn|Hai) {UP}")
LABEL = re.compile(r"\)? ?[:(–-] ?[^\W\d]")

PAPER = re.compile(
    r"(?i:(?<!\w)(?:tài khoản|STK|TK|CCCD|CMND|CMTND|căn cước|chứng minh nhân dân|mã số thuế|MST|mã số|mã"
    r"|định danh|BHXH|BHYT|GPLX"
    r"|hộ chiếu|seri|sê-ri|IMEI|số khung|số máy|số thẻ|thẻ|mật khẩu|mã PIN|OTP|giấy phép lái xe|sổ|số định danh)"
    r"(?: (?:ngân hàng|công dân|cá nhân|số|là|mang tên|của|thẻ|xã hội|y tế|\w+bank|[A-Z]\w+)){0,4}) ?:? ?$"
)


DAY_WRITTEN = re.compile(r"[0-3]?\d([.-])[01]?\d\1(?:19|20)\d\d")
ODD = re.compile(r"\d+(?:\.\d+){2,}")


@rule(rf"(?<![\w.,/+-])(?P<x>(?:[{U}]{{1,4}}|(?<=seri )[{U}]{{2}} )?\d(?:[ .-]?\d){{3,23}})(?!\w)")
def paper(m: re.Match[str], say: Say) -> str | None:
    """Accounts, citizen numbers, licences: digit by digit after their word, or by their sheer length."""
    digits = re.sub(r"\D", "", m["x"])
    if after(m, MONEY) or (len(digits) < 7 and after(m, COUNTED)) or DAY_WRITTEN.fullmatch(m["x"]):
        return None
    lettered = m["x"][0].isalpha() and len(digits) >= 6 and " " not in m["x"]
    long = m["x"].isdecimal() and (len(digits) >= 9 or (digits[0] == "0" and len(digits) > 3))
    spaced_zero = digits[0] == "0" and len(digits) >= 9 and set(m["x"]) <= set("0123456789 ")
    oddly_dotted = len(digits) >= 9 and ODD.fullmatch(m["x"]) is not None and not GROUPED.match(m["x"])
    if lettered or long or spaced_zero or oddly_dotted or before(m, PAPER):
        return characters(say, m["x"])
    return None


@rule(rf"(?i:(?<!\w)(?:số khung|số máy|mã|mã số|seri|serial|số hiệu)(?: là)?:? )(?P<x>[{U}]{{1,8}}\d{{1,6}})(?!\w)")
def short_code(m: re.Match[str], say: Say) -> str:
    """ "số khung RLHP123": a code that its word announces."""
    return characters(say, m["x"])


@rule(rf"(?<!\w)(?=[{U}]{{0,16}}\d)[{U}\d]{{8,20}}(?!\w)")
def mixed_code(m: re.Match[str], say: Say) -> str | None:
    """Frame and engine numbers: "RLCS5C6409Y012345"."""
    digits = sum(c.isdecimal() for c in m[0])
    return characters(say, m[0]) if 4 <= digits < len(m[0]) else None


@rule(
    r"(?i:(?<!\w)(?:đề án|tổ công tác|TTKS|tuần tra kiểm soát|chuyên án|kế hoạch phối hợp"
    r"|ban chỉ đạo|bcđ) )(?P<x>0\d|\d{3})(?![\d/.,-])"
)
def project(m: re.Match[str], say: Say) -> str:
    """ "Đề án 06" and "Ban Chỉ đạo 138" are known by their digits."""
    return say.numbers.digits(m["x"])


RULES = (telephone, country, masked, hotline, paper, short_code, mixed_code, project)
