"""The door: every page against every role, tokens, headers, sizes."""

import pytest

from broadcaster import accounts
from web import guard, limits

ALL = set(accounts.ROLES)
LEADERS_PAGES = {"loa.enter", "loa.compose", "loa.take", "loa.hear", "loa.sound", "loa.send", "loa.leave"}
OPEN = {"auth.login", "auth.logout", "auth.first", "feed.calendar_file", "probes.healthz", "probes.metrics", "static"}
OPEN |= LEADERS_PAGES | {"tongue.choose"}
MACHINES = "api."  # with keys instead of accounts: see test_api
SENDERS = {"operator", "approver", "admin"}
TABLE = {
    "home.dashboard": ALL,
    "home.status": ALL,
    "home.stop": SENDERS,
    "home.resume": SENDERS,
    "bulletins.index": ALL,
    "bulletins.show": ALL,
    "bulletins.sound": ALL,
    "bulletins.new": {"author"},
    "bulletins.edit": {"author"},
    "drafts.keep": {"author"},
    "drafts.drop": {"author"},
    "steps.submit": {"author"},
    "steps.withdraw": {"author", "approver"},
    "steps.render_again": {"author", "approver"},
    "steps.cancel": {"author", "approver"},
    "steps.approve": {"approver"},
    "steps.send_back": {"approver"},
    "steps.play": {"operator"},
    "sentences.sound": ALL,
    "sentences.edit": {"author"},
    "sentences.teach": {"author"},
    "editions.index": ALL,
    "editions.version": ALL,
    "editions.week": ALL,
    "approval.index": ALL,
    "approval.show": ALL,
    "lexicon.index": {"author", "admin"},
    "lexicon.add": {"author", "admin"},
    "lexicon.edit": {"author", "admin"},
    "lexicon.remove": {"author", "admin"},
    "choices.index": {"admin"},
    "plan.index": ALL,
    "plan.fresh": ALL,
    "programmes.index": ALL,
    "programmes.show": ALL,
    "programmes.new": {"operator", "admin"},
    "programmes.rename": {"operator", "admin"},
    "programmes.settle": {"operator", "admin"},
    "programmes.retire": {"operator", "admin"},
    "programmes.restore": {"operator", "admin"},
    "parts.new": {"operator", "admin"},
    "parts.edit": {"operator", "admin"},
    "parts.remove": {"operator", "admin"},
    "parts.move_up": {"operator", "admin"},
    "parts.move_down": {"operator", "admin"},
    "parts.move_to": {"operator", "admin"},
    "rehearsals.start": {"operator", "admin"},
    "rehearsals.show": ALL,
    "rehearsals.progress": ALL,
    "month.index": ALL,
    "slots.index": ALL,
    "slots.new": {"operator", "admin"},
    "slots.edit": {"operator", "admin"},
    "slots.remove": {"operator", "admin"},
    "occurrences.show": {"operator", "admin"},
    "occurrences.change": {"operator", "admin"},
    "occurrences.check": {"operator", "admin"},
    "slots.undo": {"operator", "admin"},
    "periods.index": ALL,
    "periods.add": {"operator", "admin"},
    "periods.take": {"operator", "admin"},
    "periods.remove": {"operator", "admin"},
    "queue.index": ALL,
    "queue.add": {"operator"},
    "queue.remove": {"operator"},
    "queue.move_up": {"operator"},
    "queue.move_down": {"operator"},
    "queue.move_to": {"operator"},
    "library.index": ALL,
    "library.add": {"operator"},
    "library.replace": {"operator"},
    "library.renew": {"operator"},
    "library.mark": {"operator"},
    "library.play": {"operator"},
    "library.remove": {"operator"},
    "queue.skip": {"operator"},
    "alert.index": SENDERS,
    "alert.fill": SENDERS,
    "alert.say": SENDERS,
    "alert.heard": SENDERS,
    "alert.reword": SENDERS,
    "alert.send": SENDERS,
    "alert.record": SENDERS,
    "alert.recorded": SENDERS,
    "alert.send_recorded": SENDERS,
    "alert_templates.index": {"operator", "admin"},
    "alert_templates.new": {"operator", "admin"},
    "alert_templates.edit": {"operator", "admin"},
    "alert_templates.remove": {"operator", "admin"},
    "passcodes.index": {"admin"},
    "passcodes.add": {"admin"},
    "passcodes.revoke": {"admin"},
    "home.clock_is_right": {"operator", "admin"},
    "missed.play": {"operator"},
    "missed.dismiss": {"operator"},
    "log.index": ALL,
    "log.csv": ALL,
    "log.xlsx": ALL,
    "reports.this_month": ALL,
    "reports.month": ALL,
    "reports.month_file": ALL,
    "reports.year": ALL,
    "people.index": {"admin"},
    "people.add": {"admin"},
    "people.disable": {"admin"},
    "people.enable": {"admin"},
    "people.show": {"admin"},
    "people.give": {"admin"},
    "people.link": {"admin"},
    "auth.password": ALL,
    "care.health": {"admin"},
    "care.backups": {"admin"},
    "care.make": {"admin"},
    "care.download": {"admin"},
    "care.restore": {"admin"},
    "hours.index": ALL,
    "hours.barred": ALL,
    "hours.edit": {"admin"},
    "hours.follow": {"admin"},
    "voices.index": {"admin"},
    "voices.sound": {"admin"},
    "voices.prefer": {"admin"},
    "voices.leave": {"admin"},
    "voices.install": {"admin"},
    "voices.remove": {"admin"},
    "zones.index": {"operator", "admin"},
    "zones.states": {"operator", "admin"},
    "zones.new": {"admin"},
    "zones.edit": {"admin"},
    "zones.remove": {"admin"},
    "zones.turn": {"operator", "admin"},
    "zones.week": {"operator", "admin"},
    "zones.tone": {"operator", "admin"},
    "direct.index": {"operator"},
    "direct.states": {"operator"},
    "direct.speak": {"operator"},
    "direct.relay": {"operator"},
    "direct.end": {"operator"},
    "trail.index": {"admin"},
    "tokens.index": {"admin"},
    "tokens.add": {"admin"},
    "tokens.revoke": {"admin"},
    "recordings.flac": ALL,
    "recordings.svg": ALL,
    "samples.play": {"operator"},
    "samples.show": ALL,
    "samples.progress": ALL,
}


