"""Days and times in the panel's forms, as people and old browsers write them."""

from datetime import UTC, datetime

import pytest

from broadcaster import timetable, zones
from broadcaster.models import Broadcast, ChangeRow, PeriodRow, SlotRow
from tests.web.conftest import NOW

SLOT = {"repeat": "daily", "at": "17:40", "override": "vì", "programme": "tieng-loa-an-ninh"}


@pytest.fixture
def truc(enter, desk):
    desk.beat()
    return enter("truc", "operator")


@pytest.mark.parametrize(("at", "kept"), [("5h30", "05:30"), ("17 giờ", "17:00"), ("１７.30", "17:30")])
def test_a_slot_at_an_hour_as_people_write_it(truc, desk, at, kept):
    answer = truc.post("/khung-gio/moi", SLOT | {"at": at, "first": "1/12", "until": "30/4/2027"})
    assert answer.status_code == 302
    row = desk.look(lambda s: timetable.slot_rows(s)[-1])
    assert (row.at, str(row.first), str(row.until)) == (kept, "2026-12-01", "2027-04-30")


@pytest.mark.parametrize(
    ("wrong", "field", "told"),
    [
        ({"at": "25:00"}, "at", "Giờ “25:00” chưa đúng"),
        ({"at": ""}, "at", "Giờ “” chưa đúng"),
        ({"first": "31/2"}, "first", "Ngày “31/2” chưa đúng"),
        ({"until": "29/2/2027"}, "until", "Ngày “29/2/2027” chưa đúng"),
        ({"repeat": "once", "once": "1/1/9999"}, "once", "Ngày “1/1/9999” chưa đúng"),
        ({"repeat": "once", "once": "<b>"}, "once", "Ngày “&lt;b&gt;” chưa đúng"),
    ],
)
def test_nonsense_is_told_at_its_field_and_stays_there(truc, desk, wrong, field, told):
    page = truc.post("/khung-gio/moi", SLOT | wrong)
    assert page.status_code == 400
    at_the_field = page.text.split(f'id="fault-{field}"')[1].split("</p>")[0]
    assert told in at_the_field
    typed = wrong[field].replace("<b>", "&lt;b&gt;")
    assert f'name="{field}" type="text" value="{typed}"' in page.text
    assert f'aria-describedby="fault-{field}"' in page.text


def test_what_was_understood_comes_back_as_the_browsers_field_holds_it(truc):
    page = truc.post("/khung-gio/moi", SLOT | {"at": "5h30", "until": "30/4/2027", "first": "mai mốt"}).text
    assert 'name="at" type="time" value="05:30"' in page
    assert 'name="until" type="date" value="2027-04-30"' in page


def test_a_pause_by_dates_without_a_year(truc, desk):
    truc.post("/ngay-khac/them", {"reason": "Giải phóng", "first": "30/4", "last": "1.5.2027"})
    row = desk.look(lambda s: s.query(PeriodRow).order_by(PeriodRow.id).all()[-1])
    assert (str(row.first), str(row.last)) == ("2027-04-30", "2027-05-01")
    page = truc.post("/ngay-khac/them", {"reason": "Thi", "first": "31/4"})
    assert 'id="fault-first"' in page.text
    assert 'value="31/4"' in page.text
    assert 'value="Thi"' in page.text


@pytest.mark.parametrize("until", ["8h30", "8 giờ rưỡi", "8.30"])
def test_a_relay_until_an_hour_as_people_write_it(truc, desk, until):
    truc.post("/truc-tiep/tiep-song", {"url": "http://dai.vn/a", "minutes": "5", "until": until, "reason": "bão"})
    assert desk.look(lambda s: s.query(Broadcast).one().live["seconds"]) == 1800


def test_a_reason_is_not_asked_for_twice(truc):
    page = truc.post("/truc-tiep/tiep-song", {"url": "http://dai.vn/a", "minutes": "x", "reason": "bão về"}).text
    assert 'value="bão về"' in page


def test_minutes_with_their_word(truc, desk):
    truc.post("/truc-tiep/tiep-song", {"url": "http://dai.vn/a", "minutes": "３0 phút", "reason": "bão"})
    assert desk.look(lambda s: s.query(Broadcast).one().live["seconds"]) == 1800


@pytest.mark.parametrize("to", ["18h", "27/11 18 giờ", "18:00 27/11/2026"])
def test_one_time_of_a_slot_is_moved_to_a_moment_as_people_write_it(truc, desk, to):
    slot = desk.look(lambda s: s.query(SlotRow).filter_by(at="17:30").first().id)
    form = {"what": "move", "original": "2026-11-27T17:30", "to": to, "reason": "họp", "insist": "on"}
    assert truc.post(f"/khung-gio/{slot}/doi", form).status_code == 302
    moved = desk.look(lambda s: [row.moved_to for row in s.query(ChangeRow)])
    assert moved == [datetime(2026, 11, 27, 11, 0, tzinfo=UTC)]


def test_a_move_to_nonsense_loses_nothing(truc, desk):
    slot = desk.look(lambda s: s.query(SlotRow).filter_by(at="17:30").first().id)
    form = {"what": "move", "original": "2026-11-27T17:30", "to": "chiều mai", "reason": "họp dân"}
    page = truc.post(f"/khung-gio/{slot}/doi", form)
    assert page.status_code == 400
    assert 'id="fault-to"' in page.text
    assert 'value="chiều mai"' in page.text
    assert 'value="họp dân"' in page.text


def test_the_loudness_of_an_hour_as_people_write_it(truc, desk, enter):
    desk.look(lambda s: zones.save(s, "mot", "Thôn Một", ["null:"], [], NOW))
    form = {"version": "1", "start-0": "5h", "end-0": "6 giờ", "percent-0": "60", "days-0": list("1234567")}
    assert truc.post("/khu-vuc/mot/theo-gio", form).status_code == 302
    assert [str(rule) for rule in desk.look(lambda s: zones.one(s, "mot"))[0].volume] == ["05:00-06:00=60"]
    page = truc.post("/khu-vuc/mot/theo-gio", form | {"version": "2", "start-0": "5h99"})
    assert 'id="fault-start-0"' in page.text
    assert 'value="5h99"' in page.text
