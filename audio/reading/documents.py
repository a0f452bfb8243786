"""Numbers of documents ("282/2025/NĐ-CP") and points of law ("điểm đ khoản 2 Điều 174")."""

import re

from audio.reading.engine import Say, after, before, rule
from audio.reading.letters import spell
from audio.reading.vocabulary import U

# Kinds of documents by NĐ 30/2020 and the Party's rules (36-HD/VPTW).
TYPES = {
    "NĐ": "Nghị định", "TT": "Thông tư", "QĐ": "Quyết định", "NQ": "Nghị quyết", "KH": "Kế hoạch", "CV": "Công văn",
    "TB": "Thông báo", "BC": "Báo cáo", "TTr": "Tờ trình", "CT": "Chỉ thị", "HD": "Hướng dẫn", "CĐ": "Công điện",
    "GM": "Giấy mời", "PA": "Phương án", "CTr": "Chương trình", "ĐA": "Đề án", "BT": "Bản tin", "QC": "Quy chế",
    "KL": "Kết luận", "TTLT": "Thông tư liên tịch", "L": "Luật", "PL": "Pháp lệnh", "BB": "Biên bản",
    "QyĐ": "Quy định", "TTg": "", "HĐ": "Hợp đồng", "TTCB": "Thông tin cảnh báo", "BCTT": "Báo cáo",
    "TBKL": "Thông báo kết luận", "CTHĐ": "Chương trình hành động", "NQLT": "Nghị quyết liên tịch",
    "QH": "Quy hoạch", "TM": "Thư mời", "TC": "Thông cáo", "TCBC": "Thông cáo báo chí", "SY": "Sao y",
    "GGT": "Giấy giới thiệu", "UBTVQH": "Ủy ban Thường vụ Quốc hội",
}  # fmt: skip
ISSUERS = {
    "CP": "Chính phủ", "TTg": "Thủ tướng Chính phủ", "TW": "Trung ương", "TU": "Thành ủy", "ĐU": "Đảng ủy",
    "HU": "Huyện ủy", "VPCP": "Văn phòng Chính phủ", "CTN": "Chủ tịch nước", "QH": "Quốc hội",
    "UBTVQH": "Ủy ban Thường vụ Quốc hội", "NHNN": "Ngân hàng Nhà nước", "CT": "Chủ tịch",
    "VPTW": "Văn phòng Trung ương", "BTGTW": "Ban Tuyên giáo Trung ương", "TLĐ": "Tổng Liên đoàn",
    "UB": "Ủy ban nhân dân", "BCH": "Ban Chỉ huy", "BCHQS": "Ban Chỉ huy Quân sự",
    "TANDTC": "Tòa án nhân dân tối cao", "HĐTP": "Hội đồng Thẩm phán",
}  # fmt: skip
KINDS = "|".join(
    sorted(
        {*TYPES.values(), "Luật", "Bộ luật", "Văn bản", "Bản tin", "Công lệnh", "Chỉ thị", "Quy định"} - {""},
        key=len,
        reverse=True,
    )
)
CODES = "|".join(sorted(TYPES, key=len, reverse=True))
CALLED = re.compile(
    rf"(?i:(?:{KINDS})(?: (?:liên tịch|liên ngành|khẩn|hỏa tốc|chỉ đạo|mới|này))?(?: (?:số|sô))?:? ?$)"
    rf"|(?i:số):? ?$|(?<!\w)(?:{CODES})(?: số)?:? ?$"
)
OF = re.compile(r",?(?: (?:ký )?ngày [^,;.a-zà-ỹ]{1,14}(?:tháng \d+ năm \d+ )?)? ?của ")
SECTION = rf"(?:[{U}][\w&.]{{0,11}})"
CODE = rf"[/-]{SECTION}(?: ?[-/–] ?{SECTION}){{0,3}}"


@rule(rf"(?<![\w.,/-])(?P<n>\d{{1,6}}[a-z]?)(?: ?/(?P<y>(?:19|20)\d\d))?(?P<code>{CODE})(?!\w)")
def document(m: re.Match[str], say: Say) -> str | None:
    """ "168/2024/NĐ-CP": number, year, and whose it is, unless the text says so itself."""
    kind, issuer = parse_code(m["code"][1:], say)
    if kind is None and issuer is None:
        return None
    digits = m["n"].rstrip("abcdefghijklmnopqrstuvwxyz")
    said = say.numbers.whole(digits) + (f" {spell(m['n'][len(digits) :])}" if len(digits) < len(m["n"]) else "")
    if m["y"]:
        said += f" năm {say.numbers.whole(m['y'])}"
    if issuer and not after(m, OF):
        said += f" của {issuer}"
    return said if before(m, CALLED) or not kind else f"{kind} {said}"


