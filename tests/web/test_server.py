"""The server under the panel: what it keeps of a body, what it throws away, and what people are told."""

import errno
import shutil
import socket
import threading
from collections import namedtuple
from contextlib import closing, contextmanager

import pytest
import waitress.adjustments
from waitress.server import BaseWSGIServer, MultiSocketServer

from broadcaster import uploads
from tests.web.conftest import recording
from web import guard, landing, limits, server

Disk = namedtuple("Disk", "total used free")
UPLOAD = "POST /thu-vien/them HTTP/1.1\r\nHost: may-tram\r\nContent-Type: multipart/form-data; boundary=x\r\n"


@contextmanager
def serving(app, front=None, host="127.0.0.1", port=0):
    """Sends what it is given and returns the answer, in text."""
    made = server.create(app, host, port, limits.asker(app), front)
    sockets = made.map if isinstance(made, MultiSocketServer) else made._map
    thread = threading.Thread(target=made.run)
    thread.start()

    def ask(*parts):
        with closing(socket.create_connection(("127.0.0.1", ask.port), timeout=20)) as line:
            for part in parts:
                line.sendall(part.encode() if isinstance(part, str) else part)
            answer = b""
            while more := line.recv(65536):
                answer += more
            return answer.decode()

    ask.port = port or made.effective_port
    try:
        yield ask
    finally:
        trigger = next(each.trigger for each in sockets.values() if isinstance(each, BaseWSGIServer))
        trigger.pull_trigger(lambda: [each.close() for each in list(sockets.values())])
        thread.join(20)
        made.task_dispatcher.shutdown()
        if front:
            front.close()


@pytest.fixture
def ask(app):
    with serving(app) as ask:
        yield ask


@pytest.fixture
def small(monkeypatch):
    """Limits of some kilobytes."""
    monkeypatch.setattr(limits, "FORM", 4_000)
    monkeypatch.setitem(limits.LARGEST, "sound", 400_000)


@pytest.fixture
def truc(enter):
    return enter("truc", "operator")


def cookie(browser):
    return f"Cookie: tieng_loa={browser.client.get_cookie('tieng_loa').value}\r\n"


def form(browser, sound):
    """The body of a library form."""
    fields = {"csrf_token": browser.token(), "title": "Loa"}
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()
    ]
    head = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n'
    return "".join(parts).encode() + head.encode() + sound + b"\r\n--x--\r\n"


def upload(browser, sound, length=None, more=""):
    body = form(browser, sound)
    return f"{UPLOAD}{cookie(browser)}{more}Connection: close\r\nContent-Length: {length or len(body)}\r\n\r\n", body


def test_a_sound_comes_in_through_the_disk_and_leaves_nothing_there(ask, truc, desk, monkeypatch):
    seen = []

    def imported(sessions, settings, source, name, title, now):
        seen.append((source.parent, source.suffix, source.read_bytes()))
        return desk.look(lambda s: s.merge(recording()))

    monkeypatch.setattr(uploads, "import_sound", imported)
    sound = bytes(range(256)) * 8_000  # beyond what any part on its way holds in memory
    assert "302" in ask(*upload(truc, sound)).splitlines()[0]
    assert seen == [(desk.settings.incoming, ".wav", sound)]
    assert list(desk.settings.incoming.iterdir()) == []


def test_a_sound_that_is_too_large_is_answered_in_words_once_all_is_sent(ask, truc, small):
    said = ask(*upload(truc, b"x" * 3_000_000))
    assert "413" in said.splitlines()[0]
    assert "tối đa 0,4 MB. Hãy cắt ngắn tệp hoặc lưu dạng MP3" in said


def test_who_announces_without_end_is_answered_at_once(ask, truc):
    head, _ = upload(truc, b"", length=10**15)
    said = ask(head)
    assert "413" in said.splitlines()[0]
    assert "tối đa 600 MB" in said


def test_who_asks_before_sending_is_told_not_to_send(ask, truc, small):
    head, _ = upload(truc, b"", length=500_000, more="Expect: 100-continue\r\n")
    assert "413" in ask(head).splitlines()[0]


