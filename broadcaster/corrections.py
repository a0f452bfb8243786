"""What a person had put right in single sentences: {sentence as written: what is said for it}."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from audio.reading import Sentence, normalise
from broadcaster.errors import BroadcasterError

LONGEST = 1000  # characters; twice the longest sentence an announcer would say in one breath
SAYABLE = re.compile(r"(?:[^\W\d_]|[\s,.;:?!…()\"'“”‘’-])+\Z")  # letters and what makes a voice pause


def applied(sentences: Iterable[Sentence], corrections: Mapping[str, str]) -> tuple[Sentence, ...]:
    """The sentences, those that were corrected said as somebody wants them; what the reader doubted is then settled."""
    return tuple(
        replace(sentence, spoken=corrections[sentence.written], pieces=(), warnings=())
        if sentence.written in corrections
        else sentence
        for sentence in sentences
    )


def still_needed(sentences: Iterable[Sentence], corrections: Mapping[str, str]) -> dict[str, str]:
    """Those whose sentence is still in the text."""
    return {s.written: corrections[s.written] for s in sentences if s.written in corrections}


def cleaned(spoken: str) -> str:
    """A correction as it is kept. Raises BroadcasterError correction-empty, correction-long, correction-symbols."""
    spoken = re.sub(r"\s+", " ", normalise(spoken)).strip()
    if not any(map(str.isalpha, spoken)):
        raise BroadcasterError("correction-empty", usage=True)
    if len(spoken) > LONGEST:
        raise BroadcasterError("correction-long", usage=True, most=LONGEST)
    if not SAYABLE.match(spoken):
        signs = "".join(dict.fromkeys(sign for sign in spoken if not SAYABLE.match(sign)))
        raise BroadcasterError("correction-symbols", usage=True, signs=signs)
    return spoken
