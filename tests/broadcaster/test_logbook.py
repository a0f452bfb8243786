"""Looking things up in the log."""

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from broadcaster import logbook
from broadcaster.database import migrate, open_engine
from broadcaster.logbook import NO_PROGRAMME, Wanted
from broadcaster.models_station import AsRun
from tests.broadcaster.logged import at, line


@pytest.fixture(scope="module")
def engine():
    engine = open_engine("sqlite://", lasting=False)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine):
    with Session(engine) as session:
        yield session
        session.rollback()


def add(session, *lines):
    session.add_all(lines)
    session.flush()
    return [row.id for row in lines]


def ids(page):
    return [e.id for e in page.entries]


def test_the_newest_page_comes_first_and_knows_what_is_older(session):
    a, b, c = add(session, *(line(f"2026-11-2{n} 17:30") for n in (1, 2, 3)))
    page = logbook.page(session, Wanted(), 2)
    assert (ids(page), page.older, page.newer) == ([c, b], b, None)
    page = logbook.page(session, Wanted(), 2, before=page.older)
    assert (ids(page), page.older, page.newer) == ([a], None, a)


@settings(max_examples=40, deadline=None)
@given(minutes=st.lists(st.integers(0, 5), max_size=14), size=st.integers(1, 5))
def test_turning_pages_shows_every_line_once_and_back_again(engine, minutes, size):
    """Also when many lines share one instant."""
    with Session(engine) as session:
        add(session, *(line(f"2026-11-21 17:3{m}") for m in minutes))
        order = session.scalars(sa.select(AsRun.id).order_by(AsRun.planned_at.desc(), AsRun.id.desc())).all()
        page, seen = logbook.page(session, Wanted(), size), []
        while True:
            seen += ids(page)
            if page.older is None:
                break
            page = logbook.page(session, Wanted(), size, before=page.older)
        assert seen == order
        back = ids(page)
        while page.newer is not None:
            page = logbook.page(session, Wanted(), size, after=page.newer)
            back = ids(page) + back
        assert back == order
        session.rollback()


def test_programme_outcome_and_dates_narrow_it_down(session):
    mine = add(session, line("2026-11-21 17:30", programme_id="p"), line("2026-11-22 17:30", programme_id="p"))
    missed = add(session, line("2026-11-22 05:30", began=None, outcome="missed", programme_id="p"))
    queued = add(session, line("2026-11-22 09:00", kind="queue"))
    assert ids(logbook.page(session, Wanted(programme="p", outcome="aired"), 9)) == mine[::-1]
    assert ids(logbook.page(session, Wanted(outcome="missed"), 9)) == missed
    assert ids(logbook.page(session, Wanted(programme=NO_PROGRAMME), 9)) == queued
    day = Wanted(start=at("2026-11-22 00:00"), end=at("2026-11-22 17:30"))
    assert [e.id for e in logbook.every(session, day)] == missed + queued


def test_an_unknown_line_to_go_on_from_is_as_if_none_were_named(session):
    (only,) = add(session, line("2026-11-21 17:30"))
    assert ids(logbook.page(session, Wanted(), 2, before="khong-co")) == [only]
    assert ids(logbook.page(session, Wanted(), 2, after="khong-co")) == [only]


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(),
        Wanted(programme="p"),
        Wanted(programme=NO_PROGRAMME),
        Wanted(outcome="missed"),
        Wanted(programme="p", outcome="aired"),
        Wanted(start=at("2026-01-01 00:00"), programme="p"),
    ],
)
def test_a_page_is_read_along_an_index_and_never_sorted(session, wanted):
    seen = []

    def note(_connection, _cursor, statement, parameters, *_):
        seen.append((statement, parameters))

    (mark,) = add(session, line("2026-11-21 17:30"))
    sa.event.listen(session.get_bind(), "before_cursor_execute", note)
    logbook.page(session, wanted, 50, before=mark)
    sa.event.remove(session.get_bind(), "before_cursor_execute", note)
    raw = session.connection().connection.cursor()
    statement, parameters = next(one for one in seen if "ORDER BY as_run" in one[0])
    steps = " / ".join(row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))
    assert "USING INDEX ix_as_run_" in steps
    assert "TEMP B-TREE" not in steps
