"""HTTPS in front of the server, for whoever comes over the network."""

import http.client
import socket
import ssl
import time
from contextlib import closing, suppress
from datetime import UTC, datetime

import pytest
from flask import Flask

from broadcaster import certificate, reach
from tests.web.test_server import serving
from web import front


@pytest.fixture(autouse=True)
def far(monkeypatch):
    """This machine is taken for another one."""
    monkeypatch.setattr(reach, "loopback", lambda address: False)


@pytest.fixture
def secured(desk):
    held = certificate.current(desk.settings, datetime.now(UTC))  # our own side looks at the real clock
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(held.chain, held.key)
    return context


@pytest.fixture
def address(app, secured):
    """The port of a panel."""
    with serving(app, front.Front(secured)) as ask:
        yield ask.port


@pytest.fixture
def trusting(desk, secured):
    context = ssl.create_default_context(cafile=str(desk.settings.data / "panel-tls.pem"))
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT  # Python 3.13 asks of a certificate what browsers don't
    return context


def plain(port, sent):
    with closing(socket.create_connection(("127.0.0.1", port), timeout=20)) as line:
        line.sendall(sent)
        return line.recv(65536)


def test_a_page_comes_by_https_and_its_cookie_goes_nowhere_else(address, trusting):
    line = http.client.HTTPSConnection("127.0.0.1", address, context=trusting, timeout=20)
    line.request("GET", "/dang-nhap")
    answer = line.getresponse()
    assert answer.status == 200
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "Strict-Transport-Security" not in answer.headers
    assert "Đăng nhập" in answer.read().decode()
    line.request("GET", "/loa/")  # the same connection serves on
    assert line.getresponse().status == 200
    line.close()


def test_a_large_body_comes_whole(address, trusting):
    line = http.client.HTTPSConnection("127.0.0.1", address, context=trusting, timeout=20)
    line.request("POST", "/thu-vien/them", b"x" * 9_000_000)
    assert line.getresponse().status == 302  # a stranger is led to the door once all was read
    line.close()


def test_a_slow_telephone_gets_all_of_it(secured, trusting):
    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: bytes(3_000_000))
    with (
        serving(app, front.Front(secured)) as ask,
        socket.create_connection(("127.0.0.1", ask.port), timeout=20) as raw,
        trusting.wrap_socket(raw, server_hostname="127.0.0.1") as line,
    ):
        line.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        time.sleep(0.3)  # everything on the way is full by now
        got = 0
        while more := line.recv(4096):
            got += more.count(0)
    assert got == 3_000_000


def test_http_is_led_to_https(address):
    said = plain(address, b"GET /loa/?a=1 HTTP/1.1\r\nAccept: */*\r\nHost: 192.168.1.5:8370\r\n\r\n")
    assert said.startswith(b"HTTP/1.1 307 ")
    assert b"\r\nLocation: https://192.168.1.5:8370/loa/?a=1\r\n" in said


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /\x0dx HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
        b"GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n",
        b"x" * 9_000,
        b"\x16\x03\x01 no handshake, but something long enough to be taken for one",
    ],
)
def test_what_no_browser_sends_gets_nothing(address, monkeypatch, sent):
    monkeypatch.setattr(front, "PATIENCE_S", 1.0)
    with suppress(ConnectionResetError):
        assert b"HTTP" not in plain(address, sent)
    test_http_is_led_to_https(address)


def test_who_says_nothing_is_sent_away(address, monkeypatch):
    monkeypatch.setattr(front, "PATIENCE_S", 0.2)
    with closing(socket.create_connection(("127.0.0.1", address), timeout=20)) as line:
        assert line.recv(1) == b""


def test_the_page_of_passcodes_shows_the_address_that_a_telephone_reaches(app, enter):
    browser = enter("quan.tri", "admin")
    assert "broadcaster run --lan" in browser.get("/ma-lanh-dao/").text
    app.config["REACHED_AT"] = lambda: "https://192.168.1.5:8370"
    page = browser.get("/ma-lanh-dao/").text
    assert 'href="https://192.168.1.5:8370/loa/"' in page
    assert "broadcaster run --lan" not in page


def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def free():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")
@pytest.mark.parametrize(("host", "found"), [("::", ["::1", "127.0.0.1"]), ("::1", ["::1"])])
def test_it_is_found_by_ipv6_and_everywhere_means_both(app, secured, trusting, host, found):
    trusting.check_hostname = False  # no certificate names addresses of IPv6
    with serving(app, front.Front(secured), host, free()) as ask:
        for address in found:
            line = http.client.HTTPSConnection(address, ask.port, context=trusting, timeout=20)
            line.request("GET", "/dang-nhap")
            assert line.getresponse().status == 200
            line.close()
        with closing(socket.create_connection(("::1", ask.port), timeout=20)) as line:
            line.sendall(f"GET /loa/ HTTP/1.1\r\nHost: [::1]:{ask.port}\r\n\r\n".encode())
            assert f"\r\nLocation: https://[::1]:{ask.port}/loa/\r\n" in line.recv(65536).decode()
