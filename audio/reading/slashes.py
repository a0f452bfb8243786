"""The slash that is neither date nor document: shares, ratios, classes, houses, round the clock; and 1:500."""

import re

from audio.reading.dates import HOLIDAYS, NAMED_DAY, STREET, D, M, day_month
from audio.reading.engine import Say, after, before, rule
from audio.reading.letters import spell
from audio.reading.vocabulary import COUNTED, PART_OF

COUNT = r"\d{1,3}(?:\.\d{3}){1,3}|\d{1,4}"
PAIR = rf"(?<![\w/])(?<!\d[.,-])(?P<n>{COUNT}) ?/ ?(?P<k>{COUNT})(?!\d|/\d|[.,]\d)"
RATIO_WORD = re.compile(
    r"(?i:tỷ lệ|tỉ lệ|tỷ số|tỉ số|bản đồ|thương binh|bệnh binh|thương tật|huyết áp|thị lực|mắt|hạng|trực"
    r"|phục vụ|hoạt động"
    r"|tiếp nhận|cảnh giác|đạt|có|được|bỏ phiếu|giải quyết|xử lý|hoàn thành|điều tra|khám phá|thu hồi|bầu|chọn"
    r"|trúng cử)(?: \w+)? $"
)
DONE_OF = re.compile(r"(?i:(?:giải quyết|xử lý|hoàn thành|điều tra|khám phá|thu hồi|bầu|chọn|trúng cử)(?: \w+)?) $")
CLASS = re.compile(r"(?i:(?:lớp|chi đội|khối) (?:\d{1,2}/\d{1,2}(?:, | và | hoặc )){0,6}$)")
HOUSE = r"(?i:số nhà|nhà số|địa chỉ số|hẻm|ngõ|kiệt|ngách|tổ|SN:?|nhà|địa chỉ:?|trú tại|số)"
MAYBE_DATED = re.compile(r"(?i:(?<!\w)(?:từ|đến|tới|vào|trước|sau|hạn|và|hết|lúc|tính|trong|của|,|\()) ?$")
UNTIL = re.compile(r"(?i:(?<!\w)(?:từ|đến|tới|trước|sau|hết|kể từ|tính đến)) $")
DATE = re.compile(rf"{D}/{M}\Z")


def over(say: Say, n: str, k: str) -> str:
    """ "ba trên bốn"."""
    return f"{say.numbers.number(n)} trên {say.numbers.number(k)}"


def share(say: Say, n: str, k: str) -> str:
    """ "ba phần tư"; the fourth part may be "tư" only in counts above ten, so "phần bốn" is kept out."""
    return f"{say.numbers.number(n)} phần {'tư' if k == '4' else say.numbers.number(k)}"


@rule(
    rf"(?:(?P<k>(?<!\w)[KH])(?=\d)"
    rf"|(?P<w>(?<!\w){HOUSE}) ?)(?P<x>\d{{1,4}}[A-Za-z]?(?:/[KH]?\d{{1,4}}[A-Za-z]?){{1,3}})(?![\w/])",
    needs="/",
)
def house(m: re.Match[str], say: Say) -> str | None:
    """ "số nhà 15/3", "kiệt 25/7", "K25/7" (its K is claimed by `alley`)."""
    if m["w"] and m["w"].lower() == "số" and before(m, DOCUMENT_WORD):
        return None
    return " trên ".join(_door(say, part) for part in m["x"].split("/"))


DOCUMENT_WORD = re.compile(r"(?i:quyết định|nghị quyết|thông báo|công văn|luật|nghị định|thông tư|kế hoạch|chỉ thị) $")


def _door(say: Say, part: str) -> str:
    letters = {"K": "kiệt ", "H": "hẻm "}.get(part[0], "")
    digits = re.sub(r"\D", "", part)
    suffix = f" {spell(part[-1])}" if part[-1].isalpha() else ""
    return f"{letters}{say.numbers.whole(digits)}{suffix}"


@rule(r"(?<!\w)(?P<x>[KH])(?=\d{1,4}/[KH]?\d)", needs="/")
def alley(m: re.Match[str], _: Say) -> str:
    """In Đà Nẵng K is kiệt and H is hẻm; "kiệt K15/4" says it itself."""
    said = "kiệt" if m["x"] == "K" else "hẻm"
    return "" if before(m, ALLEY_SAID) else said


ALLEY_SAID = re.compile(r"(?i:kiệt|hẻm) $")


@rule(r"(?<![\d/])24/(?P<k>24|7)(?! ?/)", needs="/")
def round_the_clock(m: re.Match[str], say: Say) -> str:
    return f"hai mươi bốn trên {say.numbers.whole(m['k']) if m['k'] != '24' else 'hai mươi bốn'}"


@rule(PAIR, needs="/")
def pair(m: re.Match[str], say: Say) -> str | None:
    """n/k in its context: a class, a share, a ratio or a day; the decision is made top down."""
    n, k = (int(m[side].replace(".", "")) for side in "nk")
    if before(m, CLASS):
        return over(say, m["n"], m["k"])
    looks_dated = DATE.match(re.sub(" ", "", m[0])) is not None
    if before(m, STREET) and looks_dated:
        return day_month(say, m["n"], m["k"], plain_day=True)
    if looks_dated and n > k and before(m, UNTIL):
        return day_month(say, m["n"], m["k"])
    if 0 < n < k and (after(m, PART_OF) or (k <= 5 and after(m, COUNTED) and not before(m, DONE_OF))):
        return share(say, m["n"], m["k"])
    if after(m, COUNTED) or before(m, RATIO_WORD) or not looks_dated:
        return (
            share(say, m["n"], m["k"]) if n == 1 and not before(m, RATIO_WORD) and k > 1 else over(say, m["n"], m["k"])
        )
    if looks_dated and before(m, NAMED_DAY):
        return day_month(say, m["n"], m["k"])
    known = (str(n), str(k)) in HOLIDAYS
    if before(m, MAYBE_DATED) or "0" in (m["n"][0], m["k"][0]) or n > k or known:
        return day_month(say, m["n"], m["k"])
    return share(say, m["n"], m["k"]) if n < k else over(say, m["n"], m["k"])


@rule(r"(?<![\d:.,])(?P<n>\d{1,4}) ?: ?(?P<k>\d{1,6}(?:\.\d{3}){0,2})(?![\d:])", needs=":")
def ratio(m: re.Match[str], say: Say) -> str | None:
    """ "tỷ lệ 1:500"; "Nhóm 1: 25 người" is none."""
    ratio_said = before(m, RATIO_WORD)
    if (" " in m[0] or YEAR.match(m["k"])) and not ratio_said:
        return None
    if m["k"] == "0":
        return f"{say.numbers.whole(m['n'])}, không"
    return f"{say.numbers.whole(m['n'])} trên {say.numbers.number(m['k'])}"


YEAR = re.compile(r"(?:19|20)\d\d\Z")
RULES = (house, alley, round_the_clock, pair, ratio)
