"""The hours that may be used: read by everybody, set by the administrator, for the station and for single zones."""

import re

import pytest
import sqlalchemy as sa

from broadcaster import allowance, hours, plan, zones
from broadcaster.models import Broadcast
from tests.schedules.made import NUI_THANH
from tests.web.conftest import NOW

EVERY = list("1234567")
FORM = {
    "version": "0", "start-0": "05:00", "end-0": "06:30", "days-0": EVERY, "start-1": "16:30", "end-1": "18:30",
    "days-1": ["1", "5"], "quiet-start": "21:00", "quiet-end": "05:00", "minutes": "90", "repeats": "2",
}  # fmt: skip


@pytest.fixture
def villages(desk):
    desk.look(
        lambda s: [
            zones.save(s, slug, name, ["null:"], [], NOW) for slug, name in (("m", "Thôn Một"), ("h", "Thôn Hai"))
        ]
    )


@pytest.fixture
def admin(enter):
    return enter("sep", "admin")


def kept(desk, zone="all"):
    return desk.look(lambda s: hours.of_zone(s, zone))


def test_everybody_reads_them_and_only_the_administrator_changes_them(enter, admin):
    author = enter("soan", "author").get("/gio-phat/").text
    assert "05:30–06:30" in author
    assert "120 phút" in author
    assert "/gio-phat/all" not in author
    assert "/gio-phat/all" in admin.get("/gio-phat/").text


def test_what_is_set_is_kept_and_shown(admin, desk):
    page = admin.post("/gio-phat/all", FORM, follow_redirects=True).text
    assert "Đã lưu giờ được phát của Toàn trạm" in page
    assert "16:30–18:30: Thứ Hai, Thứ Sáu" in page
    found = kept(desk)
    assert (found.max_minutes_per_day, found.max_repeats_per_day) == (90, 2)
    assert hours.quiet_text(found) == "21:00-05:00"
    again = admin.get("/gio-phat/all").text
    assert again.count('name="start-') == 4
    assert len(re.findall(r'name="days-1" value="\d" checked', again)) == 2


def test_a_span_is_dropped_and_quiet_hours_are_taken_away(admin, desk):
    admin.post("/gio-phat/all", FORM | {"drop-1": "yes", "quiet-start": "", "quiet-end": ""})
    assert len(kept(desk).allowed) == 1
    assert kept(desk).quiet is None
    assert "không có" in admin.get("/gio-phat/").text


def test_a_zone_has_hours_of_its_own_until_it_follows_the_station_again(villages, admin, desk):
    assert "Theo giờ của toàn trạm" in admin.get("/gio-phat/").text
    admin.post("/gio-phat/m", FORM)
    assert kept(desk, "m").max_minutes_per_day == 90
    assert kept(desk, "h") == kept(desk) == hours.Hours()
    page = admin.post("/gio-phat/m/theo-tram", follow_redirects=True).text
    assert "Thôn Một theo giờ được phát của toàn trạm" in page
    assert kept(desk, "m") == hours.Hours()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"start-0": "", "end-0": "", "start-1": "", "end-1": ""}, "ít nhất một khoảng giờ"),
        ({"days-0": []}, "ngày"),
        ({"start-0": "25:00"}, "chưa đúng"),
        ({"end-0": ""}, "chưa đúng"),
        ({"quiet-end": ""}, "Giờ yên tĩnh"),
        ({"quiet-start": "05:00"}, "Giờ yên tĩnh"),
        ({"minutes": "-5"}, "từ 0 đến 1440 phút"),
        ({"minutes": "nhiều"}, "từ 0 đến 1440 phút"),
        ({"repeats": "100"}, "từ 0 đến 99 lần"),
    ],
)
def test_what_can_not_be_is_said_and_what_was_typed_stays(admin, desk, typed, told):
    answer = admin.post("/gio-phat/all", FORM | typed)
    assert answer.status_code == 400
    assert told in answer.text
    assert 'value="21:00"' in answer.text or "quiet-start" in typed
    assert kept(desk) == hours.Hours()


def test_the_second_of_two_people_is_told(admin, desk):
    admin.post("/gio-phat/all", FORM)
    answer = admin.post("/gio-phat/all", FORM | {"minutes": "30"})
    assert answer.status_code == 400
    assert "vừa được người khác sửa" in answer.text
    assert kept(desk).max_minutes_per_day == 90


def test_a_zone_that_is_not_there_is_said(admin):
    assert "Không có cụm loa" in admin.post("/gio-phat/dau-day", FORM, follow_redirects=True).text


def test_what_the_hours_keep_from_being_heard_stands_on_top(admin, desk):
    desk.look(lambda s: plan.store(s, NOW, NUI_THANH))
    assert "sẽ không phát" not in admin.get("/gio-phat/bi-chan").text

    def bar(session):
        for row in session.scalars(sa.select(Broadcast).where(Broadcast.starts_at > NOW)):
            row.refused = "hours-outside-allowed"

    desk.look(bar)
    barred = desk.look(lambda s: [b.starts_at for b in allowance.barred(s, NOW, 20)])
    page = admin.get("/gio-phat/").text
    assert f"{len(barred)} buổi sẽ không phát" in page
    assert page.count("ngoài khung giờ được phép phát") == len(barred) > 1
    assert barred == sorted(barred)


def test_the_trail_tells_who_changed_them(admin):
    admin.post("/gio-phat/all", FORM)
    page = admin.get("/ai-da-doi-gi").text
    assert "giờ được phát" in page
    assert "sep" in page
