"""What the log adds up to."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from broadcaster import totals
from broadcaster.database import migrate, open_engine
from broadcaster.models import Broadcast, Bulletin, Programme
from broadcaster.totals import Remembered, Sums
from tests.broadcaster.logged import TZ, at, line

NOW = at("2026-11-26 09:00")


@pytest.fixture
def session():
    engine = open_engine("sqlite://", lasting=False)
    migrate(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def test_a_year_counts_what_was_heard_cut_missed_and_on_time(session):
    session.add_all(
        [
            line("2026-11-20 17:30", began=0.004),
            line("2026-11-20 05:30", began=-1.0),
            line("2026-11-21 05:30", began=1.5, outcome="cut", seconds=60),
            line("2026-11-21 17:30", began=None, outcome="missed"),
            line("2026-11-21 17:31", began=None, outcome="failed"),
            line("2026-11-21 09:00", began=40.0, kind="queue", seconds=30),
            line("2026-11-21 09:10", began=None, kind="queue", outcome="withdrawn"),
            line("2025-12-31 23:59"),
        ]
    )
    year = totals.of_year(session, 2026, TZ)
    assert year.days == {
        date(2026, 11, 20): Sums(broadcasts=2, aired=2, seconds=1200, timed=2, on_time=2),
        date(2026, 11, 21): Sums(broadcasts=4, aired=1, cut=1, missed=2, seconds=90, timed=1, on_time=0),
    }
    assert year.month(11) == year.whole
    assert year.whole.rate == pytest.approx(2 / 3)
    assert year.month(1) == Sums()
    assert year.month(1).rate is None


def test_a_day_is_the_stations_own(session):
    session.add(line("2026-01-01 05:30"))  # still the old year in Greenwich
    assert list(totals.of_year(session, 2026, TZ).days) == [date(2026, 1, 1)]
    assert totals.of_year(session, 2025, TZ).days == {}


def test_the_years_of_the_log_are_named_newest_first(session):
    assert totals.years(session, TZ) == []
    session.add_all([line("2024-06-01 05:30"), line("2026-01-01 05:30")])
    assert totals.years(session, TZ) == [2026, 2025, 2024]


def aired_bulletin(session, when, *topics):
    programme = Programme(slug=when, name="P")
    session.add(programme)
    session.flush()
    bulletin = Bulletin(
        programme_id=programme.id, title="t", text="t", author="lan", topics=list(topics), created_at=NOW
    )
    session.add(bulletin)
    session.flush()
    session.add(
        Broadcast(
            kind="scheduled", title="t", bulletin_id=bulletin.id, starts_at=at(when), status="aired", created_at=NOW
        )
    )
    session.add(line(when))
    session.flush()


def test_every_week_that_is_over_says_what_it_carried(session):
    aired_bulletin(session, "2026-11-06 17:30", "crime", "deeds")
    aired_bulletin(session, "2026-11-20 17:30", "crime")
    aired_bulletin(session, "2026-11-25 17:30", "crime")  # this week is not over
    found = {str(week): by for week, by in totals.weeks(session, 2026, NOW, TZ).items()}
    assert found == {
        "2026-W45": {"crime": 1, "deeds": 1},
        "2026-W46": {"crime": 0, "deeds": 0},
        "2026-W47": {"crime": 1, "deeds": 0},
    }


def test_a_station_without_a_log_has_missed_nothing(session):
    assert totals.weeks(session, 2026, NOW, TZ) == {}


def test_sums_are_kept_until_the_log_has_a_new_line(session, monkeypatch):
    remembered, asked = Remembered(), []
    real = totals.of_year
    monkeypatch.setattr(totals, "of_year", lambda *args: asked.append(1) or real(*args))
    session.add(line("2026-11-20 17:30"))
    session.flush()
    first = remembered.look(session, 2026, NOW, TZ)
    assert remembered.look(session, 2026, NOW, TZ) == first
    assert len(asked) == 1
    session.add(line("2026-11-21 17:30"))
    session.flush()
    assert remembered.look(session, 2026, NOW, TZ)[0].whole.broadcasts == 2
    remembered.look(session, 2026, NOW + timedelta(weeks=1), TZ)
    assert len(asked) == 3
