"""Accounts, their roles and passwords, and links for people who have forgotten."""

from contextlib import suppress
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from broadcaster import accounts, audit, links
from broadcaster.columns import Base
from broadcaster.errors import BroadcasterError
from broadcaster.models import User
from broadcaster.models_care import Invite, Trail
from tests.broadcaster.helpers import refused
from tests.broadcaster.test_audit import NOW, sessions  # noqa: F401 - a fixture

PASSWORD, OTHER = "một câu thật dài", "một câu khác hẳn"


@pytest.fixture
def session(sessions):  # noqa: F811
    with sessions() as session:
        accounts.add_user(session, "chu", PASSWORD, ["admin"], NOW)
        accounts.add_user(session, "lan", PASSWORD, ["author"], NOW)
        yield session


def trail(session):
    session.flush()
    return session.scalars(sa.select(Trail).order_by(Trail.id)).all()


def test_the_last_administrator_is_neither_closed_nor_loses_the_role(session):
    for step in (lambda: accounts.disable_user(session, "chu"), lambda: accounts.set_roles(session, "chu", ["author"])):
        with refused("last-admin"):
            step()
    accounts.set_roles(session, "lan", ["author", "admin"])
    assert accounts.set_roles(session, "chu", ["operator"]).roles == ["operator"]
    with refused("last-admin"):
        accounts.disable_user(session, "lan")


def test_a_closed_administrator_does_not_count(session):
    accounts.set_roles(session, "lan", ["admin"])
    accounts.disable_user(session, "lan")
    with refused("last-admin"):
        accounts.set_roles(session, "chu", ["author"])
    accounts.enable_user(session, "lan")
    assert accounts.set_roles(session, "chu", ["author"]).roles == ["author"]


STEPS = st.tuples(st.sampled_from("abc"), st.sampled_from(["close", "open", "admin", "author"]))


@pytest.fixture(scope="module")
def tables():
    engine = sa.create_engine("sqlite://")
    Base.metadata.create_all(engine, [Base.metadata.tables[name] for name in ("user", "invite")])
    yield engine
    engine.dispose()


@settings(deadline=None)
@given(st.lists(STEPS, max_size=12))
def test_whatever_is_tried_somebody_is_left_who_gives_roles(tables, tried):
    with Session(tables) as session:
        session.add_all(User(name=name, password_hash="-", roles=["admin"], created_at=NOW) for name in "abc")
        session.flush()
        for name, step in tried:
            with suppress(BroadcasterError):
                if step == "close":
                    accounts.disable_user(session, name)
                elif step == "open":
                    accounts.enable_user(session, name)
                else:
                    accounts.set_roles(session, name, [step])
            session.flush()
            assert any("admin" in user.roles and not user.disabled for user in accounts.list_users(session))


def test_an_account_opened_again_has_its_old_password(session):
    accounts.disable_user(session, "lan")
    assert accounts.authenticate(session, "lan", PASSWORD) is None
    accounts.enable_user(session, "lan")
    assert accounts.authenticate(session, "lan", PASSWORD)


def test_the_second_of_two_who_give_roles_is_told(session):
    seen = accounts.get_user(session, "lan").version
    accounts.set_roles(session, "lan", ["approver"], seen)
    with refused("user-changed"):
        accounts.set_roles(session, "lan", ["operator"], seen)
    assert accounts.get_user(session, "lan").roles == ["approver"]


def test_an_account_without_a_password_is_entered_by_link_alone(session):
    accounts.add_user(session, "moi", None, ["author"], NOW)
    assert accounts.authenticate(session, "moi", "") is None
    token = links.offer(session, "moi", NOW)
    links.redeem(session, token, "ignored", OTHER, NOW)
    assert accounts.authenticate(session, "moi", OTHER)
    assert accounts.find_user(session, "ignored") is None


def test_a_link_serves_one_person_once_and_for_a_day(session):
    token = links.offer(session, "lan", NOW)
    assert links.find(session, token, NOW + links.LIFE) is None
    with refused("password-weak"):
        links.redeem(session, token, "", "lan", NOW)
    session.rollback()  # as a request does: the link lives on


def test_a_used_link_is_dead_and_the_old_password_with_it(session):
    token = links.offer(session, "lan", NOW)
    assert accounts.authenticate(session, "lan", PASSWORD), "until the link is used"
    links.redeem(session, token, "", OTHER, NOW)
    with refused("link-dead"):
        links.redeem(session, token, "", PASSWORD, NOW)
    assert accounts.authenticate(session, "lan", PASSWORD) is None
    assert accounts.authenticate(session, "lan", OTHER)


@pytest.mark.parametrize(
    "ending",
    [
        lambda s: links.offer(s, "lan", NOW),
        lambda s: accounts.set_password(s, accounts.get_user(s, "lan"), OTHER),
        lambda s: accounts.disable_user(s, "lan"),
    ],
)
def test_a_link_ends_with_a_newer_one_another_password_or_the_account(session, ending):
    token, others = links.offer(session, "lan", NOW), links.offer(session, "chu", NOW)
    ending(session)
    assert links.find(session, token, NOW + timedelta(minutes=1)) is None
    assert links.find(session, others, NOW + timedelta(minutes=1)), "nobody else's"


def test_a_closed_account_gets_no_link(session):
    accounts.disable_user(session, "lan")
    with refused("user-locked"):
        links.offer(session, "lan", NOW)


def test_all_of_it_stands_in_the_trail_and_neither_password_nor_link(session):
    accounts.set_roles(session, "lan", ["author", "approver"])
    token = links.offer(session, "lan", NOW)
    links.redeem(session, token, "", OTHER, NOW)
    accounts.disable_user(session, "lan")
    session.flush()
    accounts.enable_user(session, "lan")
    rows = [row for row in trail(session) if row.name == "lan"]
    assert [(row.what, row.kind, sorted(row.after)) for row in rows[1:]] == [
        ("changed", "user", ["roles"]),
        ("added", "invite", ["expires_at", "name", "token_hash"]),
        ("changed", "user", ["password_hash"]),
        ("changed", "user", ["disabled"]),
        ("changed", "user", ["disabled"]),
    ]
    everything = str([(row.row, row.name, row.before, row.after) for row in rows])
    kept = [session.scalars(sa.select(Invite.token_hash)).one(), accounts.get_user(session, "lan").password_hash]
    assert not [secret for secret in (token, OTHER, PASSWORD, *kept) if secret in everything]
    assert audit.HIDDEN in everything
