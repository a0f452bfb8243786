"""The week of four people on one station, told three times: by mouse, by keyboard alone, and without JavaScript.

The administrator makes accounts, the author writes, the approver listens on a phone, the operator has the air.
"""

import re
import subprocess
import sys
import time
import wave
from datetime import datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from tests.web.browsing import PASSWORD, first_account, no_sideways_scrolling, running
from tests.web.hands import Keyboard, Mouse, Scriptless

pytestmark = pytest.mark.slow
TZ = ZoneInfo("Asia/Ho_Chi_Minh")
TEXT = """Kính thưa bà con!
Lúc 17h30 ngày 23/1, BQLC xã họp tại nhà văn hóa thôn 2.
Cảm ơn bà con đã lắng nghe./."""
SAID = "Lúc mười bảy giờ rưỡi ngày hai mươi ba tháng một, ban quản lý chợ xã họp tại nhà văn hóa thôn hai."
PEOPLE = {"mouse": ("mai", "minh", "mo"), "keyboard": ("kim", "khoa", "khanh"), "scriptless": ("tam", "tri", "truc")}
DAYS = {"mouse": ("T2", 0), "keyboard": ("T3", 1), "scriptless": ("T5", 3)}  # on which nothing airs yet
PHONE = {"width": 360, "height": 780}
DESK = {"width": 1366, "height": 768}


@pytest.fixture(scope="module")
def town(tmp_path_factory, browser):
    """A running station whose loudspeakers may sound at any hour, its administrator, and two sound files."""
    folder = tmp_path_factory.mktemp("town")
    with running(folder / "data") as (base, link):
        hours = ["hours", "--allowed", "00:00-00:00", "--quiet", "", "--max-minutes", "1440", "--max-repeats", "9"]
        subprocess.run([sys.executable, "-m", "broadcaster", *hours, "--data", str(folder / "data")], check=True)
        first_account(browser, link, "chu").context.close()
        yield SimpleNamespace(base=base, sounds=[tone(folder / "dài.wav", 60), tone(folder / "ngắn.wav", 2)])


def tone(path, seconds):
    """A quiet tone; of each length another, as what sounds the same is the same recording."""
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, 8000, 0, "NONE", ""))
        out.writeframes((3000 * np.sin(np.arange(seconds * 8000) / (3 + seconds))).astype("<i2").tobytes())
    return path


class Telling:
    """One telling: each person has a browser of their own, and acts by the same kind of hands."""

    def __init__(self, kind, town, browser):
        self.kind, self.town, self.browser = kind, town, browser
        self.author, self.approver, self.operator = PEOPLE[kind.name]
        self.day, self.weekday = DAYS[kind.name]
        self.title = f"Bản tin của {self.author}"
        self.all = []

    def enters(self, name, viewport=None):
        context = self.browser.new_context(
            locale="vi-VN", viewport=viewport or DESK, java_script_enabled=self.kind.script
        )
        hands = self.kind(context.new_page(), self.town.base)
        self.all.append(hands)
        hands.open("/dang-nhap")
        hands.write("Tên tài khoản", name)
        hands.write("Mật khẩu", PASSWORD)
        hands.press("button", "Đăng nhập")
        return hands


@pytest.mark.parametrize("kind", [Mouse, Keyboard, Scriptless], ids=lambda kind: kind.name)
def test_the_week_of_four_people(kind, town, browser):
    telling = Telling(kind, town, browser)
    began = time.monotonic()
    prepare(telling, telling.enters("chu"))
    author = telling.enters(telling.author)
    write(telling, author)
    approver = telling.enters(telling.approver, PHONE)
    hear(telling, approver)
    approver.unfold("Trả lại")
    approver.write("Lý do khác", "Sai giờ họp")
    approver.press("button", "Trả lại cho người soạn")
    mend(telling, author)
    hear(telling, approver)
    approver.press("button", "Đã nghe, duyệt phát")
    approver.sees("Không có bản tin nào chờ duyệt")
    operator = telling.enters(telling.operator)
    plan(telling, operator)
    air(telling, operator)
    report(telling, operator)
    presses = sum(hands.presses for hands in telling.all)
    print(f"{kind.name}: {presses} presses in {time.monotonic() - began:.1f} s")
    for hands in telling.all:
        hands.page.context.close()
    assert sorted({fault for hands in telling.all for fault in hands.faults}) == []


