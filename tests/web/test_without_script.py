"""Every page without JavaScript: forms go somewhere and have a button, nothing hides that only a script could show."""

from html.parser import HTMLParser

import pytest

from tests.web.browsing import login, served
from tests.web.conftest import PASSWORD

BY_SCRIPT_RIGHTLY_HIDDEN = {"to"}  # the hidden form that carries what was dragged; buttons do the same


class Forms(HTMLParser):
    """The forms of a page, and what could not be used without a script."""

    def __init__(self, page):
        super().__init__()
        self.lost, self._form = [], None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.lost += [f"{tag} {name}" for name in given if name.startswith("on")]
        if tag == "a" and not given.get("href", "of no link").strip().removeprefix("#"):
            self.lost.append(f"link to nowhere: {given}")
        if tag == "form":
            self._form = {"given": given, "token": False, "button": False}
        elif self._form and tag == "input" and given.get("name") == "csrf_token":
            self._form["token"] = True
        elif self._form and tag == "button" and given.get("type", "submit") == "submit" and "hidden" not in given:
            self._form["button"] = True

    def handle_endtag(self, tag):
        if tag != "form" or not self._form:
            return
        given, form = self._form["given"], self._form
        self._form = None
        if given.get("class") in BY_SCRIPT_RIGHTLY_HIDDEN:
            return
        if not form["button"]:
            self.lost.append(f"form without a button: {given}")
        if given.get("method", "get") == "post" and not form["token"]:
            self.lost.append(f"form without a token: {given}")


def test_every_form_has_a_button_and_every_link_leads_somewhere(furnished):
    assert sum("<form" in page for _, _, page in furnished.pages()) > 50
    assert [f"{path}: {lost}" for _, path, page in furnished.pages() for lost in Forms(page).lost] == []


# What may be hidden, and why nobody misses it.
RIGHTLY_HIDDEN = {
    "form.to": "buttons move an item",
    "input[type=range]": "the number beside it",
    "a.hear[data-of]": "a link to the sentence, above",
    "#kept": "nothing was kept",
    "#kept-now": "nothing was kept",
    ".for-icecast, .for-file": "the chosen kind of output shows it, by style",
    ".places .days, .places .days *": '"only some zones" shows them, by style',
    ".strip, li.none": "for a telephone, by style",
    ".b em": "for a pointer or the focus, by style",
    "svg title": "the name of a picture",
}
READ = """() => {
    const lost = [], main = document.querySelector("main"), bar = document.querySelector(".air");
    const shown = each => each.checkVisibility({visibilityProperty: true}) && each.getBoundingClientRect().height > 0;
    const seen = each => Boolean(each) && shown(each);
    const says = each => [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    const serves = each => each.matches("a[href], button, input, select, textarea, audio");
    const said = each => each.innerText.trim();
    if (document.querySelectorAll("h1").length !== 1 || !seen(document.querySelector("h1"))) lost.push("no heading");
    if (!seen(main) || said(main).length < 20) lost.push("nothing to read");
    if (bar && !(seen(bar.querySelector("#lamp")) && said(bar.querySelector("#lamp")))) lost.push("no lamp");
    if (bar && !said(bar).includes("Tải lại trang")) lost.push("a bar that seems to be fresh");
    if (/đang tải/i.test(said(main))) lost.push("waits for a script");
    for (const bare of main.querySelectorAll("progress:not([value])"))
        if (!said(bare.parentElement).includes("Tải lại trang")) lost.push("waits for nothing");
    for (const part of main.querySelectorAll(":not([type=hidden], option, optgroup, script)"))
        if (!seen(part) && !part.closest("details:not([open]), RIGHTLY_HIDDEN") && (serves(part) || says(part)))
            lost.push(`hidden: ${part.outerHTML.slice(0, 90)}`);
    return lost;
}""".replace("RIGHTLY_HIDDEN", ", ".join(RIGHTLY_HIDDEN))


@pytest.mark.slow
def test_every_page_can_be_read_in_a_browser_that_runs_no_script(furnished, browser):
    with served(furnished.app) as base:
        page = login(browser, base, "chu", PASSWORD, java_script_enabled=False)
        pages, lost = dict(furnished.kinds()), []
        for name, path in pages.items():
            answer = page.goto(base + path)
            lost += [f"{name}: {answer.status}"] if answer.status != 200 else []
            lost += [f"{name}: {each}" for each in page.evaluate(READ)]
        page.context.close()
    assert len(pages) > 40
    assert lost == [], "\n".join(lost)
