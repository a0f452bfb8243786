"""The lamp, the queue, the plan, the log, the sound: what the operator looks at."""

import io
import time
from datetime import timedelta

import pytest

from broadcaster import accounts, asrun, broadcasts, samples, uploads
from broadcaster.broadcasts import Status, step
from broadcaster.errors import BroadcasterError
from broadcaster.models import Broadcast
from broadcaster.models_station import StationState, Wish
from tests.web.conftest import NOW, SHA256, recording
from web import sounding


def queued(desk, *titles):
    def write(session):
        row = session.merge(recording())
        return [broadcasts.play(session, row, by="truc", now=NOW, title=title).id for title in titles]

    return desk.look(write)


def test_a_dead_station_is_told_as_lost_signal(enter):
    assert "Mất tín hiệu" in enter("truc", "operator").get("/trang-thai").text


def test_the_lamp_says_what_plays_and_what_comes_next(enter, desk):
    desk.beat(playing={"id": "x", "kind": "queue", "title": "Lời nhắn", "position_s": 65.0, "length_s": 130.0})
    browser = enter("truc", "operator")
    page = browser.get("/trang-thai").text
    assert "Đang phát" in page
    assert "Lời nhắn" in page
    assert "1:05 / 2:10" in page
    assert "17:30 ngày mai: Tiếng loa an ninh" in page
    desk.clock.move_to(NOW + timedelta(days=1, hours=9, minutes=5))
    assert "17:30, còn 25 phút: Tiếng loa an ninh" in browser.get("/trang-thai").text


def test_a_held_station_names_who_stopped_it_and_offers_to_go_on(enter, desk):
    def hold(session):
        session.get_one(StationState, 1).held_by = "truc"

    desk.beat()
    desk.look(hold)
    page = enter("minh", "operator").get("/").text
    assert "truc đã dừng phát" in page
    assert 'action="/phat-tiep"' in page
    assert 'action="/dung-phat"' not in page


def test_the_output_trouble_is_told_with_its_remedy(enter, desk):
    desk.beat(output={"uri": "sound:", "ok": False, "underruns": 0, "detail": "no-device"}, clock={"trusted": False})
    page = enter("truc", "operator").get("/").text
    assert "cắm lại dây" in page
    assert "Đồng hồ máy sai" in page


@pytest.mark.parametrize(
    ("path", "kind"), [("/dung-phat", "stop"), ("/phat-tiep", "resume"), ("/hang-cho/bo-qua", "skip")]
)
def test_a_button_is_a_wish_with_a_name(enter, desk, path, kind):
    browser = enter("truc", "operator")
    desk.beat()
    (playing,) = queued(desk, "Lời nhắn")
    desk.look(lambda s: step(s.get_one(Broadcast, playing), Status.ON_AIR))
    assert browser.post(path).status_code == 302
    (wish,) = desk.look(lambda s: s.query(Wish).all())
    assert (wish.kind, wish.by) == (kind, "truc")


def test_where_nothing_is_heard_nothing_was_skipped(enter, desk):
    browser = enter("truc", "operator")
    desk.beat()
    assert "Không có mục nào đang phát" in browser.post("/hang-cho/bo-qua", follow_redirects=True).text
    assert desk.look(lambda s: s.query(Wish).all()) == []


def test_stopping_a_dead_station_is_told(enter):
    assert "Trạm chưa chạy" in enter("truc", "operator").post("/dung-phat", follow_redirects=True).text


def test_the_stop_button_asks_twice_without_script(enter, desk):
    desk.beat()
    page = enter("truc", "operator").get("/").text
    assert page.index("<summary>Dừng phát</summary>") < page.index("Dừng ngay")


@pytest.mark.parametrize("role", accounts.ROLES)
def test_whoever_may_send_an_alert_may_stop_it(enter, desk, role):
    desk.beat()
    page = enter("lan", role).get("/").text
    assert ("Dừng ngay" in page) == ("Khẩn cấp" in page) == (role != "author")


def test_an_approver_stops_and_goes_on_by_name(enter, desk):
    browser = enter("minh", "approver")
    desk.beat()
    for path, kind in (("/dung-phat", "stop"), ("/phat-tiep", "resume")):
        assert browser.post(path).status_code == 302
        wish = desk.look(lambda s: s.query(Wish).order_by(Wish.id.desc()).first())
        assert (wish.kind, wish.by) == (kind, "minh")


