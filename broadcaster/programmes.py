"""Programmes: what a new station begins with, and which segments an edition is made of."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio.reading import Preferences, Sentence, read
from audio.segments import Chime, Clip, Segment, Speech
from broadcaster import corrections, periods
from broadcaster.errors import BroadcasterError
from broadcaster.models import Bulletin, Programme, SlotRow

SEED = Path(__file__).with_name("seed.toml")
AFTER_SEGMENT_S = 0.9  # between two items a listener needs a breath, not a hole
OWN_GREETING = re.compile(r"^(kính thưa|thưa|kính chào|xin chào|chào)\b", re.I)
OWN_CLOSING = re.compile(r"(đến đây là hết|xin kết thúc|đã (chú ý )?(lắng nghe|theo dõi)|xin cảm ơn)", re.I)

FALLBACKS = ("repeat", "notice")  # what stands in for a missing edition: the last one, or the standing notice


def seed(session: Session, now: datetime) -> None:
    """The two programmes, their weekly slots and standing notices, and the public holidays, where there are none."""
    periods.seed(session, now)
    if session.scalar(sa.select(sa.func.count()).select_from(Programme)):
        return
    for entry in tomllib.loads(SEED.read_text(encoding="utf-8"))["programme"]:
        slots, notice = entry.pop("slot"), entry.pop("notice")
        programme = Programme(**entry)
        session.add(programme)
        session.flush()
        session.add_all(SlotRow(programme_id=programme.id, created_at=now, **slot) for slot in slots)
        session.add(
            Bulletin(
                programme_id=programme.id,
                title=f"Lời nhắn khi chưa có bản tin: {programme.name}",
                text=notice,
                author="tieng-loa",
                created_at=now,
            )
        )


def get(session: Session, slug: str) -> Programme:
    """By slug, name or alias. Raises BroadcasterError programme-unknown."""
    wanted = slug.strip().casefold()
    rows = listed(session)
    for programme in rows:
        if wanted in {programme.slug, programme.name.casefold(), *(a.casefold() for a in programme.aliases)}:
            return programme
    raise BroadcasterError("programme-unknown", usage=True, slug=slug, known=", ".join(p.slug for p in rows))


def by_id(session: Session, programme_id: str) -> Programme:
    return session.get_one(Programme, programme_id)


def listed(session: Session) -> list[Programme]:
    return list(session.scalars(sa.select(Programme).order_by(Programme.name)))


def edition(
    programme: Programme,
    text: str,
    clip: Callable[[str], Path],
    reads: Preferences,
    corrected: Mapping[str, str] | None = None,
) -> list[tuple[str, Segment]]:
    """(kind, segment) in the order of air: jingle, call, greeting, items, closing, jingle; all but the jingles over
    the programme's bed, when it has one.

    A bulletin that brings its own greeting or closing keeps it; the programme's is then not said twice.
    `clip` finds the file of a recording by its sha256; `reads` is the station's manner,
    `corrected` what is said for single sentences (see broadcaster.corrections).
    Raises BroadcasterError text-empty when nothing is voiced.
    """
    sentences = list(corrections.applied(read(text, reads).sentences, corrected or {}))
    if not sentences:
        raise BroadcasterError("text-empty", usage=True)
    greeting = _take_while_greeting(sentences)
    closing = [sentences.pop()] if len(sentences) > 1 and OWN_CLOSING.search(sentences[-1].written) else []
    while closing and len(sentences) > 1 and OWN_CLOSING.search(sentences[-1].written):
        closing.insert(0, sentences.pop())
    parts: list[tuple[str, Segment]] = [("jingle", _jingle("Nhạc hiệu", "opening", programme.opening_jingle, clip))]
    said = [("call", speech("Xướng", read(programme.call, reads).sentences))]
    said.append(("greeting", speech("Lời chào", greeting or read(programme.greeting, reads).sentences)))
    said += [("item", item) for item in _items(sentences)]
    said.append(("closing", speech("Lời kết", closing or read(programme.closing, reads).sentences)))
    bed = clip(programme.bed) if programme.bed else None
    parts += [(kind, replace(segment, bed=bed)) for kind, segment in said]
    parts.append(("jingle", _jingle("Nhạc cắt", "closing", programme.closing_jingle, clip)))
    return parts


def speech(title: str, sentences: Sequence[Sentence]) -> Speech:
    """One spoken segment; its last pause is the breath before the next segment."""
    said = [(s.spoken, s.pause_s) for s in sentences]
    said[-1] = (said[-1][0], AFTER_SEGMENT_S)
    return Speech(title, tuple(said))


def _jingle(title: str, name: str, recording: str | None, clip: Callable[[str], Path]) -> Segment:
    return Clip(title, clip(recording)) if recording else Chime(title, name)


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


def _items(sentences: Sequence[Sentence]) -> list[Speech]:
    """A new item at every heading that follows some text; a bulletin without headings is one item."""
    groups: list[list[Sentence]] = [[]]
    for sentence in sentences:
        if sentence.kind == "heading" and any(s.kind != "heading" for s in groups[-1]):
            groups.append([])
        groups[-1].append(sentence)
    return [speech(_title(group), group) for group in groups if group]


def _title(group: Sequence[Sentence]) -> str:
    words = group[0].written.strip().split()
    return " ".join(words[:12]) + ("…" if len(words) > 12 else "")
