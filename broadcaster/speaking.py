"""Segments become a finished programme, in the first voice that can say all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from audio import recogniser
from audio.compose import Composed, compose
from audio.errors import VoiceUnavailable
from audio.listen import Heard, Listener
from audio.segments import Segment
from audio.voices import open_voice
from audio.voices.cache import CachedVoice
from audio.voices.pace import paced
from broadcaster.settings import Settings

Facts = list[dict[str, object]]


@dataclass(frozen=True)
class Rendered:
    """A finished file and what is known about it.

    `boundaries`: [{kind, title, start_s, end_s}]. `passed_over`: [{voice, reason, detail}], voices that could not say
    all of it (codes of VoiceUnavailable). `faulty`: [{text, seconds, faults: [{code, figure}]}], sentences whose sound
    is not what their text promises (codes of audio.listen).
    """

    composed: Composed
    boundaries: Facts
    passed_over: Facts
    faulty: Facts


def render(
    settings: Settings,
    parts: Sequence[tuple[str, Segment]],
    out: Path,
    voices: Sequence[str],
    progress: Callable[[int, int], None] | None = None,
    *,
    listens: bool = False,
    speed: int = 100,
) -> Rendered:
    """Compose (kind, segment) pairs into `out`. Voices are never mixed: where one fails, the next says everything.

    `listens`: a recogniser, where one is installed, hears every sentence too; an alert has no time for it.
    `speed` in percent of the voice's own.

    Raises AudioError (a voice nobody knows, a clip that can't be read), VoiceUnavailable when none can speak.
    """
    passed_over: Facts = []
    for spec in voices[:-1]:
        try:
            return _render(settings, parts, out, spec, progress, passed_over, listens, speed)
        except VoiceUnavailable as error:
            passed_over.append({"voice": spec, "reason": error.code, "detail": str(error)})
    return _render(settings, parts, out, voices[-1], progress, passed_over, listens, speed)


def _render(
    settings: Settings,
    parts: Sequence[tuple[str, Segment]],
    out: Path,
    spec: str,
    progress: Callable[[int, int], None] | None,
    passed_over: Facts,
    listens: bool,
    speed: int,
) -> Rendered:
    voice = CachedVoice(open_voice(spec, models=settings.voices), settings.spoken, settings.speech_cache_bytes)
    listener = Listener(voice, recogniser.heard if listens and recogniser.installed() else None)
    try:
        composed = compose([segment for _, segment in parts], out, voice=paced(listener, speed), progress=progress)
    finally:
        listener.close()
    boundaries: Facts = [
        {"kind": kind, "title": b.title, "start_s": b.start_s, "end_s": b.end_s}
        for (kind, _), b in zip(parts, composed.segments, strict=True)
    ]
    return Rendered(composed, boundaries, passed_over, [_facts(heard) for heard in listener.faulty()])


def _facts(heard: Heard) -> dict[str, object]:
    return {
        "text": heard.text,
        "seconds": round(heard.seconds, 2),
        "faults": [{"code": fault.code, "figure": round(fault.figure, 3)} for fault in heard.faults],
    }