def test_an_uploaded_sound_waits_in_the_queue_under_the_operators_name(enter, desk, monkeypatch):
    def imported(sessions, settings, source, name, title, now):
        return desk.look(lambda s: s.merge(recording()))

    monkeypatch.setattr(uploads, "import_sound", imported)
    desk.beat()
    page = enter("truc", "operator").post(
        "/hang-cho/them",
        {"file": (io.BytesIO(b"tieng"), "loi nhan.mp3"), "reason": "họp dân"},
        follow_redirects=True,
    )
    assert "loi nhan" in page.text
    (item,) = desk.look(broadcasts.queue)
    assert (item.title, item.by) == ("loi nhan", "truc")


def test_a_file_that_is_no_sound_is_refused_and_its_title_stays(enter, desk):
    desk.beat()
    form = {"file": (io.BytesIO(b"day la chu"), "chu.mp3"), "title": "Lời nhắn"}
    answer = enter("truc", "operator").post("/hang-cho/them", form)
    assert answer.status_code == 400
    assert "chu.mp3 không phải tệp âm thanh" in answer.text
    assert 'value="Lời nhắn"' in answer.text


def test_nothing_is_queued_for_a_station_that_does_not_run(enter, desk):
    form = {"file": (io.BytesIO(b"tieng"), "a.mp3")}
    assert "Trạm chưa chạy" in enter("truc", "operator").post("/hang-cho/them", form).text


def test_queue_items_move_up_and_leave(enter, desk):
    browser = enter("truc", "operator")
    one, two, three = queued(desk, "Một", "Hai", "Ba")
    browser.post(f"/hang-cho/{three}/len")
    assert [b.id for b in desk.look(broadcasts.queue)] == [one, three, two]
    browser.post(f"/hang-cho/{one}/bo")
    assert [b.id for b in desk.look(broadcasts.queue)] == [three, two]


def test_an_item_gone_meanwhile_is_told(enter, desk):
    browser = enter("truc", "operator")
    assert "trong hàng chờ" in browser.post("/hang-cho/khong-co/len", follow_redirects=True).text


def logged(desk, title, outcome, days=0):
    def write(session):
        row = broadcasts.play(session, session.merge(recording()), by="truc", now=NOW, title=title)
        row.starts_at = row.began_at = row.checked_at = NOW - timedelta(days=days)
        step(row, Status.ON_AIR)
        asrun.end(session, row, outcome, NOW, "stopped" if outcome == Status.CUT else None)

    desk.look(write)


def test_the_log_is_narrowed_by_date_and_outcome(enter, desk):
    logged(desk, "Buổi hôm nay", Status.AIRED)
    logged(desk, "Buổi bị ngắt", Status.CUT)
    logged(desk, "Buổi tuần trước", Status.AIRED, days=7)
    browser = enter("lan", "author")
    assert "Buổi tuần trước" in browser.get("/nhat-ky").text
    today = browser.get("/nhat-ky?tu=2026-11-24&den=2026-11-24").text
    assert "Buổi hôm nay" in today
    assert "Buổi tuần trước" not in today
    cut = browser.get("/nhat-ky?ket-qua=cut").text
    assert "có người bấm Dừng phát" in cut
    assert "Buổi hôm nay" not in cut
    assert "không còn giữ" in cut
    (desk.settings.recordings / f"{SHA256}.flac").touch()
    assert f"/am-thanh/{SHA256}.flac" in browser.get("/nhat-ky?ket-qua=cut").text


def test_a_date_that_is_none_is_told(enter):
    assert "Ngày “hom-qua” chưa đúng" in enter("lan", "author").get("/nhat-ky?tu=hom-qua").text


def test_sound_is_served_in_parts(enter, desk):
    (desk.settings.recordings / f"{SHA256}.flac").write_bytes(bytes(range(100)))
    browser = enter("lan", "author")
    part = browser.get(f"/am-thanh/{SHA256}.flac", headers={"Range": "bytes=10-19"})
    assert part.status_code == 206
    assert part.data == bytes(range(10, 20))
    assert part.mimetype == "audio/flac"
    part.close()


@pytest.mark.parametrize("name", ["0" * 64, "..%2F..%2Fpanel", "panel.key"])
def test_only_recordings_are_served(enter, name):
    assert enter("lan", "author").get(f"/am-thanh/{name}.flac").status_code == 404


