"""Accounts, on the command line."""

import json

from tests.broadcaster.test_cli import run  # noqa: F401 - a fixture

PASSWORD = "mật khẩu thật dài\n"


def test_an_account_gets_roles_a_password_and_a_link_and_is_closed_and_opened(run):  # noqa: F811
    assert run("user", "add", "chu", "--role", "admin", stdin=PASSWORD)[0] == 0
    assert run("user", "add", "lan", "--role", "author", "--link", "--url", "http://tram.local/")[1].count("/moi/") == 1
    code, out, _ = run("user", "roles", "lan", "--role", "author", "--role", "approver", "--json")
    assert (code, json.loads(out)["roles"]) == (0, ["approver", "author"])
    assert run("user", "password", "lan", stdin="ngắn\n")[0] == 1
    assert run("user", "password", "lan", stdin=PASSWORD)[0] == 0
    link = json.loads(run("user", "link", "lan", "--url", "http://tram.local", "--json")[1])["link"]
    assert link.startswith("http://tram.local/moi/")
    assert run("user", "disable", "lan")[0] == 0
    assert run("user", "link", "lan")[0] == 1
    assert run("user", "enable", "lan")[0] == 0
    assert json.loads(run("user", "list", "--json")[1])[1]["disabled"] is False


def test_the_last_administrator_stays_one(run):  # noqa: F811
    run("user", "add", "chu", "--role", "admin", stdin=PASSWORD)
    for step in (("disable", "chu"), ("roles", "chu", "--role", "author")):
        code, _, err = run("user", *step)
        assert code == 1
        assert "cuối cùng" in err


def test_nobody_s_account_is_told_before_a_password_is_asked(run):  # noqa: F811
    assert run("user", "password", "ai")[0] == 2
