"""Amounts: numbers, their units, "per" slashes, ranges and signs; each part is claimed on its own."""

import re

from audio.reading.engine import Say, after, before, rule
from audio.reading.letters import spell
from audio.reading.vocabulary import COUNTED

NUMBER = r"\d{1,30}(?:[.,]\d{1,12}){0,8}"
ALONE = r"(?<!\d)(?<!\d[.,])"

UNITS = {
    "kg": "ki-lô-gam", "Kg": "ki-lô-gam", "KG": "ki-lô-gam", "g": "gam", "gr": "gam", "gram": "gam",
    "mg": "mi-li-gam", "μg": "mi-crô-gam", "µg": "mi-crô-gam", "km": "ki-lô-mét", "Km": "ki-lô-mét",
    "KM": "ki-lô-mét", "m": "mét", "dm": "đề-xi-mét", "cm": "xen-ti-mét", "mm": "mi-li-mét", "m2": "mét vuông",
    "m3": "mét khối", "km2": "ki-lô-mét vuông", "cm2": "xen-ti-mét vuông", "cm3": "xen-ti-mét khối",
    "dm3": "đề-xi-mét khối", "mm2": "mi-li-mét vuông", "ha": "héc-ta", "Ha": "héc-ta", "HA": "héc-ta", "l": "lít",
    "L": "lít", "lít": "lít", "ml": "mi-li-lít", "mL": "mi-li-lít", "W": "oát", "w": "oát", "kW": "ki-lô-oát",
    "KW": "ki-lô-oát", "kw": "ki-lô-oát", "MW": "mê-ga-oát", "Wh": "oát giờ", "kWh": "ki-lô-oát giờ",
    "KWh": "ki-lô-oát giờ", "kwh": "ki-lô-oát giờ", "Kwh": "ki-lô-oát giờ", "kVA": "ki-lô-vôn am-pe",
    "KVA": "ki-lô-vôn am-pe", "V": "vôn", "v": "vôn", "kV": "ki-lô-vôn", "KV": "ki-lô-vôn", "kv": "ki-lô-vôn",
    "mAh": "mi-li am-pe giờ", "mA": "mi-li am-pe", "Ah": "am-pe giờ", "Hz": "héc", "kHz": "ki-lô-héc",
    "KHz": "ki-lô-héc", "MHz": "mê-ga-héc", "Mhz": "mê-ga-héc", "GHz": "gi-ga-héc", "GB": "gi-ga-bai",
    "MB": "mê-ga-bai", "KB": "ki-lô-bai", "TB": "tê-ra-bai", "Mbps": "mê-ga-bít trên giây", "°C": "độ xê",
    "oC": "độ xê", "ºC": "độ xê", "độ C": "độ xê", "°F": "độ ép", "°": "độ", "º": "độ", "dB": "đề-xi-ben",
    "db": "đề-xi-ben", "dBA": "đề-xi-ben a", "dB(A)": "đề-xi-ben a", "dbA": "đề-xi-ben a", "%": "phần trăm",
    "‰": "phần nghìn", "HP": "mã lực", "CV": "mã lực", "hp": "mã lực", "cc": "xê xê", "CC": "xê xê",
    "mmHg": "mi-li-mét thủy ngân", "mb": "mi-li-ba", "hPa": "héc-tô-pát-xcan", "BTU": "bê tê u",
    "ppm": "phần triệu", "G": "gờ", "inch": "inh", "ph": "phút", "hải lý": "hải lý", "tấn": "tấn", "tạ": "tạ",
}  # fmt: skip
MONEY = {
    "đ": "đồng", "Đ": "đồng", "₫": "đồng", "đồng": "đồng", "VNĐ": "đồng", "VND": "đồng", "vnđ": "đồng",
    "vnd": "đồng", "Vnđ": "đồng", "USD": "đô la Mỹ", "$": "đô la", "EUR": "ơ-rô", "€": "ơ-rô", "k": "nghìn đồng",
    "K": "nghìn đồng", "tr": "triệu đồng", "trđ": "triệu đồng", "Tr": "triệu đồng", "ng": "nghìn đồng",
}  # fmt: skip
PER = (
    "tháng|năm|ngày đêm|ngày|giờ|tuần|quý|người|hộ|lượt|lần|vụ|xe|buổi|suất|sào|phút|giây|chiếc|con|cây|cái|em"
    "|cháu|đợt|cuộc|ca|chuyến"
    "|học sinh|đôi|phòng|bộ|đầu người|đêm|thôn|xã|khẩu|nhân khẩu|trường hợp|hồ sơ|thửa|mùa|ngôi nhà|căn|tổ|mét"
    "|lao động|hội viên|đơn vị|học kỳ|năm học|khóa|cụm|bao|túi|gói|hộp|thùng|chai|cuộn|viên"
)


