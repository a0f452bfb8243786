"""One occurrence cancelled, moved, replaced, and put back; what the plan and the log say of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from broadcaster import ahead, asrun, changes, plan, programmes, timetable
from broadcaster.changes import Said
from broadcaster.errors import BroadcasterError
from tests.broadcaster.helpers import Air, approved
from tests.conftest import NOON
from tests.schedules.made import NUI_THANH

FRIDAY = NOON.replace(day=27, hour=10, minute=30)  # 17:30 in Việt Nam
SATURDAY_MORNING = FRIDAY + timedelta(hours=12)
SAID = Said("lan", "họp dân", NOON, NUI_THANH)


def week(session):
    lines = ahead.view(session, NOON, NOON + timedelta(days=7), NUI_THANH)
    return [(p.programme, p.starts_at, p.status, p.changed) for p in lines if p.starts_at >= FRIDAY]


def refused(code, *args, do=changes.move, said=SAID):
    with pytest.raises(BroadcasterError) as raised:
        do(*args, said)
    assert raised.value.code == code


def test_a_cancelled_occurrence_stays_in_the_list_with_who_and_why(session, friday):
    changes.cancel(session, friday, FRIDAY, SAID)
    assert week(session)[0] == ("an-ninh-nui-thanh", FRIDAY, "withdrawn", "họp dân (lan)")


def test_a_moved_occurrence_is_planned_where_it_was_moved_to(session, friday):
    to = FRIDAY + timedelta(days=3)
    changes.move(session, friday, FRIDAY, to, SAID)
    plan.store(session, NOON, NUI_THANH)
    assert ("an-ninh-nui-thanh", to, "planned", "họp dân (lan)") in week(session)
    assert FRIDAY not in [starts_at for _, starts_at, _, _ in week(session)]


def test_a_replaced_occurrence_airs_the_other_programme(session, friday):
    changes.replace(session, friday, FRIDAY, programmes.get(session, "tieng-loa-an-ninh"), SAID)
    assert week(session)[0][:2] == ("tieng-loa-an-ninh", FRIDAY)


def test_moved_and_replaced_go_together_whichever_comes_first(session, friday):
    other, to = programmes.get(session, "tieng-loa-an-ninh"), FRIDAY + timedelta(days=3)
    changes.replace(session, friday, FRIDAY, other, SAID)
    changes.move(session, friday, FRIDAY, to, SAID)
    assert ("tieng-loa-an-ninh", to) in [line[:2] for line in week(session)]
    changes.undo(session, changes.standing(session, friday, FRIDAY).id, NOON)
    changes.move(session, friday, FRIDAY, to, SAID)
    changes.replace(session, friday, FRIDAY, other, SAID)
    assert ("tieng-loa-an-ninh", to) in [line[:2] for line in week(session)]


def test_undone_the_rule_speaks_again(session, friday):
    plain = week(session)
    row = changes.cancel(session, friday, FRIDAY, SAID)
    assert week(session) != plain
    changes.undo(session, row.id, NOON)
    assert week(session) == plain


def test_the_last_word_counts(session, friday):
    changes.cancel(session, friday, FRIDAY, SAID)
    changes.move(session, friday, FRIDAY, FRIDAY + timedelta(days=3), SAID)
    assert [(row.cancelled, row.undone_at) for row in timetable.change_rows(session)] == [(False, None)]


def test_what_can_not_be_moved_is_refused(session, friday):
    refused("occurrence-unknown", session, friday, FRIDAY + timedelta(minutes=1), FRIDAY + timedelta(days=3))
    refused("time-past", session, friday, FRIDAY, NOON - timedelta(hours=1))
    refused("hours-refused", session, friday, FRIDAY, FRIDAY + timedelta(hours=3))
    refused("slot-clash", session, friday, FRIDAY, SATURDAY_MORNING)
    refused("reason-missing", session, friday, FRIDAY, do=changes.cancel, said=replace(SAID, reason=" "))
    refused("change-unknown", session, "x", do=lambda session, id, said: changes.undo(session, id, said.now))


def test_a_reason_overrules_the_hours_of_a_moved_occurrence_and_reaches_the_log(sessions, settings, clock):
    air = Air(sessions, settings, clock)
    to = FRIDAY + timedelta(hours=3)
    with sessions.begin() as session:
        approved(session, "2026-W48")
        friday = next(row for row in timetable.slot_rows(session) if row.rrule.endswith("FR"))
        changes.move(session, friday, FRIDAY, to, SAID, "bão, phát bù")
        plan.store(session, NOON, NUI_THANH)
    clock.move_to(to - timedelta(seconds=15))
    air.run(90)
    with sessions.begin() as session:
        (entry,) = [e for e in asrun.entries(session) if e.planned_at == to]
    assert (entry.outcome, entry.began_at, entry.remark, entry.by) == ("aired", to, "bão, phát bù", "lan")


def test_an_occurrence_is_found_by_its_date(session, friday):
    assert changes.on_date(session, friday, date(2026, 11, 27), NUI_THANH) == FRIDAY
    with pytest.raises(BroadcasterError) as raised:
        changes.on_date(session, friday, date(2026, 11, 28), NUI_THANH)
    assert raised.value.code == "occurrence-unknown"
