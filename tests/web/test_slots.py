"""The schedule in the panel: slots with their clashes, single occurrences, pauses; and two people at once."""

import io
import re

import pytest

from broadcaster import programmes, slots, timetable, zones
from broadcaster.slots import Wanted
from tests.schedules.made import NUI_THANH
from tests.web.conftest import NOW

MONDAY = {"programme": "tieng-loa-an-ninh", "repeat": "weekly", "weekday": "MO", "at": "17:30"}


@pytest.fixture
def operator(enter):
    return enter("truc", "operator")


def rules(desk):
    return desk.look(lambda s: [(row.rrule, row.at) for row in timetable.slot_rows(s)])


def friday(desk):
    return desk.look(
        lambda s: next((row.id, row.version) for row in timetable.slot_rows(s) if row.rrule.endswith("FR"))
    )


@pytest.mark.parametrize(
    ("way", "rule"),
    [
        ({"repeat": "weekly", "weekday": ["FR", "MO"]}, "FREQ=WEEKLY;BYDAY=MO,FR"),
        ({"repeat": "daily"}, "FREQ=DAILY"),
        ({"repeat": "monthly", "monthdays": "1 và 15"}, "FREQ=MONTHLY;BYMONTHDAY=1,15"),
        ({"repeat": "lunar", "lunar": "rằm hằng tháng"}, "RSCALE=VIETNAMESE;FREQ=MONTHLY;BYMONTHDAY=15"),
        ({"repeat": "once", "once": "2026-12-24"}, "RDATE;VALUE=DATE:20261224"),
        ({"repeat": "nth", "placeday": "TU", "place": "1"}, "FREQ=MONTHLY;BYDAY=1TU"),
        ({"repeat": "nth", "placeday": "SU", "place": "-1"}, "FREQ=MONTHLY;BYDAY=-1SU"),
        (
            {"repeat": "weeks", "step": "2", "weeksday": ["SA", "MO"], "first": "2026-11-23"},
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SA",
        ),
        ({"repeat": "rule", "rule": "RRULE:FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2"}, "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2"),
    ],
)
def test_every_way_of_repeating_is_kept_and_shown_again(operator, desk, way, rule):
    answer = operator.post("/khung-gio/moi", {"programme": "tieng-loa-an-ninh", "at": "05:40"} | way)
    assert answer.status_code == 302
    assert (rule, "05:40") in rules(desk)
    slot = desk.look(lambda s: next(row.id for row in timetable.slot_rows(s) if row.rrule == rule))
    page = operator.get(f"/khung-gio/{slot}/sua").text
    chosen = re.search(r'name="repeat" value="(\w+)" checked', page)[1]
    assert chosen == way["repeat"]
    again = operator.post(f"/khung-gio/{slot}/sua", {"version": "1", "at": "05:45", **way})
    assert again.status_code == 302
    assert (rule, "05:45") in rules(desk)


def test_a_slot_is_for_everywhere_or_for_one_zone_and_says_its_name(operator, desk):
    form = {"programme": "tieng-loa-an-ninh", "at": "05:40", "repeat": "daily"}
    assert '<select id="zone-slot"' not in operator.get("/khung-gio/moi").text
    for slug in ("tra-vot", "tu-yen"):
        desk.look(lambda s, slug=slug: zones.save(s, slug, f"Thôn {slug.title()}", [f"sound:{slug}"], [], NOW))
    assert '<option value="all">' in operator.get("/khung-gio/moi").text
    assert operator.post("/khung-gio/moi", form | {"zone": "tra-vot"}).status_code == 302
    slot = desk.look(lambda s: next(row for row in timetable.slot_rows(s) if row.zone == "tra-vot"))
    assert "Thôn Tra-Vot" in operator.get("/khung-gio/").text
    assert "Thôn Tra-Vot" in operator.get(f"/khung-gio/{slot.id}/doi?original=2026-11-24T22:40:00%2B00:00").text
    page = operator.get(f"/khung-gio/{slot.id}/sua").text
    assert '<option value="tra-vot" selected>' in page
    assert page.count('name="zone"') == 1
    operator.post(f"/khung-gio/{slot.id}/sua", form | {"version": "1", "zone": "all"})
    assert desk.look(lambda s: {row.zone for row in timetable.slot_rows(s)}) == {"all"}


