"""The trail of changes."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from broadcaster import accounts, audit, bulletins, hours, programmes
from broadcaster.clock import VirtualClock
from broadcaster.columns import Base
from broadcaster.database import factory, migrate, open_engine
from broadcaster.models import User
from broadcaster.models_care import Trail

NOW = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
PASSWORD = "một câu thật dài"


@pytest.fixture
def sessions(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'a.db'}", lasting=False)
    migrate(engine)
    made = factory(engine)
    with made.begin() as session:
        programmes.seed(session, NOW)
    audit.act_as(made, "lan", VirtualClock(NOW))
    yield made
    engine.dispose()


def newest(sessions, count=1):
    with sessions() as session:
        return audit.page(session, count)[0]


def test_every_table_is_either_watched_or_known_not_to_be_edited_by_people():
    tables = set(Base.metadata.tables)
    assert tables - audit.WATCHED - audit.UNWATCHED == set(), "say in broadcaster/audit.py whether people edit it"
    assert not audit.WATCHED & audit.UNWATCHED


def test_a_new_account_is_noted_without_its_password(sessions):
    with sessions.begin() as session:
        accounts.add_user(session, "minh", PASSWORD, ["approver"], NOW)
        hashed = session.query(User).one().password_hash
    (line,) = newest(sessions)
    assert (line.by, line.at, line.what, line.kind, line.name) == ("lan", NOW, "added", "user", "minh")
    assert ("password_hash", None, audit.HIDDEN) in line.fields
    with sessions() as session:
        everything = str([(t.before, t.after) for t in session.query(Trail)])
    assert hashed not in everything
    assert PASSWORD not in everything


def test_a_changed_password_is_noted_but_not_shown(sessions):
    with sessions.begin() as session:
        user = accounts.add_user(session, "minh", PASSWORD, ["approver"], NOW)
    with sessions.begin() as session:
        session.get_one(User, user.id).password_hash = "khác"
    assert newest(sessions)[0].fields == (("password_hash", audit.HIDDEN, audit.HIDDEN),)


def test_a_change_tells_before_and_after(sessions):
    with sessions.begin() as session:
        hours.set_for(session, "all", max_minutes=90)
    with sessions.begin() as session:
        hours.set_for(session, "all", max_minutes=60)
    (line,) = newest(sessions)
    assert (line.what, line.kind, line.name, line.fields) == ("changed", "hours", "all", (("max_minutes", 90, 60),))


def test_of_a_long_text_the_part_that_differs_is_kept(sessions):
    with sessions.begin() as session:
        accounts.add_user(session, "lan", PASSWORD, ["author"], NOW)
        programme = programmes.listed(session)[0]
        text = "Bà con chú ý. " * 2000
        row = bulletins.add(session, programme, text=text, week=None, title="Tin", by="lan", now=NOW)
    with sessions.begin() as session:
        row = bulletins.get(session, row.id)
        bulletins.edit(session, row, text=f"{text[:9000]}KHẨN {text[9000:]}", week=None, title="Tin", by="lan", now=NOW)
    (line,) = newest(sessions)
    (before, after) = next((b, a) for name, b, a in line.fields if name == "text")
    assert "KHẨN" in after
    assert "KHẨN" not in before
    assert len(before) + len(after) < 500


@given(st.text("ab", max_size=1500), st.text("ab", max_size=1500))
def test_what_is_kept_of_two_texts_is_short_and_differs_where_they_do(old, new):
    before, after = audit._differing(old, new)
    assert len(before) <= 2 * audit.LONGEST + 2
    assert len(after) <= 2 * audit.LONGEST + 2
    if old != new and max(len(old), len(new)) <= audit.LONGEST:
        assert before != after


def test_what_is_rolled_back_leaves_no_trail(sessions):
    before = newest(sessions)
    with sessions() as session:
        hours.set_for(session, "all", max_minutes=1)
        session.flush()
        session.rollback()
    assert newest(sessions) == before


def test_what_the_station_writes_itself_is_by_the_station(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'b.db'}", lasting=False)
    migrate(engine)
    made = factory(engine)
    with made.begin() as session:
        programmes.seed(session, NOW)
    assert {line.by for line in newest(made, 99)} == {audit.STATION}
    engine.dispose()


@pytest.mark.parametrize("verb", [sa.update(Trail).values(by="ai đó"), sa.delete(Trail)])
def test_the_trail_can_be_neither_changed_nor_deleted(sessions, verb):
    with pytest.raises(sa.exc.IntegrityError, match="append-only"), sessions.begin() as session:
        session.execute(verb)


def test_pages_follow_each_other_and_can_be_narrowed(sessions):
    for minutes in range(5):
        with sessions.begin() as session:
            hours.set_for(session, "all", max_minutes=60 + minutes)
    with sessions() as session:
        first, older = audit.page(session, 3, kind="hours", by="lan")
        second, end = audit.page(session, 3, kind="hours", by="lan", before=older)
        assert audit.page(session, 3, kind="user") == ([], None)
        assert {"lan", audit.STATION} == set(audit.people(session))
    assert (len(first), len(second), end) == (3, 2, None)
    assert len({line.id for line in first + second}) == 5
