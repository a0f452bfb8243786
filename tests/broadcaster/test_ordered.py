"""What was ordered for an instant and what comes by the plan are told of each other when they would meet."""

from datetime import timedelta

import pytest

from broadcaster import broadcasts, live, ordered, programmes, slots, words, zones
from broadcaster.errors import BroadcasterError
from broadcaster.slots import Wanted
from tests.broadcaster.helpers import approved, recording
from tests.conftest import NOON
from tests.schedules.made import NUI_THANH

FRIDAY = NOON.replace(day=27, hour=10, minute=30)  # 17:30 in Việt Nam, when there is a slot
SATURDAY = FRIDAY + timedelta(days=1)


def play(session, at, name="lời dặn", **more):
    return broadcasts.play(session, recording(session, name, 60.0), by="truc", now=NOON, at=at, **more)


def met(session, order):
    return [each.title for each in ordered.by_order(session, order, NOON, NUI_THANH)]


def add(session, at="17:30", **more):
    programme = programmes.get(session, "tieng-loa-an-ninh")
    wanted = Wanted("FREQ=WEEKLY;BYDAY=SA", at, **more)
    return slots.add(session, programme, wanted, now=NOON, tz=NUI_THANH, by="lan")


def test_an_order_over_a_slot_is_told_what_it_meets_and_one_beside_it_nothing(session):
    approved(session, seconds=60.0)
    name = programmes.get(session, "an-ninh-nui-thanh").name
    order = play(session, FRIDAY + timedelta(seconds=59))
    assert met(session, order) == [name]
    assert name in words.meets(ordered.by_order(session, order, NOON, NUI_THANH), NUI_THANH)
    beside = play(session, FRIDAY + timedelta(seconds=119), "sau")
    assert met(session, beside) == []
    assert words.meets([], NUI_THANH) == ""


def test_two_orders_are_told_of_each_other(session):
    play(session, SATURDAY)
    assert met(session, play(session, SATURDAY + timedelta(seconds=30), "hai")) == ["lời dặn"]
    assert met(session, play(session, SATURDAY + timedelta(days=1), "ba")) == []


@pytest.mark.parametrize("kind", ["recording", "relay"])
def test_a_slot_over_an_order_is_refused_until_there_is_a_reason(session, kind):
    if kind == "recording":
        order = play(session, SATURDAY + timedelta(seconds=30))
    else:
        ends = SATURDAY + timedelta(minutes=20)
        address = "http://127.0.0.1:9/a"
        begins = SATURDAY - timedelta(minutes=5)
        order = live.relay(session, address, begins, ends, fallback=None, zone="all", by="truc", now=NOON)
    with pytest.raises(BroadcasterError, match="slot-meets-order") as raised:
        add(session)
    assert order.title in words.explain(raised.value, NUI_THANH)
    assert add(session, override="đã hẹn").override_reason == "đã hẹn"


def test_what_is_over_or_taken_back_or_elsewhere_is_in_nobody_s_way(session):
    for number in (1, 2):
        zones.save(session, f"thon-{number}", f"Thôn {number}", [f"file:{number}"], [], NOON)
    play(session, SATURDAY, "đã bỏ").status = "withdrawn"
    play(session, SATURDAY, "cụm khác", zone="thon-2")
    assert add(session, zone="thon-1").zone == "thon-1"
