"""Health, backups and the trail, as the administrator sees them."""

import io
import time
import zipfile
from datetime import timedelta

import pytest

from broadcaster import backups, care, restoring
from broadcaster.errors import BroadcasterError
from broadcaster.models import HoursRow
from broadcaster.models_care import BackupRow
from tests.web.conftest import NOW, PASSWORD


def until_done(app):
    deadline = time.monotonic() + 20
    while app.config["BACKUPS"].running:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_health_tells_every_part_and_its_remedy(enter, desk):
    browser = enter("quan.tri", "admin")
    page = browser.get("/quan-tri").text
    assert "chưa chạy. Hãy khởi động lại chương trình Tiếng Loa" in page
    assert "chưa có bản nào" in page
    desk.beat()
    page = browser.get("/quan-tri").text
    assert "đang chạy" in page
    assert "<strong>Đầu ra</strong>: chạy thử, tiếng không ra loa nào" in page


def test_a_finding_leads_to_the_page_that_mends_it(enter, desk):
    desk.beat(output={"uri": "icecast://source:bimat@10.0.0.5:8000/a", "ok": False, "detail": "stream-refused"})
    page = enter("quan.tri", "admin").get("/quan-tri").text
    assert "Icecast 10.0.0.5:8000/a không nhận tiếng. Hãy kiểm tra địa chỉ, tên và mật khẩu" in page
    assert "bimat" not in page
    assert '<a href="/khu-vuc/">Mở trang Cụm loa</a>' in page
    assert '<a href="/sao-luu">Mở trang Sao lưu</a>' in page


def test_a_thorough_check_speaks_and_reads_the_database(enter, desk):
    desk.beat()
    page = enter("quan.tri", "admin").get("/quan-tri?ky=1").text
    assert "nguyên vẹn" in page
    assert "<strong>Giọng đọc</strong>: " in page
    assert "espeak" not in page
    assert "broadcaster voice" not in page


def test_a_backup_is_made_listed_downloaded_and_can_be_restored(app, enter, desk):
    desk.beat()
    browser = enter("quan.tri", "admin")
    assert "Chưa có bản sao lưu nào" in browser.get("/sao-luu").text
    browser.post("/sao-luu")
    until_done(app)
    page = browser.get("/sao-luu").text
    assert "Bản gần nhất: hôm nay" in page
    (row,) = desk.look(lambda s: s.query(BackupRow).all())
    assert row.by == "quan.tri"
    with browser.get(f"/sao-luu/{row.name}") as answer:
        data = answer.data
    assert len(data) == row.size
    assert {"station.db", "tieng-loa.json"} <= set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    copy = desk.settings.data.parent / "copy.zip"
    copy.write_bytes(data)
    desk.sessions.kw["bind"].dispose()
    care.restore(desk.settings, copy)
    assert desk.look(lambda s: s.query(BackupRow).count()) == 0  # as it was before it was made
    assert browser.get("/sao-luu").status_code == 200


@pytest.fixture
def sep(app, enter, desk):
    app.config["SUPERVISED"] = True
    return enter("quan.tri", "admin")


def test_a_backup_on_this_machine_is_handed_to_the_supervisor_only_when_one_is_sure(sep, desk):
    row = backups.make(desk.sessions, desk.settings, "lan", NOW)
    assert "Chưa đánh dấu" in sep.post("/sao-luu/khoi-phuc", {"name": row.name}, follow_redirects=True).text
    assert not restoring.asked(desk.settings)
    assert "Đang khôi phục" in sep.post("/sao-luu/khoi-phuc", {"name": row.name, "sure": "yes"}).text
    assert restoring.asked(desk.settings)
    desk.sessions.kw["bind"].dispose()
    assert restoring.carry_out(desk.settings).error is None
    assert not restoring.asked(desk.settings)
    assert desk.look(lambda s: s.query(BackupRow).count()) == 0  # as it was before it was made


