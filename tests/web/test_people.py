"""One's own password, other people's roles and locks, links for those who have forgotten."""

import re

from broadcaster import accounts
from broadcaster.models_care import Trail
from tests.web.conftest import PASSWORD, Browser
from web.throttle import MOST

OTHER = "mot cau khac han"


def change(browser, old=PASSWORD, new=OTHER, again=None):
    form = {"password_now": old, "password": new, "again": new if again is None else again}
    return browser.post("/mat-khau", form)


def linked(page):
    """The path of the link that a page shows."""
    return re.search(r'<code class="key">http://[^/]+(/moi/[^<]+)<', page)[1]


def test_the_way_to_one_s_own_password_is_behind_one_s_name(enter):
    browser = enter("lan", "author")
    assert 'href="/mat-khau"' in browser.get("/").text
    assert "Mật khẩu đang dùng" in browser.get("/mat-khau").text


def test_who_changes_the_password_stays_and_everybody_else_is_out(app, enter, desk):
    browser, elsewhere = enter("lan", "author"), Browser(app)
    elsewhere.log_in("lan")
    assert change(browser).location == "/"
    assert "Đã đổi mật khẩu" in browser.get("/").text
    assert elsewhere.get("/").location.startswith("/dang-nhap")
    assert elsewhere.log_in("lan").status_code == 401
    assert elsewhere.log_in("lan", OTHER).status_code == 302
    line = desk.look(lambda s: s.query(Trail).order_by(Trail.id.desc()).first())
    assert (line.by, line.name, list(line.after)) == ("lan", "lan", ["password_hash"])


def test_a_wrong_old_password_two_new_ones_and_a_short_one_change_nothing(enter):
    browser = enter("lan", "author")
    assert change(browser, old="sai roi sai").status_code == 400
    assert change(browser, again="khac").status_code == 400
    assert change(browser, new="ngan").status_code == 400
    assert change(browser, new="lan").status_code == 400
    browser.post("/dang-xuat")
    assert browser.log_in("lan").status_code == 302


def test_guessing_the_old_password_is_slowed_down_as_at_the_door(app, enter):
    browser = enter("lan", "author")
    for _ in range(MOST):
        assert change(browser, old="doan mo").status_code == 400
    page = change(browser)
    assert page.status_code == 429
    assert "15 phút" in page.text
    assert Browser(app).log_in("lan").status_code == 429, "the same person guesses at either"


def test_what_was_typed_never_comes_back_on_a_page(enter):
    browser = enter("lan", "author")
    form = {"password_now": PASSWORD, "password": OTHER, "again": OTHER}
    origin = {"Origin": "http://localhost"}
    stale = browser.client.post("/mat-khau", data=form, headers=origin)
    assert stale.status_code == 400
    for page in (stale, change(browser, old="sai roi sai")):
        assert PASSWORD not in page.text
        assert OTHER not in page.text


def test_roles_are_given_and_hold_from_the_next_login(app, enter, desk):
    admin, lan = enter("chu", "admin"), enter("lan", "author")
    assert 'href="/tai-khoan/sua?ten=lan"' in admin.get("/tai-khoan/").text
    assert 'value="author" checked' in admin.get("/tai-khoan/sua?ten=lan").text
    version = desk.look(lambda s: accounts.get_user(s, "lan").version)
    form = {"name": "lan", "role": ["author", "operator"], "version": version}
    assert "Đã đổi quyền của lan" in admin.post("/tai-khoan/quyen", form, follow_redirects=True).text
    assert lan.get("/").status_code == 302
    lan.log_in("lan")
    assert lan.get("/truc-tiep/").status_code == 200
    late = admin.post("/tai-khoan/quyen", form | {"role": ["author"]}, follow_redirects=True).text
    assert "vừa được người khác sửa" in late
    assert "Chưa chọn quyền" in admin.post("/tai-khoan/quyen", {"name": "lan"}, follow_redirects=True).text


