"""What a week shows: what the log says of the past, what slots and changes say of what is to come."""

from datetime import timedelta

import sqlalchemy as sa

from broadcaster import asrun, broadcasts, changes, periods, plan, programmes, slots, week
from broadcaster.broadcasts import Status, step
from broadcaster.changes import Said
from broadcaster.models import Broadcast
from tests.broadcaster.helpers import approved, recording
from tests.conftest import NOON
from tests.schedules.made import DAY, MINUTE, NUI_THANH

FRIDAY = NOON.replace(day=27, hour=10, minute=30)  # 17:30 in Việt Nam
SAID = Said("lan", "họp dân", NOON, NUI_THANH)


def shown(session, start=FRIDAY - MINUTE, end=FRIDAY + 7 * DAY, now=NOON):
    return week.entries(session, start, end, now, NUI_THANH)


def at_friday(session, **more):
    return [e for e in shown(session, **more) if e.planned_at == FRIDAY]


def test_what_is_to_come_is_there_whether_the_station_has_stored_it_or_not(session):
    before = shown(session)
    plan.store(session, NOON, NUI_THANH)
    after = shown(session)
    assert [e.starts_at for e in before] == [e.starts_at for e in after]
    assert all(e.broadcast_id is None and e.original == e.starts_at for e in before)
    assert [e.warnings for e in before] == [e.warnings for e in after] == [("no-edition",)] * len(before)
    assert at_friday(session)[0].broadcast_id is not None


def test_a_block_is_as_long_as_its_recording_or_as_the_usual_one(session):
    approved(session, "2026-W48", seconds=300)
    approved(session, "2026-W47", seconds=240)
    assert at_friday(session)[0].ends_at - FRIDAY == timedelta(seconds=300)
    later = shown(session, FRIDAY + 6 * DAY, FRIDAY + 8 * DAY)
    assert next(e.ends_at - e.starts_at for e in later if e.title == "An ninh Núi Thành") == timedelta(seconds=300)
    plan.store(session, NOON, NUI_THANH)
    assert at_friday(session)[0].ends_at - FRIDAY == timedelta(seconds=300)
    assert at_friday(session)[0].warnings == ()


def test_what_a_change_or_a_pause_took_away_is_gone_although_it_is_still_stored(session, friday):
    plan.store(session, NOON, NUI_THANH)
    changes.move(session, friday, FRIDAY, FRIDAY + 3 * DAY, SAID)
    assert at_friday(session) == []
    moved = next(e for e in shown(session) if e.starts_at == FRIDAY + 3 * DAY and e.changed)
    assert (moved.original, moved.changed) == (FRIDAY, "họp dân (lan)")
    periods.add(session, reason="thi", now=NOON, first=FRIDAY.date(), last=FRIDAY.date() + 5 * DAY)
    assert [e for e in shown(session, end=FRIDAY + 5 * DAY) if not e.changed] == []


def test_what_was_called_off_stays_with_who_and_why(session, friday):
    changes.cancel(session, friday, FRIDAY, SAID)
    (entry,) = at_friday(session)
    assert (entry.status, entry.changed, entry.slot) == ("withdrawn", "họp dân (lan)", friday.id)
    slots.remove(session, friday.id, NOON)
    session.flush()
    assert at_friday(session) == []


def test_the_past_is_what_the_log_says(session, friday):
    plan.store(session, NOON, NUI_THANH)
    row = session.scalars(sa.select(Broadcast).where(Broadcast.starts_at == FRIDAY)).one()
    row.recording, row.status = recording(session, seconds=600).sha256, Status.READY
    step(row, Status.ON_AIR)
    row.began_at, row.checked_at = FRIDAY + timedelta(seconds=2), FRIDAY + 4 * MINUTE
    later = FRIDAY + DAY
    (now_on_air,) = at_friday(session, now=FRIDAY + MINUTE)
    assert (now_on_air.status, now_on_air.original) == ("on_air", None)
    assert now_on_air.ends_at - now_on_air.starts_at == timedelta(minutes=10)
    asrun.end(session, row, Status.CUT, later, "interrupted-by-alert")
    (cut,) = at_friday(session, now=later)
    assert (cut.status, cut.reason, cut.broadcast_id) == ("cut", "interrupted-by-alert", row.id)
    assert (cut.starts_at, cut.ends_at) == (row.began_at, row.checked_at)


def test_a_missed_one_stands_where_it_was_meant_and_as_long(session):
    plan.store(session, NOON, NUI_THANH)
    row = session.scalars(sa.select(Broadcast).where(Broadcast.starts_at == FRIDAY)).one()
    row.recording, row.status = recording(session, seconds=300).sha256, Status.READY
    asrun.end(session, row, Status.MISSED, FRIDAY + 20 * MINUTE, "too-late")
    (missed,) = at_friday(session, now=FRIDAY + DAY)
    assert (missed.status, missed.starts_at, missed.ends_at) == ("missed", FRIDAY, FRIDAY + 5 * MINUTE)


def test_a_new_rule_does_not_rewrite_the_past(session, friday):
    slots.edit(
        session, friday, slots.Wanted("FREQ=WEEKLY;BYDAY=FR", "17:45"), version=1, now=FRIDAY + DAY, tz=NUI_THANH
    )
    found = shown(session, FRIDAY - MINUTE, FRIDAY + DAY, now=FRIDAY + DAY)
    assert [e.title for e in found if e.starts_at == FRIDAY + 15 * MINUTE] == []


def test_what_an_operator_played_is_there_and_what_left_the_queue_unheard_is_not(session):
    sound = recording(session, seconds=60)
    heard = broadcasts.play(session, sound, by="truc", now=FRIDAY, title="Thông báo")
    step(heard, Status.ON_AIR)
    heard.began_at = heard.checked_at = FRIDAY
    asrun.end(session, heard, Status.AIRED, FRIDAY + MINUTE)
    broadcasts.play(session, sound, by="truc", now=FRIDAY, title="Bỏ đi")
    asrun.withdraw(session, broadcasts.queue(session)[0].id, "truc", FRIDAY)
    titles = [e.title for e in shown(session, now=FRIDAY + DAY, end=FRIDAY + MINUTE)]
    assert "Thông báo" in titles
    assert "Bỏ đi" not in titles


def test_a_relay_is_as_long_as_it_is_told_to_be(session):
    programmes.get(session, "an-ninh-nui-thanh").relay = {"url": "http://x", "fallback": None, "seconds": 1800}
    assert at_friday(session)[0].ends_at - FRIDAY == timedelta(minutes=30)
