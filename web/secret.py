"""The key that signs the cookies: made once, kept in the data folder, readable by the station alone."""

from __future__ import annotations

import secrets

from filelock import FileLock

from broadcaster import private
from broadcaster.settings import Settings

NAME = "panel.key"


def key(settings: Settings) -> bytes:
    """The key, made on first use. A power cut leaves either no key or a whole one."""
    path = settings.data / NAME
    with FileLock(settings.data / f"{NAME}.lock"):
        if not path.exists():
            private.write(path, secrets.token_bytes(32))
        return path.read_bytes()
