"""Abbreviations that mean different things in different company; the first line that fits wins."""

import re
from typing import NamedTuple

from audio.reading.engine import Say, after, before, rule
from audio.reading.syllables import is_syllable
from audio.reading.vocabulary import LOW, NAMED, PERSON, UP

PLACE = rf" ?(?:{UP}{LOW}+|{UP}{{2,}}|HCM)"


class Sense(NamedTuple):
    """`written` means `spoken` when what stands before and after fits (both optional patterns)."""

    written: str
    spoken: str
    follows: str = ""  # before it, up to its first character
    precedes: str = ""  # after it


SENSES = (
    Sense("BCH", "Ban Chỉ huy", precedes=r" ?(?:PCTT|PCLB|PTDS|phòng|QS|[Qq]uân sự|TKCN|PCCC|chống|cứu hộ|thống nhất|phòng thủ|công trường|quân đoàn|Bộ đội|BĐBP|DQTV)"),
    Sense("BCH", "Ban Chấp hành"),
    Sense("ĐT", "điện thoại", precedes=r" ?:? ?[(+0-9]|:| liên hệ| di động| bàn| thông minh"),
    Sense("ĐT", "điều tra", follows=r"(?:CQ|CS|Cảnh sát|[Cc]ơ quan|phục vụ|quyết định|khởi tố) ?$"),
    Sense("ĐT", "đường tỉnh", follows=r"(?:tuyến|đường) $"),
    Sense("ĐT", "đô thị", follows=r"(?:khu|trật tự|văn minh|quản lý|QL) $"),
    Sense("ĐT", "đối tượng", follows=r"(?:các|nhiều|nhóm|\d|bắt|những|tên|số) $"),
    Sense("ĐT", "điện thoại"),
    Sense("ĐC", "địa chỉ"),
    Sense("Đ/c", "địa chỉ", precedes=r" ?:"),
    Sense("Đ/C", "địa chỉ", precedes=r" ?:"),
    Sense("đ/c", "địa chỉ", precedes=r" ?:"),
    Sense("Đ/c", "đồng chí"), Sense("đ/c", "đồng chí"), Sense("Đ/C", "đồng chí"), Sense("đ/C", "đồng chí"), Sense("Đc", "đồng chí"),
    Sense("TT", "trung tâm", precedes=r" (?:Y tế|VH|[Vv]ăn hóa|[Hh]ành chính|[Gg]iáo dục|GD|[Dd]ịch vụ|DV|[Pp]hục vụ|PVHCC|[Hh]ọc tập|HTCĐ|GDNN|[Cc]hính trị|[Kk]huyến nông|[Bb]ảo trợ|[Cc]hỉ huy|[Tt]hương mại|TM|[Dd]ạy nghề|[Ss]át hạch|[Kk]ỹ thuật|[Tt]ruyền|TT)"),
    Sense("TT", "thị trấn", precedes=r"\.? ?(?:[A-ZĐÀ-Ỹ][a-zà-ỹ])"),
    Sense("TT", "thị trấn", follows=r"(?:xã|phường), $"),
    Sense("TT", "trật tự", follows=r"(?:AN|an ninh|ANCT),? ?(?:và )?[-–]? ?$"),
    Sense("TT", "thông tin", precedes=r" ?(?:&|và) ?(?:TT|truyền thông)"),
    Sense("TT", "truyền thông", follows=r"TT ?(?:&|và) ?$"),
    Sense("TT", "thông tư", follows=r"(?:theo|tại|của) $"),
    Sense("TT", "tuyên truyền", follows=r"(?:công tác|đẩy mạnh|phát thanh) $"),
    Sense("TT", "thị trấn"),
    Sense("TP", "tội phạm", precedes=r" (?:ma t[úu]y|MT|hình sự|kinh tế|công nghệ|sử dụng|về|xâm hại|có tổ chức|và (?:TN|tệ nạn|vi phạm)|trộm|cướp|lừa|nguy hiểm|truy nã|xuyên)"),
    Sense("TP", "tội phạm", follows=r"(?:[Pp]hòng,? chống|[Tt]ố giác|[Tt]rấn áp|[Tt]ấn công|[Ll]oại|[Pp]hòng ngừa|PC|[Hh]oạt động|[Pp]hạm|tin báo|[Bb]ắt|[Tt]ruy nã|đấu tranh(?: với)?|CĐ|thủ đoạn(?: của)?) $"),
    Sense("TP", "thực phẩm", follows=r"(?:an toàn|vệ sinh|lương thực,?|ATVS|VSAT) $"),
    Sense("TP", "thành phố"), Sense("Tp", "thành phố"), Sense("tp", "thành phố"),
    Sense("SN", "sinh năm", precedes=r" ?:? ?(?:19|20)\d\d(?!\d)|:? ?\d\d/\d\d?/|\s?:? ?\d\d?/\d\d?/(?:19|20)"),
    Sense("SN", "số nhà", precedes=r" ?:? ?\d|[.:]"),
    Sense("SN", "sinh năm"),
    Sense("BS", "bác sĩ", precedes=r"\.? ?[A-ZĐ]|\.?CK"),
    Sense("BS", "bác sĩ"), Sense("Bs", "bác sĩ"),
    Sense("TK", "tìm kiếm", precedes=r" ?[-–,]? ?CN(?!\w)"),
    Sense("TK", "thế kỷ", precedes=r" ?[IVX]+(?!\w)"),
    Sense("TK", "tài khoản"),
    Sense("KH", "khách hàng", follows=r"(?:của|các|cho|quý|tên|mã|nhiều|từ|phục vụ|dữ liệu) $"),
    Sense("KH", "khoa học", precedes=r" ?(?:kỹ thuật|KT|công nghệ|và CN)"),
    Sense("KH", "kế hoạch"),
    Sense("TH", "tiểu học", follows=r"(?:[Tt]rường|[Tt]rường:|TRƯỜNG|bậc|cấp|các trường|học sinh|HS|MN,|MG,|MN và|mầm non,|mầm non và) ?$"),
    Sense("TH", "tiểu học", precedes=r",? ?(?:và |, ?|- ?)?(?:THCS|THPT)"),
    Sense("TH", "truyền hình", follows=r"(?:PT|phát thanh|PT và|phát thanh,|phát thanh và) ?-? ?$"),
    Sense("TH", "tổng hợp", follows=r"(?:báo cáo|bộ phận|phòng) $"),
    Sense("TH", "trường hợp", follows=r"(?:\d|các|nhiều|một số|mọi) $"),
    Sense("TH", "thực hiện"),
    Sense("CN", "chủ nhật", follows=r"(?:[Tt]hứ|T) ?\w{1,4}(?: ?[,-] ?| và | hoặc | đến )$"),
    Sense("CN", "chi nhánh", precedes=rf" (?:{UP}{LOW}+)", follows=r"(?:VPĐKĐĐ|[Nn]gân hàng|NH|NHNo|Công ty|bank|Văn phòng) ?-? ?$"),
    Sense("CN", "cử nhân", precedes=r"\. ?[A-ZĐ]"),
    Sense("CN", "cứu nạn", follows=r"TK ?[-–,]? ?$"),
    Sense("CN", "công nghệ", follows=r"(?:KH|[Kk]hoa học|[Tt]ội phạm|TP) ?(?:và|,|&)? ?$"),
    Sense("CN", "công nghiệp", follows=r"(?:[Kk]hu|[Cc]ụm|ngành|sản xuất|TTCN,|và) $", precedes=r"(?! ?\d|,? ?\d)"),
    Sense("CN", "công nghiệp", precedes=r" ?[-–,] ?(?:TTCN|XD|DV|tiểu thủ)"),
    Sense("CN", "công nhân", follows=r"(?:\d|các|nữ|anh chị em|nhiều) $"),
    Sense("CN", "chủ nhật"),
    Sense("HS", "hình sự", follows=r"(?:CS|cảnh sát|vụ án|phạm pháp|luật|PP|trách nhiệm|tội phạm) $"),
    Sense("HS", "hồ sơ", follows=r"(?:nộp|giải quyết|tiếp nhận|bộ|mã|lập|nhận|xử lý|hoàn thiện|trả) $"),
    Sense("HS", "học sinh"),
    Sense("CS", "chiến sĩ", follows=r"CB ?[,/&-]? ?(?:và )?$|cán bộ,? ?(?:và )?$"),
    Sense("CS", "cơ sở", follows=r"(?:[Đđ]ảng|ở|tại|từ|các|\d) $"),
    Sense("CS", "chính sách", follows=r"(?:gia đình|đối tượng|chế độ,?|diện) $"),
    Sense("CS", "cảnh sát"),
    Sense("ND", "nông dân", follows=r"(?:[Hh]ội|HỘI) $"),
    Sense("ND", "nội dung", follows=r"(?:\d|các|những|có) $"),
    Sense("ND", "nhân dân"),
    Sense("NN", "nông nghiệp", follows=r"(?:SX|sản xuất|đất|ngành|HTX|vật tư|lĩnh vực|Phòng|Sở|Bộ) $", precedes=r"(?! nước)"),
    Sense("NN", "nông nghiệp", precedes=r" ?(?:&|và|,|-) ?(?:PTNT|MT|nông thôn|nông dân|phát triển|môi trường)"),
    Sense("NN", "nước ngoài", follows=r"(?:[Nn]gười|NGƯỜI|lao động|ở) $"),
    Sense("NN", "nhà nước"),
    Sense("CT", "chủ tịch", precedes=r"\.? ?(?:UBND|HĐND|UBMT|Hội|xã|phường|huyện|tỉnh|nước|MTTQ|công đoàn|TP)"),
    Sense("CT", "chương trình", precedes=r" ?(?:MTQG|mục tiêu|135|30a|phối hợp|OCOP|nông thôn|hành động)"),
    Sense("CT", "chính trị", follows=r"(?:AN|an ninh|hệ thống|HT|lý luận|tư tưởng) $"),
    Sense("CT", "công trình", follows=r"(?:các|\d|thi công) $"),
    Sense("CT", "công ty", precedes=rf" (?:TNHH|CP|{UP}{LOW})"),
    Sense("CT", "chỉ thị"),
    Sense("GĐ", "giám đốc", precedes=r"\.? ?(?:Công an|CA|Sở|Công ty|CT|Trung tâm|TT|Ban|BQL|[A-ZĐ][a-zà-ỹ]+ [A-ZĐ])"),
    Sense("GĐ", "giai đoạn", precedes=r" ?\d| ?[IVX]+(?!\w)"),
    Sense("GĐ", "giám định", follows=r"(?:kết luận|trưng cầu|kết quả) $"),
    Sense("GĐ", "gia đình"),
    Sense("HĐ", "hợp đồng", precedes=r" ?(?:lao động|số|mua|thuê|LĐ|kinh tế|\d)"),
    Sense("HĐ", "hội đồng", precedes=r" ?(?:nhân dân|thi|NVQS|nghĩa vụ|xét|phối hợp|giáo dục|bồi thường|TĐ|xử)"),
    Sense("HĐ", "hoạt động"),
    Sense("LĐ", "lãnh đạo", follows=r"(?:[Đđ]/c|đồng chí|chỉ đạo,|của) $"),
    Sense("LĐ", "lãnh đạo", precedes=r" (?:CA|Công an|UBND|xã|Đảng|phường|đơn vị)"),
    Sense("LĐ", "lao động"),
    Sense("MT", "ma túy", follows=r"(?:[Tt]ội phạm|TP|CSĐTTP|về|nghiện|sử dụng|mua bán|chất|tệ nạn|TNXH,) $"),
    Sense("MT", "Mặt trận", follows=r"(?:[Bb]an|công tác|UB|Ủy ban|CT) $"),
    Sense("MT", "Mặt trận", precedes=r" (?:Tổ quốc|TQ|xã|thôn)"),
    Sense("MT", "môi trường"),
    Sense("TN", "tai nạn", precedes=r" ?(?:GT|giao thông|lao động|LĐ|thương tích|đuối nước)"),
    Sense("TN", "tệ nạn", precedes=r" (?:xã hội|XH|ma túy)"),
    Sense("TN", "tài nguyên", precedes=r" ?(?:&|và|-) ?(?:MT|môi trường)"),
    Sense("TN", "thanh niên"),
    Sense("TB", "thương binh", precedes=r" ?[,-] ?(?:LS|BB|liệt sĩ|xã hội|XH)|, ?bệnh binh"),
    Sense("TB", "thiết bị", follows=r"(?:các|trang|máy móc,) $"),
    Sense("TB", "trung bình", follows=r"(?:mức|loại|cấp) $"),
    Sense("TB", "thông báo"),
    Sense("AN", "an ninh", follows=r"(?:lực lượng|[Bb]áo cáo|công tác|giữ gìn|bảo vệ) $|QP ?[-,&] ?$", precedes=r"(?! TOÀN)"),
    Sense("QS", "quân sự"),
    Sense("NQ", "nghị quyết"), Sense("QĐ", "quyết định"), Sense("NĐ", "nghị định"), Sense("CV", "công văn"), Sense("BC", "báo cáo"), Sense("HD", "hướng dẫn"),
    Sense("KT", "kiểm tra", follows=r"(?:công tác|đoàn|tổ|việc) $"), Sense("KT", "kinh tế"),
    Sense("TX", "thị xã"), Sense("Tx", "thị xã"),
    Sense("KP", "khu phố"), Sense("TDP", "tổ dân phố"),
    Sense("TM", "thay mặt", precedes=r"\.? ?(?:UBND|BCH|Ban|Đảng|lãnh đạo|HĐND|BTV|Ủy ban|BCĐ|cấp|chi)"), Sense("TM", "thương mại"),
    Sense("PT", "phương tiện", follows=r"(?:các|\d|chủ|người điều khiển|điều khiển) $"),
    Sense("PT", "phát thanh", precedes=r" ?(?:[-–&]|và) ?(?:TH|truyền hình)"), Sense("PT", "phong trào"),
    Sense("GV", "giáo viên"), Sense("CB", "cán bộ"), Sense("NV", "nhiệm vụ", follows=r"(?:thực hiện|triển khai|các|\d|hoàn thành) $"), Sense("NV", "nhân viên"),
    Sense("DN", "doanh nghiệp"), Sense("DV", "dịch vụ"), Sense("XD", "xây dựng"), Sense("PV", "phóng viên"), Sense("PN", "phụ nữ"), Sense("XH", "xã hội"),
    Sense("VH", "văn hóa"), Sense("GD", "giáo dục"), Sense("YT", "y tế"), Sense("GT", "giao thông"), Sense("SX", "sản xuất"), Sense("QL", "quản lý"),
    Sense("ÂL", "âm lịch"), Sense("AL", "âm lịch", follows=r"\d $"), Sense("DL", "dương lịch", follows=r"\d $"), Sense("DL", "du lịch"),
    Sense("TTr", "tờ trình"), Sense("CTr", "chương trình"), Sense("TTg", "Thủ tướng"), Sense("VN", "Việt Nam"), Sense("TW", "Trung ương"), Sense("ĐU", "Đảng ủy"),
    Sense("CA", "Công an", precedes=r"(?! DAO| SĨ| KHÚC| NGỢI| MỔ| CẨM|[-–]CU|CU)"),
    Sense("TU", "Tỉnh ủy", precedes=r"(?! BỔ| SỬA| TẠO| DƯỠNG| HÀNH)"), Sense("HU", "Huyện ủy"),
)  # fmt: skip
TABLE: dict[str, list[tuple[str, re.Pattern[str], re.Pattern[str]]]] = {}
for _sense in SENSES:
    _found = (_sense.spoken, re.compile(_sense.follows or r"\Z"), re.compile(_sense.precedes))
    TABLE.setdefault(_sense.written, []).append(_found)
