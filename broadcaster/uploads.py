"""Uploads from the panel: text and sound as people send them, refused with a code when they can't be used."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from audio.errors import BadAudio, BadText
from audio.intake import take_bytes
from audio.reading import read
from broadcaster import prepare
from broadcaster.database import Sessions
from broadcaster.errors import BroadcasterError
from broadcaster.models import Recording
from broadcaster.settings import Settings


@dataclass(frozen=True)
class Line:
    """One sentence as written and as it will be said; `kind` is heading, item or sentence."""

    written: str
    spoken: str
    kind: str
    warnings: tuple[str, ...]


def take_upload(data: bytes, name: str) -> str:
    """The text of an uploaded file. Raises BroadcasterError upload-…, see broadcaster.words."""
    try:
        return take_bytes(data, name).text
    except BadText as error:
        raise BroadcasterError(f"upload-{error.code}", usage=True, name=error.detail or name) from error


def read_aloud(text: str) -> list[Line]:
    """What will be said, sentence by sentence."""
    return [Line(s.written, s.spoken, s.kind, tuple(w.text for w in s.warnings)) for s in read(text).sentences]


def not_voiced(text: str) -> list[tuple[str, str]]:
    """(what is left out, why), in the order of the text."""
    return [(d.text, d.reason) for d in read(text).dropped]


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
