"""How people act on a page: with a mouse, by keyboard alone, or in a browser without JavaScript. The same contract for
all three, so that one story can be told by each.

`Keyboard` touches nothing but the keyboard: it walks from what has the focus, or from the top of the page, and wants
every stop on the way to be seen with a ring around it.
"""

from __future__ import annotations

import re
import time
from datetime import date, datetime

from playwright.sync_api import Error, expect

PATIENCE_S = 60  # the machine of a test may be busy
MOST = 250  # presses of Tab to anything; no page needs as many
TYPED = {"date": "%m%d%Y", "time": "%I%M%p", "datetime-local": "%m%d%Y\t%I%M%p"}  # as Chromium without a --lang asks
OWN_PARTS = "AUDIO, INPUT[type=date], INPUT[type=time], INPUT[type=datetime-local], INPUT[type=month]"
LOOK = """target => {
    const at = document.activeElement;
    const faults = [];
    if (at && at !== document.body && at.tagName !== "MAIN") {  // where the skip link leads
        const box = at.getBoundingClientRect(), style = getComputedStyle(at);
        const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
        // What the browser draws inside a field of its own (its calendar, a player's buttons) has rings of its own.
        if (!outlined && style.boxShadow === "none" && !at.matches("%s")) faults.push("no ring");
        const across = [0.5, 0.02, 0.98], seen = across.some(x => across.some(y => {
            const hit = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
            return hit && (at.contains(hit) || hit.contains(at) && hit.tagName === "LABEL");
        }));
        if (!seen) faults.push("not seen");
    }
    const words = at && (at.getAttribute("aria-label") || at.labels && at.labels[0] && at.labels[0].innerText
        || at.innerText || at.name || "");
    return { here: at === target, skip: Boolean(at && at.matches(".skip")), there: target.isConnected,
        lost: !at || at === document.body,
        before: Boolean(at && at.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_PRECEDING),
        faults: faults.map(fault => `${location.pathname} ${at.tagName} “${words.slice(0, 40)}”: ${fault}`) };
}""".replace("%s", OWN_PARTS)


def exactly(name):
    return {"name": name, "exact": isinstance(name, str)}


class Mouse:
    """Points and clicks, drags, types into what was clicked."""

    name = "mouse"
    script = True

    def __init__(self, page, base):
        self.page, self.base = page, base
        self.presses = 0
        self.faults = []

    def open(self, path):
        self.page.goto(self.base + path)

    def comes_back(self, path):
        """Opened again and again while the panel starts anew."""
        for _ in range(120):
            self.page.wait_for_timeout(500)
            try:
                if self.page.goto(self.base + path).ok and "Đã khôi phục" in self.page.locator("main").inner_text():
                    return
            except Error:  # nobody listens yet
                continue
        raise AssertionError(f"{path} does not come back")

    # What each does in its own way.

    def press(self, role, name, inside=None, *, stays=False):
        """A link or button; unless it `stays`, it leads to another page."""
        target = (inside or self.page).get_by_role(role, **exactly(name)).first
        expect(target).to_be_visible()
        if stays:
            self._press(target)
            return
        with self.page.expect_navigation():
            self._press(target)

    def go(self, name):
        """To a page by its name in the head; what that has no room for is folded away in it."""
        link = self.page.locator(".top nav a:visible", has_text=re.compile(f"^{name}$"))
        if not link.count():
            self._press(self.page.locator(".top nav summary"))
        with self.page.expect_navigation():
            self._press(link.first)

    def unfold(self, text):
        """A question that is folded away."""
        self._press(self.page.locator("summary:visible", has_text=text).first)

    def write(self, label, text, inside=None):
        """Into the field of that label; a date, a time or both are given as such."""
        self._write((inside or self.page).get_by_label(label).first, text)

    def tick(self, label):
        self._tick(self.page.get_by_label(label).first)

    def choose(self, label, option):
        self._choose(self.page.get_by_label(label).first, option)

    def attach(self, label, path):
        with self.page.expect_file_chooser() as chooser:
            self._press(self.page.get_by_label(label).first)
        chooser.value.set_files(path)

    def _press(self, target):
        target.click()
        self.presses += 1

    def _write(self, field, text):
        if isinstance(text, (datetime, date)):
            kind = field.get_attribute("type")
            text = text.strftime({"date": "%Y-%m-%d", "time": "%H:%M", "datetime-local": "%Y-%m-%dT%H:%M"}[kind])
        field.fill(text)

    def _tick(self, box):
        box.check()
        self.presses += 1

    def _choose(self, field, option):
        field.select_option(field.locator("option", has_text=option).first.get_attribute("value"))

    # What the story waits for.

    def sees(self, text, where="main"):
        """The page comes to say so by itself."""
        expect(self.page.locator(where)).to_contain_text(text, timeout=PATIENCE_S * 1000)

    def finds(self, text, where="main"):
        """The page says so when it is asked for again."""
        said, deadline = "", time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            said = self.page.locator(where).text_content()
            if re.search(text, said):
                return
            self.page.wait_for_timeout(500)
            self.page.reload()
        raise AssertionError(f"{self.page.url} never says {text}: {said}")

    def hears(self, number):
        """One sentence of a bulletin."""
        name = f"Nghe câu {number}"
        self.press("link", name, stays=True)
        expect(self.page.locator("a.hear.playing")).to_have_attribute("aria-label", name)

    def follows(self):
        """A whole programme from one of its sentences on, the text going with the sound."""
        self.press("link", re.compile("^Nghe từ"), stays=True)
        self.page.wait_for_function("() => { const a = document.getElementById('whole'); return a.currentTime > 0.3 }")
        expect(self.page.locator("#follow [aria-current]")).to_be_visible()

    def later(self, block, minutes):
        """A block of the week is put so many minutes later, up to the question whether that is meant."""
        block.scroll_into_view_if_needed()
        week = self.page.locator("#week")
        tops = [int(top) for top in week.get_attribute("data-tops").split(",")]
        box = block.bounding_box()
        hour = int(block.get_attribute("data-move").split(",")[0]) // 60
        x, y = box["x"] + box["width"] / 2, box["y"] + 4
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        down = minutes * (tops[hour + 1] - tops[hour]) / 60
        self.page.mouse.move(x, y + down / 2, steps=3)
        self.page.mouse.move(x, y + down, steps=3)
        self.page.mouse.up()
        self.presses += 1

    def lower(self, title, below):
        """An item of the queue goes below another."""
        items = self.page.locator("[data-drag]")
        with self.page.expect_navigation():
            items.filter(has_text=title).drag_to(items.filter(has_text=below))
        self.presses += 1


