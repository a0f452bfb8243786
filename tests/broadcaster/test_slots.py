"""Slots: what is refused and why, the two ways out of a clash, and two people at once."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from broadcaster import ahead, bulletins, hours, plan, programmes, slots, timetable
from broadcaster.errors import BroadcasterError
from broadcaster.models import SlotRow
from broadcaster.slots import Wanted
from tests.broadcaster.helpers import approved
from tests.conftest import NOON
from tests.schedules.made import NUI_THANH

FRIDAY = "FREQ=WEEKLY;BYDAY=FR"


def add(session, rule="FREQ=WEEKLY;BYDAY=MO", at="17:30", slug="tieng-loa-an-ninh", on_clash="refuse", **more):
    programme = programmes.get(session, slug)
    return slots.add(session, programme, Wanted(rule, at, **more), now=NOON, tz=NUI_THANH, by="lan", on_clash=on_clash)


def refused(session, code, **what):
    with pytest.raises(BroadcasterError) as raised:
        add(session, **what)
    assert raised.value.code == code
    return raised.value.values


def starts(session, days, slug="tieng-loa-an-ninh"):
    lines = ahead.view(session, NOON, NOON + timedelta(days=days), NUI_THANH)
    return [
        f"{p.starts_at.astimezone(NUI_THANH):%d/%m %H:%M}"
        for p in lines
        if p.programme == slug and p.status == "planned"
    ]


def test_every_clash_of_the_year_is_told_at_once(session):
    met = refused(session, "slot-clashes", rule=FRIDAY, at="17:35")
    assert met["count"] == 52
    assert {c.other.slot.programme for c in met["clashes"]} == {programmes.get(session, "an-ninh-nui-thanh").id}


def test_a_refused_slot_leaves_nothing_behind(session):
    before = [row.id for row in timetable.slot_rows(session)]
    refused(session, "slot-clashes", rule=FRIDAY, at="17:35")
    session.flush()
    assert [row.id for row in timetable.slot_rows(session)] == before


def test_placed_after_what_it_meets(session):
    row = add(session, rule=FRIDAY, at="17:35", on_clash="after")
    assert row.at == "17:40"  # an edition nobody has written yet is planned with ten minutes
    assert not slots.clashes(session, row, NOON, NUI_THANH)


def test_real_lengths_count_where_they_are_known(session):
    for week in ("2026-W48", "2026-W47"):
        approved(session, week, seconds=240)
    assert add(session, rule=FRIDAY, at="17:31", on_clash="after").at == "17:34"


def test_a_written_text_promises_its_length(session):
    programme = programmes.get(session, "an-ninh-nui-thanh")
    text = "Bà con hãy khóa cửa cẩn thận trước khi đi ngủ. " * 200  # 2,200 syllables, 11 minutes and a half
    bulletins.add(session, programme, text=text, week="2026-W48", title="", by="lan", now=NOON)
    row = add(session, rule="RDATE;VALUE=DATE:20261127", at="17:35", on_clash="after")
    assert row.at == "17:42"


def test_in_the_place_of_what_it_meets_that_date_only(session):
    add(session, rule="RDATE;VALUE=DATE:20261204", at="17:30", on_clash="replace")
    assert "04/12 17:30" in starts(session, 30)
    other = starts(session, 30, "an-ninh-nui-thanh")
    assert "04/12 17:30" not in other
    assert {"27/11 17:30", "11/12 17:30"} <= set(other)
    gone = [p for p in ahead.view(session, NOON, NOON + timedelta(days=30), NUI_THANH) if p.status == "withdrawn"]
    assert [(p.programme, p.changed) for p in gone] == [("an-ninh-nui-thanh", "Tiếng loa an ninh (lan)")]


def test_lunar_days_are_named_as_people_name_them(session):
    add(session, rule="rằm hằng tháng", at="05:40")
    assert "23/12 05:40" in starts(session, 32)  # the 15th of the eleventh month


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ({"rule": "FREQ=HOURLY"}, "rule-bad"),
        ({"rule": "hằng ngày"}, "rule-bad"),
        ({"at": "25:00"}, "rule-bad"),
        ({"late": "sometimes"}, "late-bad"),
        ({"rule": "RDATE;VALUE=DATE:20200101"}, "slot-never"),
        ({"at": "23:00"}, "hours-refused"),
        ({"at": "12:00"}, "hours-refused"),
        ({"at": "17:55"}, "hours-refused"),  # ten minutes do not fit before 18:00
    ],
)
def test_what_can_not_be_is_refused_with_its_reason(session, what, code):
    refused(session, code, **what)


def test_a_reason_overrules_the_hours_and_clashes_and_is_kept(session):
    assert add(session, at="12:00", override="họp dân").override_reason == "họp dân"
    assert add(session, rule=FRIDAY, at="17:30", override="phát nối tiếp").override_reason == "phát nối tiếp"


def test_a_day_holds_only_so_many_repeats_of_a_programme(session):
    add(session, at="05:30")
    add(session, at="17:30")
    assert refused(session, "hours-refused", at="17:45")["refusal"].code == "too-many-repeats"


def test_a_day_holds_only_so_many_minutes(session):
    hours.set_for(session, "all", max_minutes=15)
    add(session, at="05:30")
    assert refused(session, "hours-refused", at="17:30")["refusal"].code == "too-many-minutes"


def test_a_zone_may_have_hours_of_its_own(session):
    hours.set_for(session, "thon-1", allowed="11:00-12:00")
    assert add(session, at="11:30", zone="thon-1").zone == "thon-1"
    refused(session, "hours-refused", at="11:30")


def test_a_slot_changed_meanwhile_is_not_overwritten(session):
    row = add(session)
    seen = row.version
    slots.edit(session, row, Wanted("FREQ=WEEKLY;BYDAY=TU", "17:30"), version=seen, now=NOON, tz=NUI_THANH)
    with pytest.raises(BroadcasterError) as raised:
        slots.edit(session, row, Wanted("FREQ=WEEKLY;BYDAY=SU", "17:30"), version=seen, now=NOON, tz=NUI_THANH)
    assert raised.value.code == "slot-changed"
    assert row.rrule == "FREQ=WEEKLY;BYDAY=TU"


def test_a_slot_does_not_clash_with_itself(session):
    row = add(session)
    slots.edit(session, row, Wanted("FREQ=WEEKLY;BYDAY=MO", "17:35"), version=row.version, now=NOON, tz=NUI_THANH)
    assert row.at == "17:35"


def test_a_slot_is_found_by_the_end_of_its_id_if_that_is_unambiguous(session):
    row = add(session)
    assert slots.get(session, row.id[-8:]) is row
    for wrong in ("", "không có"):
        with pytest.raises(BroadcasterError) as raised:
            slots.get(session, wrong)
        assert raised.value.code == "slot-unknown"


def test_where_writers_do_not_queue_the_second_is_told_as_well(session):
    row = add(session)
    quicker = sa.update(SlotRow).where(SlotRow.id == row.id).values(at="17:40", version=2)
    session.execute(quicker.execution_options(synchronize_session=False))
    with pytest.raises(BroadcasterError) as told:
        slots.edit(session, row, Wanted("FREQ=WEEKLY;BYDAY=TU", "17:30"), version=1, now=NOON, tz=NUI_THANH)
    assert told.value.code == "slot-changed"


def test_a_moment_that_an_edit_puts_into_the_past_does_not_air_late(session):
    row = add(session, at="17:30")
    monday = NOON.replace(day=30, hour=10, minute=31)
    slots.edit(session, row, Wanted(row.rrule, "17:30:30"), version=row.version, now=monday, tz=NUI_THANH)
    plan.store(session, monday, NUI_THANH, since=monday - timedelta(hours=1))
    moments = [o.starts_at for o in timetable.all_occurrences(session, NOON, monday + timedelta(days=8), NUI_THANH)]
    assert monday - timedelta(seconds=30) not in moments
    assert monday + timedelta(days=7, seconds=-30) in moments


def test_what_an_edit_would_meet_is_told_without_editing(session):
    programme = programmes.listed(session)[0]
    row = slots.add(session, programme, Wanted("FREQ=WEEKLY;BYDAY=MO", "17:00"), now=NOON, tz=NUI_THANH)
    slots.add(session, programme, Wanted("FREQ=WEEKLY;BYDAY=MO", "17:30"), now=NOON, tz=NUI_THANH)
    wanted = Wanted("FREQ=WEEKLY;BYDAY=MO", "17:25")
    against = slots.objection(session, row, wanted, now=NOON, tz=NUI_THANH)
    assert (against.code, row.at) == ("slot-clashes", "17:00")
    with pytest.raises(BroadcasterError) as refused:
        slots.edit(session, row, wanted, version=row.version, now=NOON, tz=NUI_THANH)
    assert refused.value.values["count"] == against.values["count"]
    free = Wanted("FREQ=WEEKLY;BYDAY=MO", "17:10")
    assert slots.objection(session, row, free, now=NOON, tz=NUI_THANH) is None


def changed(session, row, **what):
    wanted = replace(Wanted(row.rrule, row.at), **what)
    slots.edit(session, row, wanted, version=row.version, now=NOON, tz=NUI_THANH)


def test_a_reason_stands_for_what_it_was_given_against_and_for_nothing_else(session):
    row = add(session, at="12:00", override="họp dân")
    assert row.overruled == ["outside-allowed"]
    changed(session, row, rank=3)  # the same moments: the reason is not asked for again
    assert (row.override_reason, row.overruled, row.rank) == ("họp dân", ["outside-allowed"], 3)
    with pytest.raises(BroadcasterError) as refused:
        changed(session, row, at="23:30")
    assert refused.value.values["refusal"].code == "quiet"
    changed(session, row, at="23:30", override="giao thừa")
    assert (row.override_reason, row.overruled) == ("giao thừa", ["outside-allowed", "quiet"])
    changed(session, row, at="17:30")
    assert (row.override_reason, row.overruled) == (None, [])


def test_a_reason_for_the_hours_does_not_hold_against_a_limit_that_comes_later(session):
    row = add(session, at="12:00", override="họp dân")
    hours.set_for(session, "all", max_minutes=5)
    with pytest.raises(BroadcasterError) as refused:
        changed(session, row, rank=1)
    assert refused.value.values["refusal"].code == "too-many-minutes"


def test_a_slot_allowed_for_its_clash_is_asked_about_when_it_moves_into_the_night(session):
    row = add(session, rule=FRIDAY, at="17:30", override="phát nối tiếp")
    assert "clash" in row.overruled
    with pytest.raises(BroadcasterError) as refused:
        changed(session, row, rule=FRIDAY, at="23:30")
    assert refused.value.code == "hours-refused"
