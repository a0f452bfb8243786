"""What an announcer leaves out: letterhead, numbers, places and dates of issue, recipients, signatures, web chrome."""

import itertools
import re
from dataclasses import dataclass

from audio.reading.model import Dropped
from audio.reading.vocabulary import LOW, UP


@dataclass(frozen=True)
class Line:
    """One line of normalised text, [start, end) without the spaces around it."""

    start: int
    end: int


ISSUER = (
    r"(?:UBND|HĐND|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN|CÔNG AN|CA|ĐẢNG ỦY|ĐẢNG BỘ|ĐẢNG UỶ|UBMTTQ"
    r"|UBMTTQVN|MTTQ|ỦY BAN MTTQ"
    r"|BAN CHỈ HUY|BAN CHỈ ĐẠO|BCH|BCĐ|BỘ|SỞ|PHÒNG|ĐÀI|TRẠM Y TẾ|HỘI|ĐOÀN|BAN|TRUNG TÂM|CAX|CAP|CAT|CATP|TỔ)"
)
BLANK = r"[ .…\d]{0,9}"
# Reasons are shown to the author beside the text that will not be heard.
ANYWHERE = tuple(
    (re.compile(pattern), reason)
    for pattern, reason in (
        (r"(?i:cộng h[òo]a xã hội chủ nghĩa việt nam)[ .]*", "Quốc hiệu"),
        (r"(?i:độc lập ?[-–—] ?tự do ?[-–—] ?hạnh phúc)[ .]*", "tiêu ngữ"),
        (r"ĐẢNG CỘNG SẢN VIỆT NAM[ .]*", "tiêu đề văn bản của Đảng"),
        (r"[-–—=*_~.•·+# ]{3,}|[-–—*_=~]{1,2}", "đường kẻ"),
        (
            r"(?i:số) ?: ?\d{0,6} ?[/-][^ ]*[A-ZĐ][\w/ .&-]{0,40}|(?i:số) ?: ?[.… ]*/[\w/&-]{2,40}",
            "số, ký hiệu văn bản",
        ),
        (rf"(?:{UP}[\w. ]{{1,40}}), ?ngày{BLANK}tháng{BLANK}năm{BLANK}", "địa danh và ngày ban hành"),
        (r"V/[vV] ?.*|(?:Trích yếu|Về việc) ?: ?.*", "trích yếu văn bản"),
        (
            r"(?i:trang) ?\d{1,3}(?: ?[/-] ?\d{1,3}| trên \d{1,3})?|[-–—] ?\d{1,3} ?[-–—]|\d{1,3} ?/ ?\d{1,3}"
            r"|\d{1,3}",
            "số trang",
        ),
        (
            r"(?:Đăng nhập|Đăng ký|Đăng xuất|Trang chủ|In trang|Chia sẻ|Quay lại|Lên đầu trang|Gửi email|Bình luận"
            r"|Xem thêm|Tin liên quan|Các tin khác"
            r"|\[?Trở về\]?|\[?Quay lại\]?)[ .:]*",
            "nút của trang web",
        ),
        (
            r"(?:Ngày đăng|Cập nhật|Đăng lúc|Ngày cập nhật)(?: ?lúc)? ?:? ?[\d:/"
            r"| .hg,-]{4,40}(?:(?:Số )?[Ll]ượt (?:xem|truy cập) ?:? ?[\d.]+)?",
            "ngày đăng của trang web",
        ),
        (
            r"(?:\(?\d{1,2}/\d{1,2}/\d{4}\)?[.,;| -]{0,3})?(?:Số )?[Ll]ượt (?:xem|truy cập|đọc) ?:? ?[\d.]+",
            "số lượt xem của trang web",
        ),
        (r"(?:Tác giả|Nguồn|Người đăng|Biên tập|Ảnh|Người soạn|Theo nguồn) ?: ?.{1,80}", "tên tác giả, nguồn bài"),
        (r"CHUYÊN MỤC: ?[^“\"!?]{1,60}", "mục của trang web"),
        (r"(?i:\(?\s?(?:đã ký|đã ký và đóng dấu|ký tên, đóng dấu|ký, ghi rõ họ tên)\s?\)?)[ .]*", "chữ ký"),
    )
)
COMMENT = re.compile(r"# ?(?:Nguồn|Ghi chú)\b")
LONGEST = 300  # characters; no letterhead line is longer, and content must never be lost to a loose pattern
RECIPIENTS = re.compile(r"(?i:nơi nhận) ?:?.{0,60}")
SIGNS = re.compile(
    rf"(?:(?:TM|KT|TL|TUQ|Q)\. ?{UP}.*|(?:PHÓ )?(?:TRƯỞNG (?:CÔNG AN|BAN|TRẠM|THÔN|ĐÀI|PHÒNG|CA)|CHỦ TỊCH"
    rf"|BÍ THƯ|GIÁM ĐỐC|CHỈ HUY TRƯỞNG)(?: [{UP[1:-1]} ]*)?)"
)
SIGNER = re.compile(rf"(?:(?:Thượng|Trung|Đại|Thiếu) (?:tá|úy|uý|tướng) )?(?:{UP}{LOW}+ ?){{2,5}}")
LETTERHEAD = re.compile(rf"{ISSUER}(?: [{UP[1:-1]}\d, .-]*)?")
SUBJECT_WORD = re.compile(
    r"(?:THÔNG BÁO|BẢN TIN|KẾ HOẠCH|BÁO CÁO|CÔNG VĂN|CẢNH BÁO|TỜ TRÌNH|QUYẾT ĐỊNH|CHỈ THỊ|THƯ KÊU GỌI"
    r"|LỜI KÊU GỌI|GIẤY MỜI|CÔNG ĐIỆN|CHUYÊN MỤC|KHUYẾN CÁO)\b.*"
)
FOOTER = re.compile(
    rf"(?:Địa chỉ|Điện thoại|ĐT|Email|E-mail|Fax|Website|Trưởng Ban biên tập|Chịu trách nhiệm(?: chính)?"
    rf"|Bản quyền|©|Giấy phép) ?:? .{{1,150}}|UBND (?:xã|phường) {UP}[\w ]{{1,30}}(?: - .{{1,80}})?"
)
SENTENCE_END = re.compile(r"[.!?:;…,][\"')\]]*$|\./\.$")
CONTINUES = re.compile(rf"{LOW}")