WORDS = "|".join(sorted(map(re.escape, TABLE), key=len, reverse=True))


@rule(rf"(?<![^\W_])(?P<x>(?P<w>{WORDS})(?:(?<=BS|Bs|TM|CN|TX|TT|/c|/C|CT)\.(?= ?{UP}))?)(?![^\W\d_])")
def in_company(m: re.Match[str], _: Say) -> str | None:
    return sense_of(m)


def sense_of(m: re.Match[str]) -> str | None:
    """The meaning of the abbreviation in its place, or None when it is an ordinary word in capitals."""
    written = m["w"]
    if is_syllable(written) and among_capitals(m) and not (written == "CA" and after(m, ADMINISTRATIVE, "w")):
        return None
    for spoken, follows, precedes in TABLE[written]:
        if before(m, follows, "x") and after(m, precedes, "w"):
            return spoken
    return None


ADMINISTRATIVE = re.compile(r" (?:XÃ|PHƯỜNG|TỈNH|HUYỆN|THÀNH PHỐ|TP|QUẬN|THỊ|TX)(?!\w)")
CAPITALS_BEFORE = re.compile(rf"({UP}{{2,8}})[ ,\"“]{{1,3}}$")
CAPITALS_AFTER = re.compile(rf"[ ,\"”]{{1,3}}({UP}{{2,8}})(?!\w)")


