"""What is kept of slots, periods, changes and editions stands only until one of them is written, by whatever way."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa

from broadcaster import ahead, bulletins, changes, editions, periods, programmes, slots, stamps, timetable
from broadcaster.database import factory, looking, open_engine
from broadcaster.models import Bulletin, SlotRow
from broadcaster.slots import Wanted
from tests.broadcaster.helpers import approved
from tests.conftest import NOON

FRIDAY = NOON.replace(day=27, hour=10, minute=30)
MONTH = timedelta(days=30)
NAMES = tuple(stamps.GROUPS)


def seen(sessions, tz):
    """What a page would show of the coming month: moments, titles and lengths."""
    with looking(sessions) as session:
        return [
            (p.starts_at, p.title, p.ends_at, p.status, p.warnings) for p in ahead.view(session, NOON, NOON + MONTH, tz)
        ]


@pytest.fixture
def elsewhere(settings, sessions):
    """Another process on the same database."""
    other = factory(open_engine(settings.database_url))
    yield other
    other.kw["bind"].dispose()


def first_slot(session):
    return timetable.slot_rows(session)[0]


def said(tz):
    return changes.Said("lan", "mất điện", NOON, tz)


def a_pause(session, tz):
    periods.add(session, reason="lũ", now=NOON, first=date(2026, 11, 27), last=date(2026, 11, 28), by="lan")


def a_new_slot(session, tz):
    wanted = Wanted(rule="FREQ=DAILY", at="17:45", override="thử")
    slots.add(session, programmes.listed(session)[0], wanted, now=NOON, tz=tz, by="lan")


def a_removed_slot(session, tz):
    slots.remove(session, first_slot(session).id, NOON)


def a_cancelled_time(session, tz):
    row = first_slot(session)
    found = timetable.all_occurrences(session, NOON, NOON + MONTH, tz, only=row.id)
    changes.cancel(session, row, found[0].starts_at, said(tz))


def an_approved_text(session, tz):
    approved(session, "2026-W49", seconds=300.0)


def a_withdrawn_text(session, tz):
    row = session.scalars(sa.select(Bulletin).where(Bulletin.week == "2026-W48")).one()
    bulletins.withdraw(session, row, by="minh")


def a_text_changed_behind_our_back(session, tz):
    session.execute(sa.text("UPDATE bulletin SET text = text || ' thêm' WHERE week = '2026-W48'"))


def a_programme_renamed(session, tz):
    programmes.get(session, "an-ninh-nui-thanh").name = "Tên mới"


WRITTEN = [
    a_pause, a_new_slot, a_removed_slot, a_cancelled_time, an_approved_text, a_withdrawn_text,
    a_text_changed_behind_our_back, a_programme_renamed,
]  # fmt: skip


@pytest.mark.parametrize("write", WRITTEN)
def test_what_another_process_writes_is_shown_at_once(sessions, elsewhere, settings, write):
    with sessions.begin() as session:
        approved(session, "2026-W48")
    before = seen(sessions, settings.tz)
    assert seen(sessions, settings.tz) == before
    with elsewhere.begin() as session:
        write(session, settings.tz)
    after = seen(sessions, settings.tz)
    assert after != before
    with monkeypatched_away():
        assert after == seen(sessions, settings.tz)


def monkeypatched_away():
    """As it would be with nothing kept."""
    patch = pytest.MonkeyPatch()
    patch.setattr(stamps, "current", lambda session, group: None)
    return Undone(patch)


class Undone:
    def __init__(self, patch):
        self.patch = patch

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.patch.undo()


def test_what_is_rolled_back_leaves_nothing_behind(sessions, settings):
    before = seen(sessions, settings.tz)
    with sessions() as session:
        a_pause(session, settings.tz)
        assert len(timetable.all_occurrences(session, NOON, NOON + MONTH, settings.tz)) < len(before)
        session.rollback()
    assert seen(sessions, settings.tz) == before


def test_every_write_to_every_table_stamps_anew(sessions):
    with sessions.begin() as session:
        approved(session)
        for name, tables in stamps.GROUPS.items():
            for table in tables:
                verbs = set(
                    session.scalars(
                        sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :t"), {"t": table}
                    )
                )
                assert {f"stamp_{table}_{verb}" for verb in ("insert", "update", "delete")} <= verbs
            stamped = [stamps.current(session, name)]
            for _ in range(3):
                session.execute(sa.text(f'UPDATE "{tables[0]}" SET id = id'))
                stamped.append(stamps.current(session, name))
            assert all(a != b for a, b in pairwise(stamped))


def test_a_migration_that_builds_a_table_anew_does_not_silence_the_stamps(sessions):
    with sessions.kw["bind"].begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER stamp_slot_update")
        stamps.install(connection)
    with sessions.begin() as session:
        was = stamps.current(session, stamps.TIMES)
        session.execute(sa.update(SlotRow).values(rank=3))
        assert stamps.current(session, stamps.TIMES) != was


def test_without_stamps_nothing_is_kept(sessions, settings, monkeypatch):
    monkeypatch.setattr(stamps, "current", lambda session, group: None)
    with looking(sessions) as session:
        assert timetable.book(session) is not timetable.book(session)
    monkeypatch.undo()
    with looking(sessions) as session:
        assert timetable.book(session) is timetable.book(session)


def test_occurrences_put_together_from_weeks_are_those_of_the_window(sessions, settings):
    with sessions.begin() as session:
        a_new_slot(session, settings.tz)
        a_pause(session, settings.tz)
        a_cancelled_time(session, settings.tz)
        held = timetable.book(session)
        for days, length in ((0, 1), (1, 9), (3, 40), (6, 14), (-20, 30), (2, 0)):
            start = NOON + timedelta(days=days, minutes=17)
            end = start + timedelta(days=length)
            found = timetable.all_occurrences(session, start, end, settings.tz)
            assert found == timetable._expanded(held, start, end, settings.tz, None)


def test_a_week_is_looked_up_once_unless_something_expires_in_it(sessions, settings):
    friday, sunday = FRIDAY, FRIDAY + timedelta(days=2)
    with sessions.begin() as session:
        programme = programmes.get(session, "an-ninh-nui-thanh")
        row = approved(session, "2026-W48")
        assert editions.Choices(session, settings.tz).of(programme, friday).bulletin_id == row.id
        assert editions.Choices(session, settings.tz).of(programme, sunday).bulletin_id == row.id
        row.expires = date(2026, 11, 28)
        assert editions.Choices(session, settings.tz).of(programme, friday).bulletin_id == row.id
        assert editions.Choices(session, settings.tz).of(programme, sunday) is None