def doors(app):
    """(endpoint, method, an address) of every route."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith(MACHINES):
            continue
        values = dict.fromkeys(rule.arguments, "khong-co")
        for method in rule.methods & {"GET", "POST"}:
            yield rule.endpoint, method, adapter.build(rule.endpoint, values, method)


def test_the_table_knows_every_route(app):
    assert {endpoint for endpoint, _, _ in doors(app)} - OPEN == set(TABLE)


@pytest.mark.parametrize("role", accounts.ROLES)
def test_every_route_opens_for_its_roles_alone(app, enter, role):
    browser = enter("ai.do", role)
    token = browser.token()
    for endpoint, method, path in doors(app):
        if endpoint in OPEN:
            continue
        answer = browser.client.open(path, method=method, data={"csrf_token": token} if method == "POST" else None)
        assert (answer.status_code == 403) == (role not in TABLE[endpoint]), (endpoint, method, answer.status_code)


def test_no_route_but_the_login_opens_for_strangers(app, visitor):
    token = visitor.token()
    for endpoint, method, path in doors(app):
        if endpoint not in OPEN:
            answer = visitor.client.open(path, method=method, data={"csrf_token": token})
            assert answer.location.startswith("/dang-nhap"), endpoint


def test_every_post_needs_the_token_of_a_page(app, enter):
    browser = enter("ai.do", *accounts.ROLES)
    posts = [path for endpoint, method, path in doors(app) if method == "POST" and endpoint != "auth.logout"]
    posts.append("/dang-xuat")
    assert {path: browser.client.post(path).status_code for path in posts} == dict.fromkeys(posts, 400)


def test_the_browser_is_told_what_never_to_do(visitor):
    headers = visitor.get("/dang-nhap").headers
    assert headers["Content-Security-Policy"].startswith("default-src 'self';")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


def test_the_microphone_is_allowed_only_where_it_is_used(enter):
    browser = enter("ai.do", *accounts.ROLES)
    used, elsewhere = browser.get("/khan-cap/").headers, browser.get("/").headers
    assert "microphone=(self)" in used["Permissions-Policy"]
    assert "media-src 'self' blob:" in used["Content-Security-Policy"]
    assert "microphone=()" in elsewhere["Permissions-Policy"]
    assert "blob:" not in elsewhere["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/loa/", "/loa/noi", "/dang-nhap"])
def test_a_stranger_sends_no_more_than_a_small_form(visitor, path):
    answer = visitor.post(path, {"code": "1" * guard.STRANGERS_BODY})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/ban-tin/",
        "/ban-tin/moi",
        "/duyet/",
        "/lich-phat",
        "/chuong-trinh/",
        "/chuong-trinh/moi",
        "/chuong-trinh/an-ninh-nui-thanh",
        "/chuong-trinh/an-ninh-nui-thanh/doan/moi?loai=call",
        "/lich-phat/thang?tu=2026-11-27",
        "/khung-gio/",
        "/khung-gio/moi",
        "/ngay-khac/",
        "/giong-doc/",
        "/lua-chon/",
        "/gio-phat/",
        "/gio-phat/all",
        "/hang-cho/",
        "/nhat-ky",
        "/tu-dien/",
        "/so-thang/2026-11",
        "/tong-ket",
        "/tai-khoan/",
        "/mat-khau",
        "/quan-tri",
        "/sao-luu",
        "/ket-noi/",
        "/ai-da-doi-gi",
        "/khan-cap/",
        "/mau-khan-cap/",
        "/mau-khan-cap/moi",
        "/ma-lanh-dao/",
        "/loa/",
        "/thu-vien/",
        "/khu-vuc/",
        "/khu-vuc/moi",
        "/truc-tiep/",
    ],
)
def test_no_page_brings_script_or_style_of_its_own(enter, path):
    page = enter("ai.do", *accounts.ROLES).get(path).text
    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page
    assert page.count("<script") == page.count("<script src=") > 0


def test_a_huge_upload_is_refused_in_words(enter):
    browser = enter("ai.do", "operator")
    answer = browser.client.post(
        "/hang-cho/them",
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(limits.LARGEST["sound"] + limits.FORM + 1)},
    )
    assert answer.status_code == 413
    assert "tối đa 600 MB" in answer.text


def test_the_longest_bulletin_is_not_too_large_a_form(enter, desk):
    browser = enter("lan", "author")
    form = {"programme": "an-ninh-nui-thanh", "week": "2026-W48", "title": "Dài", "text": "ộ" * 200_001}
    answer = browser.post("/ban-tin/moi", form)  # urlencoded: three times the bytes of a browser's multipart
    assert answer.status_code == 400
    assert "quá dài" in answer.text


def test_asking_for_what_is_fresh_leaves_the_cookie_to_the_forms_and_yet_keeps_a_person_in(enter, desk):
    lan = enter("lan", "operator")
    lan.get("/")
    assert "Set-Cookie" not in lan.get("/trang-thai", headers={guard.FRAGMENT: "1"}).headers
    for _ in range(20):  # hours
        desk.clock.sleep(3600)
        assert "Set-Cookie" in lan.get("/trang-thai", headers={guard.FRAGMENT: "1"}).headers
    assert lan.get("/").status_code == 200
