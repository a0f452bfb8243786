"""A repeat airs what the last broadcast of its original slot has aired, across the end of a week as well."""

from datetime import date, timedelta
from random import Random

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from audio.cues import Began
from broadcaster import ahead, asrun, changes, duties, hours, notices, plan, programmes, repeats, slots, week
from broadcaster.broadcasts import Status
from broadcaster.changes import Said
from broadcaster.errors import BroadcasterError
from broadcaster.missed import play
from broadcaster.models import Broadcast, Bulletin, SlotRow
from broadcaster.slots import Wanted
from broadcaster.topics import CRIME
from broadcaster.witness import Witness
from schedules.weeks import Week, week_of
from tests.broadcaster.helpers import approved, recording, refused
from tests.broadcaster.test_plan import statements
from tests.conftest import NOON
from tests.schedules.made import NUI_THANH, quick

DAY = timedelta(days=1)
SUNDAY, MONDAY = NOON + 5 * DAY, NOON + 6 * DAY  # the end of week 48, and the beginning of week 49
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@pytest.fixture
def programme(session):
    """A programme with no slots but those of the test."""
    session.execute(sa.update(SlotRow).values(removed_at=NOON))
    session.expire_all()
    found = programmes.get(session, "an-ninh-nui-thanh")
    found.fallback = "none"
    return found


def slot(session, programme, days, at, **more):
    wanted = Wanted(f"FREQ=WEEKLY;BYDAY={days}", at, override="thử", **more)
    return slots.add(session, programme, wanted, now=NOON, tz=NUI_THANH)


def pair(session, programme, days="SU", again="MO"):
    original = slot(session, programme, days, "17:30")
    return original, slot(session, programme, again, "05:30", repeat_of=original.id)


def planned(session, row, now=NOON):
    plan.store(session, now, NUI_THANH)
    query = sa.select(Broadcast).where(Broadcast.slot_id == row.id, Broadcast.starts_at > now)
    return session.scalars(query.order_by(Broadcast.starts_at)).first()


def air(session, row, outcome=Status.AIRED):
    if outcome == Status.AIRED:
        row.status, row.began_at, row.checked_at = Status.ON_AIR, row.starts_at, row.starts_at
    return asrun.end(
        session, row, outcome, row.starts_at + DAY / 24, None if outcome == Status.AIRED else "station-off"
    )


def test_sunday_evening_is_heard_again_on_monday_morning(session, programme):
    approved(session, "2026-W48", title="tuần 48")
    approved(session, "2026-W49", title="tuần 49")
    original, repeat = pair(session, programme)
    row = planned(session, repeat)
    assert (row.title, row.repeats_at) == ("An ninh Núi Thành: tuần 48", planned(session, original).starts_at)
    assert row.repeats == "phát lại của buổi 17:30 Chủ nhật 29/11/2026"
    assert air(session, row).remark == f"{row.repeats}; thử"


def test_the_drill_notices_a_repeat_of_anything_else(session, programme):
    other = approved(session, "2026-W47", title="tuần 47")
    approved(session, "2026-W48", title="tuần 48")
    original, repeat = pair(session, programme)
    air(session, planned(session, original))
    row = planned(session, repeat, SUNDAY)
    began = [(Began(row.id, row.starts_at.timestamp()), ("all", "null:"))]
    Witness(15.0, NUI_THANH).hear(session, began, None, None, 0.0)
    row.bulletin_id = other.id
    with pytest.raises(BroadcasterError) as found:
        Witness(15.0, NUI_THANH).hear(session, began, None, None, 0.0)
    assert found.value.values["broken"] == "repeat-differs"


def test_an_original_that_was_missed_is_made_up_for_by_its_repeat(session, programme):
    original, repeat = pair(session, programme)
    air(session, planned(session, original), Status.MISSED)
    approved(session, "2026-W48", title="tuần 48, duyệt muộn")
    assert planned(session, repeat, SUNDAY).title == "An ninh Núi Thành: tuần 48, duyệt muộn"


def test_what_has_expired_meanwhile_is_not_repeated(session, programme):
    approved(session, "2026-W48", title="tuần 48").expires = date(2026, 11, 29)
    original, repeat = pair(session, programme)
    assert planned(session, original).status == Status.READY
    assert planned(session, repeat).recording is None
    approved(session, "2026-W48", title="tuần 48, bản hai")
    air(session, planned(session, original))
    approved(session, "2026-W48", title="tuần 48, bản ba")
    assert planned(session, repeat, SUNDAY).title.endswith("bản hai")


