"""People: accounts, their roles and passwords. Links with which people set their own: broadcaster.links."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
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
LONGEST_NAME = 80  # characters
_hasher = PasswordHasher()


def expect_name(name: str) -> None:
    """A name of one short line, as lists and logs can show it. Raises BroadcasterError name-bad."""
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise BroadcasterError("name-bad", usage=True, most=LONGEST_NAME)


def expect_roles(roles: Iterable[str]) -> list[str]:
    """Known roles, at least one, each once. Raises BroadcasterError role-unknown."""
    roles = list(roles)
    if unknown := [r for r in roles if r not in ROLES] or ([] if roles else [""]):
        raise BroadcasterError("role-unknown", usage=True, role=unknown[0], roles=", ".join(ROLES))
    return sorted(set(roles))


def add_user(session: Session, name: str, password: str | None, roles: Iterable[str], now: datetime) -> User:
    """A new account; without a password nobody enters until its person has set one (broadcaster.links).

    Raises BroadcasterError name-taken, name-empty, name-bad, role-unknown or password-weak.
    """
    name = name.strip()
    if not name:
        raise BroadcasterError("name-empty", usage=True)
    expect_name(name)
    held = expect_roles(roles)
    if find_user(session, name):
        raise BroadcasterError("name-taken", name=name)
    if password is None:
        password = secrets.token_hex()
    else:
        _expect_strong(name, password)
    user = User(name=name, password_hash=hashed(password), roles=held, created_at=now)
    session.add(user)
    session.flush()
    return user


def find_user(session: Session, name: str) -> User | None:
    return session.scalar(sa.select(User).where(User.name == name.strip()))


def list_users(session: Session) -> list[User]:
    return list(session.scalars(sa.select(User).order_by(User.name)))


def get_user(session: Session, name: str) -> User:
    """The account, open or closed. Raises BroadcasterError user-unknown."""
    user = find_user(session, name)
    if user is None:
        raise BroadcasterError("user-unknown", usage=True, name=name)
    return user


def disable_user(session: Session, name: str) -> User:
    """Close an account and its links. Raises BroadcasterError user-unknown, last-admin."""
    user = get_user(session, name)
    _expect_another_admin(session, user)
    user.disabled = True
    _drop_links(session, user)
    return user


def enable_user(session: Session, name: str) -> User:
    """Open an account again, with the password it had. Raises BroadcasterError user-unknown."""
    user = get_user(session, name)
    user.disabled = False
    return user


def set_roles(session: Session, name: str, roles: Iterable[str], version: int | None = None) -> User:
    """What a person may do from now on; `version` is the one that was looked at.

    Raises BroadcasterError user-unknown, user-changed, role-unknown, last-admin.
    """
    user, held = get_user(session, name), expect_roles(roles)
    if version is not None and user.version != version:
        raise BroadcasterError("user-changed", name=name)
    if "admin" not in held:
        _expect_another_admin(session, user)
    user.roles = held
    session.flush()
    return user


def _expect_another_admin(session: Session, user: User) -> None:
    """Somebody must be left who can give roles. Raises BroadcasterError last-admin."""
    admins = [u for u in session.scalars(sa.select(User).with_for_update()) if "admin" in u.roles and not u.disabled]
    if admins == [user]:
        raise BroadcasterError("last-admin", name=user.name)


def set_password(session: Session, user: User, password: str) -> None:
    """Another password; whoever is logged in with the old one is out. Raises BroadcasterError password-weak."""
    _expect_strong(user.name, password)
    user.password_hash = hashed(password)
    _drop_links(session, user)


def _expect_strong(name: str, password: str) -> None:
    """Raises BroadcasterError password-weak."""
    if len(password) < SHORTEST_PASSWORD or password.casefold() == name.casefold():
        raise BroadcasterError("password-weak", least=SHORTEST_PASSWORD)


def _drop_links(session: Session, user: User) -> None:
    session.execute(sa.delete(Invite).where(Invite.name == user.name, Invite.used_at.is_(None)))


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
