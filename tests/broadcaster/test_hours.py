"""Hours as settings: what is changed and what stays, what is refused, zones with hours of their own."""

from datetime import time

import pytest

from broadcaster import hours
from broadcaster.errors import BroadcasterError
from broadcaster.hours import Hours


def test_a_zone_without_hours_of_its_own_keeps_those_for_everywhere(session):
    assert hours.of_zone(session, "thon-mot") == Hours()
    hours.set_for(session, "all", max_minutes=90)
    assert hours.of_zone(session, "thon-mot").max_minutes_per_day == 90
    assert hours.version(session, "thon-mot") == 0


def test_what_is_not_said_stays_as_it_was(session):
    hours.set_for(session, "all", allowed="T2-T6 05:00-06:00", max_repeats=3)
    found = hours.set_for(session, "all", quiet="")
    assert [(span.start, span.weekdays) for span in found.allowed] == [(time(5), frozenset(range(5)))]
    assert (found.quiet, found.max_repeats_per_day) == (None, 3)
    assert hours.version(session, "all") == 2


def test_a_zone_follows_the_station_again(session):
    hours.set_for(session, "thon-mot", max_minutes=30)
    hours.follow(session, "thon-mot")
    hours.follow(session, "thon-mot")  # it does already
    assert hours.of_zone(session, "thon-mot") == Hours()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"allowed": "sáng"}, "hours-bad"),
        ({"allowed": " "}, "hours-none"),
        ({"quiet": "đêm"}, "hours-quiet-bad"),
        ({"quiet": "22:00-05:00, 12:00-13:00"}, "hours-quiet-bad"),
        ({"quiet": "CN 22:00-05:00"}, "hours-quiet-bad"),
        ({"quiet": "05:00-05:00"}, "hours-quiet-bad"),
        ({"max_minutes": -1}, "hours-most-bad"),
        ({"max_minutes": 1441}, "hours-most-bad"),
        ({"max_repeats": 100}, "hours-most-bad"),
    ],
)
def test_what_can_not_be_changes_nothing(session, said, code):
    with pytest.raises(BroadcasterError) as refused:
        hours.set_for(session, "all", **said)
    assert refused.value.code == code
    assert hours.of_zone(session, "all") == Hours()
