"""The trail in words: every table, column and code that can stand in it."""

import re
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from broadcaster import (
    accounts,
    alert_templates,
    audit,
    bulletins,
    changes,
    library,
    passcodes,
    phrases,
    preferences,
    programmes,
    timetable,
)
from broadcaster.columns import Base
from schedules.periods import Effect
from tests.web.conftest import NOW, SHA256, recording
from web import trail, trail_words

TABLES = [table for table in Base.metadata.sorted_tables if table.name in audit.WATCHED]
COLUMNS = {(table.name, column.name): column for table in TABLES for column in table.columns}
SHOWN = {place: column for place, column in COLUMNS.items() if place[1] not in audit.SILENT}
# Columns whose values people write or read as they are; all others are codes, ids, rules, moments or numbers.
PLAIN = {"aliases", "at", "author", "by", "corrections", "decided_by", "name", "number", "original", "override_reason"}
PLAIN |= {"reason", "slug", "spoken", "text", "title", "writers", "written", "text_sha256", "week"}
RULES = {"allowed", "quiet", "volume", "rrule", "rule", "outputs", "running_order", "voice", "zone", "late"}
IDS = {"broadcast_id"}  # of a row, without saying so


def test_every_watched_table_can_be_looked_for():
    assert set(trail_words.KINDS) == audit.WATCHED


def test_every_column_that_is_not_silenced_has_a_word_and_no_word_is_left_over():
    assert {name for _, name in SHOWN} - set(trail_words.FIELDS) == set(), "say in web/trail_words.py what it is"
    assert set(trail_words.FIELDS) - {name for _, name in SHOWN} == set()


def test_every_column_of_text_is_plain_a_rule_a_name_or_has_its_codes():
    asked = {
        name
        for (_, name), column in SHOWN.items()
        if isinstance(column.type, (sa.String, sa.JSON)) and not column.foreign_keys and name not in audit.SECRETS
    }
    known = PLAIN | RULES | IDS | set(trail_words.CODES) | set(trail_words.INNER)
    assert asked - known == set(), "codes: say in web/trail_words.py what they mean; else add it here"
    assert (PLAIN | RULES | IDS) - asked == set()


@pytest.mark.parametrize(
    ("field", "codes"),
    [
        ("effect", set(Effect)),
        ("fallback", {"repeat", "notice", "recording", "none"}),
        ("key", {each.key for each in preferences.ALL}),
        ("kind", set(alert_templates.KINDS)),
        ("klass", {"thuong", "uu-tien"}),
        ("overruled", {"clash", "order", *phrases.REFUSALS}),
        ("roles", set(accounts.ROLES)),
        ("status", {"draft", "submitted", "approved", "returned", "withdrawn", bulletins.SAMPLE}),
        ("topics", {"crime", "deeds"}),
    ],
)
def test_every_code_has_its_words(field, codes):
    assert codes <= set(trail_words.CODES[field])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("from-start:10m", "phát từ đầu nếu trễ không quá 10 phút"),
        ("from-start:1h", "phát từ đầu nếu trễ không quá 60 phút"),
        ("resume:90s", "phát tiếp vào chỗ lẽ ra đang phát (trong 1,5 phút)"),
        ("skip", "bỏ buổi đó"),
    ],
)
def test_what_becomes_of_the_late_is_said_also_where_no_form_offers_it(app, text, words):
    with app.test_request_context():
        assert trail.said({}, "late", text) == words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=30", "ngày 30/4 hằng năm"),
        ("RSCALE=VIETNAMESE;FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=10", "giỗ tổ"),
        ("RSCALE=VIETNAMESE;FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1", "giao thừa"),
        ("FREQ=DAILY", "hằng ngày"),
    ],
)
def test_a_rule_is_said_as_people_say_it(app, rule, words):
    with app.test_request_context():
        assert trail.said({}, "rule", rule) == words


@pytest.fixture
def changed(desk):
    """One change of each kind that once stood there in codes."""
    with desk.sessions.begin() as session:
        session.info.update(actor="chu", clock=desk.clock)
        session.add(recording())
        session.flush()
        programme = programmes.listed(session)[0]
        slot = next(row for row in timetable.slot_rows(session) if row.rrule.endswith("FR"))
        slot.late, slot.klass, slot.since = "resume:30m", "uu-tien", NOW
        said = changes.Said("chu", "Họp dân", NOW, desk.settings.tz)
        changes.cancel(session, slot, datetime(2026, 11, 27, 10, 30, tzinfo=UTC), said)
        item = library.add(session, "Nhạc chờ", SHA256, "chu", NOW)
        programme.fallback_recording = SHA256
        programme.relay = {"url": "http://vov.vn/1", "fallback": SHA256, "seconds": 1800}
        template = alert_templates.listed(session)[0]
        template.kind = "flood"
        passcodes.create(session, "Trần Văn Bình", "chu", NOW)
        return item.id


def test_nothing_of_it_is_told_in_codes(enter, desk, changed):
    page = enter("sep", "admin").get("/ai-da-doi-gi?ai=chu").text
    text = re.sub(r"<[^>]+>", " ", page[page.index('<ul class="list"') :])
    for code in ("alert_template", "resume", "uu-tien", "weekly", "flood", "secret_hash", "item_id", "klass", "since"):
        assert not re.search(rf"\b{code}\b", text), code
    for words in ("mẫu khẩn cấp", "Lũ", "ưu tiên", "(trong 30 phút)", "Nhạc chờ", "khi mất tín hiệu", "hằng tuần"):
        assert words in text, words
    assert "…" not in text, "every row has its name"


def test_a_row_that_is_gone_is_told_by_the_end_of_its_id(app):
    with app.test_request_context():
        assert trail.said({}, "programme_id", "0193a1b2-0000-7000-8000-00001a2b3c4d") == "…1a2b3c4d"
