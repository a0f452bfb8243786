"""The token of every form, veiled anew for each answer: pages are compressed, and of a secret that stayed the same
an attacker on the network could learn from their sizes (BREACH)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os

from flask import Blueprint, Flask, g
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError, generate_csrf

Refused = CSRFError  # a form without the token of its session
NONCE = 9  # bytes; with them no two answers share a stretch of the token


class Veiled(CSRFProtect):  # type: ignore[misc]  # the library ships no types
    def _get_csrf_token(self) -> str | None:
        found: str | None = super()._get_csrf_token()
        return unveiled(found) if found else None


def protect(app: Flask, machines: Blueprint) -> None:
    """A token on every form; `machines` hold keys instead."""
    Veiled(app).exempt(machines)
    app.jinja_env.globals["csrf_token"] = token
    app.context_processor(lambda: {"csrf_token": token})


def token() -> str:
    """The token for this answer."""
    if "veiled" not in g:
        g.veiled = veiled(generate_csrf())
    found: str = g.veiled
    return found


def veiled(text: str) -> str:
    nonce = os.urandom(NONCE)
    return base64.urlsafe_b64encode(nonce + _mixed(text.encode(), nonce)).decode()


def unveiled(text: str) -> str:
    """The token as it was; what never was veiled comes back as something that is no token."""
    try:
        data = base64.urlsafe_b64decode(text.encode("ascii"))
    except (binascii.Error, UnicodeEncodeError):
        return ""
    return _mixed(data[NONCE:], data[:NONCE]).decode("latin-1")


def _mixed(data: bytes, nonce: bytes) -> bytes:
    stream = hashlib.shake_128(nonce).digest(len(data))
    return bytes(a ^ b for a, b in zip(data, stream, strict=True))
