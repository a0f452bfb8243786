"""Blanks in the words of a programme: filled by the edition, left out with their sentence when it can't."""

import pytest

from broadcaster import blanks
from broadcaster.errors import BroadcasterError

FULL = blanks.values("Đài Truyền thanh xã Tam Mỹ", "An ninh", "2026-W48")
NOTICE = blanks.values("Đài Truyền thanh xã Tam Mỹ", "An ninh", None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Đây là «đài».", "Đây là Đài Truyền thanh xã Tam Mỹ."),
        ("Bản tin tuần «tuần» của «chương trình».", "Bản tin tuần 48 của An ninh."),
        ("Từ «ngày đầu» đến «ngày cuối».", "Từ 23/11 đến 29/11."),
        ("Không có ô nào.", "Không có ô nào."),
        ("«Tuần» này", "48 này"),
        ("", ""),
    ],
)
def test_the_edition_fills_what_it_knows(text, said):
    assert blanks.filled(text, FULL) == said


def test_a_sentence_that_can_not_be_filled_is_not_said():
    text = "Đây là «đài». Mời nghe bản tin tuần «tuần»! Chào bà con.\nTừ «ngày đầu»\nXin mời"
    assert blanks.filled(text, NOTICE) == "Đây là Đài Truyền thanh xã Tam Mỹ. Chào bà con.\nXin mời"


def test_what_is_typed_with_braces_is_kept_like_the_emergency_templates_write_it():
    assert blanks.tidied(" Tuần  { tuần }\n\n của «đài» ") == "Tuần «tuần»\ncủa «đài»"


def test_letters_that_were_typed_apart_are_the_same_blank():
    assert blanks.tidied("{đa\u0300i}") == "«đài»"


@pytest.mark.parametrize(
    ("text", "code"),
    [("«tháng»", "blank-unknown"), ("«tuần", "blank-open"), ("tuần}", "blank-open"), ("«»", "blank-unknown")],
)
def test_a_blank_nobody_fills_is_refused_while_it_is_typed(text, code):
    with pytest.raises(BroadcasterError) as refused:
        blanks.check(text)
    assert refused.value.code == code


def test_every_blank_there_is_can_be_filled_by_a_weekly_edition():
    assert set(blanks.KNOWN) == set(FULL)
    blanks.check(" ".join(f"«{name}»" for name in blanks.KNOWN))
