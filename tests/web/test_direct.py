"""The microphone and the relay as the operator orders, watches and ends them."""

from datetime import timedelta

import pytest

from broadcaster import broadcasts, hours, library, live, zones
from broadcaster.broadcasts import Status
from broadcaster.models import Broadcast
from broadcaster.models_station import StationState, Wish
from tests.web.conftest import NOW, SHA256, recording

URL = "https://dai.example/song"
REASON = {"reason": "bão về"}  # eight in the morning is outside the hours
MIC, RELAY, NOW_PAGE = "/truc-tiep/micro", "/truc-tiep/tiep-song", "/truc-tiep/trang-thai"


@pytest.fixture
def truc(enter, desk):
    desk.beat()
    return enter("truc", "operator")


def ordered(desk):
    return desk.look(lambda s: s.query(Broadcast).order_by(Broadcast.id).all())


def test_a_relay_begins_now_and_ends_at_its_time(truc, desk):
    form = {"url": URL, "title": "Thời sự", "minutes": "30", "until": "", "zone": "all", **REASON}
    assert "Đang nối tới đài" in truc.post(RELAY, form, follow_redirects=True).text
    (row,) = ordered(desk)
    assert row.live == {"url": URL, "fallback": None, "seconds": 1800.0}
    assert (row.kind, row.title, row.by, row.starts_at, row.remark) == ("at", "Thời sự", "truc", NOW, "bão về")
    assert URL in truc.get("/truc-tiep/").text  # offered the next time


@pytest.mark.parametrize(("until", "seconds"), [("08:30", 1800), ("19:59", 11 * 3600 + 59 * 60)])
def test_a_relay_until_a_time_of_day(truc, desk, until, seconds):
    truc.post(RELAY, {"url": URL, "minutes": "5", "until": until, **REASON})
    assert ordered(desk)[0].live["seconds"] == seconds


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"url": "file:///etc/passwd"}, "Địa chỉ tiếp sóng"),
        ({"minutes": "0"}, "Số phút phải từ 1 đến 720"),
        ({"minutes": "721"}, "Số phút phải từ 1 đến 720"),
        ({"minutes": "½"}, "Số phút phải từ 1 đến 720"),
        ({"until": "7:59"}, "Số phút phải từ 1 đến 720"),
        ({"until": "25:00"}, "chưa đúng"),
        ({"until": "sáng"}, "chưa đúng"),
        ({"reason": ""}, "ngoài khung giờ"),
    ],
)
def test_a_relay_that_will_not_do_is_told_and_kept_in_the_form(truc, desk, change, told):
    form = {"url": URL, "title": "Tên <b>x</b>", "minutes": "30", **REASON} | change
    answer = truc.post(RELAY, form)
    assert answer.status_code == 400
    assert told in answer.text
    assert "Tên &lt;b&gt;x" in answer.text
    assert ordered(desk) == []


def test_a_fallback_comes_from_the_library_and_the_zone_from_the_list(truc, desk):
    def write(session):
        session.merge(recording())
        library.add(session, "Nhạc nền", SHA256, "truc", NOW)
        for slug in ("mot", "hai"):
            zones.save(session, slug, f"Thôn {slug}", [f"sound:{slug}"], [], NOW)

    desk.look(write)
    page = truc.get("/truc-tiep/").text
    assert "Nhạc nền" in page
    assert page.count('name="zone" value="hai"> Thôn hai') == 2
    truc.post(RELAY, {"url": URL, "minutes": "5", "zone": "hai", "fallback": SHA256, **REASON})
    (row,) = ordered(desk)
    assert (row.zone, row.live["fallback"]) == ("hai", SHA256)
    truc.post(RELAY, {"url": URL, "minutes": "5", "zone": "ba", **REASON})
    truc.post(RELAY, {"url": URL, "minutes": "5", "zone": "hai", "fallback": "cd" * 32, **REASON})
    assert len(ordered(desk)) == 1


