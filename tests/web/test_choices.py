"""What the station chooses, on one page of the administrator's."""

import re

import pytest

from broadcaster import preferences
from broadcaster.models_desk import PreferenceRow

FORM = {"reading.thousand": "ngàn", "reading.odd": "lẻ", "reading.four": "bốn", "station.phones": "0235.3650236"}


@pytest.fixture
def admin(enter):
    return enter("sếp", "admin")


def save(browser, form, **how):
    """As the page sends it that is open just now."""
    mark = re.search(r'name="mark" value="(\w+)"', browser.get("/lua-chon/").text)[1]
    return browser.post("/lua-chon/", {"mark": mark} | form, **how)


def test_what_is_chosen_is_kept_and_bulletins_are_read_by_it(admin, desk):
    assert "Đã lưu lựa chọn" in save(admin, FORM, follow_redirects=True).text
    page = admin.get("/tu-dien/?thu=1.024+hộ+và+105+xe").text
    assert "ngàn không trăm hai mươi bốn" in page
    assert "một trăm lẻ năm" in page
    assert desk.look(lambda s: preferences.get(s, preferences.PHONES)) == ("0235.3650236",)
    assert 'value="0235.3650236"' in admin.get("/lua-chon/").text


def test_an_unusable_choice_is_named_as_people_know_it_and_nothing_of_the_form_is_kept(admin, desk):
    answer = save(admin, FORM | {"station.phones": "số nhà", "station.name": "Đài xã"})
    assert answer.status_code == 400
    assert "“số nhà” không dùng được cho “Số điện thoại của đài" in answer.text
    assert "station.phones”" not in answer.text
    assert 'value="Đài xã"' in answer.text
    assert desk.look(lambda s: s.query(PreferenceRow).count()) == 0


def test_a_station_without_a_name_is_asked_for_one(admin, enter):
    assert "Ghi tên đài" in admin.get("/").text
    assert "Ghi tên đài" not in enter("soạn", "author").get("/").text
    save(admin, {"station.name": "Đài Truyền thanh xã Núi Thành"})
    assert "Ghi tên đài" not in admin.get("/").text


def test_whoever_looks_words_up_is_led_there_if_he_may(admin, enter):
    assert "/lua-chon/" in admin.get("/tu-dien/").text
    assert "/lua-chon/" not in enter("soạn", "author").get("/tu-dien/").text


def test_the_second_of_two_people_is_told_and_can_save_knowingly(admin, desk):
    page = admin.get("/lua-chon/").text
    mark = re.search(r'name="mark" value="(\w+)"', page)[1]
    save(admin, {"station.name": "Đài một"})
    answer = admin.post("/lua-chon/", {"mark": mark, "station.name": "Đài hai"})
    assert answer.status_code == 400
    assert "vừa được người khác sửa" in answer.text
    assert 'value="Đài hai"' in answer.text
    again = re.search(r'name="mark" value="(\w+)"', answer.text)[1]
    assert admin.post("/lua-chon/", {"mark": again, "station.name": "Đài hai"}).status_code == 302
    assert desk.look(lambda s: preferences.get(s, preferences.NAME)) == "Đài hai"
