"""Texts laid side by side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster import bulletins, programmes, versions
from broadcaster.errors import BroadcasterError
from tests.conftest import NOON

LINES = st.lists(st.text(alphabet="abc đ.", min_size=1, max_size=12), max_size=6).map("\n".join)


def marked(runs):
    return "".join(f"[{run.text}]" if run.changed else run.text for run in runs)


def pairs(before, after):
    return [(marked(row.before), marked(row.after)) for row in versions.differences(before, after)]


def test_changed_words_are_marked_on_both_sides():
    assert pairs("Bắt 2 đối tượng trộm xe.", "Bắt 3 đối tượng trộm xe máy.") == [
        ("Bắt [2] đối tượng trộm xe.", "Bắt [3] đối tượng trộm xe[ máy].")
    ]


def test_new_and_lost_lines_stand_alone():
    assert pairs("Một.\nHai ba bốn.", "Một.\nNăm sáu bảy tám.") == [
        ("Một.", "Một."),
        ("[Hai ba bốn.]", ""),
        ("", "[Năm sáu bảy tám.]"),
    ]


def test_a_line_put_before_a_changed_one_keeps_its_place():
    assert pairs("Mời bà con nghe tin.", "Kính thưa.\nMời bà con nghe bản tin.") == [
        ("", "[Kính thưa.]"),
        ("Mời bà con nghe tin.", "Mời bà con nghe [bản ]tin."),
    ]


def test_the_longest_text_on_one_line_is_changed_as_a_whole():
    before = " ".join(f"từ{n % 997}" for n in range(20_000))
    [row] = versions.differences(before, f"{before} thêm")
    assert marked(row.after) == f"[{before} thêm]"


def plain(rows, side):
    return [text for row in rows if (text := "".join(run.text for run in getattr(row, side)))]


@given(LINES, LINES)
def test_both_texts_can_be_read_off_the_rows(before, after):
    rows = versions.differences(before, after)
    assert plain(rows, "before") == [line.strip() for line in before.splitlines() if line.strip()]
    assert plain(rows, "after") == [line.strip() for line in after.splitlines() if line.strip()]


@given(LINES)
def test_a_text_differs_in_nothing_from_itself(text):
    assert not any(row.changed for row in versions.differences(text, text))


def test_every_state_is_kept_and_other_weeks_are_offered(sessions):
    with sessions.begin() as session:
        programme = programmes.get(session, "an-ninh-nui-thanh")
        old, new = (
            bulletins.add(session, programme, text=f"Tin {week}.", week=week, title="", by="lan", now=NOON)
            for week in ("2026-W47", "2026-W48")
        )
        bulletins.edit(session, new, text="Tin mới.", week=new.week, title="A", by="hoa", now=NOON)
        assert [(v.text, v.by) for v in versions.of_bulletin(session, new)] == [
            ("Tin mới.", "hoa"),
            ("Tin 2026-W48.", "lan"),
        ]
        assert versions.earlier_editions(session, new) == [old]
        assert versions.earlier_editions(session, old) == []
        with pytest.raises(BroadcasterError, match="version-unknown"):
            versions.get(session, old, versions.of_bulletin(session, new)[0].id)