@pytest.fixture
def village(desk):
    for slug in ("mot", "hai", "ba"):
        desk.look(lambda s, slug=slug: zones.save(s, slug, f"Thôn {slug}", [f"sound:{slug}"], [], NOW))


SOME = {"where": "some", "zone": ["mot", "hai"], **REASON}


def test_some_zones_hear_one_microphone_and_one_stream(truc, desk, village):
    truc.post(MIC, {"minutes": "7", **SOME})
    truc.post(RELAY, {"url": URL, "minutes": "5", **SOME})
    rows = ordered(desk)
    assert [(row.kind, row.zone) for row in rows] == [("mic", "mot"), ("mic", "hai"), ("at", "mot"), ("at", "hai")]
    assert [row.live["order"] for row in rows] == [rows[0].id] * 2 + [rows[2].id] * 2
    page = truc.get(NOW_PAGE).text
    assert (page.count("Thôn mot, Thôn hai"), page.count("ket-thuc")) == (2, 2)


def test_all_zones_ticked_are_one_broadcast_and_none_is_refused_with_the_form_as_it_was(truc, desk, village):
    page = truc.post(RELAY, {"url": URL, "minutes": "5", **SOME, "zone": []}).text
    assert "Hãy đánh dấu ít nhất một cụm" in page
    assert page.count('value="some" checked') == 1  # of the form that was sent
    truc.post(RELAY, {"url": URL, "minutes": "5", **SOME, "zone": ["mot", "hai", "ba"]})
    (row,) = ordered(desk)
    assert (row.zone, "order" in row.live) == ("all", False)


def test_one_press_ends_all_zones_also_those_that_still_wait(truc, desk, village):
    truc.post(MIC, {"minutes": "7", **SOME})
    first = ordered(desk)[0]
    desk.look(lambda s: broadcasts.step(s.get(Broadcast, first.id), Status.ON_AIR))
    shown = {"id": first.id, "kind": "mic", "title": "x", "zone": "mot", "position_s": 1.0, "length_s": None}
    desk.beat(live=[shown | {"input_level": 0.1, "quiet_s": 0, "left_s": None}])
    assert "Chưa ra loa ở Thôn hai" in truc.get(NOW_PAGE).text
    truc.post(f"/truc-tiep/{first.id}/ket-thuc")
    assert [wish.broadcast_id for wish in desk.look(lambda s: s.query(Wish).all())] == [first.id]
    assert [row.status for row in ordered(desk)] == [Status.ON_AIR, Status.WITHDRAWN]


def test_the_microphone_is_opened_as_asked(truc, desk):
    assert "<option>Micrô USB</option>" in truc.get("/truc-tiep/").text
    form = {"device": "Micrô USB", "minutes": "7", "chimes": "yes", "zone": "all", **REASON}
    assert "Nói sau hồi nhạc hiệu" in truc.post(MIC, form, follow_redirects=True).text
    (row,) = ordered(desk)
    assert row.kind == "mic"
    assert row.live == {"device": "Micrô USB", "ducks": False, "quiet_s": 120.0, "chimes": True, "longest_s": 420}


def test_a_second_microphone_is_refused_while_one_is_open(truc, desk):
    for _ in range(2):
        answer = truc.post(MIC, {"minutes": "7", **REASON})
    assert "Micrô đang mở rồi" in answer.text
    assert len(ordered(desk)) == 1


def test_on_a_held_or_dead_station_nobody_speaks_into_nothing(truc, desk):
    def hold(session):
        session.get_one(StationState, 1).held_by = "minh"

    desk.look(hold)
    assert "đang dừng phát" in truc.post(MIC, {"minutes": "7", **REASON}).text
    desk.clock.sleep(60)
    assert "Hãy khởi động lại chương trình" in truc.post(RELAY, {"url": URL, "minutes": "7", **REASON}).text
    assert ordered(desk) == []


