"""What goes over the wire: compressed pages that give no secret away, files that are asked for once."""

import gzip
import re

import pytest

from web import assets, csrf, packing

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
ZIPPED = {"Accept-Encoding": "gzip, deflate, br"}


def test_a_page_comes_compressed_to_who_can_read_it_and_plain_to_who_can_not(enter):
    browser = enter("lan", "author")
    packed, plain = browser.get("/", headers=ZIPPED), browser.get("/")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data) / 2
    assert gzip.decompress(packed.data).startswith(b"<!doctype html>")
    assert int(packed.headers["Content-Length"]) == len(packed.data)
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Content-Encoding" not in browser.get("/", headers={"Accept-Encoding": "gzip;q=0"}).headers


def test_sound_and_what_is_tiny_stay_as_they_are(enter):
    browser = enter("lan", "author")
    assert "Content-Encoding" not in browser.get("/healthz", headers=ZIPPED).headers
    assert "Content-Encoding" not in browser.get("/nhat-ky.csv", headers=ZIPPED).headers  # sent as it is read


def test_the_token_is_another_in_every_answer_and_each_opens_the_door(enter):
    browser = enter("lan", "operator", "author")
    first, second = (set(TOKEN.findall(browser.get("/").text)) for _ in range(2))
    assert len(first) == len(second) == 1
    alike = "".join("=" if a == b else "-" for a, b in zip(*first, *second, strict=True))
    assert "=" * 6 not in alike[:-6]
    for token in (*first, *second):
        assert browser.client.post("/ngon-ngu", data={"csrf_token": token}).status_code == 302


@pytest.mark.parametrize("forged", ["", "x", "ổ khóa", "A" * 120, "ImFiYyI.aaa.bbb"])
def test_a_token_that_is_none_opens_nothing(enter, forged):
    assert enter("lan", "operator").client.post("/dung-phat", data={"csrf_token": forged}).status_code == 400


def test_a_veil_comes_off_and_never_looks_the_same():
    assert csrf.unveiled(csrf.veiled("ImFiYyI.aaa.bbb")) == "ImFiYyI.aaa.bbb"
    assert len({csrf.veiled("bí mật") for _ in range(50)}) == 50


def test_sizes_of_one_page_differ_from_answer_to_answer():
    assert len({len(packing.packed(b"mot trang " * 200)) for _ in range(60)}) > 10


def test_files_are_named_by_their_content_and_kept_for_a_year(visitor):
    page = visitor.get("/dang-nhap").text
    address = re.search(r'href="(/static/panel\.css\?v=[0-9a-f]{12})"', page)[1]
    answer = visitor.get(address, headers=ZIPPED)
    assert "immutable" in answer.headers["Cache-Control"]
    assert gzip.decompress(answer.data) == (assets.FOLDER / "panel.css").read_bytes()
    assert visitor.get(address).data == (assets.FOLDER / "panel.css").read_bytes()


@pytest.mark.parametrize("address", ["/static/panel.css", "/static/panel.css?v=000000000000"])
def test_an_older_name_is_asked_about_and_answered_shortly(visitor, address):
    answer = visitor.get(address)
    assert "no-cache" in answer.headers["Cache-Control"]
    again = visitor.get(address, headers={"If-None-Match": answer.headers["ETag"]} | ZIPPED)
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("name", ["khong-co.css", "../auth.py", "..%2fauth.py", "/etc/passwd", ""])
def test_nothing_else_is_given_out(visitor, name):
    assert visitor.get(f"/static/{name}").status_code in (404, 308)
