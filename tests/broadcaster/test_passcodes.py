"""Leaders' passcodes: one person's, hashed, limited in tries, revocable, and every use is kept."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from broadcaster import passcodes
from broadcaster.database import looking
from broadcaster.errors import BroadcasterError
from broadcaster.passcodes import ENTRY_LIFE, FREE_TRIES, LONGEST_LOCK, Passcode
from tests.conftest import NOON

MINUTE = timedelta(minutes=1)


@pytest.fixture
def code(sessions):
    with sessions.begin() as session:
        return passcodes.create(session, "Trần Văn Bình, Chủ tịch", "sep", NOON)[1]


def enter(sessions, code, now=NOON):
    return passcodes.enter(sessions, code, "10.0.0.7", now)


def refused(sessions, code, now=NOON):
    with pytest.raises(BroadcasterError) as error:
        enter(sessions, code, now)
    return error.value.code


def wrong(code):
    return code[:-1] + str((int(code[-1]) + 1) % 10)


def outcomes(sessions):
    with looking(sessions) as session:
        return [(use.name, use.outcome) for use in reversed(passcodes.uses(session, 100))]


def test_the_digits_are_nowhere_in_the_database(sessions, code):
    with looking(sessions) as session:
        row = session.scalars(sa.select(Passcode)).one()
    assert row.secret_hash.startswith("$argon2id$")
    assert code.replace(" ", "")[passcodes.NUMBER :] not in str(vars(row))


def test_a_right_passcode_lets_in_however_its_digits_are_grouped(sessions, code):
    for typed in (code, code.replace(" ", ""), code.replace(" ", "-")):
        assert passcodes.who(sessions, enter(sessions, typed), NOON).name == "Trần Văn Bình, Chủ tịch"


@pytest.mark.parametrize("typed", ["", "abc", "000 000 000 000", "٣" * 12, "1" * 5000])
def test_what_is_no_passcode_is_refused_and_kept(sessions, code, typed):
    assert refused(sessions, typed) == "passcode-wrong"
    assert outcomes(sessions) == [("", "unknown")]


def test_after_five_wrong_tries_even_the_right_one_waits_and_the_wait_doubles(sessions, code):
    now = NOON
    for _ in range(FREE_TRIES):
        assert refused(sessions, wrong(code), now) == "passcode-wrong"
    assert refused(sessions, code, now) == "passcode-locked"
    now += MINUTE
    assert refused(sessions, wrong(code), now) == "passcode-wrong"
    assert refused(sessions, code, now + 1.9 * MINUTE) == "passcode-locked"
    assert enter(sessions, code, now + 2 * MINUTE)
    assert refused(sessions, wrong(code), now + 2 * MINUTE) == "passcode-wrong"  # and the count begins anew
    assert enter(sessions, code, now + 2 * MINUTE)


def test_no_wait_is_longer_than_an_hour(sessions, code):
    now = NOON
    for _ in range(FREE_TRIES + 20):
        refused(sessions, wrong(code), now)
        now += LONGEST_LOCK
    assert enter(sessions, code, now)


def test_a_guesser_gets_few_tries_a_day(sessions, code):
    tried = 0
    for quarter in range(24 * 4):
        tried += refused(sessions, wrong(code), NOON + quarter * 15 * MINUTE) == "passcode-wrong"
    assert tried < 40  # of a thousand million


def test_a_revoked_passcode_and_whoever_is_inside_with_it_are_out(sessions, code):
    entry = enter(sessions, code)
    with sessions.begin() as session:
        passcodes.revoke(session, session.scalars(sa.select(Passcode)).one().id, NOON)
    assert refused(sessions, code) == "passcode-wrong"
    with pytest.raises(BroadcasterError, match="entry-over"):
        passcodes.who(sessions, entry, NOON)
    assert [outcome for _, outcome in outcomes(sessions)] == ["entered", "revoked"]


def test_an_entry_is_good_for_one_message_and_a_quarter_of_an_hour(sessions, code):
    entry = enter(sessions, code)
    passcodes.spend(sessions, entry, "10.0.0.7", NOON)
    for over in (entry, "khong-co", ""):
        with pytest.raises(BroadcasterError, match="entry-over"):
            passcodes.spend(sessions, over, "10.0.0.7", NOON)
    later = enter(sessions, code)
    with pytest.raises(BroadcasterError, match="entry-over"):
        passcodes.who(sessions, later, NOON + ENTRY_LIFE)


@pytest.mark.parametrize("change", ["UPDATE passcode_use SET outcome = 'sent'", "DELETE FROM passcode_use"])
def test_the_log_of_uses_is_never_changed(sessions, code, change):
    enter(sessions, code)
    with sessions() as session, pytest.raises(sa.exc.DBAPIError, match="append-only"):
        session.execute(sa.text(change))


def test_a_passcode_needs_a_name(sessions):
    with sessions.begin() as session, pytest.raises(BroadcasterError, match="leader-empty"):
        passcodes.create(session, "  ", "sep", NOON)
