"""Whom a reverse proxy brings counts for limits and the log only if the settings name the proxy."""

from dataclasses import replace

import pytest

from broadcaster import passcodes
from web import create_app

BROUGHT = {"X-Forwarded-For": "10.9.9.9, 203.0.113.7", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "loa.xa.vn"}


@pytest.fixture
def tries(desk):
    """tries(proxies, comes_from): the address that is written down for a try at a leader's door."""

    def of(proxies, comes_from):
        app = create_app(replace(desk.settings, proxies=proxies), desk.clock, desk.sessions)
        app.config["WTF_CSRF_ENABLED"] = False
        app.test_client().post("/loa/", data={"code": "1"}, headers=BROUGHT, environ_base={"REMOTE_ADDR": comes_from})
        return desk.look(lambda s: passcodes.uses(s, 1)[0].address)

    return of


@pytest.mark.parametrize(
    ("proxies", "comes_from", "counted"),
    [
        ((), "127.0.0.1", "127.0.0.1"),
        (("127.0.0.1/32",), "127.0.0.1", "203.0.113.7"),
        (("127.0.0.1/32",), "192.168.1.5", "192.168.1.5"),  # who comes past the proxy writes what they like
        (("10.0.0.0/24", "::1/128"), "::1", "203.0.113.7"),
    ],
)
def test_only_a_proxy_of_the_settings_is_believed(tries, proxies, comes_from, counted):
    assert tries(proxies, comes_from) == counted


def test_a_proxy_that_speaks_https_outside_gets_a_cookie_for_https_alone(desk):
    app = create_app(replace(desk.settings, proxies=("127.0.0.1/32",)), desk.clock, desk.sessions)
    answer = app.test_client().get("/dang-nhap", headers=BROUGHT)
    assert "Secure" in answer.headers["Set-Cookie"]
