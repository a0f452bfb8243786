from collections import Counter
from datetime import timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.clashes import Clash, Timed, clashes
from schedules.slots import Occurrence
from tests.schedules.made import MINUTE, quick, slot, utc

NOON = utc(2026, 11, 27, 5)


def timed(minute, length, zone="z", id="s"):
    return Timed(Occurrence(slot(id=id, zone=zone), NOON + minute * MINUTE), length * MINUTE)


def test_what_starts_while_another_sounds_clashes_with_it():
    first, second = timed(0, 10), timed(9, 10)
    assert clashes([second, first]) == [Clash(first.occurrence, second.occurrence)]


def test_touching_is_no_clash():
    assert clashes([timed(0, 10), timed(10, 10), timed(20, 1)]) == []


def test_touching_is_no_clash_while_a_longer_one_sounds_over_both():
    whole, one, other = timed(0, 60), timed(5, 5), timed(10, 5)
    assert clashes([whole, one, other]) == [Clash(whole.occurrence, each.occurrence) for each in (one, other)]


def test_one_microsecond_too_long_is_a_clash():
    first = Timed(timed(0, 10).occurrence, 10 * MINUTE + timedelta(microseconds=1))
    assert len(clashes([first, timed(10, 10)])) == 1


def test_other_zones_do_not_clash():
    assert clashes([timed(0, 10, "a"), timed(0, 10, "b")]) == []


def test_starting_together_is_a_clash_in_the_order_of_the_slots():
    one, other = timed(0, 10, id="1"), timed(0, 5, id="2")
    assert clashes([other, one]) == [Clash(one.occurrence, other.occurrence)]


def test_a_long_broadcast_clashes_with_everything_inside_it():
    whole = timed(0, 60)
    inside = [timed(minute, 5) for minute in (0, 10, 20)]
    assert clashes([whole, *inside]) == [Clash(whole.occurrence, one.occurrence) for one in inside]


@pytest.mark.parametrize("id", ["1", "3"])
def test_what_has_no_length_does_not_sound(id):
    assert clashes([timed(5, 10, id="2"), timed(5, 0, id=id), timed(7, 0, id=id)]) == []


def test_nothing_clashes_with_nothing():
    assert clashes([]) == []


def test_what_sounds_everywhere_clashes_with_what_sounds_in_one_zone():
    whole, one, other = timed(0, 10, "all", "1"), timed(5, 10, "a", "2"), timed(6, 10, "b", "3")
    pairs = [Clash(whole.occurrence, one.occurrence), Clash(whole.occurrence, other.occurrence)]
    assert clashes([one, whole, other]) == pairs
    late = timed(12, 1, "all", "4")
    assert clashes([one, other, late]) == [
        Clash(one.occurrence, late.occurrence),
        Clash(other.occurrence, late.occurrence),
    ]


def test_where_zones_are_only_names_all_of_them_are_one():
    assert len(clashes([timed(0, 10, "a"), timed(5, 10, "b")], zone_of=lambda slot: "all")) == 1


SOME = st.lists(
    st.builds(
        timed, st.integers(0, 60), st.integers(0, 20), st.sampled_from(["a", "b", "all"]), st.sampled_from("123")
    ),
    max_size=14,
)


def overlap(one, other):
    places = {one.occurrence.slot.zone, other.occurrence.slot.zone}
    same_zone = len(places) == 1 or "all" in places
    starts = max(one.occurrence.starts_at, other.occurrence.starts_at)
    return same_zone and starts < min(one.ends_at, other.ends_at)


@quick(150)
@given(SOME)
def test_clashes_equal_a_comparison_of_every_pair(some):
    expected = Counter(frozenset({a.occurrence, b.occurrence}) for a, b in combinations(some, 2) if overlap(a, b))
    assert Counter(frozenset({clash.first, clash.second}) for clash in clashes(some)) == expected


@quick(60)
@given(SOME, st.randoms(use_true_random=False))
def test_clashes_do_not_depend_on_the_order_they_are_asked_in(some, random):
    unique = list({(t.occurrence.starts_at, t.occurrence.slot.id): t for t in some}.values())
    shuffled = random.sample(unique, len(unique))
    assert clashes(shuffled) == clashes(unique)
    assert all(clash.first.starts_at <= clash.second.starts_at for clash in clashes(unique))