def prepare(telling, chu):
    """Accounts for three people, a zone that is turned down, a pause."""
    chu.go("Quản trị")
    chu.press("link", re.compile("^Tài khoản"))
    roles = {telling.author: "người soạn", telling.approver: "người duyệt", telling.operator: "người trực"}
    for name, role in roles.items():
        chu.write("Tên tài khoản", name)
        chu.write("Mật khẩu", PASSWORD)
        chu.tick(re.compile(rf"{role}:"))
        chu.press("button", "Tạo tài khoản")
        chu.sees(f"Đã tạo tài khoản {name}")

    zone = f"Thôn {telling.day}"
    chu.go("Quản trị")
    chu.press("link", re.compile("^Cụm loa"))
    chu.press("link", "Thêm cụm loa")
    chu.write("Tên cụm loa", zone)
    chu.choose("Thiết bị của đầu ra 1", "Không ra đâu")
    chu.press("button", "Lưu cụm loa")
    card = chu.page.locator("section.zone", has_text=zone)
    chu.write("Âm lượng bây giờ", "60", inside=card)
    chu.press("button", f"Đặt âm lượng {zone}")
    chu.sees("Đang giữ mức chỉnh tay 60 %")

    chu.go("Lịch phát")
    chu.press("link", "Tạm ngưng, lễ")
    chu.write("Lý do", f"Thi học kỳ {telling.day}")
    first = datetime.now(TZ).date() + timedelta(days=60 + telling.weekday)
    chu.write("Từ ngày", first)
    chu.write("Đến hết ngày", first)
    chu.press("button", "Thêm")
    chu.sees(f"Thi học kỳ {telling.day}")


def write(telling, author):
    """A bulletin is pasted, heard, one sentence corrected, handed in."""
    author.go("Bản tin")
    author.press("link", "Soạn bản tin")
    author.write("Tiêu đề", telling.title)
    author.write("dán nội dung", TEXT)
    author.press("button", "Lưu bản nháp")
    author.hears(2)
    author.press("link", "Sửa cách đọc câu 2")
    author.write("Loa sẽ đọc", SAID)
    author.press("button", "Lưu cho câu này")
    author.sees("ban quản lý chợ xã họp", "#cau-2")
    hand_in(author)


def hand_in(author):
    author.press("button", "Nộp duyệt")
    author.sees("Giọng đọc", "#sound")  # by itself, as soon as it is recorded


def hear(telling, approver):
    """What waits is opened on a phone and heard."""
    approver.go("Duyệt")
    approver.press("link", f"Nghe {telling.title}")
    approver.follows()
    no_sideways_scrolling(approver.page)


def mend(telling, author):
    author.go("Trang chủ")
    author.press("link", f"Sửa lại: {telling.title}")
    author.sees("Trả lại vì: Sai giờ họp")
    author.press("link", "Sửa")
    author.write("Nội dung", TEXT.replace("17h30", "18h00"))
    author.press("button", "Lưu bản nháp")
    hand_in(author)


def plan(telling, operator):
    """A new slot, and next week's time of it ten minutes later."""
    hour = (datetime.now(TZ) + timedelta(hours=3)).replace(minute=0)
    operator.go("Lịch phát")
    operator.press("link", "Khung giờ")
    operator.press("link", "Thêm khung giờ")
    operator.write("Giờ phát", hour)
    operator.tick(re.compile("Hằng tuần"))
    operator.tick(telling.day)
    operator.press("button", "Lưu")
    operator.sees(f"{hour:%H:%M}")
    operator.press("link", "Tuần")
    operator.press("link", "Tuần sau →")
    today = datetime.now(TZ).date()
    day = today + timedelta(days=7 + telling.weekday - today.weekday())
    column = operator.page.locator(f"[data-day='{day}']")
    operator.later(column.locator("a[data-move]"), 10)
    operator.write("Lý do", "họp dân")
    operator.press("button", "Dời")
    operator.sees(f"{hour:%H}:10", f"[data-day='{day}']")
    operator.sees("họp dân", f"[data-day='{day}']")


