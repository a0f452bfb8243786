"""The running order of a programme: whatever is moved, added and taken away, the rest stays as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster import running_order
from broadcaster.errors import BroadcasterError
from broadcaster.running_order import KINDS, MOST, ONCE, Part

STANDARD = running_order.standard("Mời bà con nghe.", "Chào bà con.", "Đến đây là hết.")


def made(kinds):
    texts = {"call": "Mời nghe.", "greeting": "Chào.", "closing": "Hết."}
    return tuple(
        Part(kind, text=texts.get(kind, ""), recording="ab" if kind == "recording" else None, bed=kind == "call")
        for kind in kinds
    )


@st.composite
def orders(draw):
    """An order that may be: one bulletin, the rest as it comes."""
    many = draw(st.lists(st.sampled_from([kind for kind in KINDS if kind not in ONCE]), max_size=MOST - len(ONCE)))
    once = draw(st.sets(st.sampled_from(ONCE))) | {"bulletin"}
    return running_order.checked(made(draw(st.permutations([*many, *once]))))


@given(orders(), st.data(), st.integers(-5, MOST + 5))
def test_a_part_that_is_moved_stands_at_its_place_and_the_others_keep_their_order(order, data, place):
    part = data.draw(st.sampled_from(order))
    moved = running_order.moved(order, part.id, place)
    assert moved.index(part) == max(1, min(place, len(order))) - 1
    assert [each for each in moved if each is not part] == [each for each in order if each is not part]


@given(orders(), st.data())
def test_a_move_is_undone_by_moving_back(order, data):
    part = data.draw(st.sampled_from(order))
    there = running_order.moved(order, part.id, data.draw(st.integers(1, len(order))))
    assert running_order.moved(there, part.id, order.index(part) + 1) == order


@given(orders(), st.integers(-2, MOST + 2))
def test_what_was_added_can_be_taken_away_again(order, place):
    if len(order) == MOST:
        return
    added = Part("pause")
    longer = running_order.added(order, added, place)
    assert len(longer) == len(order) + 1
    assert running_order.removed(longer, added.id) == order


@given(orders())
def test_the_database_gives_back_what_it_was_given(order):
    assert running_order.read(running_order.written(order)) == order


def test_only_what_is_not_as_usual_is_written():
    held = running_order.written((Part("pause", id="1"), Part("call", id="2", text="Mời nghe.", bed=True)))
    assert held == [{"kind": "pause", "id": "1"}, {"kind": "call", "id": "2", "text": "Mời nghe.", "bed": True}]


def test_what_a_later_version_wrote_does_not_stop_this_one():
    (part,) = running_order.read([{"kind": "bulletin", "id": "1", "echo": 3}])
    assert part == Part("bulletin", id="1")


@pytest.mark.parametrize(
    ("kinds", "code"),
    [
        ([], "order-bulletin"),
        (["jingle", "call"], "order-bulletin"),
        (["bulletin", "bulletin"], "order-once"),
        (["greeting", "bulletin", "greeting"], "order-once"),
        (["deeds", "bulletin", "deeds"], "order-once"),
        (["bulletin", *["pause"] * MOST], "order-full"),
        (["bulletin", "song"], "part-kind"),
    ],
)
def test_an_order_no_edition_can_be_made_of_is_refused(kinds, code):
    with pytest.raises(BroadcasterError) as refused:
        running_order.checked(made(kinds))
    assert refused.value.code == code


def test_a_part_nobody_has_is_told():
    for act in (running_order.find, running_order.removed, lambda o, i: running_order.moved(o, i, 1)):
        with pytest.raises(BroadcasterError) as refused:
            act(STANDARD, "khong-co")
        assert refused.value.code == "part-unknown"


def test_a_part_keeps_only_what_its_kind_has_a_use_for():
    everything = {"title": " Mời   nghe ", "text": " Mời  nghe. ", "recording": "ab", "seconds": 2.0, "bed": True}
    cleaned = {kind: running_order.cleaned(Part(kind, **everything)) for kind in KINDS}
    assert {kind for kind, part in cleaned.items() if part.text == "Mời nghe."} == {
        *("call", "greeting", "closing", "deeds")
    }
    assert {kind for kind, part in cleaned.items() if part.recording} == {"jingle", "recording"}
    assert {kind for kind, part in cleaned.items() if part.seconds == 2.0} == {"pause"}
    assert {kind for kind, part in cleaned.items() if not part.bed} == {"jingle"}
    assert {part.title for part in cleaned.values()} == {"Mời nghe"}


def test_the_jingles_at_the_ends_are_found_past_everything_else():
    first, second, last = Part("jingle"), Part("jingle"), Part("jingle", chime="closing")
    order = (Part("pause"), first, second, Part("bulletin"), last, Part("pause"))
    assert running_order.jingle(order, "opening") is first
    assert running_order.jingle(order, "closing") is last
    with pytest.raises(BroadcasterError):
        running_order.jingle(order[:4], "closing")