def on_air(desk, kind="mic", **facts):
    def write(session):
        if kind == "mic":
            row = live.microphone(session, zone="all", by="truc", now=NOW)
        else:
            end = NOW + timedelta(minutes=30)
            row = live.relay(session, URL, NOW, end, fallback=None, zone="all", by="truc", now=NOW)
        broadcasts.step(row, Status.ON_AIR)
        return row.id

    row_id = desk.look(write)
    shown = {"id": row_id, "kind": kind, "title": "x", "zone": "all", "position_s": 61.0, "length_s": None, "rank": 4}
    desk.beat(playing=shown, live=[shown | facts])
    return row_id


def test_who_speaks_sees_the_level_and_how_long_is_left(truc, desk):
    on_air(desk, input_level=0.1, quiet_s=0, left_s=539)
    page = truc.get(NOW_PAGE).text
    assert "micrô: −20 dB" in page
    assert "Đã nói 1:01, còn 8:59 thì tự tắt" in page
    assert "Nói xong" in page


def test_a_microphone_that_hears_nobody_says_so(truc, desk):
    on_air(desk, input_level=0.001, quiet_s=12, left_s=None)
    assert "Không nghe thấy tiếng nói 12 giây" in truc.get(NOW_PAGE).text


@pytest.mark.parametrize(("standing_in", "told"), [(True, "mất sóng"), (False, "có sóng")])
def test_a_relay_says_whether_the_station_itself_is_heard(truc, desk, standing_in, told):
    on_air(desk, "at", standing_in=standing_in, ever=True)
    page = truc.get(NOW_PAGE).text
    assert f">{told}</span>" in page
    assert "Kết thúc tiếp sóng" in page


def test_an_address_that_never_gave_a_sound_is_not_said_to_be_lost(truc, desk):
    on_air(desk, "at", standing_in=True, ever=False)
    page = truc.get(NOW_PAGE).text
    assert "chưa có sóng" in page
    assert "Hãy xem địa chỉ có đúng không" in page


def test_a_second_relay_is_told_behind_what_it_waits(truc, desk):
    on_air(desk, "at", standing_in=False, ever=True)
    form = {"url": "dai.example/khac", "title": "Đài kia", "minutes": "5", **REASON}
    page = truc.post(RELAY, form, follow_redirects=True).text
    assert "Đài này ra loa khi “x” kết thúc" in page
    assert "chờ đến lượt" in page
    assert ordered(desk)[-1].live["url"] == "http://dai.example/khac"  # as people write it


def test_ending_asks_the_station_for_exactly_this_one(truc, desk):
    row_id = on_air(desk, input_level=0.1, quiet_s=0, left_s=None)
    assert "Micrô đã tắt" in truc.post(f"/truc-tiep/{row_id}/ket-thuc", follow_redirects=True).text
    (wish,) = desk.look(lambda s: s.query(Wish).all())
    assert (wish.kind, wish.broadcast_id, wish.by) == ("end", row_id, "truc")


def test_what_is_over_or_no_live_broadcast_is_told(truc):
    assert "đã kết thúc" in truc.post("/truc-tiep/khong-co/ket-thuc", follow_redirects=True).text


def test_a_relay_longer_than_the_day_has_room_for_asks_for_a_reason_and_keeps_what_it_was_given_for(truc, desk):
    desk.look(lambda s: hours.set_for(s, "all", allowed="00:00-00:00", quiet="", max_minutes=9))
    answer = truc.post(RELAY, {"url": URL, "minutes": "10"})
    assert (answer.status_code, "Ngày này sẽ vượt quá 9 phút" in answer.text) == (400, True)
    assert "Lý do phát, nếu ngoài giờ hoặc quá mức trong ngày" in answer.text
    truc.post(RELAY, {"url": URL, "minutes": "10", **REASON})
    (row,) = ordered(desk)
    assert (row.remark, row.overruled) == (REASON["reason"], ["too-many-minutes"])
