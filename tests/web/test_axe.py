"""axe-core looks at every page: on a phone and on an old PC, in light and dark, everything unfolded."""

from pathlib import Path

import pytest

from tests.web.browsing import login, looks, served
from tests.web.conftest import PASSWORD, Browser
from tests.web.furnished import walk

pytestmark = pytest.mark.slow
AXE = Path(__file__).parent / "axe/node_modules/axe-core/axe.min.js"
UNFOLD = "document.querySelectorAll('details').forEach(each => { each.open = true })"
LOOK = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations.flatMap(found =>
    found.nodes.map(node => `${found.id}: ${node.target.join(" ")}`))"""
STATES = 9  # of a bulletin, each with a page of its own


@pytest.fixture(scope="module")
def base(furnished):
    with served(furnished[0]) as base:
        yield base


@pytest.fixture(scope="module")
def chu(base, browser):
    page = login(browser, base, "chu", PASSWORD, reduced_motion="reduce")
    page.context.add_init_script(path=AXE)
    return page


def paths(furnished):
    app, _, starts = furnished
    reader = Browser(app)
    reader.log_in("chu")
    few = {}
    for endpoint, path, text in walk(reader, starts, STATES):
        few.setdefault(endpoint, []).append(path)
        if len(few[endpoint]) <= (STATES if endpoint == "bulletins.show" else 2) and "<html" in text:
            yield path


def violations(page, address):
    page.goto(address)
    page.evaluate(UNFOLD)
    return {f"{device}, {theme}: {found}" for device, theme in looks(page) for found in page.evaluate(LOOK)}


def test_no_page_of_the_panel_keeps_anybody_out(furnished, base, chu):
    assert AXE.exists(), "axe-core is missing: run make test, which installs it"
    seen = {path: violations(chu, base + path) for path in paths(furnished)}
    assert len(seen) > 40
    assert [f"{path}: {each}" for path, found in seen.items() for each in sorted(found)] == []


def test_no_page_before_the_door_keeps_anybody_out(furnished, base, browser):
    page = browser.new_context(locale="vi-VN", reduced_motion="reduce").new_page()
    page.add_init_script(path=AXE)
    found = violations(page, f"{base}/dang-nhap") | violations(page, f"{base}/khong-co-trang-nay")
    found |= violations(page, f"{base}/loa/")
    page.get_by_label("Mã của bạn").fill(furnished[1])
    page.get_by_role("button", name="Vào").click()
    found |= violations(page, f"{base}/loa/noi")
    page.get_by_label("Lời nhắn").fill("Lũ đang về.")
    page.get_by_role("button", name="Nghe lại trước khi phát").click()
    found |= violations(page, page.url)
    assert sorted(found) == []