def test_a_corrected_text_is_repeated_in_its_newest_rendering(session, programme):
    bulletin = approved(session, "2026-W48", title="tuần 48")
    original, repeat = pair(session, programme)
    air(session, planned(session, original))
    approved(session, "2026-W48", title="một bản tin khác")
    bulletin.audio_sha256 = recording(session, "đã sửa").sha256
    session.flush()
    row = planned(session, repeat, SUNDAY)
    assert (row.bulletin_id, row.recording) == (bulletin.id, bulletin.audio_sha256)


def test_what_may_not_air_any_more_gives_way_to_another_of_its_week_and_says_so(session, programme):
    bulletin = approved(session, "2026-W48", title="tuần 48")
    original, repeat = pair(session, programme)
    air(session, planned(session, original))
    bulletin.status = "withdrawn"
    approved(session, "2026-W48", title="bản khác")
    row = planned(session, repeat, SUNDAY)
    assert (row.title, row.note) == ("An ninh Núi Thành: bản khác", repeats.OTHER)


def test_what_stood_in_is_heard_again_as_what_stood_in(session, programme):
    song = recording(session, "dân ca")
    programme.fallback, programme.fallback_recording = "recording", song.sha256
    original, repeat = pair(session, programme)
    air(session, planned(session, original))
    approved(session, "2026-W48", title="duyệt muộn")
    row = planned(session, repeat, SUNDAY)
    assert (row.recording, row.note) == (song.sha256, "fallback-recording")


def test_a_repeat_follows_the_choice_of_a_rotation(session, programme):
    programme.selection = "rotation"
    for title in ("khóa cửa", "đội mũ", "báo 113"):
        approved(session, None, title=title)
    pair(session, programme, ",".join(DAYS), ",".join(DAYS))
    plan.store(session, NOON, NUI_THANH)
    rows = session.scalars(
        sa.select(Broadcast).where(Broadcast.starts_at < NOON + 6 * DAY).order_by(Broadcast.starts_at)
    )
    told = [row.bulletin_id for row in rows]
    assert told[0::2] == told[1::2]
    assert len(set(told[:6])) == 3


@pytest.mark.parametrize("left", ["removed", "replaced", "none"])
def test_a_repeat_without_an_original_airs_its_own_week_and_says_so(session, settings, programme, left):
    approved(session, "2026-W48", title="tuần 48")
    approved(session, "2026-W49", title="tuần 49")
    original, repeat = pair(session, programme, "SU" if left != "none" else "WE", "MO" if left != "none" else "WE")
    now = SUNDAY - DAY if left != "none" else NOON
    if left == "removed":
        slots.remove(session, original.id, now)
    if left == "replaced":
        other = programmes.get(session, "tieng-loa-an-ninh")
        moment = planned(session, original).starts_at
        changes.replace(session, original, moment, other, Said("lan", "hội nghị", NOON, NUI_THANH))
    row = planned(session, repeat, now)
    expected = "tuần 49" if left != "none" else "tuần 48"
    assert (row.title, row.note, row.repeats_at) == (f"An ninh Núi Thành: {expected}", repeats.ALONE, None)


def test_replaced_this_once_a_repeat_is_none(session, programme):
    _, repeat = pair(session, programme)
    approved(session, "2026-W49", "tieng-loa-an-ninh", title="tuần 49")
    moment = planned(session, repeat).starts_at
    changes.replace(
        session, repeat, moment, programmes.get(session, "tieng-loa-an-ninh"), Said("lan", "lễ", NOON, NUI_THANH)
    )
    row = planned(session, repeat)
    assert (row.title.endswith("tuần 49"), row.repeats_at, row.note) == (True, None, None)


def test_the_original_s_new_times_do_not_hide_what_it_has_aired(session, programme):
    approved(session, "2026-W48", title="tuần 48")
    original, repeat = pair(session, programme)
    air(session, planned(session, original))
    later = Wanted("FREQ=WEEKLY;BYDAY=SU", "17:00", override="thử")
    slots.edit(session, original, later, version=original.version, now=SUNDAY + DAY / 2, tz=NUI_THANH)
    row = planned(session, repeat, SUNDAY + DAY / 2)
    assert (row.bulletin_id is not None, row.repeats_at) == (True, SUNDAY + timedelta(hours=5, minutes=30))


