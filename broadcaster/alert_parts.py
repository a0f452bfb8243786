"""What an alert is made of: a siren, then its message as often as asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from audio.reading import Preferences, read
from audio.segments import Chime, Clip, Segment, Silence
from broadcaster import assembly
from broadcaster.errors import BroadcasterError

BETWEEN_REPEATS_S = 1.5  # it is said again after a breath


def typed(text: str, repeat: int, reads: Preferences) -> list[tuple[str, Segment]]:
    """Of a text. Raises BroadcasterError text-empty."""
    sentences = read(text, reads).sentences
    if not sentences:
        raise BroadcasterError("text-empty", usage=True)
    return _repeated(lambda title: assembly.speech(title, sentences), repeat)


def recorded(clip: Path, repeat: int) -> list[tuple[str, Segment]]:
    """Of a recorded message."""
    return _repeated(lambda title: Clip(title, clip), repeat)


def _repeated(message: Callable[[str], Segment], repeat: int) -> list[tuple[str, Segment]]:
    parts: list[tuple[str, Segment]] = [("siren", Chime("Còi báo động", "siren"))]
    for number in range(max(1, repeat)):
        if number:
            parts.append(("silence", Silence(BETWEEN_REPEATS_S)))
        parts.append(("alert", message(f"Thông báo khẩn, lần {number + 1}")))
    return parts