def among_capitals(m: re.Match[str]) -> bool:
    """A neighbour is a word in capitals, so this is a heading and not an abbreviation."""
    beside = (before(m, CAPITALS_BEFORE, "x"), after(m, CAPITALS_AFTER, "x"))
    return any(found and is_syllable(found[1]) for found in beside)


PLACE_LETTERS = dict(P="phường", H="huyện", X="xã", Q="quận", T="tỉnh", TP="thành phố", Tp="thành phố", TX="thị xã", Tx="thị xã", TT="thị trấn", Đ="đường", KP="khu phố", F="phường")


@rule(rf"(?<![\w.])(?P<x>(?P<w>TP|Tp|TX|Tx|TT|KP|[PHXQTĐ])\.) ?(?=(?:{UP}{LOW}+|HCM|{UP}{{2,}}(?!\.)|\d)(?!\.))")
def place_letter(m: re.Match[str], _: Say) -> str | None:
    """ "P. Thanh Khê", "H.Núi Thành", "Q.1"; after a person's title or family name it is an initial."""
    if len(m["w"]) == 1 and (before(m, PERSON) or before(m, NAMED) or (m["w"] == "T" and AT_NUMBER.match(m.string, m.end()))):
        return None
    if m["w"] == "P" and UNIT_AFTER.match(m.string, m.end()):
        return "phòng"
    if len(m["w"]) == 1 and STARTS_SENTENCE.match(m.string, m.end()):
        return None
    return PLACE_LETTERS[m["w"]]