def test_pieces_that_grow_too_large_are_refused_when_they_end(ask, truc, small):
    head = f"{UPLOAD}{cookie(truc)}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    said = ask(head, b"61a80\r\n" + b"x" * 400_000 + b"\r\n", b"2000\r\n" + b"x" * 8_192 + b"\r\n0\r\n\r\n")
    assert "413" in said.splitlines()[0]
    assert "tối đa 0,4 MB" in said


def test_pieces_without_end_are_cut_off(app, small, monkeypatch):
    monkeypatch.setattr(server, "THROWN_AWAY", 20_000)
    parser = server.Parser(waitress.adjustments.Adjustments(), limits.asker(app))
    parser.received(b"POST /thu-vien/them HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")
    pieces = 0
    while not parser.completed:
        parser.received(b"1000\r\n" + b"x" * 4_096 + b"\r\n")
        pieces += 1
    assert pieces == 5
    assert isinstance(parser.get_body_stream(), limits.Withheld)
    assert parser.headers["CONNECTION"] == "close"


def test_a_strangers_body_is_not_kept(app, small):
    assert limits.asker(app)("POST", "/thu-vien/them", "tieng_loa=eyJ1c2VyIjoiMSJ9.aaaa.bbbb") == limits.FORM
    assert limits.asker(app)("POST", "/khong-co", "") == limits.FORM


def test_only_pages_that_take_files_take_large_ones(app, truc):
    limit, known = limits.asker(app), cookie(truc).removeprefix("Cookie: ").strip()
    assert limit("POST", "/thu-vien/them", known) == 600_000_000 + limits.FORM
    assert limit("POST", "/ban-tin/moi", known) == uploads.LARGEST_TEXT + limits.FORM
    assert limit("POST", "/hang-cho/bo-qua", known) == limits.FORM


def test_a_leader_sends_what_the_telephone_recorded(app, visitor):
    with visitor.client.session_transaction() as session:
        session[guard.LEADER] = {"entry": "x"}
    known = cookie(visitor).removeprefix("Cookie: ").strip()
    assert limits.asker(app)("POST", "/loa/noi", known) > limits.LARGEST["sound"]


def test_a_backup_may_be_as_large_as_the_disk_has_room_for(app, enter, monkeypatch):
    browser = enter("quan.tri", "admin")
    known = cookie(browser).removeprefix("Cookie: ").strip()
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(0, 0, 64 * 10**9))
    assert limits.asker(app)("POST", "/sao-luu/khoi-phuc", known) > 31 * 10**9
    assert limits.asker(app)("POST", "/thu-vien/them", known) < 10**9
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(0, 0, 10**6))
    assert limits.asker(app)("POST", "/sao-luu/khoi-phuc", known) == limits.FORM


def test_a_disk_with_little_room_says_so(ask, truc, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(0, 0, 40 * 10**6))
    said = ask(*upload(truc, b"x" * 9_000_000))
    assert "413" in said.splitlines()[0]
    assert "Đĩa của máy trạm gần đầy" in said


def test_a_disk_that_fills_while_something_comes_in_is_no_end_of_the_panel(ask, truc, monkeypatch):
    def full(self, data):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(server.FixedStreamReceiver, "received", full)
        head, body = upload(truc, b"x" * 100)
        patch.setattr(server, "THROWN_AWAY", 0)
        said = ask(head, body)
    assert "413" in said.splitlines()[0]
    assert "Đĩa của máy trạm gần đầy" in said
    assert "200" in ask("GET /dang-nhap HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").splitlines()[0]


def test_what_a_power_cut_left_is_swept_away(desk):
    (desk.settings.incoming / "tmpabc.wav").write_bytes(b"x")
    landing.sweep(desk.settings)
    assert list(desk.settings.incoming.iterdir()) == []


def test_whoever_a_proxy_brings_is_seen_as_brought(ask):
    told = ask("GET /metrics HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 10.0.0.9\r\nConnection: close\r\n\r\n")
    assert told.startswith("HTTP/1.1 403 ")  # not taken for a program on this machine
