"""What a day carries is counted where people hear it: the plan, a new slot and a moved occurrence say the same."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from broadcaster import changes, hours, plan, programmes, slots, zones
from broadcaster.changes import Said
from broadcaster.errors import BroadcasterError
from broadcaster.models import Broadcast, Bulletin, Programme, SlotRow
from broadcaster.slots import Wanted
from tests.broadcaster.helpers import approved
from tests.conftest import NOON
from tests.schedules.made import NUI_THANH, quick

SLUGS = ("an-ninh-nui-thanh", "tieng-loa-an-ninh")
MINUTES = 4
SAID = Said("lan", "họp", NOON, NUI_THANH)
TOMORROW = NOON.astimezone(NUI_THANH).date() + timedelta(days=1)


@pytest.fixture
def station(session):
    """Two zones, an edition of four minutes for each programme, and no slots."""
    for number, slug in enumerate(("dong", "tay")):
        zones.save(session, slug, slug, [f"null:{number}"], [], NOON)
    for slug in SLUGS:
        approved(session, "2026-W48", slug, seconds=MINUTES * 60.0)
    session.execute(sa.update(SlotRow).values(removed_at=NOON))
    session.flush()
    return session


def slot(session, minute, zone, slug=SLUGS[0], day=TOMORROW):
    row = SlotRow(
        programme_id=programmes.get(session, slug).id, rrule=f"RDATE;VALUE=DATE:{day:%Y%m%d}", at=f"17:{minute:02}",
        zone=zone, klass="thuong", late="skip", rests_on_holidays=False, rank=0, created_at=NOON - timedelta(days=9),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def planned(session):
    """Tomorrow's broadcasts as the plan has them, in order of time: (zone, programme, refused)."""
    plan.store(session, NOON, NUI_THANH)
    rows = session.scalars(sa.select(Broadcast).where(Broadcast.kind == "scheduled").order_by(Broadcast.starts_at))
    names = {programmes.get(session, slug).id: slug for slug in SLUGS}
    return [(row.zone, names[row.programme_id], row.refused) for row in rows]


def refusal(work):
    """The reason code that hours give for refusing, None when they don't."""
    try:
        work()
    except BroadcasterError as error:
        if error.code != "hours-refused":
            raise
        return error.values["refusal"].code
    return None


def by_plan(session, was, more):
    slot(session, 0, was)
    slot(session, 20, more)
    return (planned(session)[-1][2] or "").removeprefix("hours-") or None


def by_new_slot(session, was, more):
    slot(session, 0, was)
    programme = programmes.get(session, SLUGS[0])
    wanted = Wanted(f"RDATE;VALUE=DATE:{TOMORROW:%Y%m%d}", "17:20", zone=more)
    return refusal(lambda: slots.add(session, programme, wanted, now=NOON, tz=NUI_THANH))


def by_move(session, was, more):
    slot(session, 0, was)
    row = slot(session, 20, more, day=TOMORROW + timedelta(days=1))
    original = changes.on_date(session, row, TOMORROW + timedelta(days=1), NUI_THANH)
    return refusal(lambda: changes.move(session, row, original, original - timedelta(days=1), SAID))


ASKED = pytest.mark.parametrize("asked", [by_plan, by_new_slot, by_move])
TOGETHER = [("dong", "dong"), ("all", "all"), ("all", "dong"), ("dong", "all")]


@contextmanager
def undone(session):
    """What is written within is taken back."""
    with session.begin_nested() as within:
        yield
        within.rollback()


@ASKED
@pytest.mark.parametrize(
    ("limits", "code"), [({"max_minutes": 7}, "too-many-minutes"), ({"max_repeats": 0}, "too-many-repeats")]
)
def test_what_is_heard_in_one_place_is_counted_together(station, asked, limits, code):
    hours.set_for(station, "all", **limits)
    found = {}
    for was, more in [*TOGETHER, ("dong", "tay")]:
        with undone(station):
            found[was, more] = asked(station, was, more)
    assert found == dict.fromkeys(TOGETHER, code) | {("dong", "tay"): None}


