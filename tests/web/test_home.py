"""The first page: what is heard, what comes next, whether something is wrong, what this person has to do."""

from datetime import timedelta

from broadcaster import bulletins
from broadcaster.models import Rendering
from broadcaster.models_care import BackupRow
from tests.web.conftest import NOW, SHA256, recording


def test_a_station_in_order_says_so_in_one_line_each(enter, desk):
    desk.beat()
    page = enter("truc", "operator").get("/").text
    for answer in ("Loa đang im", "17:30 ngày mai", "Mọi thứ đều tốt"):
        assert answer in page


def test_what_is_wrong_stands_where_all_is_well_stood(enter, desk):
    browser = enter("truc", "operator")
    desk.beat(output={"uri": "sound:", "ok": False, "underruns": 3, "detail": "no-device"}, clock={"trusted": False})
    page = browser.get("/").text
    for answer in ("Đường ra loa có lỗi", "Đồng hồ máy sai", "ngắt quãng 3 lần"):
        assert answer in page
    assert "Mọi thứ đều tốt" not in page


def test_drafts_ask_their_author_and_nobody_else(enter, desk):
    lan = enter("lan", "author")
    desk.bulletin(by="lan", title="Nháp của Lan")
    assert "Soạn tiếp: Nháp của Lan" in lan.get("/").text
    assert "Nháp của Lan" not in enter("hoa", "author").get("/").text


def test_what_waits_for_approval_asks_approvers_and_the_rest_is_counted(enter, desk):
    desk.person("lan", "author")
    drafts = [desk.bulletin(title=f"Bản tin {number}") for number in range(7)]
    desk.look(lambda s: [bulletins.submit(s, bulletins.get(s, each), by="lan", now=NOW) for each in drafts])
    page = enter("minh", "approver").get("/").text
    assert (page.count("đang thu tiếng"), page.count("Nghe và duyệt: ")) == (5, 0)  # nothing to listen to yet
    spoken = {"status": "done", "recording": SHA256}
    desk.look(lambda s: (s.merge(recording()), s.flush(), s.query(Rendering).update(spoken)))
    page = enter("hoa", "approver").get("/").text
    assert page.count("Nghe và duyệt: ") == 5
    assert "Và 2 bản tin khác" in page
    assert "Nghe và duyệt" not in enter("truc", "operator").get("/").text


def test_an_old_backup_asks_the_administrator(enter, desk):
    made = NOW - timedelta(days=9)
    desk.look(lambda s: s.add(BackupRow(at=made, by="sep", name="cu.zip", size=1)))
    assert "bản gần nhất đã 9 ngày" in enter("sep", "admin").get("/").text
    assert "bản gần nhất đã 9 ngày" not in enter("truc", "operator").get("/").text


def test_with_nothing_to_do_the_page_says_so_and_leads_on(enter, desk, monkeypatch):
    monkeypatch.setattr("broadcaster.notices.standing", lambda *_: [])
    assert "Bạn đã xong mọi việc." in enter("lan", "author").get("/").text
    assert "Soạn bản tin" in enter("hoa", "author").get("/").text
