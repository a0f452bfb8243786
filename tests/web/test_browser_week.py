"""The week in a real browser: blocks moved by mouse, by finger and by keyboard; the same on a phone.

The panel runs without a station, on a clock that stands: what is moved is the plan.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect

from broadcaster import accounts, changes, periods, programmes, slots, timetable
from broadcaster.changes import Said
from broadcaster.clock import VirtualClock
from broadcaster.database import open_database
from broadcaster.settings import Settings
from broadcaster.slots import Wanted
from tests.schedules.made import NUI_THANH
from tests.web.browsing import PASSWORD, login, no_sideways_scrolling, served, shoot
from web import create_app

pytestmark = pytest.mark.slow
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # a Tuesday morning
FRIDAY = datetime(2026, 11, 27, 10, 30, tzinfo=UTC)


@pytest.fixture
def panel(tmp_path):
    """(address, sessions) of a panel with one operator and a pause on Saturday."""
    settings = Settings(data=tmp_path, database_url=f"sqlite:///{tmp_path / 'station.db'}", output="null:")
    settings.make_folders()
    sessions = open_database(settings)
    with sessions.begin() as session:
        programmes.seed(session, NOW)
        accounts.add_user(session, "truc", PASSWORD, ["operator"], NOW)
        thursday = Wanted("FREQ=WEEKLY;BYDAY=TH", "17:45")
        slots.add(session, programmes.get(session, "tieng-loa-an-ninh"), thursday, now=NOW, tz=NUI_THANH)
        periods.add(session, reason="Họp xã", now=NOW, first=date(2026, 11, 29), last=date(2026, 11, 29))
    with served(create_app(settings, VirtualClock(NOW), sessions)) as address:
        yield address, sessions
    sessions.kw["bind"].dispose()


@pytest.fixture
def truc(panel, browser):
    page = login(browser, panel[0], "truc")
    page.set_viewport_size({"width": 1366, "height": 1500})
    page.goto(f"{panel[0]}/lich-phat")
    yield page
    page.context.close()


def friday(page):
    return page.locator('[data-day="2026-11-27"] a[data-move]')


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + 4


def minutes(page, count):
    """So many minutes of the open hour from 17:00, in pixels."""
    tops = [int(top) for top in page.locator("#week").get_attribute("data-tops").split(",")]
    return (tops[18] - tops[17]) / 60 * count


def moves(panel):
    with panel[1].begin() as session:
        rows = timetable.change_rows(session)
        return [(f"{r.moved_to.astimezone(NUI_THANH):%a %H:%M}", r.override_reason) for r in rows]


def rules(panel):
    with panel[1].begin() as session:
        return {(r.rrule, r.at) for r in timetable.slot_rows(session)}


def drag(page, right=0, down=0):
    """By mouse, so many days to the right and pixels down; still held."""
    x, y = middle(friday(page))
    width = page.locator('[data-day="2026-11-27"] .axis').bounding_box()["width"]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right * width / 2, y + down / 2, steps=3)
    page.mouse.move(x + right * width, y + down, steps=3)


def test_a_block_is_dragged_to_another_day_and_time_for_this_once(panel, truc):
    shoot(truc, "lich-tuan")
    truc.set_viewport_size({"width": 1366, "height": 1500})
    drag(truc, right=1, down=minutes(truc, 10))
    expect(truc.locator(".says")).to_contain_text("17:40 Thứ Bảy 28/11/2026: Dời được.")
    expect(truc.locator('[data-day="2026-11-28"] .ghost b')).to_contain_text("17:40")
    truc.mouse.up()
    dialog = truc.get_by_role("dialog")
    expect(dialog.get_by_label("Dời sang")).to_have_value("2026-11-28T17:40")
    expect(dialog.get_by_label(re.compile("Mọi lần: từ nay 17:40, thứ Bảy hằng tuần"))).to_be_visible()
    dialog.get_by_label("Lý do").first.fill("họp dân")
    dialog.get_by_role("button", name="Dời", exact=True).click()
    expect(truc.locator('[data-day="2026-11-28"]')).to_contain_text("họp dân (truc)")
    assert moves(panel) == [("Sat 17:40", None)]


def test_what_is_taken_or_refused_is_shown_while_dragging_and_a_reason_overrules_it(panel, truc):
    drag(truc, right=-1, down=minutes(truc, 10))
    expect(truc.locator(".says.refused")).to_contain_text("trùng với Tiếng loa an ninh")
    expect(truc.locator(".ghost.refused")).to_be_visible()
    truc.keyboard.press("Escape")
    expect(truc.locator(".ghost")).to_have_count(0)
    truc.mouse.up()
    expect(truc.get_by_role("dialog")).to_have_count(0)
    drag(truc, down=minutes(truc, 28))
    expect(truc.locator(".says.refused")).to_contain_text("ngoài khung giờ được phép phát")
    truc.mouse.up()
    dialog = truc.get_by_role("dialog")
    shoot(truc, "doi-gio")
    dialog.get_by_label("Lý do").first.fill("hội làng")
    dialog.get_by_label(re.compile("Vẫn dời tới giờ này")).check()
    dialog.get_by_role("button", name="Dời", exact=True).click()
    expect(truc.locator(".flash.done")).to_be_visible()
    assert moves(panel) == [("Fri 18:00", "hội làng")]


def test_every_week_moves_the_slot(panel, truc):
    drag(truc, right=1)
    truc.mouse.up()
    truc.get_by_label(re.compile("Mọi lần")).check()
    truc.get_by_role("button", name="Dời", exact=True).click()
    expect(truc.locator(".flash.done")).to_contain_text("Đã dời khung giờ")
    assert ("FREQ=WEEKLY;BYDAY=SA", "17:30") in rules(panel)
    assert moves(panel) == []


def test_by_keyboard_alone(panel, truc):
    friday(truc).focus()
    truc.keyboard.press("ArrowDown")
    expect(truc.locator(".says")).to_contain_text("17:35 Thứ Sáu 27/11/2026: Dời được.")
    expect(truc.locator(".says")).to_contain_text("Esc: thôi")
    for key in ("Shift+ArrowDown", "ArrowRight", "Shift+ArrowUp"):
        truc.keyboard.press(key)
    expect(truc.locator(".says")).to_contain_text("17:35 Thứ Bảy 28/11/2026: Dời được.")
    truc.keyboard.press("Escape")
    expect(truc.locator(".ghost")).to_have_count(0)
    expect(friday(truc)).to_be_focused()
    truc.keyboard.press("ArrowUp")
    truc.keyboard.press("Enter")
    dialog = truc.get_by_role("dialog")
    expect(dialog.get_by_label("Dời sang")).to_have_value("2026-11-27T17:25")
    dialog.get_by_label("Lý do").first.focus()
    truc.keyboard.type("sớm hơn")
    truc.keyboard.press("Enter")
    expect(truc.locator(".flash.done")).to_be_visible()
    assert moves(panel) == [("Fri 17:25", None)]


def test_enter_opens_what_can_be_done_and_escape_leaves_it(truc):
    friday(truc).focus()
    truc.keyboard.press("Enter")
    dialog = truc.get_by_role("dialog", name="An ninh Núi Thành")
    expect(dialog).to_contain_text("Không phát lần này")
    truc.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(friday(truc)).to_be_focused()
    friday(truc).click()
    truc.get_by_role("dialog").get_by_role("link", name="Thôi").click()
    expect(truc.get_by_role("dialog")).to_have_count(0)
    assert truc.url.endswith("/lich-phat")


def test_by_finger_a_long_press_lifts_and_a_stroke_scrolls(panel, browser):
    context = browser.new_context(locale="vi-VN", has_touch=True, viewport={"width": 1024, "height": 1500})
    page = context.new_page()
    page.goto(f"{panel[0]}/dang-nhap?next=/lich-phat")
    page.get_by_label("Tên tài khoản").fill("truc")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    touch = context.new_cdp_session(page)
    x, y = middle(friday(page))

    def finger(kind, x=None, y=None):
        points = [] if x is None else [{"x": x, "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    finger("touchStart", x, y)
    page.wait_for_timeout(500)
    for step in range(1, 6):
        finger("touchMove", x, y + minutes(page, step * 2))
    expect(page.locator(".says")).to_contain_text("17:40 Thứ Sáu")
    finger("touchEnd")
    expect(page.get_by_role("dialog").get_by_label("Dời sang")).to_have_value("2026-11-27T17:40")
    page.keyboard.press("Escape")
    finger("touchStart", x, y)
    for step in range(1, 6):
        finger("touchMove", x, y - step * 20)
    page.wait_for_timeout(500)
    finger("touchEnd")
    expect(page.locator(".ghost, dialog")).to_have_count(0)
    context.close()


def test_a_phone_has_a_day_at_a_time_and_the_month(panel, truc):
    truc.goto(f"{panel[0]}/lich-phat")
    no_sideways_scrolling(truc)
    assert truc.locator(".day:visible").count() == truc.locator(".day.today:visible").count() == 1
    truc.get_by_label("Các ngày trong tuần").get_by_text("T6 27").click()
    expect(friday(truc)).to_be_visible()
    friday(truc).click()
    expect(truc.get_by_role("dialog").get_by_label("Dời sang")).to_have_value("2026-11-27T17:30")
    no_sideways_scrolling(truc)
    truc.goto(f"{panel[0]}/lich-phat/thang")
    no_sideways_scrolling(truc)
    truc.get_by_role("link", name="Thứ Hai 30/11/2026").focus()
    truc.keyboard.press("Enter")
    expect(truc.locator("main")).to_contain_text("Đã chọn Thứ Hai 30/11/2026")
    truc.get_by_role("link", name="Thứ Hai 30/11/2026").focus()
    truc.keyboard.press("ArrowRight")
    truc.keyboard.press("Enter")
    expect(truc.get_by_label("Đến hết ngày")).to_have_value("2026-12-01")
    shoot(truc, "lich-thang")
    truc.set_viewport_size({"width": 360, "height": 780})
    truc.get_by_label("Lý do").fill("thi học kỳ")
    truc.get_by_role("button", name="Thêm").click()
    expect(truc.locator("ul.list")).to_contain_text("thi học kỳ")


def test_a_change_made_meanwhile_is_told_at_the_drop(panel, truc):
    drag(truc, right=1)
    with panel[1].begin() as session:
        row = next(r for r in timetable.slot_rows(session) if r.rrule.endswith("FR"))
        changes.cancel(session, row, FRIDAY, Said("lan", "mất điện", NOW, NUI_THANH))
    truc.mouse.up()
    expect(truc.get_by_role("dialog")).to_contain_text("Lần này không phát: mất điện (lan).")


def test_an_open_week_shows_what_others_do_and_keeps_focus_scroll_and_the_drag_in_hand(panel, truc):
    def say(reason):
        with panel[1].begin() as session:
            row = next(r for r in timetable.slot_rows(session) if r.rrule.endswith("TH"))
            thursday = datetime(2026, 11, 26, 10, 45, tzinfo=UTC)
            changes.cancel(session, row, thursday, Said("lan", reason, NOW, NUI_THANH))

    friday(truc).focus()
    truc.set_viewport_size({"width": 1366, "height": 500})
    truc.evaluate("window.scrollTo(0, 120)")
    say("mất điện")
    thursday = truc.locator('[data-day="2026-11-26"]')
    expect(thursday).to_contain_text("mất điện (lan)", timeout=8000)
    expect(friday(truc)).to_be_focused()
    assert truc.evaluate("window.scrollY") == 120
    truc.set_viewport_size({"width": 1366, "height": 1500})
    drag(truc, right=1)
    say("họp thôn")
    truc.wait_for_timeout(3500)
    expect(truc.locator(".ghost")).to_be_visible()
    expect(thursday).not_to_contain_text("họp thôn")
    truc.keyboard.press("Escape")
    truc.mouse.up()
    expect(thursday).to_contain_text("họp thôn (lan)", timeout=8000)


def test_over_folded_hours_a_block_goes_by_whole_hours_and_asks_for_the_minute(truc):
    axis = truc.locator('[data-day="2026-11-27"] .axis').bounding_box()
    tops = [int(top) for top in truc.locator("#week").get_attribute("data-tops").split(",")]
    x, y = middle(friday(truc))
    truc.mouse.move(x, y)
    truc.mouse.down()
    truc.mouse.move(x, y - 30, steps=3)
    truc.mouse.move(x, axis["y"] + tops[9] + 7, steps=5)
    expect(truc.locator(".says")).to_contain_text("09:00 Thứ Sáu 27/11/2026")
    expect(truc.locator(".says")).to_contain_text("đang gập lại")
    truc.mouse.up()
    to = truc.get_by_role("dialog").get_by_label("Dời sang")
    expect(to).to_have_value("2026-11-27T09:00")
    expect(to).to_be_focused()


def test_what_moving_every_week_would_meet_is_told_before_it_is_confirmed(truc):
    drag(truc, right=-1, down=minutes(truc, 10))
    truc.mouse.up()
    expect(truc.get_by_role("dialog")).to_contain_text(re.compile(r"Nếu dời mọi lần:.*trùng \d+ lần trong năm tới"))
