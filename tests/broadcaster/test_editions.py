"""Which edition airs: this week's, what stands in for it, nothing that has expired; and rotations."""

from datetime import date, timedelta

from broadcaster import bulletins, editions, plan, slots
from broadcaster.models import Broadcast
from broadcaster.slots import Wanted
from tests.broadcaster.helpers import approved, recording
from tests.conftest import NOON
from tests.schedules.made import NUI_THANH


def chosen(session, programme, days=0):
    edition = editions.choose(session, programme, NOON + timedelta(days=days), NUI_THANH)
    return edition and edition.title


def test_an_expired_edition_refuses_to_air_on_the_day_after(session, programme):
    approved(session, "2026-W48", title="tuần 48").expires = date(2026, 11, 25)
    session.flush()
    assert [chosen(session, programme, days) for days in (0, 1, 2)] == ["tuần 48", "tuần 48", None]


def test_an_expired_edition_is_not_repeated_either(session, programme):
    approved(session, "2026-W46", title="tuần 46")
    approved(session, "2026-W47", title="tuần 47").expires = date(2026, 11, 22)
    session.flush()
    assert chosen(session, programme) == "tuần 46"


def test_the_repeat_of_a_week_airs_the_same_edition(session, programme):
    approved(session, "2026-W48", title="tuần 48")
    plan.store(session, NOON, NUI_THANH)
    used = {b.bulletin_id for b in session.query(Broadcast) if b.programme_id == programme.id}
    assert len(used) == 1


def test_a_rotation_airs_what_was_least_recently_aired(session, programme):
    programme.selection = "rotation"
    for title in ("khóa cửa", "đội mũ", "báo 113"):
        approved(session, None, title=title)
    daily = Wanted("FREQ=DAILY", "05:45", override="xen kẽ")
    slots.add(session, programme, daily, now=NOON, tz=NUI_THANH)
    plan.store(session, NOON, NUI_THANH)
    rows = session.query(Broadcast).filter_by(programme_id=programme.id).order_by(Broadcast.starts_at)
    titles = [b.title.removeprefix("An ninh Núi Thành: ") for b in rows]
    assert len(titles) >= 7
    assert all(len(set(titles[n : n + 3])) == 3 for n in range(len(titles) - 2))
    plan.store(session, NOON, NUI_THANH)
    assert [b.title for b in rows] == [f"An ninh Núi Thành: {title}" for title in titles]


def test_a_recording_stands_in_when_nothing_is_approved(session, programme):
    music = recording(session, "nhạc dân ca", 90.0)
    programme.fallback, programme.fallback_recording = "recording", music.sha256
    plan.store(session, NOON, NUI_THANH)
    row = session.query(Broadcast).filter_by(programme_id=programme.id).order_by(Broadcast.starts_at).first()
    assert (row.recording, row.status, row.note) == (music.sha256, "ready", "fallback-recording")
    assert (row.bulletin_id, row.text_sha256, row.approved_by) == (None, None, None)
    assert bulletins.released(session, row.bulletin_id, row.recording)
    approved(session, "2026-W48", title="tuần 48")
    plan.store(session, NOON, NUI_THANH)
    assert row.title == "An ninh Núi Thành: tuần 48"
    assert row.note is None


def test_a_recording_that_stands_in_and_is_broken_is_not_played(session, programme):
    music = recording(session, "nhạc dân ca")
    programme.fallback, programme.fallback_recording = "recording", music.sha256
    broken = frozenset({music.sha256})
    assert editions.choose(session, programme, NOON, NUI_THANH, without=broken) is None


def test_who_wants_silence_gets_no_old_bulletin(session, programme):
    approved(session, "2026-W47", title="tuần 47")
    approved(session, None, title="lời nhắn")
    programme.fallback = "none"
    assert chosen(session, programme) is None
    approved(session, "2026-W48", title="tuần 48")
    assert chosen(session, programme) == "tuần 48"


def test_a_recording_stands_in_for_an_empty_rotation_too(session, programme):
    music = recording(session, "nhạc dân ca")
    programme.selection, programme.fallback, programme.fallback_recording = "rotation", "recording", music.sha256
    assert chosen(session, programme) == "nhạc dân ca"
    approved(session, None, title="khóa cửa")
    assert chosen(session, programme) == "khóa cửa"
    programme.fallback = "repeat"
    assert chosen(session, programme) == "khóa cửa"
