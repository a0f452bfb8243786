"""Walking every page with the Tab key: whatever has the focus is seen, with a ring around it, and no page is a trap."""

import pytest

from tests.web.browsing import DEVICES, login, served
from tests.web.conftest import PASSWORD
from tests.web.hands import Keyboard

pytestmark = pytest.mark.slow


def test_no_stop_on_any_page_is_hidden_or_without_a_ring(furnished, browser):
    """Backwards on a telephone: what comes from above would stand behind the bar that stays in sight."""
    width, height = DEVICES["dien-thoai"]
    with served(furnished.app) as base:
        page = login(browser, base, "chu", PASSWORD, viewport={"width": width, "height": height})
        hands = Keyboard(page, base)
        for path in dict(furnished.kinds()).values():
            hands.open(path)
            hands.round("Shift+Tab")
        page.context.close()
    print(f"{hands.presses} presses")
    assert hands.presses > 1000
    assert sorted(set(hands.faults)) == []


def test_a_question_is_left_by_escape_or_by_going_on_and_the_focus_is_not_lost(furnished, browser):
    with served(furnished.app) as base:
        page = login(browser, base, "chu", PASSWORD)
        hands = Keyboard(page, base)
        hands.open("/nhat-ky")
        question = page.locator("details.stop")
        hands.unfold("Dừng phát")
        hands.reach(page.get_by_role("button", name="Dừng ngay"))
        hands.key("Escape")
        assert question.get_attribute("open") is None
        assert question.locator("summary").evaluate("e => e === document.activeElement")
        hands.key("Enter")
        assert question.get_attribute("open") is not None
        hands.reach(page.get_by_role("link", name="Trang chủ"))
        assert question.get_attribute("open") is None
        page.context.close()
    assert hands.faults == []
