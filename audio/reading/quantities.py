"""Amounts: numbers, ranges, signs, letters after numbers; each part is claimed on its own."""

import re

from audio.reading import units
from audio.reading.engine import Say, after, before, rule
from audio.reading.letters import spell
from audio.reading.units import ALONE, NUMBER, SYMBOL
from audio.reading.vocabulary import COUNTED

RANGE = rf"(?:{SYMBOL}|[hHgT]|h\d\d'?|giờ|phút|triệu|tỷ|nghìn|tuổi|người|tấn|độ)?"


@rule(r"(?<=[\dA-Za-zđờuỷìiấộnt%'°])(?P<x> ?[-–—~÷→] ?)(?=\d)")
def range_sign(m: re.Match[str], _: Say) -> str | None:
    """ "10 - 15km", "22h - 6h", "50%-60%": "đến"; a score is just two numbers."""
    if before(m, SCORE, "x") or after(m, CODE_FOLLOWS, "x") or _falls(m):
        return ","
    if not before(m, ENDS_AMOUNT, "x"):
        return None
    return "đến"


def _falls(m: re.Match[str]) -> bool:
    """ "1-0", "3 - 1": no range goes down, so these are two numbers side by side."""
    first, second = before(m, SMALL_BEFORE, "x"), after(m, SMALL_AFTER, "x")
    return bool(first and second and int(first[1]) > int(second[1]))


SMALL_BEFORE = re.compile(r"(?<![\w.,/-])(\d{1,2})$")
SMALL_AFTER = re.compile(r"(\d{1,2})(?![\w/%]|[.,:-]\d| ?(?:giờ|h)(?!\w))")
CODE_FOLLOWS = re.compile(r"0\d{2}")
SCORE = re.compile(r"(?i:tỷ số|tỉ số|thắng|hòa|thua)(?: \w+){0,2} \d{1,2}$")
ENDS_AMOUNT = re.compile(rf"\d ?{RANGE}$")


@rule(
    r"(?<=\d)(?P<x> ?[-–—] ?)(?=(?P<w>thôn|tổ|cấp|thứ|tháng|ngày|năm|khối|khu|lớp|Km|km|điều|khoản|mùng|đợt|quý"
    r"|ấp|xóm|đội|Điều|Khoản|giờ|báo động|BĐ|bậc|mức) ?\d)"
)
def noun_range(m: re.Match[str], _: Say) -> str | None:
    """ "cấp 8 - cấp 9": "đến" when the same noun came before."""
    if not before(m, re.compile(rf"(?i:{m['w']}) ?\d{{1,4}}(?: ?\+ ?\d{{1,3}})?$"), "x"):
        return None
    return "," if before(m, MATCH, "x") else "đến"


MATCH = re.compile(
    r"(?i:(?<!\w)(?:trận|lượt trận|bóng đá|bóng chuyền|kéo co|chung kết|bán kết|tứ kết|vòng loại|cặp đấu)(?!\w)"
    r"[^.;!?\d]{0,24}(?:thôn|đội|khối|tổ|khu|xóm|ấp) ?\d{1,4}$)"
)


@rule(r"(?<=\d )(?:tháng|năm|ngày|tuần|tuổi)(?P<x> ?[-–—] ?)(?=\d{1,2} (?:tháng|năm|ngày|tuần|tuổi))")
def time_range(_: re.Match[str], __: Say) -> str:
    """ "06 tháng - 03 năm"."""
    return "đến"


@rule(
    r"(?<=\d)(?: ?(?:đồng|đ|VNĐ|VND)(?!\w))?"
    r"(?P<x> ?\((?:(?i:(?:viết )?bằng chữ) ?:? ?)?(?P<w>[^\W\d_][^()\d]{1,120}?)"
    r"(?: (?:Việt Nam )?đồng(?: chẵn)?)?[ .]?\))",
    needs="(",
)
def said_again(m: re.Match[str], say: Say) -> str | None:
    """ "02 (hai) xe": the number is heard once."""
    number = before(m, NUMBER_WRITTEN)
    return "" if number and _plain(say.numbers.number(number[0])) == _plain(m["w"]) else None


NUMBER_WRITTEN = re.compile(r"\d{1,3}(?:\.\d{3})+$|\d{1,9}$")
SAME_WORD = {"lẻ": "linh", "ngàn": "nghìn", "tư": "bốn", "nhăm": "lăm", "tỉ": "tỷ"}


def _plain(words: str) -> list[str]:
    return [SAME_WORD.get(word, word) for word in words.casefold().split()]


@rule(r"(?<!\w)NPK ?(?P<x>\d{1,2}(?:-\d{1,2}){2,3})(?![\w-])", needs="NPK")
def fertiliser(m: re.Match[str], say: Say) -> str:
    """ "NPK 16-16-8": three shares, no range."""
    return " ".join(say.numbers.whole(part) for part in m["x"].split("-"))


@rule(r"(?i:(?<!\w)vàng )(?P<x>9{3,4})(?![\d.,])", needs="9")
def fineness(m: re.Match[str], say: Say) -> str:
    """ "vàng 9999": its purity, no count."""
    return say.numbers.digits(m["x"])


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


@rule(r"(?<![\w%])\+ ?(?=\d)|(?<=(?<![^\W_])[a-zA-Z])\+(?=\d)", needs="+")
def plus(m: re.Match[str], _: Say) -> str:
    return "tăng" if after(m, PERCENT) else "cộng"


BRACKET = re.compile(r"\( ?$")
PERCENT = re.compile(rf"{NUMBER} ?%")

SIGNS = {
    "+": "cộng", "=": "bằng", "±": "cộng trừ", "×": "nhân", "x": "nhân", "X": "nhân", "*": "nhân",
    "≥": "lớn hơn hoặc bằng", ">=": "lớn hơn hoặc bằng", "≤": "nhỏ hơn hoặc bằng", "<=": "nhỏ hơn hoặc bằng",
    ">": "trên", "<": "dưới", "≈": "khoảng", "~": "khoảng", "÷": "chia", "∼": "khoảng", "≠": "khác",
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


@rule(rf"{ALONE}(?P<n>\d{{1,3}}),(?P<k>\d{{3}})(?= ?(?:đồng|đ|VNĐ|VND)(?!\w))", needs=",")
def english_thousands(m: re.Match[str], say: Say) -> str:
    """ "15,000 đồng": nobody owes thousandths of a đồng."""
    return say.numbers.whole(m["n"] + m["k"])


@rule(r"(?i:(?<!\w)(?:mục|phần|tiểu mục|bài|phiên bản) )(?P<x>\d{1,2}(?:\.\d{1,2}){1,3})(?![\d])", needs=".")
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
    placed_letter, said_again, fertiliser, fineness, *units.RULES, numbered_places, noun_range, time_range, range_sign,
    minus, plus, between_numbers, compared,
    times, spaced_thousands, english_thousands, section, numbered_letter, number, leftover_digits,
)  # fmt: skip
