"""Dates: impossible, on the wrong day of the week, past, and texts that are old."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.review import review
from tests.audio.review.asked import TODAY, found, quoted

NAMES = ("thứ hai", "Thứ Ba", "thứ 4", "Thứ năm", "THỨ SÁU", "T7", "Chủ nhật")
FORMS = (
    "{w}, {d}/{m}/{y}",
    "{w} ngày {d}/{m}/{y}",
    "sáng {w} ({d}/{m}/{y})",
    "{w}, ngày {d} tháng {m} năm {y}",
    "ngày {d}/{m}/{y} ({w})",
    "ngày {d}.{m}.{y}, {w}",
    "{w} - {d}-{m}-{y}",
    "{w} tuần này, ngày {d}/{m}/{y}",
)


@given(
    st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 6), st.sampled_from(FORMS), st.integers(-150, 150)
)
def test_a_date_with_its_year_is_right_on_one_day_of_the_week(day, claimed, form, away):
    text = "Họp dân " + form.format(w=NAMES[claimed], d=day.day, m=day.month, y=day.year) + " tại nhà văn hóa."
    wrong = [f for f in review(text, day + timedelta(days=away)) if f.code == "weekday-wrong"]
    assert bool(wrong) == (claimed != day.weekday())
    assert all(NAMES[claimed] in f.text for f in wrong)


@given(
    st.integers(-180, 180),
    st.integers(0, 6),
    st.sampled_from(["{w}, {d}/{m}", "sáng {w} ({d}/{m})", "{w} ngày {d}/{m}"]),
)
def test_a_date_without_its_year_is_the_nearest_one(away, claimed, form):
    day = TODAY + timedelta(days=away)
    text = form.format(w=NAMES[claimed], d=day.day, m=day.month)
    wrong = quoted(text, "weekday-wrong")
    if claimed == day.weekday():
        assert wrong == []
    elif abs(away) < 160:  # beyond that two years are equally near
        assert len(wrong) == 1


def test_the_whole_claim_is_quoted_and_the_right_day_named():
    (only,) = review("Họp sáng thứ ba (23/11).", TODAY)
    assert (only.text, dict(only.values)) == ("thứ ba (23/11)", {"day": "23/11/2026", "weekday": "thứ Hai"})


@pytest.mark.parametrize(
    "text",
    [
        "thứ Sáu, 20/11/2026",
        "Thứ 6 ngày 20/11/2026",
        "lần thứ năm ngày 20/11/2026",
        "thứ Bảy, Chủ nhật (21/11, 22/11)",
        "ngày 20/11, thứ Bảy ngày 21/11",
        "từ 20/11/2026, thứ Hai hằng tuần",
        "thứ hai, ngày 10/3 âm lịch",
        "CN 22/11",
    ],
)
def test_right_days_ordinals_lists_and_lunar_dates_are_left_alone(text):
    assert quoted(text, "weekday-") == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ngày 31/11", "31/11"),
        ("sáng 30/2", "30/2"),
        ("ngày 30 tháng 2", "30 tháng 2"),
        ("29/2/2027", "29/2/2027"),
        ("ngày 15/13/2026", "15/13/2026"),
        ("ngày 31 tháng Tư", "31 tháng Tư"),
    ],
)
def test_days_that_no_calendar_has_are_serious(text, day):
    assert found(text, "date-impossible") == [(day, "serious")]


@pytest.mark.parametrize(
    "text",
    ["ngày 29/2", "29/2/2028", "ngày 30/2 âm lịch", "31/40 hộ", "lớp 31/2", "QL 31/11", "tỷ lệ 30/2", "1/2 số hộ"],
)
def test_leap_days_lunar_days_fractions_and_classes_are_possible(text):
    assert quoted(text, "date-impossible") == []


@pytest.mark.parametrize(
    "text",
    [
        "Mời bà con đến dự lúc 19 giờ ngày 20/11/2026 tại nhà văn hóa.",
        "Xã sẽ phun thuốc vào sáng 25/11.",
        "Ngày 25/11, điện lực sẽ ngừng cấp điện.",
        "Đề nghị các hộ đăng ký trước ngày 20/11.",
        "Sáng mai 25/11 mời bà con tiêm phòng.",
        "Sơ tán dân trước 17h ngày 3/11.",
    ],
)
def test_a_day_that_has_passed_is_found_in_an_announcement(text):
    assert len(quoted(text, "date-passed")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Mời bà con đến dự lúc 19 giờ ngày 26/11/2026.",
        "Mời bà con đăng ký từ ngày 20/11 đến ngày 30/11.",
        "Ngày 20/11, xã đã tổ chức lễ kỷ niệm.",
        "Lúc 19h55 ngày 19/11, xe tải va chạm xe máy.",
        "Theo Thông báo số 12 ngày 20/11/2026, xã sẽ cắt nước.",
        "Công an ngày 25/8 cho biết hệ thống sẽ tự động trừ tiền.",
        "Trong tuần (từ ngày 16 - 22/11/2026), tình hình ổn định.",
    ],
)
def test_coming_days_and_told_events_are_left_alone(text):
    assert quoted(text, "date-passed") == []


def test_a_text_is_old_when_its_newest_day_is_more_than_a_year_ago():
    text = "Ngày 10/05/2018, ông B. trình báo. Ngày 12/5/2018 Công an vào cuộc."
    assert found(text, "text-old") == [("12/5/2018", "warn")]
    assert found("Tình hình 6 tháng đầu năm 2018", "text-old") == [("năm 2018", "warn")]
    assert quoted("Ngày 25/11/2025 xảy ra 2 vụ", "text-old") == ["25/11/2025"]


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 27/11/2025 xảy ra 2 vụ, năm 2018 không vụ nào",
        "Điều 173 Bộ luật Hình sự năm 2015, sửa đổi, bổ sung năm 2017",
        "Nghị định 100/2019/NĐ-CP ngày 30/12/2019",
        "ông N.V.A. (sinh năm 1990), CCCD cấp ngày 1/1/2021",
        "Kỷ niệm ngày 19/8/1945",
        "Nghị định 282/2025/NĐ-CP khác với năm 2018",
        "Ngày 13/7, chị T. nhận cuộc gọi.",
    ],
)
def test_laws_births_history_and_this_year_do_not_make_a_text_old(text):
    assert quoted(text, "text-old") == []
