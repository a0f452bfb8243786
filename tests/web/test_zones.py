"""The pages of zones: which output is in which state, louder and softer, a tone, passwords that stay inside."""

import re
from datetime import timedelta

import pytest

from broadcaster import broadcasts, zones
from tests.web.conftest import NOW

STREAM = "icecast://source:bi-mat@10.0.0.5:8000/thon-mot"


@pytest.fixture
def two(desk):
    def write(session):
        zones.save(session, "thon-mot", "Thôn Một", [STREAM], ["05:00-06:00=60"], NOW)
        zones.save(session, "thon-hai", "Thôn <b>Hai</b>", ["sound:Loa USB"], [], NOW)

    desk.look(write)


def zone(desk, slug="thon-mot"):
    return desk.look(lambda s: zones.one(s, slug)[0])


def state(slug, **output):
    shown = {"uri": "sound:Loa USB", "ok": True, "underruns": 0, "detail": "", "tries": 0} | output
    return {"zone": slug, "name": slug, "playing": None, "level": 0.1, "volume": 1.0, "outputs": [shown]}


def test_every_output_tells_its_state_and_its_remedy(enter, desk, two):
    desk.beat(zones=[state("thon-mot", ok=False, detail="stream-lost", tries=4), state("thon-hai")])
    page = enter("truc", "operator").get("/khu-vuc/").text
    assert "mất tín hiệu" in page
    assert "trạm tự nối lại liên tục" in page
    assert "Đã thử lại 4 lần" in page
    assert "đang nhận tiếng" in page
    assert "−20 dB" in page
    assert "<b>Hai" not in page
    assert "bi-mat" not in page


def test_a_dead_station_is_not_said_to_take_sound(enter, two):
    page = enter("truc", "operator").get("/khu-vuc/trang-thai").text
    assert page.count("không rõ") == 2
    assert "đang nhận tiếng" not in page


def test_a_zone_the_station_has_not_opened_yet_says_so(enter, desk, two):
    desk.beat(zones=[state("thon-hai")])
    assert "Trạm đang mở đầu ra" in enter("truc", "operator").get("/khu-vuc/").text


def test_the_first_zone_begins_with_the_station_s_own_output(enter, desk):
    browser = enter("sep", "admin")
    assert "Chưa chia cụm loa" in browser.get("/khu-vuc/").text
    page = browser.get("/khu-vuc/moi").text
    assert '<option value="null:" selected>' in page
    assert '<option value="sound:Loa USB">Loa USB</option>' in page
    browser.post("/khu-vuc/moi", {"version": "0", "name": " Toàn  xã ", "kind-0": "sound:Loa USB", "lead": "2,5"})
    made = zone(desk, "toan-xa")
    assert (made.name, made.outputs, made.lead_s) == ("Toàn xã", ("sound:Loa USB",), 2.5)


def test_a_password_is_kept_by_the_form_without_ever_being_in_it(enter, desk, two):
    browser = enter("sep", "admin")
    page = browser.get("/khu-vuc/thon-mot/sua").text
    assert "10.0.0.5:8000/thon-mot" in page
    assert "bi-mat" not in page
    form = {"version": "1", "name": "Thôn Một", "kind-0": "icecast", "address-0": "10.0.0.5:8000/thon-mot", "lead": "0"}
    browser.post("/khu-vuc/thon-mot/sua", form)
    assert zone(desk).outputs == (STREAM,)
    assert [str(rule) for rule in zone(desk).volume] == ["05:00-06:00=60"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": " "}, "Chưa có tên cụm loa"),
        ({"kind-0": ""}, "ít nhất một đầu ra"),
        ({"kind-0": "sound:Loa USB"}, "đang thuộc cụm loa"),
        ({"lead": "60"}, "từ 0 đến 9 giây"),
        ({"lead": "nan"}, "từ 0 đến 9 giây"),
        ({"lead": "lâu"}, "từ 0 đến 9 giây"),
        ({"version": "7"}, "vừa được người khác sửa"),
    ],
)
def test_what_will_not_do_is_told_and_what_was_typed_stays(enter, desk, two, change, told):
    form = {"version": "1", "name": "Tên mới", "kind-0": "null:", "lead": "0"} | change
    answer = enter("sep", "admin").post("/khu-vuc/thon-mot/sua", form)
    assert answer.status_code == 400
    assert told in answer.text
    assert f'value="{form["name"]}"' in answer.text
    assert zone(desk).name == "Thôn Một"


