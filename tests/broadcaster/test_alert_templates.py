"""Emergency templates and their blanks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster import alert_templates
from broadcaster.errors import BroadcasterError
from tests.conftest import NOON


def test_a_new_station_has_templates_of_every_kind_and_some_without_blanks(sessions):
    with sessions.begin() as session:
        alert_templates.seed(session, NOON)
        alert_templates.seed(session, NOON)
        rows = alert_templates.listed(session)
    assert {row.kind for row in rows} == set(alert_templates.KINDS) - {"other"}
    assert len({row.title for row in rows}) == len(rows)
    assert any(not alert_templates.blanks(row.text) for row in rows)


def test_a_blank_is_asked_for_once_and_filled_everywhere():
    text = "Cháy tại «nơi». Tránh xa « nơi », gọi «số»."
    assert alert_templates.blanks(text) == ["nơi", "số"]
    filled = alert_templates.filled(text, {"nơi": " chợ\n xã ", "số": "114"})
    assert filled == "Cháy tại chợ xã. Tránh xa chợ xã, gọi 114."


def test_a_blank_left_open_is_named():
    with pytest.raises(BroadcasterError) as refused:
        alert_templates.filled("Cháy tại «nơi».", {"nơi": "  "})
    assert (refused.value.code, refused.value.values["label"]) == ("alert-blank", "nơi")


@given(st.text(max_size=190))
def test_no_filling_opens_another_blank(filling):
    filled = alert_templates.filled("Tại «nơi» và «nơi».", {"nơi": f"chợ {filling}"})
    assert alert_templates.blanks(filled) == []
    assert filled.startswith("Tại chợ")


@pytest.mark.parametrize(
    ("kind", "title", "text"), [("gió", "A", "B"), ("storm", " ", "B"), ("storm", "A", " "), ("storm", "A", "tại « »")]
)
def test_a_template_that_can_not_be_used_is_refused(sessions, kind, title, text):
    with sessions.begin() as session, pytest.raises(BroadcasterError) as refused:
        alert_templates.save(session, alert_templates.AlertTemplate(), kind, title, text, "truc", NOON)
    assert refused.value.code == "template-bad"


WORDS = st.text("pxy ,.", min_size=1, max_size=6)


@given(st.lists(st.tuples(st.text("xy ,.", max_size=4), st.sampled_from("abc")), min_size=1, max_size=5), st.data())
def test_what_a_text_was_filled_with_gives_the_same_text_again_when_it_is_found(parts, data):
    template = "".join(f"{before}«{label}»" for before, label in parts)
    given = {label: data.draw(WORDS.filter(str.strip)) for label in alert_templates.blanks(template)}
    text = alert_templates.filled(template, given)
    found = alert_templates.fillings(template, text)
    assert found is None or alert_templates.filled(template, found) == text


def test_of_a_text_made_of_a_template_every_blank_is_found_and_of_another_none():
    template = "Cháy tại «địa điểm». Tập trung tại «nơi». Gọi «số». Xin nhắc lại: «nơi»."
    filled = {"địa điểm": "kho gỗ", "nơi": "sân", "số": "0235.387.111"}
    text = alert_templates.filled(template, filled)
    assert alert_templates.fillings(template, text) == filled
    assert alert_templates.fillings(template, text.replace("kho", "kho ")) is not None
    assert alert_templates.fillings(template, "Lũ đang về.") is None
    assert alert_templates.fillings("Ở yên trong nhà.", "Ở yên trong nhà.") == {}