def test_an_administrator_who_gives_the_role_away_is_led_home(enter, desk):
    admin = enter("chu", "admin")
    form = {"name": "chu", "role": ["operator"]}
    assert "cuối cùng" in admin.post("/tai-khoan/quyen", form, follow_redirects=True).text
    assert "cuối cùng" in admin.post("/tai-khoan/khoa", form, follow_redirects=True).text
    desk.person("sep", "admin")
    assert admin.post("/tai-khoan/quyen", form | {"role": ["operator", "admin"]}).location == "/tai-khoan/"
    assert admin.get("/tai-khoan/").status_code == 200, "with other roles, and still in"
    assert admin.post("/tai-khoan/quyen", form).location == "/"
    assert admin.get("/").status_code == 200


def test_a_locked_account_is_opened_again(app, enter):
    admin = enter("chu", "admin")
    lan = enter("lan", "author")
    admin.post("/tai-khoan/khoa", {"name": "lan"})
    assert lan.log_in("lan").status_code == 401
    assert "Mở khóa lan" in admin.get("/tai-khoan/").text
    assert "mật khẩu như cũ" in admin.post("/tai-khoan/mo-khoa", {"name": "lan"}, follow_redirects=True).text
    assert lan.log_in("lan").status_code == 302


def test_who_has_forgotten_sets_a_password_by_a_link_that_works_once(app, enter, desk):
    admin, elsewhere = enter("chu", "admin"), enter("lan", "author")
    path = linked(admin.post("/tai-khoan/lien-ket", {"name": "lan"}, follow_redirects=True).text)
    assert "/moi/" not in admin.get("/tai-khoan/").text, "shown once"
    person = Browser(app)
    page = person.get(path).text
    assert "Đặt mật khẩu mới cho tài khoản lan" in page
    assert person.post(path, {"password": OTHER, "again": "khac"}).status_code == 400
    assert person.post(path, {"password": OTHER, "again": OTHER, "name": "chu"}).location == "/"
    assert "Đã đặt mật khẩu mới" in person.get("/").text
    assert elsewhere.get("/").status_code == 302, "whoever was in with the old one is out"
    assert person.post(path, {"password": PASSWORD, "again": PASSWORD}).status_code == 410
    assert Browser(app).log_in("lan", OTHER).status_code == 302
    assert Browser(app).log_in("chu").status_code == 302, "nobody else's"
    lines = desk.look(lambda s: [(t.by, t.kind, t.name) for t in s.query(Trail).order_by(Trail.id)])
    assert lines[-2:] == [("chu", "invite", "lan"), ("lan", "user", "lan")]


def test_a_link_lets_one_in_who_was_kept_out_for_guessing(app, enter):
    admin = enter("chu", "admin")
    lan = enter("lan", "author")
    lan.post("/dang-xuat")
    for _ in range(MOST):
        lan.log_in("lan", "doan mo")
    path = linked(admin.post("/tai-khoan/lien-ket", {"name": "lan"}, follow_redirects=True).text)
    lan.post(path, {"password": OTHER, "again": OTHER})
    lan.post("/dang-xuat")
    assert lan.log_in("lan", OTHER).status_code == 302


def test_an_account_is_made_without_the_administrator_knowing_its_password(app, enter):
    admin = enter("chu", "admin")
    form = {"name": "moi", "password": "", "role": ["author"]}
    token = admin.token()
    pages = [
        admin.client.post("/tai-khoan/them", data=form | {"csrf_token": token}, follow_redirects=True).text
        for _ in range(2)
    ]
    assert "Đã tạo tài khoản moi" in pages[0]
    assert linked(pages[0]) == linked(pages[1]), "pressed twice, the link is still there"
    person = Browser(app)
    assert person.post(linked(pages[0]), {"password": OTHER, "again": OTHER}).location == "/"
    assert person.get("/ban-tin/moi").status_code == 200


def test_a_name_with_markup_stays_text_beside_the_link(enter, desk):
    admin = enter("chu", "admin")
    desk.person("<b>lan", "author")
    page = admin.post("/tai-khoan/lien-ket", {"name": "<b>lan"}, follow_redirects=True).text
    assert linked(page)
    assert "<b>lan" not in page
