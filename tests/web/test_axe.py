"""axe-core looks at every page: on a phone and on an old PC, in light and dark, everything unfolded.

On the way pictures are taken of them all (written only when BROADCASTER_SCREENSHOTS names a folder).
"""

from pathlib import Path

import pytest

from tests.web.browsing import login, looks, no_sideways_scrolling, served, shoot
from tests.web.conftest import PASSWORD

pytestmark = pytest.mark.slow
AXE = Path(__file__).parent / "axe/node_modules/axe-core/axe.min.js"
UNFOLD = "document.querySelectorAll('details').forEach(each => { each.open = true })"
LOOK = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations.flatMap(found =>
    found.nodes.map(node => `${found.id}: ${node.target.join(" ")}`))"""


@pytest.fixture(scope="module")
def base(furnished):
    with served(furnished.app) as base:
        yield base


@pytest.fixture(scope="module")
def chu(base, browser):
    page = login(browser, base, "chu", PASSWORD, reduced_motion="reduce")
    page.context.add_init_script(path=AXE)
    return page


def violations(page, name, address=None):
    if address:
        page.goto(address)
    no_sideways_scrolling(page)
    shoot(page, name)
    page.evaluate(UNFOLD)
    return [f"{name}, {device}, {theme}: {found}" for device, theme in looks(page) for found in page.evaluate(LOOK)]


def test_no_page_of_the_panel_keeps_anybody_out(furnished, base, chu):
    assert AXE.exists(), "axe-core is missing: run make test, which installs it"
    pages = dict(furnished.kinds())
    assert len(pages) > 40
    assert [found for name, path in pages.items() for found in violations(chu, name, base + path)] == []


def test_no_page_before_the_door_keeps_anybody_out(furnished, base, browser):
    page = browser.new_context(locale="vi-VN", reduced_motion="reduce").new_page()
    page.add_init_script(path=AXE)
    found = violations(page, "dang-nhap", f"{base}/dang-nhap") + violations(page, "khong-co", f"{base}/khong-co")
    found += violations(page, "loa", f"{base}/loa/")
    page.get_by_label("Mã của bạn").fill(furnished.digits)
    page.get_by_role("button", name="Vào").click()
    found += violations(page, "loa-noi")
    page.get_by_label("Lời nhắn").fill("Lũ đang về.")
    page.get_by_role("button", name="Nghe lại trước khi phát").click()
    found += violations(page, "loa-nghe")
    assert found == []
