"""Two numbers with a hyphen: a day, a range, a score, and what only the author knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.reading import read_line


def kinds(written: str) -> list[str]:
    return [warning.kind for warning in read_line(written).warnings]


@pytest.mark.parametrize("written", ["10-12", "Họp 10-12, mời bà con", "Sự kiện 5-6", "Vào 3-4."])
def test_what_may_be_a_day_or_a_range_is_asked_of_the_author(written: str) -> None:
    assert kinds(written) == ["doubtful-pair"]


@pytest.mark.parametrize(
    "written",
    [
        "Lễ 8-3",
        "từ 10-12 người",
        "tỷ số 2-1",
        "lớp 10-12",
        "2-3 đứa trẻ",
        "khoảng 5-6",
        "giảm 10-12%",
        "tổ 5-7",
        "3-5m",
    ],
)
def test_what_its_company_tells_is_not_asked(written: str) -> None:
    assert kinds(written) == []


def test_the_warning_marks_the_pair() -> None:
    (warning,) = read_line("Họp 10-12, mời bà con").warnings
    assert "Họp 10-12, mời bà con"[warning.start : warning.end] == "10-12"
    assert "10-12" in warning.text


@given(st.integers(13, 31), st.integers(1, 12), st.sampled_from(["", "Lễ ", "Từ ", "Chào mừng ", "Trường "]))
def test_a_number_above_twelve_before_a_month_is_its_day(day: int, month: int, before: str) -> None:
    assert " tháng " in read_line(f"{before}{day}-{month}").spoken


@given(st.integers(1, 31), st.integers(1, 12), st.sampled_from(["lớp", "tỷ số", "cấp", "khoảng"]))
def test_a_numbered_noun_never_makes_a_day(first: int, second: int, noun: str) -> None:
    assert "tháng" not in read_line(f"{noun} {first}-{second}").spoken
