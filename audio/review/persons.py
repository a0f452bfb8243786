"""Full names in Vietnamese texts: where they stand, and whether they name a person at all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from audio.reading.vocabulary import FAMILY_NAMES, LOW, UP, U

# Peoples of the mountains west of the coast: Cơ Tu, Co, Giẻ Triêng, Xơ Đăng.
MOUNTAIN_NAMES = "Alăng|A Lăng|Zơrâm|Zơ Râm|Bhling|Bhnướch|Bríu|Bling|Coor|Pơloong|Arâl|Ating|Hôih|Riah|Tơ Ngôl|Y|A"
FAMILIES = f"{FAMILY_NAMES}|{MOUNTAIN_NAMES}"
SYLLABLE = rf"{UP}{LOW}{{1,6}}"
MIXED = re.compile(
    rf"(?<![\w.])(?:{FAMILIES})(?: {SYLLABLE}){{0,4}} (?:{SYLLABLE}|(?P<one>{UP})(?!\.{UP}))(?!\w|-\d)(?! {SYLLABLE})"
)
# In capitals "PHẠM TỘI" and "CAO TUỔI" are words: the family must be one that is nothing else, or the middle a name's.
NO_NAME = r"(?:ĐÃ|BỊ|VÀ|CÓ|LÀ|TRÚ|SINH|TẠI|CÙNG|KHAI|VỀ|ĐỂ|ĐANG|VỪA|BẮT|LỪA|TRỘM|CƯỚP|GÂY|HÀNH|PHẠM|KHI|TRÊN|Ở|DO|TỪ)"
CAPITALS = re.compile(
    r"(?<![\w.])(?:(?:NGUYỄN|TRẦN|HUỲNH|LÊ|BÙI|ĐẶNG|NGÔ|TRƯƠNG|ĐINH|VÕ|VŨ)"
    rf"|(?:{FAMILY_NAMES.upper()})(?= (?:VĂN|THỊ|ĐÌNH|HỮU|NGỌC|MINH|QUANG|XUÂN|VIẾT|TẤN|ĐỨC|BÁ|QUỐC|THẾ) ))"
    rf"(?: (?!{NO_NAME}(?!\w))[{U}]{{2,6}}){{0,3}} (?!{NO_NAME}(?!\w))(?:[{U}]{{2,6}}|(?P<one>{UP})(?!\.{UP}))(?!\w)"
)
# Places and words that begin like a family's name.
PLACES = re.compile(
    r"(?:Hà (?:Nội|Tĩnh|Giang|Nam|Đông|Lam|Tiên|Tây|Nha)|Thái (?:Bình|Nguyên|Lan|Bình Dương|Phiên)|Cao (?:Bằng|Lãnh)"
    r"|Lâm Đồng|Ninh (?:Bình|Thuận|Hòa)|Lý Sơn|Phan (?:Thiết|Rang)|Châu (?:Âu|Á|Phi|Mỹ|Đốc)|Hồ Chí Minh|Vương Quốc"
    r"|Văn (?:Lang|Hóa|Phòng)|Giáp Tết|Mai (?:Châu|Dịch|Linh)|Y (?:Tế|Sĩ|Bác Sĩ)|A Lưới|Cao Đẳng)"
)
PLACE_BEFORE = re.compile(
    r"(?i)(?<!\w)(?:đường|phố|ngõ|hẻm|kiệt|trường|THPT|THCS|TH|tiểu học|mẫu giáo|mầm non|đại học|cao đẳng|cầu|xã|phường"
    r"|thị trấn|thôn|khối phố|khối|KP|huyện|quận|tỉnh|TP\.?|thành phố|chợ|bệnh viện|công viên|quảng trường|nhà thờ|chùa"
    r"|đình|tượng đài|khu|KCN|công ty|cty|doanh nghiệp|quán|tiệm|cửa hàng|giải|quỹ|ngã ba|ngã tư|bến|bến xe|hồ|sông"
    r"|núi|đảo|nhà máy|nghĩa trang|danh nhân|anh hùng|liệt sĩ|thời|vua|P\.|Q\.|H\.|X\.|đ\.)[ :]?(?:mang tên )?[\"“]?$"
    r"|\d[\dA-Za-z/]*,? ?(?:đường )?$"
)
TITLE = (
    r"(?:(?:thiếu|trung|thượng|đại) (?:úy|uý|tá|tướng)|hạ sĩ|trung sĩ|thượng sĩ|chủ tịch|bí thư|giám đốc|trưởng|phó"
    r"|đội trưởng|tổ trưởng|trưởng thôn|trưởng ban|công an viên|cán bộ|chiến sĩ|chiến sỹ|đồng chí|đ/c|bác sĩ|BS|luật sư"
    r"|LS|thẩm phán|kiểm sát viên|nhà báo|PV|phóng viên|MC|thầy giáo|cô giáo|hiệu trưởng|tiến sĩ|TS|thạc sĩ|ThS|GS|PGS"
    r"|linh mục|đại đức|thượng tọa|dân quân|dân phòng|bảo vệ|điều tra viên|tổ viên|ủy viên|uỷ viên|đại biểu|lãnh đạo)"
)
TITLE_BEFORE = re.compile(rf"(?i)(?<!\w){TITLE}(?!\w)[^.;,\n(]{{0,60}}?$")
TITLE_AFTER = re.compile(rf"(?i)[ ,–(-]{{1,4}}(?:là |nguyên |hiện là |quyền )?{TITLE}(?!\w)")


@dataclass(frozen=True)
class Name:
    """A person's full name at [start, end); `partly` when its last word is an initial ("Nguyễn Văn A")."""

    start: int
    end: int
    partly: bool


def names(text: str) -> Iterator[Name]:
    """Full names of persons without the names of places, streets, schools and firms, in the text's order."""
    found = [*MIXED.finditer(text), *CAPITALS.finditer(text)]
    for match in sorted(found, key=lambda m: m.start()):
        if PLACES.fullmatch(match[0].title()) or PLACE_BEFORE.search(text[max(0, match.start() - 40) : match.start()]):
            continue
        yield Name(match.start(), match.end(), match["one"] is not None and match["one"] in "ABCDĐEGHIKLMNOPQRSTUVXY")
