"""Full names beside crime, harm and childhood; never those of officers, good people and places."""

import pytest

from audio.review import review
from tests.audio.review.asked import TODAY, found, quoted


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Công an bắt đối tượng Nguyễn Văn Anh.", "Nguyễn Văn Anh"),
        ("Nguyễn Văn Anh (SN 1990, trú thôn 4) bị Công an xã bắt quả tang.", "Nguyễn Văn Anh"),
        ("Nguyễn Văn Anh, sinh năm 1990, có hành vi trộm cắp.", "Nguyễn Văn Anh"),
        ("Hai đối tượng là Trần Thị Bình và N.V.A.", "Trần Thị Bình"),
        ("Nghi phạm: Lê Quốc Huy", "Lê Quốc Huy"),
        ("Khởi tố bị can đối với Phạm Hùng", "Phạm Hùng"),
        ("Nạn nhân là ông Phạm Văn Sáu, trú thôn 2.", "Phạm Văn Sáu"),
        ("ĐỐI TƯỢNG NGUYỄN VĂN ANH ĐÃ BỊ BẮT", "NGUYỄN VĂN ANH"),
        ("Đối tượng LÊ THỊ HOA khai nhận", "LÊ THỊ HOA"),
        ("Đại úy Lê Văn Bình đã bắt đối tượng Trần Văn Cường", "Trần Văn Cường"),
        ("Xử phạt Ngô Văn Tám 2 triệu đồng", "Ngô Văn Tám"),
        ("Anh Phan Văn Hùng bị đối tượng lừa 20 triệu đồng", "Phan Văn Hùng"),
        ("Đối tượng Alăng Nhưa, trú xã Hùng Sơn", "Alăng Nhưa"),
    ],
)
def test_the_full_name_of_a_suspect_or_victim_is_serious(text, name):
    assert found(text, "name-full") == [(name, "serious")]


def test_every_name_of_a_list_is_found():
    text = "Bắt 03 đối tượng gồm: Nguyễn Văn Bình (SN 1990), Trần Văn Cường và Lê Thị Dung."
    assert quoted(text, "name-full") == ["Nguyễn Văn Bình", "Trần Văn Cường", "Lê Thị Dung"]


def test_a_half_hidden_name_is_only_a_warning_and_says_the_initials():
    (only,) = review("đối tượng Nguyễn Văn A bị bắt", TODAY)
    assert (only.code, only.severity, only.text) == ("name-full", "warn", "Nguyễn Văn A")
    assert dict(only.values) == {"initials": "N.V.A."}


@pytest.mark.parametrize(
    "text",
    [
        "Đối tượng N.V.A. (SN 1990) bị bắt cùng Nguyễn V.A.",
        "Trung tá Nguyễn Thành Long – Trưởng Công an xã – chỉ đạo bắt đối tượng",
        "Đối tượng đã bị Thượng úy Trần Văn Nam khống chế",
        "Ông Lê Văn Bảy, Trưởng thôn 4, báo tin về đối tượng",
        "Đối tượng tại Tam Kỳ, ở đường Nguyễn Văn Linh, xã Lê Lợi, gần trường THPT Võ Nguyên Giáp",
        "Đối tượng trú 12 Lê Lợi, TP Hồ Chí Minh, quê Hà Tĩnh và Thái Bình",
        "ĐỐI TƯỢNG PHẠM TỘI TRỘM CẮP, ĐỐI TƯỢNG CAO TUỔI, HÀNH VI VI PHẠM",
        "Anh Nguyễn Văn Bình (SN 1985) nhặt được ví, trả lại cho bà Lê Thị Tám (SN 1975).",
        "Khi đối tượng bỏ chạy, anh Nguyễn Văn Bình dũng cảm đuổi theo, được tặng giấy khen.",
        "Đối tượng bị anh Nguyễn Văn Bình khống chế.",
        "GƯƠNG NGƯỜI TỐT, VIỆC TỐT\nEm Nguyễn Phương Anh (10 tuổi) đến Công an giao nộp ví.",
        "Nguyễn Văn Bình phụ trách sân khấu.",
        "Trường mang tên Nguyễn Văn Trỗi",
    ],
)
def test_officers_good_people_places_and_initials_are_left_alone(text):
    assert quoted(text, "name-") == []


@pytest.mark.parametrize(
    "text",
    ["Cháu Lê Văn Tí (10 tuổi) bị đuối nước.", "Cháu Lê Văn Tí, sinh năm 2015, đi lạc", "em Lê Văn Tí (SN 2012)"],
)
def test_a_childs_name_is_serious(text):
    assert found(text, "name-child") == [("Lê Văn Tí", "serious")]


def test_a_name_with_an_age_is_worth_a_look():
    assert found("Anh Trần Quốc Bảo (22 tuổi) điều khiển xe mô tô", "name-") == [("Trần Quốc Bảo", "warn")]