def run_demo(enter, desk, monkeypatch, demo):
    monkeypatch.setattr(samples, "demo", demo)
    desk.beat()
    browser = enter("truc", "operator")
    page = browser.post("/nghe-thu/", {"reason": "thử loa"}).location
    for _ in range(100):
        text = browser.get(f"{page}/tien-do").text
        if "Sẽ phát ngay khi thu xong" not in text:
            return browser, text
        time.sleep(0.02)
    raise AssertionError(text)


def test_the_sample_is_rendered_queued_and_shown_with_its_log_line(enter, desk, monkeypatch):
    def demo(sessions, settings, clock, by, why):
        assert why == "thử loa"
        logged(desk, "Chương trình mẫu", Status.AIRED)
        return desk.look(lambda s: asrun.latest(s, 1)[0].broadcast_id)

    _, text = run_demo(enter, desk, monkeypatch, demo)
    assert "Chương trình mẫu" in text
    assert "đã phát" in text
    assert "data-poll" not in text


def test_a_sample_that_fails_says_why(enter, desk, monkeypatch):
    def demo(sessions, settings, clock, by, why):
        raise BroadcasterError("render-failed", detail="hết chỗ trên đĩa")

    _, text = run_demo(enter, desk, monkeypatch, demo)
    assert "hết chỗ trên đĩa" in text


def test_the_sample_does_not_sound_outside_the_hours_without_a_reason(enter, desk):
    desk.beat()
    browser = enter("truc", "operator")
    assert 'id="reason-sample"' in browser.get("/").text
    refused = browser.post("/nghe-thu/", follow_redirects=True)
    assert "ghi lý do" in refused.text


def test_an_admin_adds_and_closes_accounts(enter, desk):
    browser = enter("sep", "admin")
    form = {"name": "lan", "password": "mat khau dai", "role": ["author", "approver"]}
    assert "Đã tạo tài khoản lan" in browser.post("/tai-khoan/them", form, follow_redirects=True).text
    assert desk.look(lambda s: accounts.find_user(s, "lan").roles) == ["approver", "author"]
    assert "Đã khóa" in browser.post("/tai-khoan/khoa", {"name": "lan"}, follow_redirects=True).text
    assert desk.look(lambda s: accounts.find_user(s, "lan").disabled)


def test_the_last_admin_stays(enter):
    assert "cuối cùng" in enter("sep", "admin").post("/tai-khoan/khoa", {"name": "sep"}, follow_redirects=True).text


def test_an_account_that_will_not_do_keeps_what_was_typed(enter):
    browser = enter("sep", "admin")
    page = browser.post("/tai-khoan/them", {"name": "lan", "password": "ngan", "role": ["author"]}).text
    assert "ít nhất 8 ký tự" in page
    assert 'value="lan"' in page
    assert 'value="author" checked' in page
    assert "Chưa chọn quyền" in browser.post("/tai-khoan/them", {"name": "lan", "password": "mat khau dai"}).text


def ill(ok=False):
    output = {"uri": "sound:", "ok": ok, "underruns": 0, "detail": "" if ok else "no-device", "tries": 3}
    zones = [{"zone": "all", "name": "Toàn xã", "playing": None, "level": 0.0, "volume": 1.0, "outputs": [output]}]
    return {"output": output, "zones": zones}


def test_a_station_without_any_output_has_lost_its_signal_however_alive_it_is(enter, desk):
    desk.beat(**ill())
    page = enter("truc", "operator").get("/trang-thai").text
    assert 'class="lamp dead"' in page
    assert "Không tìm thấy thiết bị âm thanh" in page


def test_one_output_lost_among_several_is_told_and_the_lamp_stays(enter, desk):
    bad, good = ill(), ill(ok=True)
    desk.beat(output=bad["output"], zones=[*bad["zones"], *good["zones"]])
    page = enter("truc", "operator").get("/trang-thai").text
    assert 'class="lamp idle"' in page
    assert "Có đầu ra mất tín hiệu" in page


