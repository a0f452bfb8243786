"""One-time links: the first account of a station is made with one, and with one a person sets a password that nobody
else ever knows. Only the hash of a link's token is kept."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster import accounts
from broadcaster.errors import BroadcasterError
from broadcaster.models import User
from broadcaster.models_care import Invite

LIFE = timedelta(hours=24)


def invite(session: Session, roles: Iterable[str], now: datetime) -> str:
    """A fresh token that makes one account with these roles; unused older ones stop working."""
    return _fresh(session, None, roles, now)


def offer(session: Session, name: str, now: datetime) -> str:
    """A fresh token with which this person sets a password; the old one holds until then, an unused older link no more.

    Raises BroadcasterError user-unknown, user-locked.
    """
    user = accounts.get_user(session, name)
    if user.disabled:
        raise BroadcasterError("user-locked", name=user.name)
    return _fresh(session, user.name, (), now)


def _fresh(session: Session, name: str | None, roles: Iterable[str], now: datetime) -> str:
    session.execute(sa.delete(Invite).where(Invite.used_at.is_(None), Invite.name.is_not_distinct_from(name)))
    token = secrets.token_urlsafe(24)
    session.add(Invite(token_hash=_digest(token), name=name, roles=list(roles), expires_at=now + LIFE))
    return token


def find(session: Session, token: str, now: datetime) -> Invite | None:
    """What a token still gives, or None when it is unknown, used or too old."""
    row = session.get(Invite, _digest(token))
    return row if row and row.used_at is None and row.expires_at > now else None


def redeem(session: Session, token: str, name: str, password: str, now: datetime) -> User:
    """Use a token up: the account of `name` is made, or the password of the person it is for is set.

    Raises BroadcasterError link-dead, password-weak and those of add_user.
    """
    row = find(session, token, now)
    if row is None:
        raise BroadcasterError("link-dead")
    row.used_at = now
    if row.name is None:
        return accounts.add_user(session, name, password, row.roles, now)
    user = accounts.get_user(session, row.name)  # open: closing an account ends its links
    accounts.set_password(session, user, password)
    session.flush()
    return user


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
