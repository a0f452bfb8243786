"""An emergency in a real browser: a template, a leader with a microphone, the order of the queue."""

import re

import pytest
from playwright.sync_api import expect

from tests.web.browsing import first_account, no_sideways_scrolling, shoot

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def lan(station, browser):
    """The one who does everything, logged in."""
    return first_account(browser, station[1])


def confirm(page):
    page.locator(".sure summary").click()
    page.get_by_role("button", name="Phát khẩn cấp").click()
    expect(page.locator(".sure[open]")).to_be_visible()  # the browser asks for the tick first
    page.get_by_label(re.compile("Phát ra loa ngay")).check()
    page.get_by_role("button", name="Phát khẩn cấp").click()


def fall_silent(page):
    page.locator("details.stop summary").click()
    page.get_by_role("button", name="Dừng ngay").click()
    expect(page.locator("#lamp")).to_contain_text("dừng", ignore_case=True)


def test_a_template_is_heard_and_then_airs_within_moments(station, lan):
    base, _ = station
    lan.goto(f"{base}/")
    lan.get_by_role("link", name="Khẩn cấp").click()
    shoot(lan, "khan-cap")
    no_sideways_scrolling(lan)
    lan.get_by_role("link", name=re.compile("Bão: ở yên")).click()
    lan.get_by_role("button", name="Nghe trước").click()
    expect(lan.locator("main audio")).to_be_attached(timeout=60_000)
    shoot(lan, "khan-cap-nghe")
    no_sideways_scrolling(lan)
    confirm(lan)
    expect(lan.locator("#air-text")).to_contain_text("Thông báo khẩn", timeout=5000)
    fall_silent(lan)


def test_a_template_with_blanks_is_filled_on_a_phone(station, lan):
    base, _ = station
    lan.goto(f"{base}/khan-cap/")
    lan.get_by_role("link", name=re.compile("Tìm người mất tích")).click()
    shoot(lan, "khan-cap-mau")
    no_sideways_scrolling(lan)
    lan.locator(".sure summary").click()
    lan.get_by_label(re.compile("Phát ra loa ngay")).check()
    lan.get_by_role("button", name="Phát khẩn cấp").click()
    assert "/khan-cap/mau/" in lan.url  # the browser asks for the blanks first
    lan.goto(f"{base}/mau-khan-cap/")
    shoot(lan, "khan-cap-cac-mau")
    no_sideways_scrolling(lan)


def test_a_leader_speaks_into_a_telephone(station, browser, lan):
    base, _ = station
    lan.goto(f"{base}/ma-lanh-dao/")
    lan.get_by_label("Họ tên, chức vụ").fill("Trần Văn Bình, Chủ tịch xã")
    lan.get_by_role("button", name="Cấp mã").click()
    digits = lan.locator(".code").inner_text()
    no_sideways_scrolling(lan)

    phone = browser.new_context(locale="vi-VN", permissions=["microphone"]).new_page()
    phone.goto(f"{base}/loa/")
    shoot(phone, "loa-ma")
    phone.get_by_label(re.compile("Mã của bạn")).fill(digits)
    phone.get_by_role("button", name="Vào").click()
    phone.get_by_role("button", name="Thu bằng micro").click()
    expect(phone.get_by_role("button", name=re.compile(r"Dừng thu \([2-9]"))).to_be_visible(timeout=10_000)
    phone.get_by_role("button", name=re.compile("Dừng thu")).click()
    expect(phone.locator("audio[src^='blob:']")).to_be_visible()
    shoot(phone, "loa-noi")
    no_sideways_scrolling(phone)
    phone.get_by_role("button", name="Nghe lại trước khi phát").click()
    length = phone.locator("main audio").evaluate(
        "a => new Promise(done => { a.preload = 'metadata'; a.onloadedmetadata = () => done(a.duration); a.load() })"
    )
    assert 0.5 < length < 30
    shoot(phone, "loa-nghe")
    no_sideways_scrolling(phone)
    confirm(phone)
    expect(phone.get_by_role("heading", name="Đã gửi ra loa")).to_be_visible(timeout=30_000)

    lan.goto(f"{base}/ma-lanh-dao/")
    expect(lan.locator("main")).to_contain_text("đã gửi ra loa")
    shoot(lan, "ma-lanh-dao")
    lan.goto(f"{base}/khan-cap/")
    expect(lan.locator("main")).to_contain_text("lãnh đạo: Trần Văn Bình, Chủ tịch xã")


def test_recordings_are_kept_queued_and_dragged_into_order(station, lan):
    base, _ = station
    for title in ("Lời nhắn một", "Lời nhắn hai"):
        lan.goto(f"{base}/thu-vien/")
        lan.get_by_role("button", name="Thu bằng micro").click()
        expect(lan.get_by_role("button", name=re.compile(r"Dừng thu \([2-9]"))).to_be_visible(timeout=10_000)
        lan.get_by_role("button", name=re.compile("Dừng thu")).click()
        expect(lan.locator("audio[src^='blob:']")).to_be_visible()
        lan.get_by_label("Tên bản ghi").fill(title)
        lan.get_by_role("button", name="Lưu vào thư viện").click()
        expect(lan.locator("main")).to_contain_text(f"Đã lưu “{title}”")
        item = lan.locator("li", has=lan.get_by_role("heading", name=title))
        reason = item.get_by_label(re.compile("Lý do phát"))
        if reason.count():
            reason.fill("Chạy thử")
        if title == "Lời nhắn hai":
            shoot(lan, "thu-vien")
            no_sideways_scrolling(lan)
        item.get_by_role("button", name="Thêm vào hàng chờ").click()
    first = lan.locator("[data-drag]").first
    expect(first).to_contain_text("Lời nhắn một")  # the station is held, so they wait
    first.get_by_role("button", name=re.compile("xuống")).press("Enter")
    expect(lan.locator("[data-drag]").first).to_contain_text("Lời nhắn hai")
    lan.set_viewport_size({"width": 1366, "height": 768})
    lan.locator("[data-drag]").nth(1).drag_to(lan.locator("[data-drag]").first)
    expect(lan.locator("[data-drag]").first).to_contain_text("Lời nhắn một")
    shoot(lan, "hang-cho-thu-tu")
    no_sideways_scrolling(lan)
