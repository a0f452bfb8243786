"""Units after numbers: weights and measures, money, and the "per" slash."""

import re

from audio.reading.engine import Say, after, before, rule
from audio.reading.vocabulary import LOW, UP

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
    "°N": "độ vĩ Bắc", "°B": "độ vĩ Bắc", "°E": "độ kinh Đông", "°Đ": "độ kinh Đông",
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


def longest_first(words: dict[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


SYMBOL = longest_first({**UNITS, **MONEY})
PHYSICAL = frozenset(["km2", "m2", "m3", "ha", "h", "s", "km"])


def _per(written: str) -> str:
    return {"h": "giờ", "s": "giây", "kg": "ki-lô-gam"}.get(written) or UNITS.get(written) or written


@rule(rf"(?<=\d) ?(?:{SYMBOL})(?![^\W_]|\.\w)")
def unit(m: re.Match[str], say: Say) -> str | None:
    """The unit after a number: "30kg", "300.000đ", "38°C", "12,5%"; "k" and "tr" are money."""
    written = m[0].strip()
    if (m[0][0] == " " and written in SPACED_IS_A_WORD) or (written == "K" and before(m, ONE_DIGIT)):
        return None
    if written in "kK" and before(m, GOLD):
        return "ca"
    said = UNITS.get(written) or MONEY[written]
    if "nghìn" in said:
        said = said.replace("nghìn", say.numbers.preferences.thousand)
    return said.removesuffix(" đồng") if said.endswith(" đồng") and after(m, DONG) else said


GOLD = re.compile(r"(?i:vàng|trang sức|nhẫn) \d{2}$")
ONE_DIGIT = re.compile(r"(?<![\d.,])\d$")  # "thông điệp 5K"
SPACED_IS_A_WORD = frozenset(["k", "K", "CV", "Đ", "G", "TB", "L", "V", "ng", "CC"])
DONG = re.compile(r" ?(?:đồng|đ|VNĐ|VND)(?!\w)")


@rule(rf"(?<=[\w%)])(?P<x> ?/ ?(?:01 ?|1 ?)?(?P<u>{PER}|{longest_first(UNITS)}|s|h))(?![^\W_])", needs="/")
def per(m: re.Match[str], _: Say) -> str | None:
    """ "80.000 đồng/kg" and "2 lần/tuần" are said "một", "80km/h" and "5 tấn/ha" are said "trên"."""
    left = before(m, MEASURED, "x")
    counted = before(m, COUNTED_BEFORE, "x") or before(m, PRICE, "x")
    if not (left or counted):
        return None
    written = m["u"]
    priced = before(m, MONEY_BEFORE, "x") or before(m, PRICE, "x")
    over = left is not None or (counted is not None and written in PHYSICAL and not priced)
    single = " một" if "1" in m["x"].removesuffix(written) else ""
    return f"{f'trên{single}' if over else 'một'} {_per(written)}"


@rule(
    rf"(?<=\w) ?/ ?(?=(?:\d{{1,4}}(?:[.,]\d+)?) ?(?:{longest_first(UNITS)}|mililít|lít|kg|gam|miligam|giờ|ngày"
    r"|người|phút)(?!\w))",
    needs="/",
)
def per_amount(m: re.Match[str], _: Say) -> str | None:
    """ "50 mg/100 ml": trên một trăm mi-li-lít."""
    return "trên" if before(m, MEASURED) and m.string[m.start() - 1] not in "GVW" else None


@rule(rf"(?<=\w) ?/ ?(?={LOW}{{2,}}|{UP}{{2,5}}(?!\w))", needs="/")
def price_per(m: re.Match[str], _: Say) -> str | None:
    """ "1.500đ/tin", "2 triệu đồng/bàn tiệc": whatever is priced."""
    return "một" if before(m, MONEY_BEFORE) else None


@rule(
    r"(?<![\w.])(?:kg|km|cm|mm|m2|m3|km2|kWh|kW|dB|dBA|ml|mg|°C|MHz|kV)(?![\w.])(?P<p>/(?:h|giờ|s|kg|ha|m2"
    r"|m3|người|lít|l|ml|ngày)(?!\w))?"
)
def bare_unit(m: re.Match[str], _: Say) -> str:
    """A unit without its number: "tính bằng dBA", "km/h"."""
    symbol, _slash, per_what = m[0].partition("/")
    return f"{UNITS[symbol]} trên {_per(per_what)}" if per_what else UNITS[symbol]


@rule(r"(?<=(?:một|mỗi|mấy) )ha(?!\w)", needs="ha")
def hectare(_: re.Match[str], __: Say) -> str:
    """ "sáu tấn một ha"."""
    return UNITS["ha"]


MEASURED = re.compile(
    rf"(?:\d ?|ki-lô-mét |/ ?)(?:{longest_first({k: v for k, v in UNITS.items() if k != '%'})})$|\d (?:vòng"
    rf"|tấn|tạ|lít|mét|ki-lô-gam|gam|miligam|nhịp)$"
)
MONEY_BEFORE = re.compile(rf"(?:đồng|triệu|tỷ|tỉ|nghìn|ngàn|\d ?(?:{longest_first(MONEY)}))(?: ?/ ?\w+)?$")
COUNTED_BEFORE = re.compile(
    rf"(?:đồng|triệu|nghìn|ngàn|%|\d ?(?:{longest_first(MONEY)}|h|giờ|tiếng)|\d{{1,9}} \w+(?: \w+)?)"
    rf"(?: ?/ ?(?:{PER}|\w+)){{0,2}}$"
)
PRICE = re.compile(
    rf"(?<![\d.,/])[1-9]\d{{0,2}}(?:\.\d{{3}})+(?: ?/ ?(?:{PER}|\w+)){{0,2}}$"
)  # "300.000/khẩu" names no money


@rule(rf"{ALONE}(?P<n>\d{{1,4}})(?P<u>tr|triệu|tỷ|m(?![23](?!\d))|kg|t)(?P<k>\d{{1,3}})(?!\w)")
def unit_inside(m: re.Match[str], say: Say) -> str:
    """ "2tr5": hai triệu năm trăm nghìn đồng; "1m65": một mét sáu mươi lăm."""
    whole, part = say.numbers.whole(m["n"]), m["k"]
    if m["u"] in ("m", "kg", "t"):
        return f"{whole} {({'m': 'mét', 'kg': 'ki-lô-gam', 't': 'tấn'})[m['u']]} {say.numbers.whole(part)}"
    size, name = (10**6, "đồng") if m["u"] in ("tr", "triệu") else (10**9, "đồng")
    amount = int(m["n"]) * size + int(part) * size // 10 ** len(part)
    return f"{say.numbers.cardinal(amount)} {name}"


LOADED = re.compile(r"(?i:tải|trọng|nặng|xe|cầu|chở|hàng|cát|đá|gạo|lúa|phân|xi măng|thép) \D{0,12}\d{1,2}$")


@rule(rf"(?<!\w){ALONE}(?:[1-9]\d?)(?P<x>t)(?!\w)", needs="t")
def tons_or_years(m: re.Match[str], _: Say) -> str:
    """ "đối tượng khoảng 35t": years of age; "xe tải 5t": tons."""
    return "tấn" if before(m, LOADED, "x") else "tuổi"


@rule(rf"(?<!\w){ALONE}\d{{1,3}}(?:,\d{{1,2}})? ?(?P<x>T)(?![^\W_]|[-.]\d(?!\d{{0,2}}T))", needs="T")
def tons(m: re.Match[str], _: Say) -> str | None:
    """ "trên 10T", "xe 3,5T", "8-10T": tons after what is weighed; "lớp 10T" keeps its letter."""
    return "tấn" if before(m, WEIGHED, "x") else None


WEIGHED = re.compile(
    r"(?i:(?<!\w)(?:trên|dưới|hơn|gần|khoảng|tới|quá|đến|từ|tải|trọng|nặng|xe|cầu|chở|hàng|cát|đá|gạo|lúa|phân|xi măng"
    r"|thép|cá|tôm|rác|muối|đạt|được|thu)(?: [^\W\d_]+){0,2} )"
    r"(?:\d{1,3}(?:,\d{1,2})? ?T? ?[-–] ?)?\d{1,3}(?:,\d{1,2})? ?$"
    r"|,\d{1,2} ?$"
)


@rule(rf"(?P<s>[$€₫]) ?(?P<n>{NUMBER})(?![\d])")
def money_first(m: re.Match[str], say: Say) -> str:
    """ "$100"."""
    return f"{say.numbers.number(m['n'])} {MONEY[m['s']]}"


RULES = (unit_inside, tons_or_years, tons, per, per_amount, price_per, unit, bare_unit, hectare, money_first)
