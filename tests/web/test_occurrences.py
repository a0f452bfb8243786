"""One time of a slot, from the week or from its page: moved, with the slot or alone, replaced, called off."""

import pytest

from broadcaster import changes, slots, timetable
from broadcaster.slots import Wanted
from tests.schedules.made import NUI_THANH
from tests.web.conftest import NOW

ORIGINAL = "20261127T103000Z"  # Friday 17:30 in Việt Nam


@pytest.fixture
def operator(enter):
    return enter("truc", "operator")


@pytest.fixture
def friday(desk):
    return desk.look(lambda s: next(r.id for r in timetable.slot_rows(s) if r.rrule.endswith("FR")))


def rules(desk):
    return desk.look(lambda s: {(r.rrule, r.at, r.override_reason) for r in timetable.slot_rows(s)})


def made(desk):
    return desk.look(lambda s: [(r.moved_to, r.override_reason, r.reason, r.by) for r in timetable.change_rows(s)])


def checked(operator, slot, to):
    return operator.get(f"/khung-gio/{slot}/thu?original={ORIGINAL}&to={to}").json


def post(operator, slot, **form):
    return operator.post(f"/khung-gio/{slot}/doi", {"original": ORIGINAL, "what": "move", "version": "1"} | form)


def test_a_block_leads_to_its_page_by_the_end_of_its_slots_id(operator, friday):
    page = operator.get("/lich-phat").text
    address = f"/khung-gio/{friday[-12:]}/doi?original={ORIGINAL}"
    assert f'href="{address}"' in page
    page = operator.get(address).text
    assert "17:30 thứ Sáu 27/11/2026" in page
    assert "thứ Sáu hằng tuần" in page


def test_the_check_says_what_saving_would_say(operator, desk, friday):
    assert checked(operator, friday, "2026-11-27T17:45") == {"ok": True, "text": ""}
    assert "ngoài khung giờ" in checked(operator, friday, "2026-11-27T20:00")["text"]
    assert "giờ yên tĩnh" in checked(operator, friday, "2026-11-28T23:00")["text"]
    assert "đã qua" in checked(operator, friday, "2026-11-23T17:30")["text"]
    clash = {"programme": "tieng-loa-an-ninh", "repeat": "weekly", "weekday": "TH", "at": "17:35"}
    assert operator.post("/khung-gio/moi", clash).status_code == 302
    said = checked(operator, friday, "2026-11-26T17:30")
    assert not said["ok"]
    assert "trùng với Tiếng loa an ninh lúc 17:35" in said["text"]
    assert made(desk) == []


def test_only_this_time_is_moved(operator, desk, friday):
    before = rules(desk)
    answer = post(operator, friday, to="2026-11-28T17:30", scope="once", reason="họp dân")
    assert answer.location.endswith("/lich-phat?tuan=2026-W48&ngay=6")
    assert rules(desk) == before
    ((moved_to, override, reason, by),) = made(desk)
    assert (f"{moved_to.astimezone(NUI_THANH):%d %H:%M}", override, reason, by) == ("28 17:30", None, "họp dân", "truc")
    page = operator.get("/lich-phat").text
    assert "họp dân (truc)" in page
    moved = operator.get(f"/khung-gio/{friday}/doi?original={ORIGINAL}").text
    assert "Đã dời từ 17:30 thứ Sáu 27/11/2026: họp dân (truc)." in moved


def test_a_move_without_a_reason_keeps_what_was_typed(operator, desk, friday):
    page = post(operator, friday, to="2026-11-28T17:30", scope="once")
    assert page.status_code == 400
    assert "Chưa ghi lý do" in page.text
    assert 'value="2026-11-28T17:30"' in page.text
    assert made(desk) == []


def test_refused_hours_give_way_to_a_reason_that_is_kept(operator, desk, friday):
    page = post(operator, friday, to="2026-11-27T20:00", scope="once", reason="trực tiếp hội làng")
    assert page.status_code == 400
    assert 'name="insist"' in page.text
    assert 'value="trực tiếp hội làng"' in page.text
    assert "--override" not in page.text
    post(operator, friday, to="2026-11-27T20:00", scope="once", reason="trực tiếp hội làng", insist="on")
    assert [override for _, override, _, _ in made(desk)] == ["trực tiếp hội làng"]