def test_an_upload_that_is_no_backup_is_refused_before_anything_stops(sep, desk):
    files = {"file": (io.BytesIO(b"PK nothing"), "../../x.zip"), "sure": "yes"}
    page = sep.post("/sao-luu/khoi-phuc", files, follow_redirects=True).text
    assert "không phải bản sao lưu" in page
    assert "../" not in page
    assert "Chưa chọn bản sao lưu" in sep.post("/sao-luu/khoi-phuc", {"sure": "yes"}, follow_redirects=True).text
    assert not restoring.asked(desk.settings)


def test_a_restore_that_failed_says_why_and_keeps_what_is_here(sep, desk):
    row = backups.make(desk.sessions, desk.settings, "lan", NOW)
    sep.post("/sao-luu/khoi-phuc", {"name": row.name, "sure": "yes"})
    place = desk.settings.data / "restore" / "next.zip"
    place.write_bytes(place.read_bytes()[:200])  # the disk lost the rest
    assert restoring.carry_out(desk.settings).error
    assert "không thành" in sep.get("/sao-luu").text
    assert desk.look(lambda s: s.query(BackupRow).count()) == 1


def test_where_nobody_supervises_the_command_is_told_instead(enter, desk):
    browser = enter("quan.tri", "admin")
    assert 'name="sure"' not in browser.get("/sao-luu").text
    page = browser.post("/sao-luu/khoi-phuc", {"sure": "yes", "name": "x"}, follow_redirects=True).text
    assert "broadcaster restore" in page


@pytest.mark.parametrize("name", ["khong-co.zip", "..%2Fstation.db", "station.db", "../panel.key"])
def test_no_other_file_can_be_downloaded(enter, name):
    assert enter("quan.tri", "admin").get(f"/sao-luu/{name}").status_code == 404


def test_only_the_newest_backups_are_kept_and_an_old_one_reminds(enter, desk):
    for n in range(5):
        backups.make(desk.sessions, desk.settings, "lan", NOW - timedelta(days=20 - n))
    assert len(list(backups.folder(desk.settings).glob("*.zip"))) == backups.KEPT
    assert len(desk.look(lambda s: backups.here(s, desk.settings))) == backups.KEPT
    page = enter("quan.tri", "admin").get("/sao-luu").text
    assert "Bản gần nhất: 16 ngày trước" in page
    assert "nên tạo bản mới" in page


def test_a_backup_that_fails_says_why(app, enter, desk, monkeypatch):
    def full(*_):
        raise BroadcasterError("disk", path="x", detail="No space left on device")

    monkeypatch.setattr(care, "backup", full)
    browser = enter("quan.tri", "admin")
    browser.post("/sao-luu")
    until_done(app)
    assert "đĩa đã đầy" in browser.get("/sao-luu").text


def test_the_trail_names_who_made_an_account_and_hides_the_password(enter, desk):
    browser = enter("quan.tri", "admin")
    browser.post("/tai-khoan/them", {"name": "moi", "password": PASSWORD, "role": ["author"]})
    browser.post("/tai-khoan/khoa", {"name": "moi"})
    page = browser.get("/ai-da-doi-gi?ai=quan.tri").text
    assert "khóa tài khoản" in page
    assert "người soạn" in page
    assert "argon2" not in page
    assert PASSWORD not in page
    assert "trước: </span>không" in page
    assert "Không có thay đổi nào khớp" in browser.get("/ai-da-doi-gi?ai=ai+do").text


def test_the_trail_turns_its_pages(enter, desk):
    browser = enter("quan.tri", "admin")
    for n in range(60):
        desk.look(lambda s, n=n: s.add(_row(n)))
    first = browser.get("/ai-da-doi-gi").text
    assert first.count('class="card entry"') == 50
    assert "Cũ hơn" in first


def _row(n):
    return HoursRow(zone=f"z{n}", allowed="05:30-06:30", quiet="", max_minutes=60, max_repeats=2)
