"""Districts and provinces that no longer exist: a hint."""

from datetime import date

from audio.review import review
from tests.audio.review.asked import TODAY, found, quoted


def test_a_district_a_province_and_their_offices_are_hinted_at_once_each():
    text = "Huyện Núi Thành, tỉnh Quảng Nam và TP. Tam Kỳ. UBND huyện, rồi huyện Núi Thành, thị xã Điện Bàn."
    assert quoted(text, "unit-") == ["Huyện Núi Thành", "tỉnh Quảng Nam", "TP. Tam Kỳ", "UBND huyện", "thị xã Điện Bàn"]
    assert {severity for _, severity in found(text, "unit-")} == {"info"}


def test_the_hint_says_where_the_place_is_now():
    (only,) = review("UBND HUYỆN NÚI THÀNH", TODAY)
    assert "Tam Mỹ" in dict(only.values)["now"]
    assert dict(only.values)["since"] == "01/07/2025"


def test_what_exists_and_what_is_called_former_is_left_alone():
    assert quoted("xã Tam Mỹ, thành phố Đà Nẵng, tỉnh Quảng Ngãi, huyện cũ", "unit-") == []
    assert quoted("huyện Núi Thành (cũ), trước đây thuộc tỉnh Quảng Nam", "unit-") == []


def test_before_july_2025_they_existed():
    assert quoted("huyện Núi Thành, tỉnh Quảng Nam", "unit-", today=date(2025, 6, 30)) == []