def test_every_time_moves_the_slot(operator, desk, friday):
    page = operator.get(f"/khung-gio/{friday}/doi?original={ORIGINAL}&to=2026-11-28T17:40").text
    assert "Mọi lần: từ nay 17:40, thứ Bảy hằng tuần" in page
    assert post(operator, friday, to="2026-11-28T17:40", scope="every").status_code == 302
    assert ("FREQ=WEEKLY;BYDAY=SA", "17:40", None) in rules(desk)
    assert made(desk) == []


def test_every_time_outside_the_hours_needs_a_reason(operator, desk, friday):
    assert post(operator, friday, to="2026-11-27T20:00", scope="every").status_code == 400
    assert "Chưa ghi lý do" in post(operator, friday, to="2026-11-27T20:00", scope="every", insist="on").text
    post(operator, friday, to="2026-11-27T20:00", scope="every", insist="on", reason="xã cho phép")
    assert ("FREQ=WEEKLY;BYDAY=FR", "20:00", "xã cho phép") in rules(desk)


def test_what_the_rule_can_not_say_is_told_beforehand_and_refused(operator, desk, friday):
    before = rules(desk)
    page = operator.get(f"/khung-gio/{friday}/doi?original={ORIGINAL}&to=2026-12-01T17:30").text
    assert 'value="every"' not in page
    assert "Không dời mọi lần được" in page
    assert "Chỉ lần này" in post(operator, friday, to="2026-12-01T17:30", scope="every").text
    assert rules(desk) == before


def test_of_two_people_moving_a_slot_the_second_is_told(operator, desk, friday):
    def by_command(session):
        wanted = Wanted("FREQ=WEEKLY;BYDAY=FR", "17:40")
        slots.edit(session, slots.get(session, friday), wanted, version=1, now=NOW, tz=NUI_THANH)

    desk.look(by_command)
    page = post(operator, friday, to="2026-11-28T17:40", scope="every")
    assert page.status_code == 400
    assert "vừa được người khác sửa" in page.text
    assert ("FREQ=WEEKLY;BYDAY=FR", "17:40", None) in rules(desk)


def test_replaced_called_off_and_put_back(operator, desk, friday):
    post(operator, friday, what="replace", programme="tieng-loa-an-ninh", reason="nhường")
    assert "Đã thay chương trình" in operator.get(f"/khung-gio/{friday}/doi?original={ORIGINAL}").text
    post(operator, friday, what="cancel", reason="mất điện")
    page = operator.get(f"/khung-gio/{friday}/doi?original={ORIGINAL}").text
    assert "Lần này không phát: mất điện (truc)." in page
    assert "<s> · không phát</s>" in operator.get("/lich-phat").text
    change = desk.look(lambda s: timetable.change_rows(s)[0].id)
    operator.post(f"/khung-gio/tra-lai/{change}")
    assert "mất điện" not in operator.get("/lich-phat").text


@pytest.mark.parametrize(
    "form",
    [
        {"to": "mai"},
        {"to": ""},
        {"original": "20261127T110000Z", "to": "2026-11-28T17:30", "reason": "x"},
        {"what": "replace", "programme": "khong-co", "reason": "x"},
        {"what": "cancel", "reason": " "},
    ],
)
def test_what_can_not_be_changes_nothing(operator, desk, friday, form):
    before = rules(desk)
    assert post(operator, friday, **form).status_code in (302, 400)
    assert (made(desk), rules(desk)) == ([], before)


def test_a_time_gone_by_can_not_be_changed_from_its_page(operator, desk, friday):
    page = operator.get(f"/khung-gio/{friday}/doi?original=20261120T103000Z").text
    assert "đã qua giờ" in page
    assert 'name="to"' not in page


def test_a_slot_that_is_gone_is_told_once(operator):
    answer = operator.post("/khung-gio/khong-co/doi", {"original": ORIGINAL, "what": "cancel"}, follow_redirects=True)
    assert answer.text.count("Khung giờ này không còn") == 1


def test_names_and_reasons_with_markup_are_text(operator, desk, friday):
    post(operator, friday, what="cancel", reason="<script>1</script>")
    for path in ("/lich-phat", f"/khung-gio/{friday}/doi?original={ORIGINAL}"):
        assert "<script>1" not in operator.get(path).text


def test_a_change_that_was_made_names_what_it_changes(desk, operator, friday):
    post(operator, friday, to="2026-11-28T17:30", scope="once", reason="họp")
    found = desk.look(lambda s: changes.standing(s, slots.get(s, friday), timetable.change_rows(s)[0].original).reason)
    assert found == "họp"