def parse_code(code: str, say: Say) -> tuple[str | None, str | None]:
    """Kind and issuer of "NĐ-CP", "TB-CAX", "CAT-PC06", "QH15", "TTLT-BCA-BQP"; sections of the issuer are silent."""
    parts = [part.rstrip("0123456789.") for part in re.split(r" ?[-/–] ?", code)]
    kind = TYPES.get(parts[0]) if len(parts) > 1 or parts[0] not in ISSUERS else None
    rest = parts[1:] if kind is not None else parts
    names = [name for part in rest if (name := ISSUERS.get(part) or say.lexicon.abbreviations.get(part))]
    if kind == "Thông tư liên tịch" and len(names) > 1:
        return kind, " và ".join(names)
    return kind, names[0] if names else None


@rule(r"(?<![\w.,/-])(?P<n>\d{1,5}) ?/ ?(?P<y>(?:19|20)\d\d)(?![\d/])", needs="/")
def numbered_of_year(m: re.Match[str], say: Say) -> str | None:
    """ "Nghị định 168/2024"."""
    if not before(m, CALLED) or before(m, COUNTED_WORD):
        return None
    return f"{say.numbers.whole(m['n'])} năm {say.numbers.whole(m['y'])}"


@rule(rf"(?<!\w)(?P<x>{CODES})(?=(?: số:?)? \d|[1-9])(?! ?\d+(?:[.,]\d+)? ?(?:đồng|triệu|vụ|người|hộ))")
def kind_word(m: re.Match[str], say: Say) -> str | None:
    """ "NĐ 144/2021", "QĐ số 12": the kind is said in full before a number."""
    named = m["x"] not in KIND_BEFORE_NUMBER or after(m, PROGRAMME, "x") or before(m, COMMITTEE, "x")
    return None if named else TYPES[m["x"]]


COMMITTEE = re.compile(r"(?i:ban) $")
PROGRAMME = re.compile(r" (?:134|135|30a|167)(?!\d)")  # "CT 135" is a programme, no directive
KIND_BEFORE_NUMBER = frozenset(["NĐ", "TT", "QĐ", "NQ", "KH", "CV", "TB", "BC", "TTr", "CT", "HD", "CĐ", "GM", "KL"])


@rule(r"(?<!\w)(?P<k>QCVN|TCVN|QCĐP) ?(?P<n>\d{1,5})(?:-(?P<s>\d{1,2}))?(?: ?: ?(?P<y>\d{4}))?(?:/(?P<i>[A-ZĐ]+))?")
def standard(m: re.Match[str], say: Say) -> str:
    """ "QCVN 26:2025/BNNMT"."""
    kinds = {"QCVN": "quy chuẩn Việt Nam", "TCVN": "tiêu chuẩn Việt Nam", "QCĐP": "quy chuẩn địa phương"}
    said = f"{kinds[m['k']]} {say.numbers.whole(m['n'])}"
    if m["s"]:
        said += f" gạch {say.numbers.whole(m['s'])}"
    if m["y"]:
        said += f" năm {say.numbers.whole(m['y'])}"
    issuer = m["i"] and (say.lexicon.abbreviations.get(m["i"]) or spell(m["i"]))
    return f"{said} của {issuer}" if issuer else said


COUNTED_WORD = re.compile(r"(?i:tổng số|trên số|tổng) ?$")
POINT = r"[a-zđ](?!\w|-\w\w)"


@rule(
    rf"(?i:(?<!\w)(?:điểm|tiết|mục|phụ lục|mẫu|khoản)) (?P<x>[\"(]?{POINT}(?:(?:[\")]?, ?| (?:và|hoặc|đến) "
    rf"| ?[-–] ?|; ?)[\"(]?{POINT}){{0,24}})"
)
def point(m: re.Match[str], _: Say) -> str:
    """ "điểm a, b, c, d và đ": the letters by name; "a-d" is a range."""
    ranged = re.sub(r" ?[-–] ?", " đến ", m["x"])
    return re.sub(r"(?<!\w)[a-zđ](?!\w)", lambda letter: spell(letter[0]), ranged)


RULES = (standard, document, numbered_of_year, kind_word, point)
