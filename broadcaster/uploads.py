"""Uploads from the panel: text and sound as people send them, refused with a code when they can't be used."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from audio import intake
from audio.errors import BadAudio, BadText
from audio.intake import Intake as Intake
from broadcaster import bulletins, store
from broadcaster.database import Sessions
from broadcaster.errors import BroadcasterError
from broadcaster.models import Recording
from broadcaster.settings import Settings

LARGEST_TEXT = intake.LARGEST  # bytes


def take_upload(data: bytes, name: str) -> Intake:
    """What an uploaded file holds. Raises BroadcasterError upload-…, see broadcaster.words."""
    try:
        return intake.take_bytes(data, name)
    except BadText as error:
        raise BroadcasterError(f"upload-{error.code}", usage=True, name=error.detail or name) from error


def take_paste(text: str) -> Intake:
    """The same for text from the clipboard. Raises BroadcasterError text-empty, text-too-long."""
    bulletins.expect_length(text)  # before the work, not after it: the panel serves everybody meanwhile
    try:
        return intake.take_paste(text)
    except BadText as error:
        raise BroadcasterError("text-empty", usage=True) from error


def take_trusted(path: Path, sure: bool) -> Intake:
    """A file on this machine, unless its text can't be trusted and nobody has looked at it.

    Raises BadText as `intake.take_file`, BroadcasterError text-doubtful.
    """
    taken = intake.take_file(path)
    if taken.doubtful and not sure:
        raise BroadcasterError("text-doubtful", usage=True, name=path, why=doubt(taken))
    return taken


def doubt(taken: Intake) -> str:
    """Why the text can't be trusted, in a few words; "" when it can."""
    if taken.damaged:
        places = "; ".join(taken.damaged[:3])
        return f"văn bản có chữ bị mất hoặc hỏng ({places}{'…' if len(taken.damaged) > 3 else ''})"
    return "chưa chắc bảng mã, có hai cách đọc" if taken.other is not None else ""


def import_sound(
    sessions: Sessions, settings: Settings, source: Path, name: str, title: str, now: datetime
) -> Recording:
    """A sound file that people sent under `name`, as a recording.

    Raises BroadcasterError sound-… (see audio.errors.BadAudio).
    """
    try:
        return store.import_recording(sessions, settings, source, title, now)
    except BadAudio as error:
        raise BroadcasterError(f"sound-{error.code}", usage=True, name=name) from error
