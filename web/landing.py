"""Where uploads land: each in a file on the disk of the data folder, never in memory, gone with the request."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from pathlib import Path, PurePath
from typing import IO

import flask
from flask import current_app
from werkzeug.datastructures import FileStorage

from broadcaster.settings import Settings


class Landed(io.BufferedRandom):
    """A file with a name, that goes when it is closed."""

    def __init__(self, folder: Path, suffix: str) -> None:
        handle, name = tempfile.mkstemp(suffix, dir=folder)
        self.path = Path(name)
        super().__init__(io.FileIO(handle, "rb+"))

    def close(self) -> None:
        if not self.closed:
            super().close()
            self.path.unlink(missing_ok=True)


class Request(flask.Request):
    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        """Decoders look at the suffix, so it stays if it is harmless."""
        suffix = PurePath(filename or "").suffix[:8]
        return Landed(current_app.config["SETTINGS"].incoming, suffix if suffix[1:].isalnum() else "")


def sweep(settings: Settings) -> None:
    """An empty folder: what a power cut left there goes. Only before the panel begins to serve."""
    shutil.rmtree(settings.incoming, ignore_errors=True)
    settings.incoming.mkdir(exist_ok=True)


def path_of(file: FileStorage) -> Path:
    """The file while the request lasts."""
    landed = file.stream
    assert isinstance(landed, Landed)
    landed.flush()
    return landed.path


def taken_over(file: FileStorage, target: Path) -> Path:
    """The file under another name on the same disk; it stays when the request ends."""
    landed = file.stream
    assert isinstance(landed, Landed)
    io.BufferedRandom.close(landed)
    os.replace(landed.path, target)
    return target
