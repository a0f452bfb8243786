"""The editor of programmes in a real browser: with a mouse, and by keyboard alone; a rehearsal is heard in the page."""

import io
import re
import wave

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.web.browsing import PASSWORD, first_account, login, no_sideways_scrolling, shoot

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def panel(station, browser):
    """The address of the panel; lan has every right but that of approval."""
    base, link = station
    first_account(browser, link).context.close()
    return base


def music():
    """Three seconds of a tone as a WAV file."""
    tone = (8000 * np.sin(np.arange(3 * 48_000) / 20)).astype("<i2")
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(48_000)
        out.writeframes(tone.tobytes())
    return file.getvalue()


def parts(page):
    names = page.locator("li.part strong").all_inner_texts()
    return [name.split(". ", 1)[1] for name in names]


def press_on(page, locator):
    """As somebody without a mouse: the focus goes there, and Enter."""
    locator.focus()
    page.keyboard.press("Enter")


def test_a_programme_is_made_arranged_and_heard_with_a_mouse(panel, browser):
    lan = login(browser, panel, "lan")
    lan.goto(f"{panel}/thu-vien/")
    lan.locator("input[type=file]").last.set_input_files(
        {"name": "dan-ca.wav", "mimeType": "audio/wav", "buffer": music()}
    )
    lan.get_by_label("Tên bản ghi").fill("Dân ca xứ Quảng")
    lan.get_by_role("button", name="Lưu vào thư viện").click()
    expect(lan.locator("main")).to_contain_text("Đã lưu “Dân ca xứ Quảng”")

    lan.locator("nav summary").click()
    lan.get_by_role("link", name="Chương trình", exact=True).click()
    shoot(lan, "chuong-trinh")
    no_sideways_scrolling(lan)
    lan.get_by_role("link", name="Tạo chương trình").click()
    lan.get_by_label("Tên chương trình").fill("Bản tin nông nghiệp")
    lan.get_by_role("button", name="Tạo", exact=True).click()
    expect(lan.locator("h1")).to_have_text("Bản tin nông nghiệp")
    expect(lan.locator("main")).to_contain_text("Chưa có khung giờ")

    lan.get_by_label("Thêm đoạn").select_option("recording")
    lan.get_by_role("button", name="Tiếp tục").click()
    lan.get_by_label("Bản ghi", exact=True).select_option(label="Dân ca xứ Quảng (0:03)")
    lan.get_by_label(re.compile("Tên đoạn")).fill("Bài hát")
    shoot(lan, "chuong-trinh-doan")
    no_sideways_scrolling(lan)
    lan.get_by_role("button", name="Thêm", exact=True).click()
    usual = ["Nhạc hiệu", "Lời xướng", "Lời chào", "Bản tin tuần này", "Bài hát", "Lời kết", "Nhạc cắt"]
    assert parts(lan) == usual

    lan.set_viewport_size({"width": 1366, "height": 2000})
    song, call = lan.locator("li.part", has_text="Bài hát"), lan.locator("li.part", has_text="Lời xướng")
    song.locator("strong").drag_to(call.locator("strong"))
    expect(lan.locator("li.part").nth(1)).to_contain_text("Bài hát")
    lan.wait_for_load_state()
    assert parts(lan) == ["Nhạc hiệu", "Bài hát", "Lời xướng", "Lời chào", "Bản tin tuần này", "Lời kết", "Nhạc cắt"]
    lan.reload()
    assert parts(lan)[1] == "Bài hát"

    lan.get_by_label("Tốc độ đọc").select_option(label="chậm hơn 10%")
    lan.get_by_label(re.compile("Nhạc nền")).select_option(label="Dân ca xứ Quảng (0:03)")
    lan.get_by_role("button", name="Lưu thiết lập").click()
    expect(lan.locator("main")).to_contain_text("Đã lưu thiết lập")
    expect(lan.get_by_label("Tốc độ đọc")).to_have_value("90")
    shoot(lan, "chuong-trinh-sua")
    no_sideways_scrolling(lan)

    lan.get_by_role("button", name="Nghe thử cả buổi").click()
    expect(lan.locator("#whole")).to_be_attached(timeout=120_000)  # the page follows by itself
    length = lan.locator("#whole").evaluate(
        "a => new Promise(done => { a.onloadedmetadata = () => done(a.duration); a.load() })"
    )
    assert length > 20
    expect(lan.locator("#follow h2").nth(1)).to_contain_text("Bài hát")
    lan.locator("#follow li").first.click()
    lan.wait_for_function("document.getElementById('whole').currentTime > 1")
    expect(lan.locator("#follow .now")).to_be_visible()
    lan.locator("#whole").evaluate("a => a.pause()")
    shoot(lan, "chuong-trinh-nghe-thu")
    no_sideways_scrolling(lan)
    lan.goto(f"{panel}/hang-cho/")
    expect(lan.locator("main")).to_contain_text("Hàng chờ trống")


def test_parts_are_moved_changed_and_taken_out_by_keyboard_alone(panel, browser):
    lan = login(browser, panel, "lan")
    lan.goto(f"{panel}/chuong-trinh/")
    press_on(lan, lan.get_by_role("link", name="Tiếng loa an ninh"))
    down = lan.get_by_role("button", name="Đưa Lời xướng xuống sau")
    press_on(lan, down)
    expect(lan.locator("li.part").nth(2)).to_contain_text("Lời xướng")
    expect(down).to_be_focused()  # and stays there: the next press moves it on
    lan.keyboard.press("Enter")
    expect(lan.locator("li.part").nth(3)).to_contain_text("Lời xướng")
    press_on(lan, lan.get_by_role("button", name="Đưa Lời xướng lên trước"))
    expect(lan.locator("li.part").nth(2)).to_contain_text("Lời xướng")

    press_on(lan, lan.get_by_role("link", name="Sửa Lời xướng"))
    lan.get_by_label("Lời loa sẽ đọc").focus()
    lan.keyboard.press("Control+A")
    lan.keyboard.type("Mời bà con nghe bản tin tuần {tuần}.")
    for _ in range(3):  # past the title and the music, to the button
        lan.keyboard.press("Tab")
    expect(lan.get_by_role("button", name="Lưu")).to_be_focused()
    lan.keyboard.press("Enter")
    expect(lan.locator("li.part").nth(2)).to_contain_text("bản tin tuần «tuần»")

    press_on(lan, lan.locator("summary[aria-label='Bỏ Lời chào']"))
    press_on(lan, lan.get_by_role("button", name="Bỏ đoạn này"))
    expect(lan.locator("main")).to_contain_text("Đã bỏ đoạn")
    assert "Lời chào" not in parts(lan)


def test_without_javascript_everything_can_still_be_done(panel, browser):
    context = browser.new_context(locale="vi-VN", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{panel}/dang-nhap")
    page.get_by_label("Tên tài khoản").fill("lan")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.goto(f"{panel}/chuong-trinh/an-ninh-nui-thanh")
    page.get_by_role("button", name="Đưa Lời kết xuống sau").click()
    expect(page.locator("li.part strong").last).to_contain_text("Lời kết")
    page.get_by_label("Thêm đoạn").select_option("pause")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("button", name="Thêm", exact=True).click()
    expect(page.locator("ol, ul").filter(has=page.locator("li.part"))).to_contain_text("Quãng nghỉ")
    page.get_by_role("button", name="Nghe thử cả buổi").click()
    expect(page.locator("main")).to_contain_text("Nghe thử cả buổi")