def test_a_clash_shows_every_date_and_two_ways_out(operator, desk):
    clash = MONDAY | {"weekday": "FR", "at": "17:35"}
    page = operator.post("/khung-gio/moi", clash)
    assert page.status_code == 400
    assert "Trùng giờ 53 lần" in page.text or "Trùng giờ 52 lần" in page.text
    assert page.text.count("<li>17:35 thứ Sáu") >= 52
    assert "Phát ngay sau (17:40)" in page.text
    assert operator.post("/khung-gio/moi", clash | {"clash": "after"}).status_code == 302
    assert ("FREQ=WEEKLY;BYDAY=FR", "17:40") in rules(desk)


def test_outside_the_hours_a_reason_is_asked_for_and_kept(operator, desk):
    late = MONDAY | {"at": "20:00"}
    page = operator.post("/khung-gio/moi", late)
    assert page.status_code == 400
    assert 'name="override"' in page.text
    assert operator.post("/khung-gio/moi", late | {"override": "họp dân"}).status_code == 302
    assert "Được phép vì: họp dân" in operator.get("/khung-gio/").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"weekday": []},
        {"repeat": "lunar", "lunar": ""},
        {"repeat": "weeks", "step": "1", "weeksday": ["MO"], "first": "2026-11-23"},
        {"repeat": "weeks", "step": "2", "weeksday": ["MO"]},
        {"repeat": "weeks", "step": "2", "first": "2026-11-23"},
        {"repeat": "nth", "place": "6", "placeday": "MO"},
        {"repeat": "rule", "rule": "FREQ=DAILY;BYHOUR=6"},
        {"repeat": "once", "once": "mai mốt"},
        {"repeat": "monthly", "monthdays": "cuối"},
        {"repeat": "monthly", "monthdays": "31/2"},
        {"repeat": "monthly", "monthdays": "1, 32"},
        {"at": "25:99"},
        {"first": "31/2"},
        {"rank": "x", "late": "sometimes"},
    ],
)
def test_what_can_not_be_keeps_what_was_typed(operator, desk, wrong):
    before = rules(desk)
    page = operator.post("/khung-gio/moi", MONDAY | {"override": "giữ lại"} | wrong)
    assert page.status_code == 400
    assert 'value="giữ lại"' in page.text
    assert rules(desk) == before


def test_of_two_people_at_one_slot_the_second_is_told(operator, desk):
    slot, version = friday(desk)

    def on_the_command_line(session):
        row = slots.get(session, slot)
        slots.edit(
            session,
            row,
            Wanted("FREQ=WEEKLY;BYDAY=FR", "17:40"),
            version=row.version,
            now=desk.clock.now(),
            tz=NUI_THANH,
        )

    desk.look(on_the_command_line)
    page = operator.post(f"/khung-gio/{slot}/sua", {"repeat": "daily", "at": "05:30", "version": str(version)})
    assert page.status_code == 400
    assert "vừa được người khác sửa" in page.text
    assert ("FREQ=WEEKLY;BYDAY=FR", "17:40") in rules(desk)


def test_one_occurrence_is_cancelled_and_put_back(operator, desk):
    slot, _ = friday(desk)
    change = {"original": "2026-11-27T10:30:00+00:00", "what": "cancel", "reason": "họp dân"}
    operator.post(f"/khung-gio/{slot}/doi", change)
    assert "họp dân (truc)" in operator.get("/lich-phat").text
    back = re.search(r"/khung-gio/tra-lai/[\w-]+", operator.get("/khung-gio/").text)[0]
    operator.post(back)
    assert "họp dân" not in operator.get("/lich-phat").text


def test_one_occurrence_is_moved_and_replaced(operator, desk):
    slot, _ = friday(desk)
    original = "2026-11-27T10:30:00+00:00"
    operator.post(
        f"/khung-gio/{slot}/doi", {"original": original, "what": "move", "to": "2026-11-26T17:30", "reason": "họp"}
    )
    assert "dời sang 17:30 thứ Năm 26/11/2026" in operator.get("/khung-gio/").text
    operator.post(
        f"/khung-gio/{slot}/doi",
        {"original": original, "what": "replace", "programme": "tieng-loa-an-ninh", "reason": "họp"},
    )
    assert "thay chương trình khác" in operator.get("/khung-gio/").text


def test_a_pause_is_added_seen_in_the_plan_and_removed(operator):
    operator.post("/ngay-khac/them", {"reason": "thi tốt nghiệp", "effect": "pause", "first": "2026-11-27"})
    assert "thi tốt nghiệp" in operator.get("/lich-phat").text
    gone = re.search(r"/ngay-khac/[\w-]+/bo(?=.{0,400}thi tốt nghiệp)", operator.get("/ngay-khac/").text, re.DOTALL)
    operator.post(gone[0])
    assert "thi tốt nghiệp" not in operator.get("/lich-phat").text


