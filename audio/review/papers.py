"""Is somebody's identity number or bank account about to be read out?"""

import re
from collections.abc import Iterator

from audio.review.model import Asking, Finding, finding

NUMBER = re.compile(r"(?<![\w,/+*-])(?<!\d\.)(?P<x>[A-Z]{0,2}\d(?:[ .-]?\d){5,18})(?![\w*]|[.,]\d)")
GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+\Z")
MONEY = re.compile(r"(?i) ?(?:đồng|đ|VNĐ|VND|triệu|tỷ|nghìn|ngàn)(?!\w)")
PAPER = (
    r"CCCD|căn cước|CMND|CMTND|chứng minh nhân dân|chứng minh thư|định danh|GPLX|giấy phép lái xe|BHXH|BHYT"
    r"|bảo hiểm xã hội|bảo hiểm y tế|hộ chiếu"
)
ACCOUNT = r"tài khoản|STK|TK|số thẻ|thẻ ATM|thẻ tín dụng|chuyển khoản|ck"
CALL = r"điện thoại|ĐT|SĐT|ĐTDĐ|gọi|liên hệ|hotline|zalo|tổng đài"
CUES = re.compile(rf"(?i)(?<!\w)(?:(?P<paper>{PAPER})|(?P<account>{ACCOUNT})|(?P<call>{CALL}))(?!\w)")
REACH = 60  # characters between the word and its number
# Province 001-096, then century and sex 0-3, then the year of birth: Thông tư 59/2021/TT-BCA, article 3.
CITIZEN = re.compile(r"0(?:0[1-9]|[1-8]\d|9[0-6])[0-3]\d{8}\Z")


def papers(text: str, _: Asking) -> Iterator[Finding]:
    for match in NUMBER.finditer(text):
        start, end = match.span("x")
        digits = re.sub(r"\D", "", match["x"])
        if GROUPED.match(match["x"]) or MONEY.match(text, end):
            continue
        cue = _cue(text, start)
        if cue == "paper" and len(digits) >= 7:
            yield finding(text, start, end, "number-identity", "serious")
        elif cue == "account" and len(digits) >= 6:
            yield finding(text, start, end, "number-account", "warn")
        elif cue == "" and CITIZEN.match(digits):
            yield finding(text, start, end, "number-identity", "warn")


def _cue(text: str, at: int) -> str:
    """The nearest word in the line before the number that says what it is, no other number in between."""
    window = text[max(0, at - REACH) : at]
    window = window[max(window.rfind("\n") + 1, 0) :]
    last = next(reversed(list(CUES.finditer(window))), None)
    if last is None or re.search(r"\d[\d. ]{5}", window[last.end() :]):
        return ""
    return last.lastgroup or ""
