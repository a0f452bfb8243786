"""People: accounts, roles, passwords and the one-time links that make the first account."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy.orm import Session

from broadcaster.errors import BroadcasterError
from broadcaster.models import User
from broadcaster.models_care import Invite

ROLES = ("author", "approver", "operator", "admin")
SHORTEST_PASSWORD = 8  # characters; NIST SP 800-63B section 3.1.1.2 asks for no less
LINK_LIFE = timedelta(hours=24)

LONGEST_NAME = 80  # characters
_hasher = PasswordHasher()


def expect_name(name: str) -> None:
    """A name of one short line, as lists and logs can show it. Raises BroadcasterError name-bad."""
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise BroadcasterError("name-bad", usage=True, most=LONGEST_NAME)


def add_user(session: Session, name: str, password: str, roles: Iterable[str], now: datetime) -> User:
    """A new account. Raises BroadcasterError name-taken, name-empty, name-bad, role-unknown or password-weak."""
    name, roles = name.strip(), list(roles)
    if not name:
        raise BroadcasterError("name-empty", usage=True)
    expect_name(name)
    if unknown := [r for r in roles if r not in ROLES] or ([] if roles else [""]):
        raise BroadcasterError("role-unknown", usage=True, role=unknown[0], roles=", ".join(ROLES))
    if find_user(session, name):
        raise BroadcasterError("name-taken", name=name)
    if len(password) < SHORTEST_PASSWORD or password.casefold() == name.casefold():
        raise BroadcasterError("password-weak", least=SHORTEST_PASSWORD)
    user = User(name=name, password_hash=_hasher.hash(password), roles=sorted(set(roles)), created_at=now)
    session.add(user)
    session.flush()
    return user


def find_user(session: Session, name: str) -> User | None:
    return session.scalar(sa.select(User).where(User.name == name.strip()))


def list_users(session: Session) -> list[User]:
    return list(session.scalars(sa.select(User).order_by(User.name)))


def disable_user(session: Session, name: str) -> User:
    """Close an account. Raises BroadcasterError user-unknown, last-admin."""
    user = find_user(session, name)
    if user is None:
        raise BroadcasterError("user-unknown", usage=True, name=name)
    others = [u for u in list_users(session) if "admin" in u.roles and not u.disabled and u.id != user.id]
    if "admin" in user.roles and not others:
        raise BroadcasterError("last-admin", name=name)
    user.disabled = True
    return user


def authenticate(session: Session, name: str, password: str) -> User | None:
    """The account, when name and password fit and it is open."""
    user = find_user(session, name)
    right = fits(user.password_hash if user else None, password)
    return user if user and right and not user.disabled else None


def hashed(secret: str) -> str:
    """What is kept of a password or passcode."""
    return _hasher.hash(secret)


def fits(kept: str | None, secret: str) -> bool:
    """Whether this is the secret; where nothing is kept, the answer takes as long, and is no."""
    try:
        _hasher.verify(kept or _nobody(), secret)
    except VerificationError:
        return False
    return kept is not None


@cache
def _nobody() -> str:
    """A hash to check for unknown names, so that they take as long as known ones."""
    return _hasher.hash(secrets.token_hex())


def require(session: Session, name: str, *roles: str) -> User:
    """The open account of this name, holding one of the roles. Raises BroadcasterError user-unknown, not-allowed."""
    user = find_user(session, name)
    if user is None or user.disabled:
        raise BroadcasterError("user-unknown", usage=True, name=name)
    if not set(roles) & set(user.roles):
        raise BroadcasterError("not-allowed", name=name, role=roles[0])
    return user


def nobody_yet(session: Session) -> bool:
    return session.scalar(sa.select(sa.func.count()).select_from(User)) == 0


def invite(session: Session, roles: Iterable[str], now: datetime) -> str:
    """A fresh one-time token; unused older ones stop working."""
    session.execute(sa.delete(Invite).where(Invite.used_at.is_(None)))
    token = secrets.token_urlsafe(24)
    session.add(Invite(token_hash=_digest(token), roles=list(roles), expires_at=now + LINK_LIFE))
    return token


def invited_roles(session: Session, token: str, now: datetime) -> list[str] | None:
    """The roles a token still gives, or None when it is unknown, used or too old."""
    row = session.get(Invite, _digest(token))
    return list(row.roles) if row and row.used_at is None and row.expires_at > now else None


def redeem(session: Session, token: str, name: str, password: str, now: datetime) -> User:
    """Use a one-time token up for an account. Raises BroadcasterError link-dead and those of add_user."""
    roles = invited_roles(session, token, now)
    if roles is None:
        raise BroadcasterError("link-dead")
    user = add_user(session, name, password, roles, now)
    session.get_one(Invite, _digest(token)).used_at = now
    return user


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