@ASKED
def test_while_no_zones_are_set_up_every_word_for_the_one_place_counts(station, asked):
    for slug in ("dong", "tay"):
        zones.remove(station, slug)
    hours.set_for(station, "all", max_minutes=7)
    assert asked(station, "dong", "tay") == "too-many-minutes"


@ASKED
def test_what_was_meant_for_a_zone_that_is_gone_takes_nothing_of_anybodys_day(station, asked):
    hours.set_for(station, "all", max_minutes=7)
    assert asked(station, "bac", "all") is None


@ASKED
def test_a_zone_of_its_own_hours_has_its_own_limit(station, asked):
    hours.set_for(station, "dong", max_minutes=7)
    assert asked(station, "all", "dong") == "too-many-minutes"
    for row in station.scalars(sa.select(SlotRow)):
        row.removed_at = NOON
    assert asked(station, "all", "tay") is None


SLOTS = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from(("all", "dong", "tay", "bac")), st.sampled_from(SLUGS)),
    max_size=8,
    unique_by=lambda line: line[0],
)


@pytest.mark.parametrize("minutes", [7, 15])
def test_a_planned_day_equals_the_ledgers_of_the_villages(station, minutes):
    limits = {"all": (minutes, 1), "dong": (minutes, 1), "tay": (11, 0)}
    for zone, (most, repeats) in limits.items():
        hours.set_for(station, zone, max_minutes=most, max_repeats=repeats)

    @quick(25)
    @given(SLOTS)
    def planned_as_heard(lines):
        heard = {"dong": [], "tay": []}
        expected = []
        for _, zone, slug in sorted(lines):
            places = [place for place in heard if zone in ("all", place)]
            refused = None if places else "zone-gone"
            if places:
                most, repeats = limits[zone]
                if any((len(heard[place]) + 1) * MINUTES > most for place in places):
                    refused = "hours-too-many-minutes"
                elif any(heard[place].count(slug) > repeats for place in places):
                    refused = "hours-too-many-repeats"
            if refused is None:
                for place in places:
                    heard[place].append(slug)
            expected.append((zone, slug, refused))
        with undone(station):
            for minute, zone, slug in lines:
                slot(station, minute * 5, zone, slug)
            assert planned(station) == expected

    planned_as_heard()


def rotation(session, texts):
    programme = programmes.get(session, SLUGS[0])
    programme.selection = "rotation"
    for number in range(texts):
        approved(session, None, SLUGS[0], seconds=60.0, title=f"nhắc {number}")
    return programme


@pytest.mark.parametrize(("texts", "refused"), [(4, [None] * 4), (1, [None, None, *["hours-too-many-repeats"] * 2])])
def test_a_rotation_repeats_only_what_comes_again(station, texts, refused):
    hours.set_for(station, "all", max_repeats=1)
    station.execute(sa.update(Bulletin).values(status="withdrawn"))
    rotation(station, texts)
    for number in range(4):
        slot(station, number * 5, "all")
    assert [line[2] for line in planned(station)] == refused


def test_a_new_slot_of_a_rotation_is_no_repeat_while_there_are_texts_enough(station):
    station.execute(sa.update(Bulletin).values(status="withdrawn"))
    programme = rotation(station, 2)
    for number in range(3):
        slot(station, number * 5, "all")

    def add(at):
        wanted = Wanted(f"RDATE;VALUE=DATE:{TOMORROW:%Y%m%d}", at)
        return refusal(lambda: slots.add(station, programme, wanted, now=NOON, tz=NUI_THANH))

    assert add("17:20") is None  # the fourth: each of the two texts comes twice
    assert add("17:30") == "too-many-repeats"


def test_a_relay_repeats_nothing(station):
    facts = {"url": "http://vov.example/", "fallback": None, "seconds": 300.0}
    station.execute(sa.update(Programme).values(relay=facts))
    station.expire_all()
    for number in (0, 10, 20):
        slot(station, number, "all")
    assert [line[2] for line in planned(station)] == [None] * 3
    wanted = Wanted(f"RDATE;VALUE=DATE:{TOMORROW:%Y%m%d}", "17:30")
    programme = programmes.get(station, SLUGS[0])
    assert refusal(lambda: slots.add(station, programme, wanted, now=NOON, tz=NUI_THANH)) is None
