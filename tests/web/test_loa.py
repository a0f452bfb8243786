"""A leader's telephone: passcode, message, heard, sent once; guessing, replays and floods."""

import io
import re
from datetime import timedelta

import pytest

from broadcaster import alertdesk, passcodes, uploads, zones
from broadcaster.models import Broadcast, Rendering
from tests.web.conftest import NOW, SHA256, recording
from web import loa

TEXT = "Lũ đang về. Bà con lên chỗ cao ngay."


@pytest.fixture
def code(desk):
    desk.beat()
    return desk.look(lambda s: passcodes.create(s, "Trần Văn <b>Bình</b>", "sep", NOW)[1])


@pytest.fixture
def leader(visitor, code):
    assert visitor.post("/loa/", {"code": code}).location == "/loa/noi"
    return visitor


def sent(desk):
    return desk.look(lambda s: s.query(Broadcast).filter_by(kind="alert").all())


def outcomes(desk):
    return [use.outcome for use in reversed(desk.look(lambda s: passcodes.uses(s, 1000)))]


def typed(leader):
    return leader.post("/loa/noi", {"text": TEXT, "repeat": "2"}, follow_redirects=True).text


def test_a_leader_types_hears_and_sends_without_an_account(leader, desk):
    page = typed(leader)
    assert TEXT in page
    assert "Đang đọc thành tiếng" in page
    assert "Đã gửi ra loa" in leader.post("/loa/phat", {"sure": "yes"}).text
    (alert,) = sent(desk)
    assert (alert.text, alert.repeat, alert.by) == (TEXT, 2, "lãnh đạo: Trần Văn <b>Bình</b>")
    assert outcomes(desk) == ["entered", "sending", "sent"]


