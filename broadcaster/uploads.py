"""Uploads from the panel: text and sound as people send them, refused with a code when they can't be used."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from audio.errors import BadAudio, BadText
from audio.intake import take_bytes
from broadcaster import prepare
from broadcaster.database import Sessions
from broadcaster.errors import BroadcasterError
from broadcaster.models import Recording
from broadcaster.settings import Settings


def take_upload(data: bytes, name: str) -> str:
    """The text of an uploaded file. Raises BroadcasterError upload-…, see broadcaster.words."""
    try:
        return take_bytes(data, name).text
    except BadText as error:
        raise BroadcasterError(f"upload-{error.code}", usage=True, name=error.detail or name) from error


def import_sound(
    sessions: Sessions, settings: Settings, data: bytes, name: str, title: str, now: datetime
) -> Recording:
    """An uploaded sound file as a recording. Raises BroadcasterError sound-bad."""
    suffix = Path(name).suffix if Path(name).suffix[1:].isalnum() else ""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"upload{suffix}"
        source.write_bytes(data)
        try:
            return prepare.import_recording(sessions, settings, source, title, now)
        except BadAudio as error:
            raise BroadcasterError("sound-bad", usage=True, name=name) from error
