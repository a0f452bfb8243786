"""The time axis: hours folded and open, places as classes, lanes side by side."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from tests.schedules.made import quick
from web.axis import DAY, FOLDED, LEAST, OPEN, Axis, lanes, place

SPANS = st.lists(
    st.tuples(st.integers(0, DAY - 1), st.integers(1, 300)).map(lambda s: (s[0], min(DAY, s[0] + s[1]))), max_size=12
)


def pixels(classes, letter):
    return sum(int(name[1:]) for name in classes.split() if name[0] == letter)


def test_hours_in_which_something_happens_are_open_and_the_others_folded():
    axis = Axis.of([(330, 390), (17 * 60, 18 * 60)])
    assert [hour for hour in range(24) if axis.is_open(hour)] == [5, 6, 17]
    assert axis.height == 3 * OPEN + 21 * FOLDED
    assert Axis.of([], whole=True).height == 24 * OPEN


@given(st.integers(0, 9999))
def test_a_place_adds_up(number):
    assert pixels(place("y", number), "y") == number


@quick(80)
@given(SPANS)
def test_later_is_lower_and_a_block_is_as_high_as_it_is_long(spans):
    axis = Axis.of(spans)
    assert [axis.y(m) for m in range(DAY + 1)] == sorted(axis.y(m) for m in range(DAY + 1))
    assert (axis.y(0), axis.y(DAY)) == (0, axis.height)
    for first, last in spans:
        top, height = axis.block(first, last)
        assert height >= LEAST
        assert abs(height - max(LEAST, (last - first) * OPEN / 60)) <= 1
        assert 0 <= top <= top + height <= axis.height + LEAST
        assert pixels(axis.band(first, last), "h") == axis.y(last) - axis.y(first)


@quick(100)
@given(SPANS)
def test_blocks_that_overlap_never_share_a_lane_until_there_are_too_many(spans):
    boxes = sorted(Axis.of(spans).block(*span) for span in spans)
    found = lanes(boxes)
    for (a, (lane_a, of_a)), (b, (lane_b, of_b)) in combinations(zip(boxes, found, strict=True), 2):
        if b[0] < a[0] + a[1] and of_a < 8:
            assert lane_a != lane_b
            assert of_a == of_b
    assert all(0 <= lane < of <= 8 for lane, of in found)


def test_a_block_alone_has_the_whole_width():
    assert lanes([(0, 10), (10, 10), (25, 10), (30, 10)]) == [(0, 1), (0, 1), (0, 2), (1, 2)]
    assert max(of for _, of in lanes([(0, 10)] * 20)) == 8