def test_the_bar_tells_the_level_the_time_left_and_whether_the_clock_is_right(enter, desk):
    playing = {"id": "x", "kind": "queue", "title": "Lời nhắn", "position_s": 65.0, "length_s": 130.0}
    desk.beat(playing=playing, level=0.1)
    browser = enter("truc", "operator")
    page = browser.get("/nhat-ky").text
    assert "Mức tiếng ra khỏi trạm: −20 dB" in page
    assert "còn 1:05" in page
    assert "đồng hồ đúng" in page
    desk.clock.sleep(2)  # the next beat is late; the sound is not
    assert "còn 1:03" in browser.get("/nhat-ky").text
    desk.beat(clock={"trusted": False})
    assert "đồng hồ sai" in browser.get("/nhat-ky").text
    desk.clock.sleep(4)
    page = browser.get("/nhat-ky").text
    assert "giờ: không rõ" in page
    assert "Mức tiếng ra khỏi trạm: im" in page


@pytest.mark.parametrize(
    ("uri", "name"),
    [
        ("sound:", "thiết bị âm thanh mặc định"),
        ("sound:USB Audio", "USB Audio"),
        ("icecast://source:…@may:8000/x", "Icecast may:8000/x"),
        ("file:/ghi", "thư mục /ghi"),
        ("null:", "không ra đâu"),
    ],
)
def test_outputs_have_names(uri, name):
    assert sounding.output_name(uri) == name


def test_levels_are_told_in_decibels_of_full():
    assert [sounding.dbfs(level) for level in (0.0, 1e-9, 0.1, 1.0, 2.0)] == [-60, -60, -20, 0, 0]
    assert sounding.dbfs_words(0.0) == "im"


def held_by_the_log(desk):
    def write(session):
        row = broadcasts.play(session, session.merge(recording()), by="truc", now=NOW, title="Ngày mai")
        row.began_at = NOW + timedelta(days=300)
        step(row, Status.ON_AIR)
        asrun.end(session, row, Status.AIRED, NOW + timedelta(days=300))

    desk.look(write)
    desk.beat(clock={"trusted": False, "adrift": False})


def test_a_clock_that_the_log_doubts_is_confirmed_by_a_person_and_the_trail_names_them(enter, desk):
    held_by_the_log(desk)
    page = enter("truc", "operator").get("/").text
    assert "sớm hơn nhật ký: có buổi ghi lúc 08:00 thứ Hai 20/09/2027" in page
    assert 'action="/dong-ho-dung"' in page
    quan = enter("quan", "admin")
    said = quan.post("/dong-ho-dung", follow_redirects=True).text
    assert "giờ máy 08:00 thứ Ba 24/11/2026 là đúng" in said
    assert 'action="/dong-ho-dung"' not in said
    trail = quan.get("/ai-da-doi-gi?gi=clock_word").text
    assert "quan" in trail
    assert "đồng hồ đang đúng" in trail


def test_who_neither_operates_nor_administers_does_not_speak_for_the_clock(enter, desk):
    held_by_the_log(desk)
    browser = enter("minh", "author")
    assert 'action="/dong-ho-dung"' not in browser.get("/").text
    assert browser.post("/dong-ho-dung").status_code == 403


DAYS_3 = 3 * 86_400 + 7_000


def test_a_clock_without_a_time_source_is_told_on_every_page_with_how_long(enter, desk):
    desk.beat(clock={"trusted": True, "adrift": False, "alone_s": DAYS_3})
    page = enter("truc", "operator").get("/").text
    assert "không có giờ chuẩn 3 ngày" in page  # the bar
    assert "Máy không lấy được giờ chuẩn (mạng, GPS) đã 3 ngày" in page
    assert "Mọi thứ đều tốt" not in page
    assert "không có giờ chuẩn 3 ngày" in enter("lan", "author").get("/ban-tin/").text
    health = enter("quan", "admin").get("/quan-tri").text
    assert "không có giờ chuẩn (mạng, GPS) đã 3 ngày nên có thể sai dần" in health


def test_after_a_start_a_time_source_has_its_minutes(enter, desk):
    desk.beat(clock={"trusted": True, "adrift": False, "alone_s": 60})
    assert "không có giờ chuẩn" not in enter("truc", "operator").get("/").text


def test_a_clock_that_is_alone_for_too_long_is_told_with_what_it_holds(enter, desk):
    desk.beat(clock={"trusted": False, "adrift": True, "alone_s": DAYS_3})
    assert "đã 3 ngày nên trạm chưa phát theo lịch" in enter("truc", "operator").get("/").text
    assert "đã 3 ngày, lịch phát bị giữ lại" in enter("quan", "admin").get("/quan-tri").text
