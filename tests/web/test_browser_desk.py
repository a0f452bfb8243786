"""The two desks in a real browser: a power cut while writing, a sentence corrected, approval on a phone."""

import re
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests.web.browsing import (
    PASSWORD,
    enter,
    first_account,
    login,
    no_sideways_scrolling,
    own_chromium,
    shoot,
)

pytestmark = pytest.mark.slow

TEXT = """Kính thưa bà con!
TÌNH HÌNH AN NINH
Lúc 17h30 ngày 23/1, BQLC xã họp tại nhà văn hóa thôn 2. Mời bà con đến dự đông đủ.
Ngày 24/1, CAX bắt 02 đối tượng trộm cắp.
GƯƠNG NGƯỜI TỐT, VIỆC TỐT
Em N.V.B nhặt được 5.000.000 đồng, trả lại người mất.
Cảm ơn bà con đã lắng nghe./."""
SAID = "Lúc mười bảy giờ rưỡi ngày hai mươi ba tháng một, ban quản lý chợ xã họp tại nhà văn hóa thôn hai."


@pytest.fixture(scope="module")
def people(station, browser):
    """lan writes, minh approves; returns the address of the panel."""
    base, link = station
    page = first_account(browser, link)
    page.goto(f"{base}/tai-khoan/")
    page.get_by_label("Tên tài khoản").fill("minh")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_label(re.compile("người duyệt")).check()
    page.get_by_role("button", name="Tạo tài khoản").click()
    return base


def kept(page):
    return page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('tieng-loa:ban-tin:')).length")


def stamp(page, words):
    """What the page says of the last copy."""
    return page.locator("#kept-now span", has_text=words)


def heard(page):
    """The sentence that sounds in the page."""
    return page.locator("a.hear.playing")


@pytest.fixture(scope="module")
def chromium_itself(browser):
    """Playwright, to start browsers that can be killed."""
    return SimpleNamespace(chromium=browser.browser_type)


def test_typing_outlives_a_power_cut_and_a_saved_text_is_forgotten(people, browser, chromium_itself, tmp_path):
    with own_chromium(chromium_itself, tmp_path) as (page, cut):
        lan = enter(page, people, "lan")
        lan.goto(f"{people}/ban-tin/moi")
        assert lan.locator("#kept").is_hidden()
        lan.get_by_label("Tiêu đề").fill("Bản tin tuần này")
        words = lan.get_by_label("dán nội dung")
        words.fill("Kính thưa")
        expect(stamp(lan, "Đã tự lưu về đài lúc")).to_be_visible(timeout=20_000)
        assert kept(lan) == 0
        words.focus()
        words.fill(TEXT)
        with lan.expect_response(lambda answer: "/tu-luu/" in answer.url and answer.ok, timeout=20_000):
            pass  # within a few seconds of typing, without leaving the field
        cut()
    with own_chromium(chromium_itself, tmp_path) as (page, _):
        lan = enter(page, people, "lan")
        lan.goto(f"{people}/ban-tin/moi")
        expect(lan.get_by_label("dán nội dung")).to_have_value(TEXT)
        expect(lan.locator("#kept-station")).to_contain_text("Đã lấy lại chữ tự lưu")
    lan = login(browser, people, "lan")  # another machine
    lan.goto(f"{people}/ban-tin/moi")
    expect(lan.get_by_label("dán nội dung")).to_have_value(TEXT)
    shoot(lan, "tu-luu")
    no_sideways_scrolling(lan)
    lan.get_by_role("button", name="Lưu bản nháp").click()
    expect(lan.locator("main h1")).to_have_text("Bản tin tuần này")
    assert kept(lan) == 0
    assert "luu=" not in lan.url
    lan.goto(f"{people}/ban-tin/moi")
    expect(lan.get_by_label("dán nội dung")).to_have_value("")


def test_what_cannot_be_sent_stays_in_the_browser_and_says_so(people, browser):
    lan = login(browser, people, "lan")
    lan.goto(f"{people}/ban-tin/moi")
    lan.route("**/tu-luu/", lambda route: route.abort())
    text = lan.get_by_label("dán nội dung")
    text.fill("Dây mạng đã rút.")
    text.blur()
    expect(stamp(lan, "Chưa gửi được về đài")).to_be_visible()
    expect(stamp(lan, "Đã tự lưu về đài")).to_be_hidden()
    shoot(lan, "tu-luu-tren-may")
    no_sideways_scrolling(lan)
    lan.reload()
    expect(text).to_have_value("Dây mạng đã rút.")
    lan.unroute("**/tu-luu/")
    expect(stamp(lan, "Đã tự lưu về đài")).to_be_visible(timeout=20_000)
    assert kept(lan) == 0
    lan.reload()
    expect(text).to_have_value("Dây mạng đã rút.")
    lan.get_by_role("button", name="Bỏ bản tự lưu").click()
    expect(text).to_have_value("")