def test_a_zone_is_removed_and_gone(enter, desk, two):
    browser = enter("sep", "admin")
    browser.post("/khu-vuc/thon-hai/xoa")
    assert desk.look(lambda s: [z.slug for z in zones.listed(s)]) == ["thon-mot"]
    assert "Không có cụm loa" in browser.post("/khu-vuc/thon-hai/xoa", follow_redirects=True).text


def test_the_operator_turns_it_down_up_and_back_to_the_week(enter, desk, two):
    browser = enter("truc", "operator")
    browser.post("/khu-vuc/thon-mot/am-luong", {"do": "set", "percent": "35", "hold": "hour"})
    assert zone(desk).hand == zones.Hand(35, NOW + timedelta(hours=1))
    browser.post("/khu-vuc/thon-mot/am-luong", {"do": "louder", "percent": "35", "hold": "keep"})
    assert zone(desk).hand == zones.Hand(45, None)
    browser.post("/khu-vuc/thon-mot/am-luong", {"do": "softer", "hold": "day"})
    assert zone(desk).hand.percent == 35
    assert zone(desk).hand.until.astimezone(desk.settings.tz).isoformat() == "2026-11-25T00:00:00+07:00"
    assert "Đang giữ mức chỉnh tay 35 %" in browser.get("/khu-vuc/").text
    browser.post("/khu-vuc/thon-mot/am-luong", {"do": "week"})
    assert zone(desk).hand is None


def test_the_button_of_a_step_keeps_the_focus_for_the_next_one(enter, two):
    browser = enter("truc", "operator")
    page = browser.post("/khu-vuc/thon-mot/am-luong", {"do": "softer", "hold": "day"}, follow_redirects=True).text
    assert re.findall(r'autofocus aria-label="([^"]*)"', page) == ["Nhỏ bớt 10 %, Thôn Một"]


@pytest.mark.parametrize("percent", ["", "101", "-1", "to", "9999", "½"])
def test_a_volume_that_is_none_is_refused(enter, desk, two, percent):
    browser = enter("truc", "operator")
    page = browser.post("/khu-vuc/thon-mot/am-luong", {"do": "set", "percent": percent}, follow_redirects=True).text
    assert "Âm lượng phải từ 0 đến 100" in page
    assert zone(desk).hand is None


def test_the_week_is_shown_and_changed_by_the_operator(enter, desk, two):
    browser = enter("truc", "operator")
    page = browser.get("/khu-vuc/thon-mot/theo-gio").text
    assert page.count("05:00: 60 %") == 7
    form = {"version": "1", "start-0": "20:00", "end-0": "21:00", "percent-0": "40", "days-0": ["6", "7"]}
    page = browser.post("/khu-vuc/thon-mot/theo-gio", form, follow_redirects=True).text
    assert page.count("20:00: 40 %") == 2
    wrong = browser.post("/khu-vuc/thon-mot/theo-gio", form | {"version": "2", "percent-0": "400"})
    assert wrong.status_code == 400
    assert 'value="400"' in wrong.text


def test_a_tone_sounds_in_its_zone_only_and_outside_the_hours_with_a_reason(enter, desk, two):
    desk.beat()
    browser = enter("truc", "operator")
    assert "Lý do phát bây giờ" in browser.get("/khu-vuc/").text
    browser.post("/khu-vuc/thon-mot/thu-loa")
    assert desk.look(broadcasts.queue) == []
    browser.post("/khu-vuc/thon-mot/thu-loa", {"reason": "thử dây mới"})
    (item,) = desk.look(broadcasts.queue)
    assert (item.zone, item.title, item.by, item.remark) == ("thon-mot", "Âm thử loa", "truc", "thử dây mới")


def test_without_a_station_no_tone_waits_for_tomorrow(enter, desk, two):
    page = enter("truc", "operator").post("/khu-vuc/thon-mot/thu-loa", {"reason": "x"}, follow_redirects=True).text
    assert "Hãy khởi động lại chương trình" in page
    assert desk.look(broadcasts.queue) == []


def test_what_was_changed_stands_in_the_trail_without_the_password(enter, desk, two):
    browser = enter("sep", "admin")
    form = {"version": "1", "name": "Thôn mới", "kind-0": "icecast", "address-0": "may:8000/x", "password-0": "rat-mat"}
    browser.post("/khu-vuc/thon-mot/sua", form)
    page = browser.get("/ai-da-doi-gi?gi=zone").text
    assert "Thôn mới" in page
    assert "may:8000/x" in page
    assert "rat-mat" not in page
    assert "bi-mat" not in page
