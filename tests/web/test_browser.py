"""A real browser on a real station: from the one-time link to an approved bulletin that airs and is in the log.

The screenshots it takes are the ones in docs/anh (written only when BROADCASTER_SCREENSHOTS names a folder).
"""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.web.browsing import PASSWORD, first_account, login, no_sideways_scrolling, shoot

pytestmark = pytest.mark.slow

TEXT = """Kính thưa bà con!
Ngày 23/1, CAX bắt 02 đối tượng trộm cắp.
Cảm ơn bà con đã lắng nghe./."""


def test_from_the_one_time_link_to_the_log(station, browser):
    base, link = station
    lan = first_account(browser, link)
    expect(lan.get_by_role("heading", name="Trang chủ")).to_be_visible()
    expect(lan.locator("#lamp")).to_contain_text("Chờ")
    shoot(lan, "trang-chu")
    no_sideways_scrolling(lan)

    lan.goto(f"{base}/tai-khoan/")
    lan.get_by_label("Tên tài khoản").fill("minh")
    lan.get_by_label("Mật khẩu").fill(PASSWORD)
    lan.get_by_label(re.compile("người duyệt")).check()
    lan.get_by_role("button", name="Tạo tài khoản").click()
    expect(lan.locator("main")).to_contain_text("minh")
    shoot(lan, "tai-khoan")

    lan.goto(f"{base}/ban-tin/moi")
    lan.get_by_label("Tiêu đề").fill("Bản tin thử")
    lan.get_by_label("dán nội dung").fill(TEXT)
    lan.get_by_role("button", name="Lưu bản nháp").click()
    expect(lan.locator("table.lines")).to_contain_text("Ngày hai mươi ba tháng một, Công an xã bắt hai đối tượng")
    lan.get_by_role("button", name=re.compile("[Nn]ộp")).click()
    expect(lan.locator("main audio")).to_be_attached(timeout=60_000)
    lan.reload()
    assert lan.get_by_role("button", name=re.compile("duyệt phát")).count() == 0  # nobody approves what they wrote
    address = lan.url

    minh = login(browser, base, "minh")
    minh.goto(address)
    length = minh.locator("main audio").evaluate(
        "a => new Promise(done => { a.preload = 'metadata'; a.onloadedmetadata = () => done(a.duration); a.load() })"
    )
    assert 20 < length < 60
    shoot(minh, "duyet")
    no_sideways_scrolling(minh)
    minh.get_by_role("button", name=re.compile("duyệt phát")).click()
    expect(minh.locator("main")).to_contain_text("đã duyệt", ignore_case=True)

    lan.goto(address)
    reason = lan.get_by_label(re.compile("Lý do phát"))
    if reason.count():  # the hour of the test may be one in which loudspeakers are silent
        reason.fill("Chạy thử")
    lan.get_by_role("button", name="Phát ngay").click()
    expect(lan.locator("#lamp")).to_contain_text("Đang phát", timeout=5000)
    lan.goto(f"{base}/lich-phat")
    shoot(lan, "lich-phat")
    lan.goto(f"{base}/hang-cho/")
    shoot(lan, "hang-cho")
    deadline = time.monotonic() + length + 15
    while time.monotonic() < deadline:
        lan.goto(f"{base}/nhat-ky")
        if "Bản tin thử" in lan.locator("main").inner_text():
            break
        time.sleep(1)
    expect(lan.locator("main")).to_contain_text("Bản tin thử")
    expect(lan.locator("main")).to_contain_text("đã phát", ignore_case=True)
    expect(lan.locator("main")).to_contain_text("minh")
    shoot(lan, "nhat-ky")
    no_sideways_scrolling(lan)

    lan.goto(f"{base}/sao-luu")
    lan.get_by_role("button", name="Tạo bản sao lưu ngay").click()
    expect(lan.get_by_role("link", name=re.compile("Tải về"))).to_be_visible(
        timeout=20_000
    )  # the page follows by itself
    shoot(lan, "sao-luu")


def test_the_one_time_link_works_once(station, browser):
    page = browser.new_context().new_page()
    page.goto(station[1])
    expect(page.locator("main")).to_contain_text("Liên kết")
    assert page.get_by_label("Mật khẩu").count() == 0


def test_stop_and_resume_from_any_page(station, browser):
    base, _ = station
    page = login(browser, base, "lan")
    page.goto(f"{base}/nhat-ky")
    page.locator(".air summary").click()
    page.get_by_role("button", name="Dừng ngay").click()
    expect(page.locator("#lamp")).to_contain_text("dừng", ignore_case=True)
    page.get_by_role("button", name="Phát tiếp").first.click()
    expect(page.locator("#lamp")).to_contain_text("Chờ")


def test_words_light_up_with_what_is_said_and_remarks_lead_to_their_words(station, browser):
    base, _ = station
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


def test_a_word_of_the_station_is_heard_at_once(station, browser):
    base, _ = station
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
