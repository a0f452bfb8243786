"""The month: lunar dates, pauses and holidays, and a pause put in by its days."""

import re

import pytest

from broadcaster import timetable, zones
from tests.conftest import NOON


@pytest.fixture
def operator(enter):
    return enter("truc", "operator")


def cell(page, day):
    return re.search(rf"<td class=\"([^\"]*)\">(?:(?!</td>).)*?{day}.*?</td>", page, re.DOTALL)


def test_every_day_has_its_lunar_date_and_what_is_special(operator):
    page = operator.get("/lich-phat/thang").text
    assert "Tháng 11/2026" in page
    holiday = cell(page, "Thứ Ba 24/11/2026, hôm nay")
    assert "on-holiday" in holiday[1]
    assert "today" in holiday[1]
    assert "16/10" in holiday[0]
    assert "Ngày Văn hóa Việt Nam" in holiday[0]


def test_tet_is_there_by_its_lunar_day(operator):
    page = operator.get("/lich-phat/thang?thang=2027-02").text
    assert "on-holiday" in cell(page, "Thứ Bảy 06/02/2027")[1]
    assert "1/1" in cell(page, "Thứ Bảy 06/02/2027")[0]


def test_two_days_lead_to_a_pause_and_back_to_the_month(operator, desk):
    page = operator.get("/lich-phat/thang?thang=2026-12").text
    first = re.search(r"/lich-phat/thang\?thang=2026-12&amp;tu=2026-12-07", page)[0].replace("&amp;", "&")
    page = operator.get(first).text
    assert "Đã chọn Thứ Hai 07/12/2026" in page
    last = re.search(r"[^\"]*tu=2026-12-07&amp;den=2026-12-09#them", page)[0].replace("&amp;", "&")
    page = operator.get(last).text
    assert page.count('aria-current="true"') == 3
    fields = dict(re.findall(r'name="(first|last|month)"[^>]*value="([^"]*)"', page))
    assert fields == {"first": "2026-12-07", "last": "2026-12-09", "month": "2026-12"}
    answer = operator.post("/ngay-khac/them", fields | {"reason": "thi học kỳ", "effect": "pause"})
    assert answer.location.endswith("/lich-phat/thang?thang=2026-12")
    page = operator.get(answer.location).text
    assert "on-pause" in cell(page, "Thứ Ba 08/12/2026")[1]
    gone = next(r.id for r in desk.look(timetable.period_rows) if r.reason == "thi học kỳ")
    answer = operator.post(f"/ngay-khac/{gone}/bo", {"month": "2026-12"})
    assert answer.location.endswith("/lich-phat/thang?thang=2026-12")
    assert "thi học kỳ" not in operator.get(answer.location).text


def test_the_days_may_be_picked_the_other_way_round(operator):
    page = operator.get("/lich-phat/thang?thang=2026-12&tu=2026-12-09&den=2026-12-07").text
    assert 'name="first" type="date" value="2026-12-07"' in page


def test_who_may_not_add_a_pause_reads_the_month(enter):
    page = enter("lan", "author").get("/lich-phat/thang?tu=2026-11-27").text
    assert "Ngày Văn hóa Việt Nam" in page
    assert "tu=2026" not in page
    assert 'name="reason"' not in page


@pytest.mark.parametrize("bad", ["2026-13", "x", "2026-11-01", "<b>"])
def test_what_is_no_month_is_no_page(operator, bad):
    assert operator.get(f"/lich-phat/thang?thang={bad}").status_code == 404


@pytest.mark.parametrize("bad", ["x", "2026-02-30", "<b>"])
def test_what_is_no_day_is_not_picked(operator, bad):
    page = operator.get(f"/lich-phat/thang?tu={bad}")
    assert page.status_code == 200
    assert "Đã chọn" not in page.text


def test_a_pause_of_one_zone_is_chosen_in_the_form_where_there_is_more_than_one(operator, desk):
    assert 'name="zone"' not in operator.get("/ngay-khac/").text
    desk.look(lambda s: [zones.save(s, f"thon-{n}", f"Thôn {n}", [f"file:{n}"], [], NOON) for n in (1, 2)])
    assert 'name="zone"' in operator.get("/ngay-khac/").text
    days = {"first": "2026-12-07", "last": "2026-12-09", "effect": "pause", "reason": "sửa điện"}
    assert operator.post("/ngay-khac/them", days | {"zone": "thon-9"}).status_code == 400
    operator.post("/ngay-khac/them", days | {"zone": "thon-1"})
    assert [r.zone for r in desk.look(timetable.period_rows) if r.reason == "sửa điện"] == ["thon-1"]
    for page in ("/ngay-khac/", "/lich-phat/thang?thang=2026-12"):
        assert re.search(r"sửa điện.*?Thôn 1", operator.get(page).text, re.DOTALL)
