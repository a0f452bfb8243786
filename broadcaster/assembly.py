"""From a text to the segments of an edition, in the running order of its programme."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from audio.reading import Preferences, Sentence, read
from audio.segments import Chime, Clip, Segment, Silence, Speech
from broadcaster import blanks, corrections, running_order
from broadcaster.errors import BroadcasterError
from broadcaster.models import Programme
from broadcaster.running_order import Part
from broadcaster.topics import DEEDS, SIGNS

AFTER_SEGMENT_S = 0.9  # between two items a listener needs a breath, not a hole
OWN_GREETING = re.compile(r"^(kính thưa|thưa|kính chào|xin chào|chào)\b", re.I)
OWN_CLOSING = re.compile(r"(đến đây là hết|xin kết thúc|đã (chú ý )?(lắng nghe|theo dõi)|xin cảm ơn)", re.I)
TITLES = {"call": "Xướng", "greeting": "Lời chào", "closing": "Lời kết", "recording": "Bản ghi"}
JINGLES = {"opening": "Nhạc hiệu", "closing": "Nhạc cắt"}

Clips = Callable[[str], Path]  # the file of a recording, by its sha256


def edition(
    programme: Programme,
    text: str,
    clip: Clips,
    reads: Preferences,
    corrected: Mapping[str, str] | None = None,
    fillings: Mapping[str, str] | None = None,
) -> list[tuple[str, Segment]]:
    """(kind, segment) in the programme's running order; the parts that want it lie over its bed, when it has one.

    A bulletin that brings its own greeting or closing keeps it; the programme's is then not said twice. Its good deeds
    go where the order has a place for them. `reads` is the station's manner, `corrected` what is said for single
    sentences (see broadcaster.corrections), `fillings` what the blanks hold.
    Raises BroadcasterError text-empty when nothing is voiced.
    """
    sentences = list(corrections.applied(read(text, reads).sentences, corrected or {}))
    if not sentences:
        raise BroadcasterError("text-empty", usage=True)
    order = running_order.read(programme.running_order)
    own = _own(sentences, {part.kind for part in order})
    bed = clip(programme.bed) if programme.bed else None
    parts: list[tuple[str, Segment]] = []
    for part in order:
        if part.kind == "jingle":
            parts.append(("jingle", _jingle(part, clip)))
            continue
        under, words = bed if part.bed else None, read(blanks.filled(part.text, fillings or {}), reads).sentences
        parts += [(kind, replace(segment, bed=under)) for kind, segment in _made(part, own, clip, words)]
    return parts


def _own(sentences: list[Sentence], kinds: set[str]) -> dict[str, list[list[Sentence]]]:
    """What the bulletin brings for the parts of these kinds, in groups; what has no place of its own stays in it."""
    own: dict[str, list[list[Sentence]]] = {}
    if "greeting" in kinds and (greeting := _take_while_greeting(sentences)):
        own["greeting"] = [greeting]
    if "closing" in kinds:
        closing: list[Sentence] = []
        while len(sentences) > 1 and OWN_CLOSING.search(sentences[-1].written):
            closing.insert(0, sentences.pop())
        if closing:
            own["closing"] = [closing]
    items = _items(sentences)
    if "deeds" in kinds:
        own["deeds"] = [item for item in items if _praises(item)]
        items = [item for item in items if not _praises(item)]
    own["bulletin"] = items
    return own


def _made(
    part: Part, own: Mapping[str, list[list[Sentence]]], clip: Clips, words: Sequence[Sentence]
) -> list[tuple[str, Speech | Clip | Silence]]:
    """The segments of one part that is no jingle: none where there is nothing to say. `words` are the part's own."""
    if part.kind == "pause":
        return [("silence", Silence(part.seconds))]
    if part.kind == "recording":
        return [("recording", Clip(part.title or TITLES[part.kind], clip(part.recording or "")))]
    if part.kind == "bulletin":
        return [("item", speech(_title(item), item)) for item in own["bulletin"]]
    if part.kind == "deeds":
        return [
            ("item", speech(part.title or _title(item), [*words, *item] if n == 0 else item))
            for n, item in enumerate(own["deeds"])
        ]
    said = own[part.kind][0] if part.kind in own else words
    return [(part.kind, speech(part.title or TITLES[part.kind], said))] if said else []


def speech(title: str, sentences: Sequence[Sentence]) -> Speech:
    """One spoken segment; its last pause is the breath before the next segment."""
    said = [(s.spoken, s.pause_s) for s in sentences]
    said[-1] = (said[-1][0], AFTER_SEGMENT_S)
    return Speech(title, tuple(said))


def _jingle(part: Part, clip: Clips) -> Segment:
    title = part.title or JINGLES[part.chime]
    return Clip(title, clip(part.recording)) if part.recording else Chime(title, part.chime)


def _take_while_greeting(sentences: list[Sentence]) -> list[Sentence]:
    """Take the bulletin's own greeting off its front: headings before it are titles and go with the items."""
    start = next((i for i, s in enumerate(sentences[:4]) if OWN_GREETING.match(s.written.strip())), None)
    if start is None or len(sentences) - start < 2:
        return []
    end = start + 1
    while end < len(sentences) - 1 and sentences[end].kind == "sentence" and end - start < 2:
        if not re.match(r"mời\b", sentences[end].written.strip(), re.I):
            break
        end += 1
    taken = sentences[start:end]
    del sentences[start:end]
    return taken


def _items(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    """A new item at every heading that follows some text; a bulletin without headings is one item."""
    groups: list[list[Sentence]] = [[]]
    for sentence in sentences:
        if sentence.kind == "heading" and any(s.kind != "heading" for s in groups[-1]):
            groups.append([])
        groups[-1].append(sentence)
    return [group for group in groups if group]


def _praises(item: Sequence[Sentence]) -> bool:
    """Whether its headings announce good deeds."""
    return any(s.kind == "heading" and SIGNS[DEEDS].search(s.written) for s in item)


def _title(group: Sequence[Sentence]) -> str:
    words = group[0].written.strip().split()
    return " ".join(words[:12]) + ("…" if len(words) > 12 else "")