def test_a_pause_without_dates_keeps_its_reason(operator):
    page = operator.post("/ngay-khac/them", {"reason": "thi tốt nghiệp", "effect": "pause"})
    assert page.status_code == 400
    assert 'value="thi tốt nghiệp"' in page.text


def test_the_plan_shows_the_lunar_date_and_holidays(operator):
    page = operator.get("/lich-phat").text
    assert "16/10 âm lịch" in page  # 24 November 2026
    assert "Ngày Văn hóa Việt Nam" in page


def test_a_name_with_markup_is_shown_as_text(operator, desk):
    desk.look(lambda s: setattr(programmes.get(s, "tieng-loa-an-ninh"), "name", "<b>Tiếng loa</b>"))
    for path in ("/khung-gio/", "/khung-gio/moi", "/ngay-khac/", "/lich-phat"):
        assert "<b>Tiếng loa" not in operator.get(path).text


def test_the_list_says_rules_in_words(operator):
    operator.post("/khung-gio/moi", MONDAY | {"repeat": "nth", "placeday": "TU", "place": "2", "at": "05:40"})
    page = operator.get("/khung-gio/").text
    assert "thứ Ba lần thứ 2 hằng tháng" in page
    assert "FREQ" not in page


def test_a_rule_that_says_its_time_fills_the_time_in(operator, desk):
    rule = "DTSTART;TZID=Asia/Ho_Chi_Minh:20261203T054000\nRRULE:FREQ=WEEKLY;BYDAY=TH;UNTIL=20271231T165959Z"
    operator.post("/khung-gio/moi", MONDAY | {"repeat": "rule", "rule": rule, "at": ""})
    assert ("FREQ=WEEKLY;BYDAY=TH;UNTIL=20271231", "05:40") in rules(desk)


def test_a_calendar_of_pauses_says_what_of_it_was_left_out(operator):
    events = "BEGIN:VEVENT\nSUMMARY:Thi\nDTSTART;VALUE=DATE:20300601\nEND:VEVENT\n"
    events += "BEGIN:VEVENT\nSUMMARY:Họp\nDTSTART:20300601T080000\nEND:VEVENT\n"
    data = f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n".encode()
    operator.post("/ngay-khac/nhap", {"file": (io.BytesIO(data), "lich.ics")})
    page = operator.get("/ngay-khac/").text
    assert "Đã nhập 1 đợt tạm ngưng." in page
    assert "Không nhập “Họp” có giờ trong ngày" in page


def test_a_slot_repeats_another_as_the_form_says_and_every_page_tells_it(operator, desk):
    original, _ = friday(desk)
    again = {"programme": "an-ninh-nui-thanh", "repeat": "weekly", "weekday": "MO", "at": "05:30"}
    offered = operator.get("/khung-gio/moi").text
    assert f'<option value="{original}">17:30 thứ Sáu hằng tuần · An ninh Núi Thành</option>' in offered
    wrong = operator.post("/khung-gio/moi", MONDAY | {"at": "05:30", "repeat_of": original})
    assert wrong.status_code == 400
    assert "Khung giờ gốc là của chương trình “An ninh Núi Thành”" in wrong.text
    assert operator.post("/khung-gio/moi", again | {"repeat_of": original}).status_code == 302
    repeat = desk.look(lambda s: next(row.id for row in timetable.slot_rows(s) if row.repeat_of == original))
    assert "Phát lại của khung giờ 17:30, thứ Sáu hằng tuần" in operator.get("/khung-gio/").text
    assert f'<option value="{original}" selected>' in operator.get(f"/khung-gio/{repeat}/sua").text
    assert "phát lại của buổi 17:30 thứ Sáu 27/11/2026" in operator.get("/lich-phat?tuan=2026-W49").text

    gone = operator.post(f"/khung-gio/{original}/bo", follow_redirects=True).text
    assert "1 khung giờ phát lại của nó nay phát bản tin của tuần" in gone
    assert "Khung giờ gốc đã bỏ nên nay phát bản tin của tuần" in gone
    assert "khung giờ gốc đã bỏ</option>" in operator.get(f"/khung-gio/{repeat}/sua").text
    assert operator.post(f"/khung-gio/{repeat}/sua", again | {"version": "1", "repeat_of": ""}).status_code == 302
    assert desk.look(lambda s: slots.get(s, repeat).repeat_of) is None