def test_without_a_microphone_the_page_says_what_to_do_and_offers_a_file(leader):
    answer = leader.get("/loa/noi")
    assert "Không thấy nút “Thu bằng micro”?" in answer.text
    assert re.search(r'type="file" accept="audio/\*" capture', answer.text)
    assert "microphone=(self)" in answer.headers["Permissions-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<b>Bình" not in answer.text


def test_a_spoken_message_is_heard_by_its_speaker_and_sent(leader, desk, monkeypatch):
    monkeypatch.setattr(uploads, "import_sound", lambda *_: desk.look(lambda s: s.merge(recording())))
    monkeypatch.setattr(alertdesk, "send_recording", lambda *args: asked.append(args[2:5]) or [Broadcast(id="x")])
    (desk.settings.recordings / f"{SHA256}.flac").write_bytes(b"tieng")
    asked = []
    leader.post("/loa/noi", {"file": (io.BytesIO(b"tieng"), "../../x.webm"), "repeat": "4"})
    with leader.get("/loa/am-thanh.flac") as heard:
        assert heard.data == b"tieng"
    leader.post("/loa/phat", {"sure": "yes"})
    assert asked == [(SHA256, 4, "lãnh đạo: Trần Văn <b>Bình</b>")]


def test_nothing_is_sent_without_the_tick(leader, desk):
    typed(leader)
    leader.post("/loa/phat")
    assert sent(desk) == []


def test_a_message_posted_again_with_the_same_cookie_is_not_sent_twice(leader, desk, app):
    typed(leader)
    cookie = leader.client.get_cookie("tieng_loa").value
    token = leader.token()
    leader.post("/loa/phat", {"sure": "yes"})
    replay = app.test_client()
    replay.set_cookie("tieng_loa", cookie)
    answer = replay.post("/loa/phat", data={"csrf_token": token, "sure": "yes"}, follow_redirects=True)
    assert "nhập lại mã" in answer.text.lower()
    assert len(sent(desk)) == 1


def test_every_page_behind_the_passcode_is_shut_without_it(visitor, desk):
    desk.beat()
    for path in ("/loa/noi", "/loa/nghe", "/loa/am-thanh.flac"):
        assert visitor.get(path).status_code == 404
    for path in ("/loa/noi", "/loa/phat"):
        visitor.post(path, {"text": TEXT, "sure": "yes"})
    assert sent(desk) == []
    assert desk.look(lambda s: s.query(Rendering).count()) == 0


def test_a_revoked_passcode_sends_nothing_even_from_inside(leader, desk):
    typed(leader)
    desk.look(lambda s: passcodes.revoke(s, passcodes.listed(s)[0].id, NOW))
    leader.post("/loa/phat", {"sure": "yes"})
    assert sent(desk) == []


def test_an_old_entry_sends_nothing(leader, desk):
    typed(leader)
    desk.clock.sleep(timedelta(minutes=16).total_seconds())
    desk.beat()
    leader.post("/loa/phat", {"sure": "yes"})
    assert sent(desk) == []


def test_guessing_is_locked_told_and_kept(visitor, code, desk):
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    for _ in range(passcodes.FREE_TRIES):
        assert visitor.post("/loa/", {"code": wrong}).status_code == 401
    assert "bị khóa" in visitor.post("/loa/", {"code": code}).text
    assert outcomes(desk) == ["wrong"] * passcodes.FREE_TRIES + ["locked"]


def test_one_machine_that_tries_many_numbers_is_stopped_without_filling_the_log(visitor, code, desk):
    answers = [visitor.post("/loa/", {"code": f"{n:03}123456789"}).status_code for n in range(loa.MOST_WRONG + 10)]
    assert answers == [401] * loa.MOST_WRONG + [429] * 10
    assert outcomes(desk)[-1] == "throttled"
    assert len(outcomes(desk)) == loa.MOST_WRONG + 1


def test_text_and_sound_at_once_are_refused_and_the_text_stays(leader):
    answer = leader.post("/loa/noi", {"text": TEXT, "file": (io.BytesIO(b"x"), "a.webm"), "repeat": "3"})
    assert answer.status_code == 400
    assert TEXT in answer.text


def test_an_admin_makes_a_passcode_that_is_shown_once_and_takes_it_back(enter, visitor, desk):
    desk.beat()
    sep = enter("sep", "admin")
    page = sep.post("/ma-lanh-dao/them", {"name": "Bình <b>x</b>"}).text
    digits = re.search(r'class="code">([\d ]+)<', page)[1]
    assert "<b>x" not in page
    assert digits not in sep.get("/ma-lanh-dao/").text
    assert visitor.post("/loa/", {"code": digits}).status_code == 302
    row = desk.look(passcodes.listed)[0]
    page = sep.post(f"/ma-lanh-dao/{row.id}/thu-hoi", follow_redirects=True).text
    assert "đã thu hồi" in page
    assert "nhập đúng mã" in page


def test_a_passcode_without_a_name_is_refused(enter):
    assert "Chưa nhập họ tên" in enter("sep", "admin").post("/ma-lanh-dao/them", {"name": " "}).text


def test_a_leader_chooses_where_it_is_heard_and_is_told(leader, desk):
    for slug in ("mot", "hai", "tu"):
        desk.look(lambda s, slug=slug: zones.save(s, slug, f"Thôn {slug}", [f"sound:{slug}"], [], NOW))
    assert 'name="zone" value="hai"> Thôn hai' in leader.get("/loa/noi").text
    assert "Không có cụm loa" in leader.post("/loa/noi", {"text": TEXT, "repeat": "2", "zone": "ba"}).text
    some = {"text": TEXT, "repeat": "2", "where": "some", "zone": ["hai", "mot"]}
    page = leader.post("/loa/noi", some, follow_redirects=True).text
    assert "ở Thôn hai, Thôn mot" in page
    assert "đang được phát ở Thôn hai, Thôn mot." in leader.post("/loa/phat", {"sure": "yes"}).text
    assert sorted(b.zone for b in sent(desk)) == ["hai", "mot"]


def test_a_leader_who_changes_the_words_finds_them_with_times_and_zones(leader, desk):
    for slug in ("mot", "hai"):
        desk.look(lambda s, slug=slug: zones.save(s, slug, f"Thôn {slug}", [f"sound:{slug}"], [], NOW))
    some = {"text": TEXT, "repeat": "5", "where": "some", "zone": ["hai"]}
    assert "Sửa lời" in leader.post("/loa/noi", some, follow_redirects=True).text
    page = leader.get("/loa/noi").text
    assert f">{TEXT}</textarea>" in page
    assert 'value="5"' in page
    assert 'value="hai" checked' in page
    assert 'value="mot" checked' not in page