def test_beyond_the_horizon_the_plan_and_the_week_say_what_is_repeated(session, programme):
    approved(session, "2026-W49", title="tuần 49", seconds=100.0)
    approved(session, "2026-W50", title="tuần 50", seconds=200.0)
    _, repeat = pair(session, programme)
    later = NOON + 12 * DAY
    line = next(p for p in ahead.view(session, later, later + 3 * DAY, NUI_THANH) if p.slot == repeat.id)
    assert (line.repeats, line.warnings) == (later + timedelta(hours=5, minutes=30), ())
    assert (line.ends_at - line.starts_at).total_seconds() == 100.0
    entry = next(e for e in week.entries(session, later, later + 3 * DAY, NOON, NUI_THANH) if e.slot == repeat.id)
    assert (entry.repeats, entry.ends_at) == (line.repeats, line.ends_at)


def test_a_repeat_warns_of_no_edition_that_its_original_still_waits_for_and_then_it_does(session, programme):
    original, repeat = pair(session, programme)
    planned(session, repeat)
    warned = [w.starts_at for w in notices.standing(session, SUNDAY, NUI_THANH) if not w.code.startswith("duty")]
    assert warned == [planned(session, original).starts_at]
    air(session, planned(session, original), Status.MISSED)
    row = planned(session, repeat, SUNDAY + DAY / 2)
    warned = [
        w.starts_at for w in notices.standing(session, SUNDAY + DAY / 2, NUI_THANH) if not w.code.startswith("duty")
    ]
    assert warned == [row.starts_at]
    approved(session, "2026-W49")  # the week of the repeat lacks nothing, and that is no matter of its own
    planned(session, repeat, SUNDAY + DAY / 2)
    warned = [
        w.starts_at for w in notices.standing(session, SUNDAY + DAY / 2, NUI_THANH) if not w.code.startswith("duty")
    ]
    assert warned == [row.starts_at]


def test_a_repeat_is_no_edition_of_the_week_it_falls_into(session, programme):
    programme.selection = "rotation"
    approved(session, None).topics = [CRIME]
    pair(session, programme)
    plan.store(session, NOON, NUI_THANH)
    assert duties.met(session, Week(2026, 48), NUI_THANH)[CRIME] == 1
    assert duties.met(session, Week(2026, 49), NUI_THANH)[CRIME] == 0


def test_within_its_week_a_repeat_makes_up_for_what_was_missed(session, programme):
    approved(session, "2026-W48").topics = [CRIME]
    original, _ = pair(session, programme, "FR", "SA")
    air(session, planned(session, original), Status.MISSED)
    assert duties.met(session, Week(2026, 48), NUI_THANH)[CRIME] == 1


def test_a_missed_repeat_is_made_up_for_with_what_it_should_have_repeated(session, programme):
    original, repeat = pair(session, programme)
    air(session, planned(session, original), Status.MISSED)
    row = planned(session, repeat, SUNDAY)
    air(session, row, Status.MISSED)
    approved(session, "2026-W48", title="tuần 48")
    made_up = play(session, row.id, by="lan", now=MONDAY, tz=NUI_THANH, reason="bù")
    assert made_up.title == "An ninh Núi Thành: tuần 48"


def test_what_can_not_be_repeated_is_refused_with_the_reason(session, programme):
    original, repeat = pair(session, programme)
    other = programmes.get(session, "tieng-loa-an-ninh")
    with refused("repeat-programme"):
        slot(session, other, "TU", "05:30", repeat_of=original.id)
    with refused("repeat-chain"):
        slot(session, programme, "TU", "05:30", repeat_of=repeat.id)
    with refused("slot-unknown"):
        slot(session, programme, "TU", "05:30", repeat_of="khong-co")
    third = slot(session, programme, "TU", "05:40")
    for row, of, code in ((third, third, "repeat-itself"), (original, third, "repeat-chain")):
        wanted = Wanted(row.rrule, row.at, override="thử", repeat_of=of.id)
        with refused(code):
            slots.edit(session, row, wanted, version=row.version, now=NOON, tz=NUI_THANH)
    other.relay = {"url": "http://v", "fallback": None, "seconds": 60}
    relay = slot(session, other, "TU", "17:00")
    with refused("repeat-relay"):
        slot(session, other, "TU", "17:10", repeat_of=relay.id)
    assert [offer.id for offer in repeats.offered(session, None)] == [third.id, original.id]
    assert repeats.offered(session, original) == []