class Keyboard(Mouse):
    """Tab, Shift+Tab, Enter, space, arrows, letters."""

    name = "keyboard"

    def key(self, name):
        self.page.keyboard.press(name)
        self.presses += 1

    def reach(self, target):
        """Walks to an element by Tab: over the skip link when it lies in the page's own part; back if it is behind."""
        handle = target.element_handle()
        at = self._look(handle)
        if at["lost"] and handle.evaluate("e => Boolean(e.closest('main'))"):
            self.key("Tab")
            if self._look(handle)["skip"]:
                self.key("Enter")
        for _ in range(MOST):
            at = self._look(handle)
            if not at["there"]:  # a part that keeps itself fresh was put in its place
                handle = target.element_handle()
                continue
            if at["here"]:
                return handle
            self.key("Shift+Tab" if at["before"] else "Tab")
        raise AssertionError(f"{MOST} presses of Tab do not lead to {target}")

    def round(self, key):
        """Every stop of a page, from where it opens to the link that skips its head."""
        body = self.page.locator("body").element_handle()
        for _ in range(MOST):
            self.key(key)
            if self._look(body)["skip"]:
                return
        raise AssertionError(f"{MOST} times {key} do not come round {self.page.url}")

    def _look(self, handle):
        seen = handle.evaluate(LOOK)
        self.faults += seen["faults"]
        return seen

    def _press(self, target):
        self.reach(target)
        self.key("Enter")

    def _write(self, field, text):
        self.reach(field)
        if isinstance(text, (datetime, date)):
            kind = field.get_attribute("type")
            for part in re.split("(\t)", text.strftime(TYPED[kind])):
                if part == "\t":
                    self.key("Tab")
                else:
                    self._type(part)
        else:
            self.key("Control+A")
            self._type(text)

    def _type(self, text):
        self.page.keyboard.type(text)
        self.presses += len(text)

    def _tick(self, box):
        if box.get_attribute("type") == "radio":
            chosen = self.page.locator(f"input[type=radio][name='{box.get_attribute('name')}']:checked")
            self.reach(chosen)
            for _ in range(MOST):
                if box.is_checked():
                    return
                self.key("ArrowDown")
        self.reach(box)
        if not box.is_checked():
            self.key("Space")
        assert box.is_checked()

    def _choose(self, field, option):
        handle = self.reach(field)
        self.key("Home")
        for _ in range(MOST):
            if re.search(option, handle.evaluate("s => s.selectedOptions[0].text")):
                return
            self.key("ArrowDown")
        raise AssertionError(f"no {option} in {field}")

    def later(self, block, minutes):
        self.reach(block)
        for _ in range(minutes // 5):
            self.key("ArrowDown")
        self.key("Enter")

    def lower(self, title, below):
        with self.page.expect_navigation():
            self._press(self.page.get_by_role("button", name=f"Đưa xuống: {title}"))
        expect(self.page.get_by_role("button", name=f"Đưa lên: {title}")).to_be_focused()  # and can go on from there


class Scriptless(Mouse):
    """A mouse in a browser that runs no script: pages are asked for again, links and buttons do what dragging does."""

    name = "scriptless"
    script = False

    def sees(self, text, where="main"):
        self.finds(text, where)

    def hears(self, number):
        self._sounds(self.page.get_by_role("link", name=f"Nghe câu {number}", exact=True))

    def follows(self):
        self._sounds(self.page.get_by_role("link", name=re.compile("^Nghe từ")).first)

    def _sounds(self, link):
        answer = self.page.request.get(self.base + link.get_attribute("href").split("#")[0])
        assert answer.headers["content-type"] == "audio/flac"

    def later(self, block, minutes):
        with self.page.expect_navigation():
            self._press(block)
        field = self.page.get_by_label("Dời sang")
        was = datetime.fromisoformat(field.input_value())
        field.fill(was.replace(minute=was.minute + minutes).strftime("%Y-%m-%dT%H:%M"))

    def lower(self, title, below):
        self.press("button", f"Đưa xuống: {title}")
