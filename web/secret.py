"""The key that signs the cookies: made once, kept in the data folder, readable by the station alone."""

from __future__ import annotations

import os
import secrets

from filelock import FileLock

from broadcaster.settings import Settings

NAME = "panel.key"


def key(settings: Settings) -> bytes:
    """The key, made on first use. A power cut leaves either no key or a whole one."""
    path = settings.data / NAME
    with FileLock(settings.data / f"{NAME}.lock"):
        if not path.exists():
            partial = path.with_name(f"{NAME}.part")
            partial.unlink(missing_ok=True)
            with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(secrets.token_bytes(32))
                file.flush()
                os.fsync(file.fileno())
            os.replace(partial, path)
        return path.read_bytes()
