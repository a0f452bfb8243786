"""How this station reads: its own lexicon and regional choices, for every text that is spoken or shown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sqlalchemy.orm import Session

from audio.reading import Preferences
from audio.segments import Chime, Clip, Segment, Silence
from broadcaster import assembly, lexicon, music, preferences, programmes
from broadcaster.errors import BroadcasterError
from broadcaster.models import Programme


def manner(session: Session) -> Preferences:
    """Today's; whoever reads a text asks for it anew."""
    return Preferences(
        thousand=preferences.get(session, preferences.THOUSAND),
        odd=preferences.get(session, preferences.ODD),
        four=preferences.get(session, preferences.FOUR),
        lexicon=lexicon.entries(session),
    )


def spoken_sha256(parts: Iterable[tuple[str, Segment]], voice: str = "", speed: int = 100) -> str:
    """What a finished programme is made of: its words, sounds and rests in their order, the music under them, and how
    it was to be spoken. Two renderings for which nothing differs have the same."""
    made = [f"{voice} {speed}", *(line for _, part in parts for line in _lines(part))]
    return hashlib.sha256("\n".join(made).encode()).hexdigest()


def _lines(part: Segment) -> Iterator[str]:
    bed = f" over {part.bed.stem}" if part.bed else ""
    if isinstance(part, Chime):
        yield f"chime {part.name}"
    elif isinstance(part, Clip):
        yield f"clip {part.path.stem}{bed}"
    elif isinstance(part, Silence):
        yield f"rest {part.seconds:g}{bed}"
    else:
        yield from (f"{sentence}{bed}" for sentence, _ in part.sentences)


def would_say(
    session: Session,
    programme: Programme,
    text: str,
    corrected: Mapping[str, str] | None = None,
    week: str | None = None,
    *,
    plainly: bool = False,
) -> str:
    """The `spoken_sha256` of an edition rendered now, `plainly`: without any music; of one without a voiced word, that
    of silence."""
    fillings = programmes.fillings(session, programme, week)
    try:
        parts = assembly.edition(programme, text, Path, manner(session), corrected, fillings)
    except BroadcasterError:
        parts = []
    if plainly:
        parts = music.left_out(parts, music.sounds(session))
    return spoken_sha256(parts, programme.voice, programme.speed)
