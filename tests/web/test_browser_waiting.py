"""Lists of what waits, open in a browser: they come to show what others did, and leave alone what somebody is at."""

import pytest
from playwright.sync_api import expect

from broadcaster import broadcasts
from broadcaster.models import Recording
from tests.web.browsing import login, served
from tests.web.conftest import NOW, PASSWORD, SHA256

pytestmark = pytest.mark.slow
SOON = 15_000  # ms
HURRY = "document.querySelectorAll('[data-every]').forEach(list => { list.dataset.every = 1; })"


def test_a_list_refreshes_itself_and_never_what_has_the_focus(browser, desk, app):
    for name, role in {"lan": "author", "minh": "approver", "truc": "operator"}.items():
        desk.person(name, role)
    desk.bulletin(title="Tin một", rendered=True)
    desk.beat()
    with served(app) as base:
        page = login(browser, base, "minh", PASSWORD)
        page.goto(f"{base}/duyet/")
        page.evaluate(HURRY)
        first = page.locator("#waiting-list a.title")
        expect(first).to_have_count(1)
        first.focus()
        desk.bulletin(title="Tin hai", rendered=True)
        with page.expect_response(lambda answer: answer.url.endswith("/duyet/"), timeout=SOON):
            pass
        expect(page.locator("#waiting-list a.title")).to_have_count(1)
        expect(first).to_be_focused()
        first.evaluate("a => a.blur()")
        expect(page.locator("#waiting-list a.title")).to_have_text(["Tin một", "Tin hai"], timeout=SOON)

        other = login(browser, base, "truc", PASSWORD)
        other.goto(f"{base}/hang-cho/")
        other.evaluate(HURRY)
        other.get_by_label("Tên trong nhật ký").fill("Đang gõ")
        for title in ("Lời một", "Lời hai"):
            desk.look(lambda s, t=title: broadcasts.play(s, s.get(Recording, SHA256), by="truc", now=NOW, title=t))
        items = other.locator("#queue [data-drag]")
        expect(items).to_have_count(2, timeout=SOON)
        expect(items.first).to_have_js_property("draggable", True)  # as if it had been there from the start
        expect(other.get_by_label("Tên trong nhật ký")).to_have_value("Đang gõ")
        expect(other.get_by_label("Tên trong nhật ký")).to_be_focused()
        other.context.close()
        page.context.close()