AT_NUMBER = re.compile(r" ?\d")
UNIT_AFTER = re.compile(r" ?(?:CS|PC|PA|PV|PX|PK|QLHC|[Cc]ảnh sát|QL|VH|TC|LĐ|GD|TN|KT|NV|TP|Tư pháp|\d{3})")
# Words that open a sentence, so the letter before them closed the last one.
STARTS_SENTENCE = re.compile(
    r" (?:Đến|Sau|Khi|Ngày|Anh|Chị|Ông|Bà|Em|Qua|Công an|Theo|Trước|Hậu quả|Tuy|Tại|Do|Cơ quan|Hiện|Lúc|Khoảng|Từ|Trong|Cùng"
    r"|Đối tượng|Đây|Vụ|Người|Nạn nhân|Tang vật|Đồng thời|Các|Những|Một|Hai|Nhận|Bước|Vì|Tuyệt|Mọi|Thấy|Với|Ngay|Được|Kết quả)(?!\w)"
)


@rule(r"(?<!\w)(?P<x>[vV]/v|[vV]/V)(?!\w)")
def concerning(_: re.Match[str], __: Say) -> str:
    return "về việc"


@rule(r"(?<!\w)(?:v\.v\.?|vv\.?|V\.v\.?|v\.\.v\.{0,3})(?!\w)")
def and_so_on(_: re.Match[str], __: Say) -> str:
    return "vân vân"


@rule(r"(?<!\w)TP ?\.? ?HCM(?!\w)|(?<!\w)TPHCM(?!\w)|(?<!\w)Tp\.? ?HCM(?!\w)")
def ho_chi_minh_city(_: re.Match[str], __: Say) -> str:
    return "Thành phố Hồ Chí Minh"


RULES = (concerning, and_so_on, ho_chi_minh_city, place_letter, in_company)
