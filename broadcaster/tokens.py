"""Keys for machines that ask or steer the station over the network."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster import accounts
from broadcaster.errors import BroadcasterError
from broadcaster.models_care import ApiToken

SCOPES = ("read", "write")  # who may write may also read
PREFIX = "tl_"  # lets people, and scanners of published code, recognise one
USED_EVERY = timedelta(hours=1)  # how exactly the last use is kept: a poll a second must not be a write a second


def create(session: Session, name: str, scope: str, by: str, now: datetime) -> str:
    """A fresh key, told this once. Raises BroadcasterError token-name-empty, token-name-taken, token-scope."""
    name = name.strip()
    if not name:
        raise BroadcasterError("token-name-empty", usage=True)
    accounts.expect_name(name)
    if scope not in SCOPES:
        raise BroadcasterError("token-scope", usage=True, scope=scope)
    if any(token.name.casefold() == name.casefold() for token in listed(session)):
        raise BroadcasterError("token-name-taken", name=name)
    key = PREFIX + secrets.token_urlsafe(32)
    session.add(ApiToken(name=name, scope=scope, token_hash=_digest(key), by=by, created_at=now))
    session.flush()
    return key


def listed(session: Session) -> list[ApiToken]:
    """Those in force, by name."""
    return list(session.scalars(sa.select(ApiToken).where(ApiToken.revoked_at.is_(None)).order_by(ApiToken.name)))


def revoke(session: Session, name: str, now: datetime) -> None:
    """By name or id; at once. Raises BroadcasterError token-unknown."""
    for token in listed(session):
        if name.strip() in (token.id, token.name):
            token.revoked_at = now
            return
    raise BroadcasterError("token-unknown", usage=True, name=name)


def holder(session: Session, key: str) -> ApiToken | None:
    """Whose key this is, if it is in force."""
    found = session.scalar(sa.select(ApiToken).where(ApiToken.token_hash == _digest(key)))
    return found if found is not None and found.revoked_at is None else None


def needs_note(token: ApiToken, now: datetime) -> bool:
    """Whether its last use is long enough ago to be written down again."""
    return token.used_at is None or abs(now - token.used_at) >= USED_EVERY


def note_use(session: Session, token_id: str, now: datetime) -> None:
    session.execute(sa.update(ApiToken).where(ApiToken.id == token_id).values(used_at=now))


def _digest(key: str) -> str:
    """A key is 256 random bits: a plain hash can't be guessed back, and is looked up by index."""
    return hashlib.sha256(key.encode()).hexdigest()