def _longest_first(words: dict[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


SYMBOL = _longest_first({**UNITS, **MONEY})
PHYSICAL = frozenset(["km2", "m2", "m3", "ha", "h", "s", "km"])


def _per(written: str) -> str:
    return {"h": "giờ", "s": "giây", "kg": "ki-lô-gam"}.get(written) or UNITS.get(written) or written


@rule(rf"(?<=\d) ?(?:{SYMBOL})(?![^\W_]|\.\w)")
def unit(m: re.Match[str], say: Say) -> str | None:
    """The unit after a number: "30kg", "300.000đ", "38°C", "12,5%"; "k" and "tr" are money."""
    written = m[0].strip()
    if (m[0][0] == " " and written in SPACED_IS_A_WORD) or (written == "K" and before(m, ONE_DIGIT)):
        return None
    said = UNITS.get(written) or MONEY[written]
    if "nghìn" in said:
        said = said.replace("nghìn", say.numbers.preferences.thousand)
    return said.removesuffix(" đồng") if said.endswith(" đồng") and after(m, DONG) else said


ONE_DIGIT = re.compile(r"(?<![\d.,])\d$")  # "thông điệp 5K"
SPACED_IS_A_WORD = frozenset(["k", "K", "CV", "Đ", "G", "TB", "L", "V", "ng", "CC"])
DONG = re.compile(r" ?(?:đồng|đ|VNĐ|VND)(?!\w)")


@rule(rf"(?<=[\w%)])(?P<x> ?/ ?(?:01 ?|1 ?)?(?P<u>{PER}|{_longest_first(UNITS)}|s|h))(?![^\W_])")
def per(m: re.Match[str], _: Say) -> str | None:
    """ "80.000 đồng/kg" and "2 lần/tuần" are said "một", "80km/h" and "5 tấn/ha" are said "trên"."""
    left = before(m, MEASURED, "x")
    counted = before(m, COUNTED_BEFORE, "x")
    if not (left or counted):
        return None
    written = m["u"]
    over = left is not None or (counted is not None and written in PHYSICAL and not before(m, MONEY_BEFORE, "x"))
    single = " một" if "1" in m["x"].removesuffix(written) else ""
    return f"{f'trên{single}' if over else 'một'} {_per(written)}"


@rule(rf"(?<=\w) ?/ ?(?=(?:\d{{1,4}}(?:[.,]\d+)?) ?(?:{_longest_first(UNITS)}|mililít|lít|kg|gam|miligam)(?!\w))")
def per_amount(m: re.Match[str], _: Say) -> str | None:
    """ "50 mg/100 ml": trên một trăm mi-li-lít."""
    return "trên" if before(m, MEASURED) and m.string[m.start() - 1] not in "GVW" else None


@rule(
    r"(?<![\w.])(?:kg|km|cm|mm|m2|m3|km2|kWh|kW|dB|dBA|ml|mg|°C|MHz|kV)(?![\w.])(?P<p>/(?:h|giờ|s|kg|ha|m2"
    r"|m3|người|lít|ngày)(?!\w))?"
)
def bare_unit(m: re.Match[str], _: Say) -> str:
    """A unit without its number: "tính bằng dBA", "km/h"."""
    symbol, _slash, per_what = m[0].partition("/")
    return f"{UNITS[symbol]} trên {_per(per_what)}" if per_what else UNITS[symbol]


MEASURED = re.compile(
    rf"(?:\d ?|ki-lô-mét |/ ?)(?:{_longest_first({k: v for k, v in UNITS.items() if k != '%'})})$|\d (?:vòng"
    rf"|tấn|tạ|lít|mét|ki-lô-gam|gam|miligam|nhịp)$"
)
MONEY_BEFORE = re.compile(rf"(?:đồng|triệu|tỷ|tỉ|nghìn|ngàn|\d ?(?:{_longest_first(MONEY)}))(?: ?/ ?\w+)?$")
COUNTED_BEFORE = re.compile(
    rf"(?:đồng|triệu|nghìn|ngàn|%|\d ?(?:{_longest_first(MONEY)})|\d{{1,9}} \w+(?: \w+)?)(?: ?/ ?\w+){{0,2}}$"
)


@rule(rf"{ALONE}(?P<n>\d{{1,4}})(?P<u>tr|triệu|tỷ|m(?![23](?!\d))|kg|t)(?P<k>\d{{1,3}})(?!\w)")
def unit_inside(m: re.Match[str], say: Say) -> str:
    """ "2tr5": hai triệu năm trăm nghìn đồng; "1m65": một mét sáu mươi lăm."""
    whole, part = say.numbers.whole(m["n"]), m["k"]
    if m["u"] in ("m", "kg", "t"):
        return f"{whole} {({'m': 'mét', 'kg': 'ki-lô-gam', 't': 'tấn'})[m['u']]} {say.numbers.whole(part)}"
    size, name = (10**6, "đồng") if m["u"] in ("tr", "triệu") else (10**9, "đồng")
    amount = int(m["n"]) * size + int(part) * size // 10 ** len(part)
    return f"{say.numbers.cardinal(amount)} {name}"


@rule(rf"(?P<s>[$€₫]) ?(?P<n>{NUMBER})(?![\d])")
def money_first(m: re.Match[str], say: Say) -> str:
    """ "$100"."""
    return f"{say.numbers.number(m['n'])} {MONEY[m['s']]}"


RANGE = rf"(?:{SYMBOL}|[hHg]|h\d\d'?|giờ|phút|triệu|tỷ|nghìn|tuổi|người|tấn|độ)?"


@rule(r"(?<=[\dA-Za-zđờuỷìiấộnt%'°])(?P<x> ?[-–—~] ?)(?=\d)")
def range_sign(m: re.Match[str], _: Say) -> str | None:
    """ "10 - 15km", "22h - 6h", "50%-60%": "đến"; a score is just two numbers."""
    if before(m, SCORE, "x") or after(m, CODE_FOLLOWS, "x"):
        return ","
    if not before(m, ENDS_AMOUNT, "x"):
        return None
    return "đến"


CODE_FOLLOWS = re.compile(r"0\d{2}")
SCORE = re.compile(r"(?i:tỷ số|tỉ số|thắng|hòa|thua)(?: \w+){0,2} \d{1,2}$")
ENDS_AMOUNT = re.compile(rf"\d ?{RANGE}$")


@rule(
    r"(?<=\d)(?P<x> ?[-–—] ?)(?=(?P<w>thôn|tổ|cấp|thứ|tháng|ngày|năm|khối|khu|lớp|Km|km|điều|khoản|mùng|đợt|quý"
    r"|ấp|xóm|đội|Điều|Khoản|giờ) ?\d)"
)
def noun_range(m: re.Match[str], _: Say) -> str | None:
    """ "cấp 8 - cấp 9": "đến" when the same noun came before."""
    return "đến" if before(m, re.compile(rf"(?i:{m['w']}) ?\d{{1,4}}$"), "x") else None


@rule(r"(?i:(?<!\w)(?P<w>thôn|tổ|ấp|xóm|khối|đội|khu phố|khu) )(?:số )?\d{1,2}(?P<x> ?[-–—] ?)\d{1,2}(?!\w|[.,/]\d)")
def numbered_places(m: re.Match[str], _: Say) -> str:
    """ "thôn 1-3": thôn một đến thôn ba."""
    return f"đến {m['w'].lower()}"


@rule(r"(?P<x>(?<![\w%)])[-−])(?=\d)|(?<=[\w] )(?P<y>-)(?=\d{1,3}[°oº%])")
def minus(m: re.Match[str], _: Say) -> str | None:
    """A minus before a number: a change in brackets is "giảm", elsewhere "âm"."""
    if before(m, BRACKET):
        return "giảm" if after(m, PERCENT) else "âm"
    return "âm"


@rule(r"(?<![\w%])\+ ?(?=\d)")
def plus(m: re.Match[str], _: Say) -> str:
    return "tăng" if after(m, PERCENT) else "cộng"


BRACKET = re.compile(r"\( ?$")
PERCENT = re.compile(rf"{NUMBER} ?%")

SIGNS = {
    "+": "cộng", "=": "bằng", "±": "cộng trừ", "×": "nhân", "x": "nhân", "X": "nhân", "*": "nhân",
    "≥": "lớn hơn hoặc bằng", ">=": "lớn hơn hoặc bằng", "≤": "nhỏ hơn hoặc bằng", "<=": "nhỏ hơn hoặc bằng",
    ">": "lớn hơn", "<": "nhỏ hơn", "≈": "khoảng", "~": "khoảng", "÷": "chia", "∼": "khoảng", "≠": "khác",
}  # fmt: skip


@rule(r"(?:(?<=[\d%)])|(?<=[\w%)] ))(?P<s>[+=±×*xX]) ?(?=\d)")
def between_numbers(m: re.Match[str], _: Say) -> str | None:
    """ "3 x 4m", "2 + 1"."""
    return SIGNS[m["s"]] if before(m, ENDS_AMOUNT) or m["s"] in "+=" else None


@rule(r"(?P<s>>=|<=|[≥≤><≈~∼±≠]) ?(?=\d)")
def compared(m: re.Match[str], _: Say) -> str:
    return SIGNS[m["s"]]


@rule(r"(?<!\w)[xX](?= ?\d)(?! ?\d+\.)")
def times(m: re.Match[str], _: Say) -> str:
    return "nhân"


@rule(
    rf"{ALONE}[1-9]\d{{0,2}}(?: \d{{3}}){{1,5}}(?!\d)(?=(?P<u> ?(?:đồng|đ|VNĐ|VND|USD|người|tấn|ha|m2|m3|kg"
    rf"|hộ)(?!\w))?)"
)
def spaced_thousands(m: re.Match[str], say: Say) -> str | None:
    """ "1 500 000 đồng"."""
    return say.numbers.whole(m[0].replace(" ", "")) if m["u"] else None


@rule(rf"{ALONE}(?P<n>\d{{1,3}}),(?P<k>\d{{3}})(?= ?(?:đồng|đ|VNĐ|VND)(?!\w))")
def english_thousands(m: re.Match[str], say: Say) -> str:
    """ "15,000 đồng": nobody owes thousandths of a đồng."""
    return say.numbers.whole(m["n"] + m["k"])


@rule(r"(?i:(?<!\w)(?:mục|phần|tiểu mục|bài|phiên bản) )(?P<x>\d{1,2}(?:\.\d{1,2}){1,3})(?![\d])")
def section(m: re.Match[str], say: Say) -> str:
    """ "mục 2.1": hai chấm một."""
    return " chấm ".join(map(say.numbers.whole, m["x"].split(".")))


@rule(rf"{ALONE}(?P<n>\d{{1,5}})(?P<s>[A-Za-zĐđ])(?P<k>\d{{1,2}})?(?!\w)")
def numbered_letter(m: re.Match[str], say: Say) -> str:
    """ "tổ 5A", "Điều 217a", "lớp 10A2"."""
    tail = f" {say.numbers.whole(m['k'])}" if m["k"] else ""
    return f"{say.numbers.whole(m['n'])} {spell(m['s'])}{tail}"


@rule(r"(?i:(?<!\w)(?:điều|khoản|lớp|tổ|nhà|phòng|lô|số|khối|đường|mục) )(?P<x>(?P<n>\d{1,4})(?P<s>[a-zđA-ZĐ]))(?!\w)")
def placed_letter(m: re.Match[str], say: Say) -> str:
    """After these nouns "5m" is no length: "lớp 6G", "khoản 3g"."""
    return f"{say.numbers.whole(m['n'])} {spell(m['s'])}"


@rule(r"(?<!\d)\d{1,30}(?:[.,]\d{1,12}){0,8}(?!\d)")
def number(m: re.Match[str], say: Say) -> str:
    """Any other number is a count, unless its leading zeros say it is a code."""
    if m[0].isdecimal() and m[0][0] == "0" and len(m[0]) > 2 and not after(m, COUNTED):
        return say.numbers.digits(m[0])
    return say.numbers.number(m[0])


@rule(r"\d+")
def leftover_digits(m: re.Match[str], say: Say) -> str:
    return say.numbers.digits(m[0])


RULES = (
    placed_letter, unit_inside, per, per_amount, unit, bare_unit, money_first, numbered_places, noun_range, range_sign,
    minus, plus, between_numbers, compared, times, spaced_thousands, english_thousands, section, numbered_letter,
    number, leftover_digits,
)  # fmt: skip
