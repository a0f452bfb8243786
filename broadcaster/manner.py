"""How this station reads: its own lexicon and regional choices, for every text that is spoken or shown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlalchemy.orm import Session

from audio.reading import Preferences
from audio.segments import Segment, Speech
from broadcaster import lexicon, preferences, programmes
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


def spoken_sha256(parts: Iterable[tuple[str, Segment]]) -> str:
    """What a finished programme says, word for word: two renderings that say the same have the same."""
    said = [sentence for _, part in parts if isinstance(part, Speech) for sentence, _ in part.sentences]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def would_say(session: Session, programme: Programme, text: str, corrected: Mapping[str, str] | None = None) -> str:
    """The `spoken_sha256` of an edition rendered now; of one without a voiced word, that of silence."""
    try:
        return spoken_sha256(programmes.edition(programme, text, Path, manner(session), corrected))
    except BroadcasterError:
        return spoken_sha256([])
