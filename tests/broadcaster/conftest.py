"""What most tests of these rooms begin with: a transaction on the seeded database, and what stands in it."""

import pytest

from broadcaster import programmes, timetable


@pytest.fixture
def session(sessions):
    with sessions.begin() as session:
        yield session


@pytest.fixture
def programme(session):
    return programmes.get(session, "an-ninh-nui-thanh")


@pytest.fixture
def friday(session):
    return next(row for row in timetable.slot_rows(session) if row.rrule.endswith("FR"))
