"""Which sounds are music, and an edition without them: what may not be heard in mourning."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio.segments import Chime, Clip, Segment
from broadcaster import programmes, running_order
from broadcaster.models import Programme, Recording

SOUNDLESS = ("jingle", "silence")  # kinds of segments in which nobody speaks


def sounds(session: Session) -> frozenset[str]:
    """Every sound that a person has called music, or that lies under a programme or opens, divides or closes it, while
    nobody has said that it is speech. What nothing is known of is speech."""
    said: dict[str, bool] = {}
    query = sa.select(Recording.sha256, Recording.music).where(Recording.music.is_not(None))
    said.update((sha256, bool(music)) for sha256, music in session.execute(query))
    used = {sound for programme in programmes.listed(session) for sound in _of(programme)}
    return frozenset({sound for sound, music in said.items() if music} | {s for s in used if said.get(s, True)})


def _of(programme: Programme) -> Iterable[str]:
    if programme.bed:
        yield programme.bed
    for part in running_order.read(programme.running_order):
        if part.kind == "jingle" and part.recording:
            yield part.recording


def is_music(session: Session, recording: Recording) -> bool:
    """Whether nothing is said in a recording."""
    return bool(among(session, [recording]))


def among(session: Session, recordings: Iterable[Recording]) -> set[str]:
    """Of these recordings those in which nothing is said, by their sha256."""
    known = sounds(session)
    return {each.sha256 for each in recordings if _nothing_said(each, known)}


def _nothing_said(recording: Recording, known: Collection[str]) -> bool:
    if recording.music is not None:
        return recording.music
    kinds = {segment["kind"] for segment in recording.segments}
    return ("jingle" in kinds and kinds <= set(SOUNDLESS)) or recording.sha256 in known


def left_out(parts: Iterable[tuple[str, Segment]], known: Collection[str]) -> list[tuple[str, Segment]]:
    """An edition (broadcaster.assembly) without jingles, chimes, recordings that are music, and music under speech."""
    return [
        (kind, part if isinstance(part, Chime) else replace(part, bed=None))
        for kind, part in parts
        if kind != "jingle" and not isinstance(part, Chime) and not (isinstance(part, Clip) and part.path.stem in known)
    ]