def sort_lines(text: str) -> tuple[list[Line], tuple[Dropped, ...]]:
    """The lines to be said (a line broken in mid-sentence is one) and those set aside."""
    lines = [Line(m.start(), m.end()) for m in re.finditer(r"[^\s](?:[^\n]*[^\s])?", text)]
    reasons = _reasons(text, lines)
    kept: list[Line] = []
    dropped = []
    previous = -2
    for i, line in enumerate(lines):
        reason = reasons[i]
        if reason:
            dropped.append(Dropped(line.start, line.end, text[line.start : line.end], reason))
        elif kept and previous == i - 1 and _continues(text, kept[-1], line):
            kept[-1] = Line(kept[-1].start, line.end)
            previous = i
        else:
            kept.append(line)
            previous = i
    return kept, tuple(dropped)


def _continues(text: str, last: Line, line: Line) -> bool:
    """A line broken by a mail program or a PDF: no mark at its end, no capital after it."""
    return (
        text[last.end : line.start].count("\n") == 1
        and CONTINUES.match(text, line.start) is not None
        and not SENTENCE_END.search(text[max(last.start, last.end - 6) : last.end])
        and not re.match(r"[a-zđ][.)/]", text[line.start : line.start + 2])
    )


def _reasons(text: str, lines: list[Line]) -> list[str]:
    written = [text[line.start : line.end] for line in lines]
    reasons = [_anywhere(each) for each in written]
    _letterhead(written, reasons)
    _ending(written, reasons)
    _footer(written, reasons)
    _repeated(written, reasons)
    return reasons


def _anywhere(line: str) -> str:
    if COMMENT.match(line):
        return "ghi chú nguồn của người soạn"
    return next((reason for pattern, reason in ANYWHERE if pattern.fullmatch(line)), "") if len(line) < LONGEST else ""


def _letterhead(written: list[str], reasons: list[str]) -> None:
    """Issuer lines in capitals at the top, only when the lines after them show an official letterhead."""
    top = next(
        (i for i, line in enumerate(written[:12]) if not reasons[i] and not LETTERHEAD.fullmatch(line)),
        min(12, len(written)),
    )
    follows = written[top] if top < len(written) else ""
    official = any(reasons[i] for i in range(top)) or SUBJECT_WORD.fullmatch(follows)
    for i in range(top):
        if not reasons[i] and official:
            reasons[i] = "tên cơ quan ban hành"


def _ending(written: list[str], reasons: list[str]) -> None:
    """ "Nơi nhận" to the end; before it a block of title and signer, only in the last lines."""
    start = next((i for i, line in enumerate(written) if RECIPIENTS.fullmatch(line)), None)
    if start is not None:
        for i in range(start, len(written)):
            if i == start or not written[i].endswith(("!", "?")):
                reasons[i] = reasons[i] or "nơi nhận và chữ ký"
    tail = range(max(0, len(written) - 8), len(written))
    signed = next((i for i in tail if SIGNS.fullmatch(written[i])), None)
    if signed is not None:
        for i in range(signed, len(written)):
            if not reasons[i] and (SIGNS.fullmatch(written[i]) or SIGNER.fullmatch(written[i])):
                reasons[i] = "chức danh và chữ ký"


def _footer(written: list[str], reasons: list[str]) -> None:
    """Address lines at the foot of a web page: only after its chrome, going up from the end."""
    if not any("trang web" in reason for reason in reasons):
        return
    for i in range(len(written) - 1, -1, -1):
        if not reasons[i] and not FOOTER.fullmatch(written[i]):
            return
        reasons[i] = reasons[i] or "chân trang web"


def _repeated(written: list[str], reasons: list[str]) -> None:
    """A title that a web page shows twice is said once."""
    kept = [i for i, reason in enumerate(reasons) if not reason][:4]
    for first, second in itertools.pairwise(kept):
        if written[first] == written[second] and len(written[first]) > 20:
            reasons[first] = "tiêu đề lặp lại"
