"""A real browser on a real station: the one-time link, remarks that lead to their words, the station's own words."""

import re

import pytest
from playwright.sync_api import expect

from tests.web.browsing import first_account, login, no_sideways_scrolling, shoot

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def base(station, browser):
    """The address of a panel on which lan has made the first account."""
    base, link = station
    page = first_account(browser, link)
    shoot(page, "trang-chu-moi")
    page.context.close()
    return base


def test_the_one_time_link_works_once(station, base, browser):
    page = browser.new_context().new_page()
    page.goto(station[1])
    expect(page.locator("main")).to_contain_text("Liên kết")
    assert page.get_by_label("Mật khẩu").count() == 0


def test_words_light_up_with_what_is_said_and_remarks_lead_to_their_words(base, browser):
    page = login(browser, base, "lan")
    page.goto(f"{base}/ban-tin/moi")
    page.get_by_label("Tiêu đề").fill("Bản tin còn lỗi")
    page.get_by_label("dán nội dung").fill("Lúc 17h30 bắt đối tượng Nguyễn Văn Anh. Ngày 31/11 họp dân.")
    page.get_by_role("button", name="Lưu bản nháp").click()
    page.locator("td .said", has_text="17h30").hover()
    expect(page.locator(".lit")).to_have_text(["17h30", "mười bảy giờ ba mươi phút"])
    shoot(page, "xem-lai")
    no_sideways_scrolling(page)
    page.locator("summary", has_text="Nộp duyệt").click()
    page.get_by_role("button", name="Vẫn nộp").click()
    expect(page.locator("main")).to_contain_text("bản nháp")  # the box must be ticked first
    page.get_by_label(re.compile("Tôi đã xem lại")).check()
    page.get_by_role("button", name="Vẫn nộp").click()
    expect(page.locator("main")).to_contain_text("lan đã nộp dù còn điều phải xem lại")
    page.get_by_role("link", name="Sửa", exact=True).click()
    page.get_by_role("link", name=re.compile("Lịch không có ngày")).click()
    assert page.evaluate("document.getSelection().toString()") == "31/11"


def test_a_word_of_the_station_is_heard_at_once(base, browser):
    page = login(browser, base, "lan")
    page.goto(f"{base}/tu-dien/")
    page.get_by_label("Viết trong văn bản").fill("BQLC")
    page.get_by_label("Loa đọc là").fill("Ban quản lý chợ")
    page.get_by_role("button", name="Thêm vào từ điển").click()
    page.get_by_label("Một câu bất kỳ").fill("BQLC thông báo.")
    page.get_by_role("button", name="Xem loa đọc").click()
    expect(page.locator("table.lines")).to_contain_text("Ban quản lý chợ thông báo.")
    shoot(page, "tu-dien")
    no_sideways_scrolling(page)


def test_the_browser_speaks_vietnamese_of_fields_dates_and_files(base, browser):
    page = login(browser, base, "lan")
    page.goto(f"{base}/ngay-khac/")
    add = page.get_by_role("button", name="Thêm", exact=True)
    told = "document.activeElement.validationMessage"
    add.click()
    assert page.evaluate(told) == "Hãy điền ô này."
    page.get_by_label("Lý do").fill("họp dân")
    page.get_by_label("Mỗi lần mấy ngày").fill("99")
    add.click()
    assert page.evaluate(told) == "Phải từ 1 đến 60."
    page.get_by_label("Mỗi lần mấy ngày").fill("1")
    first = page.get_by_label("Từ ngày")
    first.fill("2026-12-05")  # 12/05 in a browser that is set to English
    expect(first.locator("+ .in-words")).to_have_text("Thứ Bảy, 5/12/2026")
    expect(page.locator(".file")).to_contain_text("chưa chọn tệp nào")
    calendar = page.get_by_label("Tệp lịch")
    calendar.evaluate("field => field.dataset.most = 1200000")
    calendar.set_input_files({"name": "nghi.ics", "mimeType": "text/calendar", "buffer": b"x" * 2_500_000})
    expect(page.locator(".file")).to_contain_text("nghi.ics (2,5 MB)")
    assert calendar.evaluate("field => field.validationMessage").startswith(
        "Tệp này nặng 2,5 MB, ở đây gửi được tới 1,2 MB"
    )
    calendar.set_input_files({"name": "nghi.ics", "mimeType": "text/calendar", "buffer": b"x"})
    assert calendar.evaluate("field => field.validationMessage") == ""
    expect(page.locator(".file")).to_contain_text("nghi.ics")
    add.click()
    expect(page.locator("main")).to_contain_text("Đã thêm")


def test_an_administrator_sets_the_hours_on_a_phone(base, browser):
    page = login(browser, base, "lan")
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{base}/gio-phat/")
    page.get_by_role("link", name="Sửa Toàn trạm").click()
    page.get_by_label("Từ", exact=True).nth(2).fill("11:00")
    page.get_by_label("Đến", exact=True).nth(2).fill("11:30")
    for day in ("Thứ Bảy", "Chủ nhật"):
        page.get_by_label(day).nth(2).uncheck()
    shoot(page, "gio-phat-sua")
    no_sideways_scrolling(page)
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator("main")).to_contain_text("11:00–11:30: Thứ Hai, Thứ Ba, Thứ Tư, Thứ Năm, Thứ Sáu")
    no_sideways_scrolling(page)
