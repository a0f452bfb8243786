"""What is pressed twice acts once, also in a browser that runs no script."""

import threading
from io import BytesIO

import pytest

from broadcaster import alertdesk, broadcasts, library, uploads
from broadcaster.models import Broadcast, Recording, User
from broadcaster.models_station import Wish
from tests.web.conftest import NOW, SHA256, recording
from web import once

REASON = {"reason": "bão về"}  # eight in the morning is outside the hours


@pytest.fixture
def truc(enter, desk):
    desk.beat()
    return enter("truc", "operator")


@pytest.fixture
def shelf(desk):
    def write(session):
        session.merge(recording())
        session.flush()
        return library.add(session, "Nhạc nền", SHA256, "truc", NOW).id

    return desk.look(write)


def twice(browser, path, form):
    """The same form of the same page, two times; both answers."""
    form = {"csrf_token": browser.token(), **form}
    return [browser.client.post(path, data=form) for _ in range(2)]


def count(desk, kind):
    return desk.look(lambda s: s.query(kind).count())


def test_play_now_pressed_twice_plays_once_and_says_so(truc, desk, shelf):
    first, second = twice(truc, f"/thu-vien/{shelf}/phat", REASON)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.location == second.location
    assert count(desk, Broadcast) == 1
    page = truc.get(second.location).text
    assert page.count("Đã thêm “Nhạc nền” vào hàng chờ.") == 1


def test_of_a_page_that_was_asked_for_again_it_is_another_wish(truc, desk, shelf):
    for _ in range(2):
        truc.post(f"/thu-vien/{shelf}/phat", REASON)
    assert count(desk, Broadcast) == 2


def test_a_form_that_comes_back_a_while_later_is_meant(truc, desk, shelf):
    form = {"csrf_token": truc.token(), **REASON}
    truc.client.post(f"/thu-vien/{shelf}/phat", data=form)
    desk.clock.sleep(once.FRESH_S + 1)
    desk.beat()
    truc.client.post(f"/thu-vien/{shelf}/phat", data=form)
    assert count(desk, Broadcast) == 2


def test_what_could_not_be_done_may_be_sent_again(truc, desk, shelf):
    form = {"csrf_token": truc.token(), **REASON}
    desk.clock.sleep(60)  # the station is dead
    truc.client.post(f"/thu-vien/{shelf}/phat", data=form)
    desk.beat()
    assert truc.client.post(f"/thu-vien/{shelf}/phat", data=form).status_code == 302
    assert count(desk, Broadcast) == 1


def test_an_alert_a_pause_and_an_account_are_made_once(truc, enter, desk):
    twice(truc, "/khan-cap/loi", {"text": "Lũ về. Lên chỗ cao ngay.", "repeat": "2", "do": "send", "sure": "yes"})
    assert desk.look(lambda s: len(alertdesk.latest(s, 9))) == 1
    chu = enter("chu", "admin")
    people = count(desk, User)
    form = {"name": "moi", "password": "mat khau that dai", "role": "author"}
    _, second = twice(chu, "/tai-khoan/them", form)
    assert count(desk, User) == people + 1
    page = chu.get(second.location).text
    assert "Đã tạo tài khoản moi" in page
    assert "Đã có tài khoản" not in page


def test_an_upload_pressed_twice_waits_for_the_first(truc, desk, monkeypatch):
    began, go_on = threading.Event(), threading.Event()

    def slowly(*_):
        began.set()
        assert go_on.wait(20)
        with desk.sessions.begin() as session:
            session.merge(recording())
        return desk.look(lambda s: s.get(Recording, SHA256))

    monkeypatch.setattr(uploads, "import_sound", slowly)
    token, cookies = truc.token(), truc.client.get_cookie("tieng_loa").value

    def send(answers):
        client = truc.client.application.test_client()
        client.set_cookie("tieng_loa", cookies)
        form = {"csrf_token": token, "title": "Loa", "file": (BytesIO(b"x"), "loa.mp3"), **REASON}
        answers.append(client.post("/hang-cho/them", data=form).status_code)

    answers = []
    sent = [threading.Thread(target=send, args=(answers,)) for _ in range(2)]
    sent[0].start()
    assert began.wait(20)
    sent[1].start()
    sent[1].join(0.2)
    go_on.set()
    for each in sent:
        each.join(20)
    assert answers == [302, 302]
    assert desk.look(lambda s: len(broadcasts.queue(s))) == 1


def test_two_files_of_one_name_are_two_wishes(truc, desk, monkeypatch):
    taken = []

    def take(sessions, settings, source, *_):
        taken.append(source.read_bytes())
        with sessions.begin() as session:
            session.merge(recording())
        return desk.look(lambda s: s.get(Recording, SHA256))

    monkeypatch.setattr(uploads, "import_sound", take)
    token = truc.token()
    monkeypatch.setattr(once, "BEGINNING", 8)
    long = b"x" * 8
    sent = [b"x", b"y", b"y", long + b"1", long + b"12", b""]
    for data in sent:
        form = {"csrf_token": token, "title": "Loa", "file": (BytesIO(data), "loa.mp3"), **REASON}
        truc.client.post("/hang-cho/them", data=form)
    assert taken == [b"x", b"y", long + b"1", long + b"12", b""]


def test_logging_out_twice_leaves_nobody_logged_in(truc):
    twice(truc, "/dang-xuat", {})
    assert truc.get("/hang-cho/").status_code == 302


def test_stop_is_done_whenever_it_is_pressed(truc, desk):
    twice(truc, "/dung-phat", {})
    assert count(desk, Wish) == 2
