"""Getting in, staying in, getting out."""

import errno
import os
import re
import stat

import pytest
import sqlalchemy as sa

from broadcaster import accounts, bulletins, links
from web import here, secret
from web.throttle import MOST, WITHIN_S


def test_name_and_password_open_the_door(enter):
    assert "Trang chủ" in enter("lan", "author").get("/").text


def test_a_stranger_is_sent_to_the_login_page_and_back(visitor, desk):
    desk.person("lan", "author")
    away = visitor.get("/nhat-ky?ket-qua=cut")
    assert away.location == "/dang-nhap?next=/nhat-ky?ket-qua%3Dcut"
    assert visitor.log_in("lan", target="?next=/nhat-ky?ket-qua%3Dcut").location == "/nhat-ky?ket-qua=cut"


def test_a_wrong_password_keeps_the_name_and_says_so(visitor, desk):
    desk.person("lan", "author")
    page = visitor.log_in("lan", "sai roi sai roi")
    assert page.status_code == 401
    assert "chưa đúng" in page.text
    assert 'value="lan"' in page.text


def test_guessing_is_slowed_down_for_one_name_only(visitor, desk):
    desk.person("lan", "author")
    desk.person("minh", "author")
    for _ in range(MOST):
        visitor.log_in("Lan", "doan mo")
    assert visitor.log_in("lan").status_code == 429
    assert visitor.log_in("minh").status_code == 302


def test_after_the_wait_the_right_password_works_again(visitor, desk):
    desk.person("lan", "author")
    for _ in range(MOST):
        visitor.log_in("lan", "doan mo")
    desk.clock.sleep(WITHIN_S)
    assert visitor.log_in("lan").status_code == 302


@pytest.mark.parametrize(
    "target",
    [
        "https://xau.example/",
        "//xau.example/",
        "/\\xau.example",
        "javascript:alert(1)",
        "/\t/xau.example",
        "nhat-ky",
        "",
    ],
)
def test_after_login_nobody_is_sent_elsewhere(target):
    assert here.local(target) is None


def test_an_open_redirect_is_refused_at_the_door(visitor, desk):
    desk.person("lan", "author")
    assert visitor.log_in("lan", target="?next=//xau.example/").location == "/"


def test_logging_out_ends_the_session(enter):
    browser = enter("lan", "author")
    browser.post("/dang-xuat")
    assert browser.get("/").status_code == 302


def test_logging_out_is_never_a_link(enter):
    assert enter("lan", "author").get("/dang-xuat").status_code == 405


def test_a_closed_account_is_out_at_the_next_click(enter, desk):
    browser = enter("lan", "author")
    desk.look(lambda s: accounts.disable_user(s, "lan"))
    assert browser.get("/").location.startswith("/dang-nhap")
    assert browser.log_in("lan").status_code == 401


def test_a_changed_account_must_log_in_again(enter, desk):
    browser = enter("lan", "author")
    desk.look(lambda s: setattr(accounts.find_user(s, "lan"), "roles", ["approver"]))
    assert browser.get("/").location.startswith("/dang-nhap")


def test_a_part_of_a_page_asked_for_after_the_session_ended_says_so(visitor):
    assert visitor.get("/trang-thai", headers={"X-Fragment": "1"}).status_code == 401


def test_the_one_time_link_makes_one_account_once(visitor, desk):
    token = desk.look(lambda s: links.invite(s, accounts.ROLES, desk.clock.now()))
    form = {"name": "truong.tram", "password": "mot mat khau", "again": "mot mat khau"}
    assert "Tạo tài khoản" in visitor.get(f"/moi/{token}").text
    assert visitor.post(f"/moi/{token}", form).location == "/"
    assert "truong.tram" in visitor.get("/").text
    again = visitor.post(f"/moi/{token}", form | {"name": "ke.gian"})
    assert again.status_code == 410
    assert desk.look(lambda s: accounts.find_user(s, "ke.gian")) is None