def test_a_kept_text_can_be_dropped_and_waits_when_the_bulletin_has_changed_since(people, browser):
    lan = login(browser, people, "lan")
    lan.goto(f"{people}/ban-tin/moi")
    lan.get_by_label("Tiêu đề").fill("Hai người sửa")
    lan.get_by_label("dán nội dung").fill("Bản đầu.")
    lan.get_by_role("button", name="Lưu bản nháp").click()
    expect(lan.locator("main h1")).to_have_text("Hai người sửa")
    lan.goto(f"{lan.url.split('?')[0]}/sua")
    text = lan.get_by_label("Nội dung")
    text.fill("Bản bỏ đi.")
    expect(stamp(lan, "Đã tự lưu về đài")).to_be_visible(timeout=20_000)
    lan.reload()
    expect(text).to_have_value("Bản bỏ đi.")
    lan.get_by_role("button", name="Bỏ bản tự lưu").click()
    expect(text).to_have_value("Bản đầu.")
    assert kept(lan) == 0

    lan.route("**/tu-luu/", lambda route: route.abort())  # nobody else can know of this one
    text.fill("Bản của máy này.")
    text.blur()
    expect(stamp(lan, "Chưa gửi được về đài")).to_be_visible()
    other = login(browser, people, "lan")
    other.goto(lan.url)
    other.get_by_label("Nội dung").fill("Bản của máy khác.")
    other.get_by_role("button", name="Lưu bản nháp").click()
    expect(other.locator("table.lines")).to_contain_text("Bản của máy khác.")
    lan.reload()
    expect(lan.locator("#kept")).to_contain_text("đã được sửa sau đó")
    expect(text).to_have_value("Bản của máy khác.")
    lan.get_by_role("button", name="Dùng chữ tự lưu").click()
    expect(text).to_have_value("Bản của máy này.")


def test_from_a_corrected_sentence_to_two_taps_on_a_phone(people, browser):
    lan = login(browser, people, "lan")
    lan.goto(f"{people}/ban-tin/")
    asked = []
    lan.on("request", lambda request: "x-ahead" in request.headers and asked.append(request.url.rsplit("/")[-1]))
    with lan.expect_response("**/cau/1.flac"):  # spoken before anybody has pressed
        lan.get_by_role("link", name="Bản tin tuần này").click()
    address = lan.url
    listen = lan.get_by_role("link", name="Nghe câu 3", exact=True)
    with lan.expect_response("**/cau/3.flac"):  # spoken as soon as a hand moves there
        listen.focus()
    with lan.expect_response("**/cau/6.flac"):  # and the next ones meanwhile
        lan.keyboard.press("Enter")
        expect(heard(lan)).to_have_attribute("aria-label", "Nghe câu 3")
    assert asked == ["1.flac", "3.flac", "4.flac", "5.flac", "6.flac"]
    shoot(lan, "ban-tin")
    no_sideways_scrolling(lan)

    lan.get_by_role("link", name="Sửa cách đọc câu 3").click()
    lan.get_by_label("Loa sẽ đọc").fill(SAID)
    lan.get_by_role("link", name="Nghe thử").click()
    expect(heard(lan)).to_have_text("Nghe thử")
    shoot(lan, "sua-cau")
    no_sideways_scrolling(lan)
    lan.get_by_role("button", name="Lưu cho câu này").click()
    expect(lan.locator("#cau-3")).to_contain_text("ban quản lý chợ xã họp")
    lan.get_by_role("link", name="Sửa", exact=True).click()
    lan.get_by_label("Nội dung").fill(TEXT.replace("đông đủ", "đông đủ và đúng giờ"))
    lan.get_by_role("button", name="Lưu bản nháp").click()
    lan.get_by_role("link", name="Các bản trước").click()
    saved = lan.locator("section", has=lan.get_by_role("heading", name="Những lần lưu bản tin này"))
    saved.get_by_role("link").last.click()
    shoot(lan, "so-sanh")
    no_sideways_scrolling(lan)
    expect(lan.locator("td.after mark")).to_have_text(" và đúng giờ")
    lan.goto(address)
    lan.get_by_role("button", name="Nộp duyệt").click()
    expect(lan.locator("main audio")).to_be_attached(timeout=60_000)

    minh = login(browser, people, "minh")
    minh.set_viewport_size({"width": 360, "height": 780})
    minh.goto(f"{people}/duyet/")
    shoot(minh, "cho-duyet")
    no_sideways_scrolling(minh)
    minh.get_by_role("link", name="Nghe Bản tin tuần này").click()
    minh.locator("#whole").evaluate("a => a.readyState || new Promise(done => { a.onloadedmetadata = done })")
    row = minh.locator("#follow li", has_text="rưỡi")
    row.get_by_role("link").click()
    expect(minh.locator("#follow .now")).to_contain_text("rưỡi")
    expect(row).to_have_attribute("aria-current", "true")
    minh.locator("#whole").evaluate("a => a.pause()")
    assert float(minh.locator("#outline .played").get_attribute("width")) > 0
    shoot(minh, "duyet-nghe")
    no_sideways_scrolling(minh)
    minh.locator("summary", has_text="Trả lại").click()
    shoot(minh, "tra-lai")
    assert minh.get_by_role("button", name="Còn lỗi đọc").is_visible()
    minh.keyboard.press("Escape")
    minh.get_by_role("button", name="Đã nghe, duyệt phát").click()
    expect(minh.locator("main")).to_contain_text("Không có bản tin nào chờ duyệt")
    expect(minh.locator("main")).to_contain_text("minh")