def air(telling, operator):
    """The bulletin on air, recordings behind it in another order, silence, sound, an alert."""
    operator.go("Bản tin")
    operator.press("link", telling.title)
    operator.press("button", "Phát ngay")
    operator.sees("Đang phát", "#lamp")
    operator.go("Hàng chờ")
    long, short = (f"{path.stem} của {telling.operator}" for path in telling.town.sounds)
    for path, title in zip(telling.town.sounds, (long, short), strict=True):
        operator.attach("Tệp WAV", path)
        operator.write("Tên trong nhật ký", title)
        operator.press("button", "Thêm vào hàng chờ")
    operator.lower(long, below=short)
    operator.sees(re.compile(rf"1\. {short}.*2\. {long}", re.DOTALL))
    operator.unfold("Dừng phát")
    operator.press("button", "Dừng ngay")
    operator.sees("Đã dừng", "#lamp")
    operator.press("button", f"Bỏ {long}")
    operator.press("button", "Phát tiếp")
    operator.go("Nhật ký")
    operator.finds(rf"{short}\s*đã phát")

    operator.press("link", "Khẩn cấp")
    operator.press("link", re.compile("Bão: ở yên"))
    operator.press("button", "Nghe trước")
    operator.unfold("Phát ngay")
    operator.tick(re.compile("Phát ra loa ngay"))
    operator.press("button", "Phát khẩn cấp")
    operator.sees("Thông báo khẩn", "#air-text")
    operator.unfold("Dừng phát")
    operator.press("button", "Dừng ngay")
    operator.sees("Đã dừng", "#lamp")
    operator.press("button", "Phát tiếp")


def report(telling, operator):
    operator.go("Nhật ký")
    line = operator.page.locator("li.slot", has_text=telling.title)
    assert "bị ngắt" in line.inner_text()
    assert f"người duyệt {telling.approver}" in line.inner_text()
    operator.press("link", "Sổ tháng")
    operator.sees("Bản in để ký")
    sheet = operator.page.get_by_role("link", name="Tải bản PDF").get_attribute("href")
    assert operator.page.request.get(telling.town.base + sheet).headers["content-type"] == "application/pdf"


def test_a_backup_is_restored_from_the_panel_without_script(town, browser):
    chu = Telling(Scriptless, town, browser).enters("chu")
    chu.go("Quản trị")
    chu.press("link", re.compile("^Sao lưu"))
    chu.press("button", "Tạo bản sao lưu ngay")
    chu.sees("Bản gần nhất: hôm nay")
    chu.go("Quản trị")
    chu.press("link", re.compile("^Tài khoản"))
    chu.write("Tên tài khoản", "sau-ban-sao-luu")
    chu.write("Mật khẩu", PASSWORD)
    chu.tick(re.compile("người soạn:"))
    chu.press("button", "Tạo tài khoản")
    chu.go("Quản trị")
    chu.press("link", re.compile("^Sao lưu"))
    chu.unfold("Khôi phục…")
    chu.choose("Bản trên máy này", "MB")
    chu.tick(re.compile("Thay toàn bộ dữ liệu"))
    chu.press("button", "Khôi phục")
    chu.sees("tự bật lại")
    chu.comes_back("/sao-luu")  # the page asks by itself after 25 s; nobody has to wait for that
    chu.sees("Chờ", "#lamp")
    chu.go("Quản trị")
    chu.press("link", re.compile("^Tài khoản"))
    assert "sau-ban-sao-luu" not in chu.page.locator("main").inner_text()
    chu.page.context.close()