@pytest.mark.parametrize("selection", ["weekly", "rotation"])
def test_saving_a_repeat_counts_what_it_will_air(session, programme, selection):
    programme.selection = selection
    for title in ("một", "hai"):
        approved(session, None if selection == "rotation" else "2026-W48", title=title)
    hours.set_for(session, "all", max_repeats=0)

    def add(days, at, of=None):
        wanted = Wanted(f"FREQ=WEEKLY;BYDAY={days}", at, repeat_of=of)
        return slots.add(session, programme, wanted, now=NOON, tz=NUI_THANH)

    original = add("SU,WE", "17:30")
    add("MO", "17:30")
    with refused("hours-refused"):
        add("WE", "18:00" if selection == "rotation" else "17:45", original.id)
    add("MO", "05:30", original.id)  # on that Monday the edition of the week before
    if selection == "weekly":
        with refused("hours-refused"):
            add("MO", "06:00")


def test_a_removed_original_stays_named_until_somebody_chooses_another(session, programme):
    original, repeat = pair(session, programme)
    slots.remove(session, original.id, NOON)
    assert repeats.repeating(session, original.id) == [repeat]
    wanted = Wanted(repeat.rrule, "05:35", override="thử", repeat_of=original.id)
    slots.edit(session, repeat, wanted, version=repeat.version, now=NOON, tz=NUI_THANH)
    assert (repeat.at, repeat.repeat_of) == ("05:35", original.id)


def test_planning_repeats_twice_changes_nothing(session, programme):
    approved(session, "2026-W48")
    _, repeat = pair(session, programme)
    planned(session, repeat)
    session.expunge_all()
    written = statements(session, lambda: plan.store(session, NOON, NUI_THANH))
    assert set(written) == {"SELECT"}


weekly = st.sets(st.sampled_from(DAYS), min_size=1).map(lambda days: ",".join(d for d in DAYS if d in days))
times = st.sampled_from(["05:30", "06:00", "17:00", "17:30"])


@pytest.mark.parametrize("selection", ["weekly", "rotation"])
def test_every_repeat_carries_what_the_last_original_before_it_carried(session, programme, selection):
    """Two weeks, planned every few days, with originals that are missed by chance, against the rows looked through."""
    programme.selection = selection
    for number in range(48, 53):
        approved(session, f"2026-W{number}" if selection == "weekly" else None, title=f"bản {number}")
    own = {b.week: b.id for b in session.scalars(sa.select(Bulletin))}

    @quick(5)
    @given(weekly, times, st.lists(st.tuples(weekly, times), min_size=1, max_size=2), st.integers(0, 99))
    def holds(days, at, again, seed):
        rng = Random(seed)
        with session.begin_nested() as undone:
            original = slot(session, programme, days, at)
            for more, time in again:
                slot(session, programme, more, time, repeat_of=original.id)
            for day in range(0, 15, 3):
                now = NOON + day * DAY
                past = sa.select(Broadcast).where(Broadcast.starts_at < now, Broadcast.status == Status.READY)
                for row in session.scalars(past.order_by(Broadcast.starts_at)):
                    air(session, row, rng.choice((Status.AIRED, Status.AIRED, Status.MISSED)))
                plan.store(session, now, NUI_THANH, now - 3 * DAY)
                rows = list(session.scalars(sa.select(Broadcast).order_by(Broadcast.starts_at)))
                originals = [row for row in rows if row.slot_id == original.id]
                for row in rows:
                    before = [o for o in originals if o.starts_at < row.starts_at]
                    if row.slot_id == original.id or (before and row.status != Status.READY):
                        continue  # what is over followed what stood then
                    last = before[-1] if before else None
                    assert row.repeats_at == (last and last.starts_at)
                    if last:
                        assert row.bulletin_id == last.bulletin_id
                    elif selection == "weekly":
                        assert row.bulletin_id == own[str(week_of(row.starts_at, NUI_THANH))]
            undone.rollback()
        session.expire_all()

    holds()