@pytest.mark.parametrize(("password", "again"), [("ngan", "ngan"), ("mot mat khau", "hai mat khau")])
def test_a_password_that_will_not_do_leaves_the_link_alive(visitor, desk, password, again):
    token = desk.look(lambda s: links.invite(s, ["admin"], desk.clock.now()))
    page = visitor.post(f"/moi/{token}", {"name": "truong.tram", "password": password, "again": again})
    assert page.status_code == 400
    assert 'value="truong.tram"' in page.text
    assert visitor.get(f"/moi/{token}").status_code == 200


def test_without_any_account_the_login_page_tells_how_to_begin(visitor):
    assert "Trạm chưa có tài khoản nào" in visitor.get("/dang-nhap").text


def test_the_cookie_is_for_this_panel_only(visitor, desk):
    desk.person("lan", "author")
    cookie = visitor.log_in("lan").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_the_key_is_made_once_and_for_the_station_alone(desk):
    first = secret.key(desk.settings)
    assert secret.key(desk.settings) == first
    assert re.fullmatch(rb".{32}", first, re.S)
    if os.name == "posix":
        assert stat.S_IMODE((desk.settings.data / secret.NAME).stat().st_mode) == 0o600


ORIGIN = {"Origin": "http://localhost"}
TYPED = {
    "programme": "an-ninh-nui-thanh",
    "week": "2026-W48",
    "title": "Tuần 48",
    "text": "Kính thưa bà con.\n<b>Họp</b>",
}


def test_what_was_typed_before_the_session_ran_out_is_kept_and_sent_after_logging_in(enter, desk):
    browser = enter("lan", "author")
    browser.client.delete_cookie("tieng_loa")
    page = browser.client.post("/ban-tin/moi", data=TYPED, headers=ORIGIN)
    assert page.status_code == 401
    assert "Kính thưa bà con.\n&lt;b&gt;Họp&lt;/b&gt;" in page.text
    browser.log_in("lan")
    page = browser.client.post("/ban-tin/moi", data=TYPED | {"csrf_token": "of-another-session"}, headers=ORIGIN)
    assert page.status_code == 400
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text.split("<main", 1)[1]))
    assert browser.client.post("/ban-tin/moi", data=TYPED | fields, headers=ORIGIN).status_code == 302
    assert desk.look(lambda s: [b.text for b in bulletins.newest(s) if b.author == "lan"]) == [TYPED["text"]]


def test_another_site_s_form_and_secrets_are_not_offered_again(enter):
    browser = enter("lan", "author")
    away = {"Origin": "http://elsewhere.example"}
    assert "Gửi lại" not in browser.client.post("/ban-tin/moi", data=TYPED, headers=away).text
    secret = {"name": "lan", "password": "một câu dễ nhớ"}
    assert secret["password"] not in browser.client.post("/nguoi-dung/them", data=secret, headers=ORIGIN).text


def test_what_a_locked_database_did_not_take_is_kept_too(enter, monkeypatch):
    browser = enter("lan", "author")

    def locked(*args, **more):
        raise sa.exc.OperationalError("BEGIN IMMEDIATE", {}, Exception("database is locked"))

    monkeypatch.setattr(bulletins, "add", locked)
    page = browser.client.post("/ban-tin/moi", data=TYPED | {"csrf_token": browser.token()}, headers=ORIGIN)
    assert page.status_code == 503
    assert "Chưa lưu được" in page.text
    assert "Kính thưa bà con." in page.text


def test_a_full_disk_is_told_in_words_and_what_was_typed_is_kept(enter, monkeypatch):
    browser = enter("lan", "author")

    def full(*args, **more):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(bulletins, "add", full)
    page = browser.client.post("/ban-tin/moi", data=TYPED | {"csrf_token": browser.token()}, headers=ORIGIN)
    assert page.status_code == 503
    assert "chỗ trống trên đĩa" in page.text
    assert "Kính thưa bà con." in page.text
