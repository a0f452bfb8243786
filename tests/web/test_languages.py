"""Every page in both languages: no word of the other one, but for what people and the station have written."""

import re
from html.parser import HTMLParser

import pytest
import sqlalchemy as sa

from broadcaster import devices, preferences, review
from broadcaster.columns import Base
from broadcaster.models import Bulletin
from tests.web.conftest import NOW
from tests.web.furnished import MESSAGE
from web import catalogue, collect, marks

READ_BY_PEOPLE = {"aria-label", "placeholder", "title", "alt"}
BLANK = re.compile("«([^»]+)»")  # of an emergency template
WORD = re.compile(r"[^\W\d_]{3,}")
NO_PAGES = {
    "static",
    "feed.calendar_file",
    "recordings.flac",
    "recordings.svg",
    "sentences.sound",
    "voices.sound",
    "log.csv",
    "log.xlsx",
    "loa.sound",
}
NO_PAGES |= {
    "plan.fresh",  # a piece of plan.index
    "reports.month_file",
    "care.download",
    "probes.healthz",
    "probes.metrics",
    "reports.this_month",
    "occurrences.check",
}
ELSEWHERE = {"auth.login", "auth.first"}  # before there is an account


class Texts(HTMLParser):
    """What people read on a page: text and the attributes they hear or see, but for code and other languages."""

    def __init__(self, page):
        super().__init__()
        self.found, self._silent = [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if self._silent or tag in ("code", "script", "style") or ("lang" in given and tag != "html"):
            self._silent += [tag] if tag not in ("input", "br", "link", "meta") else []
            return
        self.found += [
            value or ""
            for name, value in attributes
            if name in READ_BY_PEOPLE or (name.startswith("data-") and " " in (value or ""))
        ]

    def handle_endtag(self, tag):
        if self._silent and tag == self._silent[-1]:
            self._silent.pop()

    def handle_data(self, data):
        if not self._silent:
            self.found.append(" ".join(data.split()))


def strings(value):
    """Every string within a value of a row."""
    if isinstance(value, str):
        return [value, *value.splitlines(), *BLANK.findall(value)]
    if isinstance(value, dict):
        return strings([*value, *value.values()])
    return [text for each in value for text in strings(each)] if isinstance(value, list) else []


def written(app):
    """What people and the station have written, and how it is spoken: it stays as it is. Longest first."""
    found = {example for each in preferences.ALL for example in each.examples} | {preferences.NAME.default, MESSAGE}
    there = devices.look().result()
    found.update((*there.outputs, *there.inputs))
    with app.config["SESSIONS"].begin() as session:
        for table in Base.metadata.sorted_tables:
            for row in session.execute(sa.select(table)).mappings():
                found.update(text for value in row.values() for text in strings(value))
        for bulletin in session.scalars(sa.select(Bulletin)):
            for line in review.of_bulletin(session, bulletin, NOW, app.config["SETTINGS"].tz).lines:
                cuts = [*marks.written(line), *marks.spoken(line)]
                found.update(text for cut in cuts for text in (cut.text, cut.other))
                found.update((line.sentence.written, line.sentence.spoken))
    known = {variant.strip() for text in found for variant in (text, text[:1].upper() + text[1:])}
    return sorted((" ".join(text.split()) for text in known), key=len, reverse=True)


@pytest.fixture(scope="module")
def data(furnished):
    return written(furnished.app)


def left(page, data):
    """The texts of a page without what people have written."""
    for text in Texts(page).found:
        for known in data if text not in data else [text]:
            text = text.replace(known, " ") if len(known) > 2 or known == text else text
        yield text


def test_no_vietnamese_is_left_on_an_english_page(furnished, data):
    shown = sorted(
        (piece for text in catalogue.read().values() for piece in re.split(r"\{[^}]*\}|<[^>]*>", text)),
        key=len, reverse=True,
    )  # fmt: skip
    shown = [piece for piece in shown if collect.VIETNAMESE.search(piece)]  # examples of what is typed
    found = {}
    for endpoint, path, page in furnished.pages("en"):
        for text in left(page, [*shown, *data, "Tiếng Loa"]):
            if collect.VIETNAMESE.search(text):
                found.setdefault(text, (endpoint, path))
    assert [f"{text} ({where})" for text, where in found.items()] == []


def test_no_english_is_left_on_a_vietnamese_page(furnished, data):
    texts = catalogue.read()
    vietnamese = {word.lower() for text in texts for word in WORD.findall(text)}
    english = {word.lower() for text in texts.values() for word in WORD.findall(text)} - vietnamese
    found = {}
    for endpoint, path, page in furnished.pages():
        for text in left(page, data):
            for word in WORD.findall(text):
                if word.lower() in english:
                    found.setdefault(word, (endpoint, path, text))
    assert [f"{text} ({where})" for text, where in found.items()] == []


def test_every_page_was_looked_at(furnished):
    seen = {endpoint for endpoint, _, _ in furnished.pages()}
    gets = {rule.endpoint for rule in furnished.app.url_map.iter_rules() if "GET" in rule.methods}
    assert {e for e in gets if not e.startswith("api.")} - NO_PAGES - ELSEWHERE - seen == set()
