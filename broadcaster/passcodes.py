"""Leaders' own passcodes: a person without an account speaks over the loudspeakers. Every try is kept."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from broadcaster import accounts
from broadcaster.columns import Base, new_id
from broadcaster.database import Sessions, looking
from broadcaster.errors import BroadcasterError

NUMBER, SECRET = 3, 9  # digits: whose it is, and what only that person knows
FREE_TRIES = 5  # wrong ones in a row; after that each wrong one doubles the wait
LONGEST_LOCK = timedelta(hours=1)
ENTRY_LIFE = timedelta(minutes=15)  # from the right passcode to the message: time to speak, hear and speak again
LONGEST_NAME = 80


class Passcode(Base):
    """One person's passcode. `number` finds it, only a hash of the rest is kept; `wrong` counts tries in a row."""

    __tablename__ = "passcode"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    secret_hash: Mapped[str]
    by: Mapped[str]
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    wrong: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    used_at: Mapped[datetime | None]


class PasscodeUse(Base):
    """One use or try, never changed (triggers see to it). `entry` is the use that let the person in.

    Outcomes: entered, wrong, unknown, revoked, locked, throttled; then, of an entry: sending, sent, failed.
    """

    __tablename__ = "passcode_use"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    passcode_id: Mapped[str | None] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str]
    address: Mapped[str]
    entry: Mapped[str | None] = mapped_column(index=True)
    broadcast_id: Mapped[str | None]
    at: Mapped[datetime]


def create(session: Session, name: str, by: str, now: datetime) -> tuple[Passcode, str]:
    """A new passcode and its digits, which are never shown again. Raises BroadcasterError leader-empty."""
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        raise BroadcasterError("leader-empty", usage=True)
    taken = set(session.scalars(sa.select(Passcode.number)))
    free = [str(n) for n in range(10 ** (NUMBER - 1), 10**NUMBER) if str(n) not in taken]
    if not free:
        raise BroadcasterError("passcodes-out")
    number = secrets.choice(free)  # not the next one: strangers must not know which exist
    secret = "".join(secrets.choice("0123456789") for _ in range(SECRET))
    row = Passcode(number=number, name=name, secret_hash=accounts.hashed(secret), by=by, created_at=now)
    session.add(row)
    session.flush()
    return row, " ".join(re.findall("...", number + secret))


def listed(session: Session) -> list[Passcode]:
    """Those in force first, then by name."""
    rows = session.scalars(sa.select(Passcode))
    return sorted(rows, key=lambda row: (row.revoked_at is not None, row.name, row.id))


def uses(session: Session, limit: int) -> list[PasscodeUse]:
    """The newest uses and tries, newest first."""
    return list(session.scalars(sa.select(PasscodeUse).order_by(PasscodeUse.id.desc()).limit(limit)))


def revoke(session: Session, passcode_id: str, now: datetime) -> Passcode:
    """Never valid again; whoever is inside with it is out. Raises BroadcasterError passcode-unknown."""
    row = session.get(Passcode, passcode_id)
    if row is None:
        raise BroadcasterError("passcode-unknown", usage=True)
    row.revoked_at = row.revoked_at or now
    return row


def enter(sessions: Sessions, digits: str, address: str, now: datetime) -> str:
    """The id of the entry a right passcode opens. Every try is kept, also those that are refused.

    Raises BroadcasterError passcode-wrong, passcode-locked.
    """
    digits = re.sub(r"[\s.-]", "", digits)
    number, secret = digits[:NUMBER], digits[NUMBER:]
    with sessions.begin() as session:  # a try is counted before it is looked at: many at once gain nothing
        row = session.scalar(sa.select(Passcode).where(Passcode.number == number))
        locked = row.locked_until if row and row.locked_until and row.locked_until > now else None
        if row and not row.revoked_at and not locked:
            row.wrong += 1
            if row.wrong >= FREE_TRIES:
                row.locked_until = now + min(timedelta(minutes=1) * 2 ** (row.wrong - FREE_TRIES), LONGEST_LOCK)
    right = not locked and accounts.fits(row.secret_hash if row else None, secret)
    outcome = _outcome(row, locked is not None, right)
    with sessions.begin() as session:
        use = note(session, row, outcome, address, now)
        if row and outcome == "entered":
            session.execute(
                sa.update(Passcode).where(Passcode.id == row.id).values(wrong=0, locked_until=None, used_at=now)
            )
    if locked:
        raise BroadcasterError("passcode-locked", until=locked)
    if outcome != "entered":
        raise BroadcasterError("passcode-wrong")
    return use.id


def _outcome(row: Passcode | None, locked: bool, right: bool) -> str:
    if row is None:
        return "unknown"
    if row.revoked_at:
        return "revoked"
    if locked:
        return "locked"
    return "entered" if right else "wrong"


def note(
    session: Session,
    row: Passcode | None,
    outcome: str,
    address: str,
    now: datetime,
    *,
    entry: str | None = None,
    broadcast_id: str | None = None,
) -> PasscodeUse:
    """A line in the log of uses."""
    use = PasscodeUse(
        passcode_id=row.id if row else None,
        name=row.name if row else "",
        outcome=outcome,
        address=address,
        entry=entry,
        broadcast_id=broadcast_id,
        at=now,
    )
    session.add(use)
    session.flush()
    return use


def inside(session: Session, entry: str, now: datetime) -> Passcode:
    """Whose entry this is, while it holds: not too old, not used for a message yet, not revoked.

    Raises BroadcasterError entry-over.
    """
    use = session.get(PasscodeUse, entry)
    if use and use.outcome == "entered" and timedelta(0) <= now - use.at < ENTRY_LIFE:
        spent = session.scalar(sa.select(PasscodeUse.id).where(PasscodeUse.entry == entry).limit(1))
        row = session.get_one(Passcode, use.passcode_id)
        if not spent and not row.revoked_at:
            return row
    raise BroadcasterError("entry-over")


def who(sessions: Sessions, entry: str, now: datetime) -> Passcode:
    """The same for somebody who only looks."""
    with looking(sessions) as session:
        return inside(session, entry, now)


def spend(sessions: Sessions, entry: str, address: str, now: datetime) -> Passcode:
    """Use an entry up for one message; a second time it is over. Raises BroadcasterError entry-over."""
    with sessions.begin() as session:
        row = inside(session, entry, now)
        note(session, row, "sending", address, now, entry=entry)
        return row


def sender(row: Passcode) -> str:
    """As the log names this person."""
    return f"lãnh đạo: {row.name}"
