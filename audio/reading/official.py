"""What the lines of official papers and web pages look like that nobody voices, and the reason the author is shown."""

import re

from audio.reading.vocabulary import LOW, UP

ISSUER = (
    r"(?:UBND|HĐND|[ỦU]Y BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN|CÔNG AN|CA|ĐẢNG (?:ỦY|UỶ|BỘ)|UBMTTQ(?:VN)?"
    r"|MTTQ|[ỦU]Y BAN (?:MTTQ|MẶT TRẬN)|BAN (?:CHỈ HUY|CHỈ ĐẠO|CHẤP HÀNH|THƯỜNG TRỰC|QUẢN LÝ|CÔNG TÁC|NHÂN DÂN|VĂN HÓA)"
    r"|BCH|BCĐ|BCHQS|BỘ (?:CÔNG AN|QUỐC PHÒNG|CHỈ HUY|TƯ LỆNH|Y TẾ|NỘI VỤ)|SỞ|PHÒNG|ĐÀI|TRẠM Y TẾ|TRƯỜNG"
    r"|HỘI (?:NÔNG DÂN|LHPN|LIÊN HIỆP|CỰU|CCB|NGƯỜI|CHỮ|ĐỒNG)|ĐOÀN (?:TNCS|THANH NIÊN|XÃ|PHƯỜNG)|TRUNG TÂM|VĂN PHÒNG"
    r"|CAX|CAP|CAT|CATP|TỔ (?:DÂN PHỐ|CÔNG NGHỆ|CÔNG TÁC)|CHI BỘ|TỈNH|THÀNH PHỐ|XÃ|PHƯỜNG|HUYỆN|THÔN)"
)
BLANK = r"[ .…\d]{0,9}"
STATE = r"(?i:cộng h[òo]a xã hội chủ nghĩa việt nam)[ .]*"
MOTTO = r"(?i:độc lập ?[-–—] ?tự do ?[-–—] ?hạnh phúc)[ .]*"
PLACE_AND_DATE = (
    rf"(?!Hôm|Sáng|Trưa|Chiều|Tối|Đêm|Thứ|Vào|Từ|Đến|Lúc)(?:{UP}[\w. ]{{1,40}}), ?ngày{BLANK}tháng{BLANK}năm{BLANK}"
)
# Reasons are shown to the author beside the text that will not be heard.
ANYWHERE = tuple(
    (re.compile(pattern), reason)
    for pattern, reason in (
        (STATE, "Quốc hiệu"),
        (MOTTO, "tiêu ngữ"),
        (r"ĐẢNG CỘNG SẢN VIỆT NAM[ .]*", "tiêu đề văn bản của Đảng"),
        (r"[-–—=*_~.•·+#━─═〰 ]{3,}|[-–—*_=~━─═]{1,2}", "đường kẻ"),
        (
            r"(?i:số) ?:? ?\d{0,6} ?[/-][^ ]*[A-ZĐ][\w/ .&-]{0,40}|(?i:số) ?: ?[.… ]*/[\w/&-]{2,40}",
            "số, ký hiệu văn bản",
        ),
        (PLACE_AND_DATE, "địa danh và ngày ban hành"),
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
        (r"[-+–—*•]? ?(?:Lưu|LƯU) ?: ?(?:VT|CAX|CAP|UBND|VP|hồ sơ|HS).{0,60}", "nơi nhận và chữ ký"),
        (
            r"(?i:[(\[] ?(?:nhạc|tiếng nhạc|chèn nhạc|nhạc hiệu|phát (?:trên|lúc|vào|lại|sóng|thanh|ngày|lần)"
            r"|thời lượng|giọng đọc|người đọc|phát thanh viên|PTV|BTV)(?!\w)[^()\[\]]{0,120}[)\]])[ .]*",
            "lời dẫn kỹ thuật",
        ),
        (r"(?i:\(?\s?(?:đã ký|đã ký và đóng dấu|ký tên, đóng dấu|ký, ghi rõ họ tên)\s?\)?)[ .]*", "chữ ký"),
    )
)
COMMENT = re.compile(r"# ?(?:Nguồn|Ghi chú)\b")
LONGEST = 300  # characters; no letterhead line is longer, and content must never be lost to a loose pattern
RECIPIENTS = re.compile(r"(?i:nơi nhận) ?:?.{0,60}")
# A text that goes on below a list of recipients: a second bulletin in the same file, a greeting, a full sentence.
RESUMES = re.compile(
    r"^(?:Kính (?:thưa|gửi|chào)|THÔNG BÁO|BẢN TIN|CẢNH BÁO|CHUYÊN MỤC|TIN )|[!?]$|^(?![-+–—*•]).{70,}[.!?…]$|^.{140,}"
)
SIGNS = re.compile(
    rf"(?:(?:(?:TM|KT|TL|TUQ|Q)\.|T/M|K/T|T/L) ?{UP}.*"
    r"|(?:PHÓ )?(?:TRƯỞNG (?:CÔNG AN|BAN|TRẠM|THÔN|ĐÀI|PHÒNG|CA)|CHỦ TỊCH"
    rf"|BÍ THƯ|GIÁM ĐỐC|CHỈ HUY TRƯỞNG)(?: [{UP[1:-1]} ]*)?)"
)
SIGNER = re.compile(rf"(?:(?:Thượng|Trung|Đại|Thiếu) (?:tá|úy|uý|tướng) )?(?:{UP}{LOW}+ ?){{2,5}}")
# Capitals only, at most nine words, and nothing that an issuer does: then it is a heading.
ACTS = (
    "CẢNH BÁO|KHUYẾN CÁO|THÔNG BÁO|TUYÊN TRUYỀN|BẮT|KHỞI TỐ|PHÁT HIỆN|TỔ CHỨC|RA QUÂN|KÊU GỌI|ĐỀ NGHỊ|HƯỚNG DẪN"
    "|VẬN ĐỘNG"
)
LETTERHEAD = re.compile(rf"(?!.*(?<!\w)(?:{ACTS}))(?!(?:\S+ ){{9}}){ISSUER}(?: [{UP[1:-1]}\d, .-]*)?(?<![!?:])")
FOOTER = re.compile(
    rf"(?:Địa chỉ|Điện thoại|ĐT|Email|E-mail|Fax|Website|Trưởng Ban biên tập|Chịu trách nhiệm(?: chính)?"
    rf"|Bản quyền|©|Giấy phép) ?:? .{{1,150}}|UBND (?:xã|phường) {UP}[\w ]{{1,30}}(?: - .{{1,80}})?"
)
# What stands in the right column of a letterhead, when a PDF or an old table left both columns in one line.
COLUMN = re.compile(r" *\t[ \t]*| {3,}| *\| *")
RUN_TOGETHER = re.compile(rf"(?P<left>.{{2,70}}?) +(?P<right>{STATE}|{MOTTO}|{PLACE_AND_DATE})")
# Only these make the issuer above them a letterhead; a heading "CÔNG AN XÃ" alone is content.
OFFICIAL = (
    "Quốc hiệu", "tiêu ngữ", "tiêu đề văn bản của Đảng", "số, ký hiệu văn bản", "trích yếu văn bản",
    "địa danh và ngày ban hành",
)  # fmt: skip
ISSUER_REASON = "tên cơ quan ban hành"


def single(line: str) -> str:
    """The reason to set a line aside that its own words give, or ""."""
    if COMMENT.match(line):
        return "ghi chú nguồn của người soạn"
    if len(line) >= LONGEST:
        return ""
    return next((reason for pattern, reason in ANYWHERE if pattern.fullmatch(line)), "") or _columns(line)


def _columns(line: str) -> str:
    """Two columns of a letterhead side by side: every one of them must be letterhead."""
    cells = [cell.strip() for cell in COLUMN.split(line) if cell.strip()]
    if len(cells) < 2:
        together = RUN_TOGETHER.fullmatch(line)
        cells = [together["left"], together["right"]] if together else []
    reasons = [_column(cell) for cell in cells]
    if not all(reasons) or set(reasons) <= {ISSUER_REASON}:
        return ""
    return ", ".join(dict.fromkeys(reasons))


def _column(cell: str) -> str:
    reason = next((reason for pattern, reason in ANYWHERE if pattern.fullmatch(cell)), "")
    return reason or (ISSUER_REASON if LETTERHEAD.fullmatch(cell) else "")
