"""Word lists that give context: who is a person, what is counted, what a date or a place stands next to."""

import re
import unicodedata


def _letters(upper: bool) -> str:
    """The capital (or small) letters of Vietnamese and English, for a character class."""
    base = map(chr, [*range(0x41, 0x7B), *range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)])
    return "".join(
        c
        for c in base
        if (c in "Đđ" or unicodedata.normalize("NFD", c)[0] < "\x80") and c.isalpha() and c.isupper() == upper
    )


U = _letters(upper=True)
L = _letters(upper=False)
UP = f"[{U}]"
LOW = f"[{L}]"
NOT_IN_WORD = r"(?<![^\W_])"  # a word may begin here
WORD_ENDS = r"(?![^\W_])"

SILENT = r"[^\w.,;:?!…()\[\]{}–—/|•-]{0,6}"  # spaces, quotes and signs that leave no pause
PERSON = re.compile(
    rf"(?i:{NOT_IN_WORD}(?:anh|chị|ông|bà|em|cháu|cô|chú|bác|dì|cậu|mợ|thím|cụ|nạn nhân|đối tượng|bị can|bị cáo"
    r"|nghi phạm|nghi can|tên|tên là|vợ|chồng|con|con trai|con gái|mẹ|cha|bố|đồng chí|đ/c|tài xế|lái xe"
    r"|chủ xe|chủ nhà"
    r"|bạn|thầy|sư|học sinh|sinh viên|công dân|người|đại úy|thượng úy|trung úy|thiếu úy|đại tá|thượng tá|trung tá"
    rf"|thiếu tá)):?{SILENT}$"
)
FAMILY_NAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đoàn|Trương|Đinh|Lương|Mai|Trịnh|Tô|Hà|Cao"
    "|Châu|Thái|Tạ|Phùng|Quách|Lâm|Đào|Triệu|Kiều|Đàm|Tống|Vương|Chu|Hứa|Tăng|Ung|Lưu|Doãn|Giáp|Khổng|Mạc|Ninh|Văn|Thị"
)
NAMED = re.compile(rf"{NOT_IN_WORD}(?:{FAMILY_NAMES})(?: {UP}{LOW}{{0,6}}){{0,3}} ?$")

# Nouns that are counted: a number before one of them is an amount, whatever the word before it says.
COUNTED = re.compile(
    r" ?(?:vụ|hộ|người|trường hợp|đồng|đ|triệu|tỷ|tỉ|nghìn|ngàn|trăm|cuộc|cán bộ|chiến sĩ|chiến sỹ|xe|lượt|thôn"
    r"|xã|phường|tỉnh"
    r"|huyện|thành phố|em|cháu|con|cái|chiếc|suất|phần|kg|tấn|tạ|mét|m2|ha|km|lít|giờ|phút|giây|ngày|đêm|tuần|tháng|năm"
    r"|tuổi|thư|tin nhắn|tin|tin báo|đơn|đoàn|hội viên|học sinh|sinh viên|đại biểu|đối tượng|căn|nhà|ngôi|thanh niên"
    r"|công nhân|bà con|hành khách|tổ|cơ sở|doanh nghiệp|câu|lá|quả|cây|bộ|tờ|bản|buổi|lần|gia đình|khách|bệnh nhân"
    r"|thành viên|nhóm|đơn vị|vé|mô hình|điểm|phương tiện|quần chúng|chỉ tiêu|tiêu chí|nội dung|ca|nạn nhân|tàu|thuyền"
    r"|khẩu|viên|gói|bao|thùng|chai|túi|bị can|bị cáo|camera|loa|cụm|đường|hồ sơ|giấy|văn bản|lô|m|%|bếp"
    r"|giáo viên|phụ nữ"
    r"|trẻ|chỗ|học viên|chữ|ghế|thanh thiếu niên|đảng viên|chi bộ|bức|ý kiến|phiếu|xuất|nghề|công trình|dự án"
    r"|máy|điện thoại|tàu|thửa|khu|địa phương|lao động|đồng chí|đ/c|đoàn viên|dân quân|chốt|CBCS|CB|CS|ĐVTN|HV|HS|SV"
    r"|HSSV|TV|DQTV|DQ)"
    rf"{WORD_ENDS}"
)
PART_OF = re.compile(
    r" (?:tổng|số|dân số|diện tích|chiều|thời gian|thời lượng|quân số|khối lượng|lượng|giá trị|mức|đường|quãng"
    r"|sản lượng"
    rf"|thu nhập|tiền|vốn|kinh phí|thân|bề|cơ thể|mặt|quy định|nhu cầu|khẩu phần|số lượng){WORD_ENDS}"
)
# Words that open a sentence, so the letter before them closed the last one.
OPENS_SENTENCE = re.compile(
    r" ?(?:Đến|Sau|Khi|Ngày|Anh|Chị|Ông|Bà|Em|Qua|Công an|Theo|Trước|Hậu quả|Tuy|Tại|Do|Cơ quan|Hiện|Lúc|Khoảng"
    r"|Từ|Trong|Cùng"
    r"|Đối tượng|Đây|Vụ|Người|Nạn nhân|Tang vật|Đồng thời|Các|Những|Một|Hai|Nhận|Bước|Vì|Tuyệt|Mọi|Thấy|Với"
    r"|Ngay|Được|Kết quả)(?!\w)"
)
