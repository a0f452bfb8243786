"""Keys for machines, on the command line."""

import json

from tests.broadcaster.test_cli import run  # noqa: F401 - a fixture


def test_a_key_is_made_listed_and_revoked(run):  # noqa: F811
    code, out, err = run("token", "add", "màn hình", "--scope", "write", "--json")
    assert code == 0
    assert json.loads(out)["token"].startswith("tl_")
    assert "cất khóa" in err
    assert run("token", "add", "Màn hình")[0] == 1
    assert run("token", "add", " ")[0] == 2
    (kept,) = json.loads(run("token", "list", "--json")[1])
    assert (kept["name"], kept["scope"], kept["used_at"]) == ("màn hình", "write", None)
    assert "tl_" not in run("token", "list")[1]
    assert run("token", "revoke", kept["id"])[0] == 0
    assert run("token", "revoke", "màn hình")[0] == 2
    assert json.loads(run("token", "list", "--json")[1]) == []


def test_a_months_sheet_is_written(run, tmp_path):  # noqa: F811
    code, out, _ = run("report", "--month", "2026-11", "--pdf", tmp_path / "a.pdf", "--xlsx", tmp_path / "a.xlsx")
    assert code == 0
    assert "Cộng: 0 buổi" in out
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")
    assert run("report", "--month", "tháng này")[0] == 2
    assert run("report", "--month", "2026-11", "--pdf", tmp_path / "khong" / "co.pdf")[0] == 1
