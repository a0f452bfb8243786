"""Every page without JavaScript: forms go somewhere and have a button, nothing hides that only a script could show."""

from html.parser import HTMLParser

BY_SCRIPT_ALONE = {"to"}  # the hidden form that carries what was dragged; buttons do the same


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
        if given.get("class") in BY_SCRIPT_ALONE:
            return
        if not form["button"]:
            self.lost.append(f"form without a button: {given}")
        if given.get("method", "get") == "post" and not form["token"]:
            self.lost.append(f"form without a token: {given}")


def test_every_form_has_a_button_and_every_link_leads_somewhere(furnished):
    assert sum("<form" in page for _, _, page in furnished.pages()) > 50
    assert [f"{path}: {lost}" for _, path, page in furnished.pages() for lost in Forms(page).lost] == []
