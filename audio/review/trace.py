"""Written and spoken side by side: every stretch of a sentence with its part of what is said."""

from collections.abc import Iterator
from dataclasses import dataclass

from audio.reading import Sentence


@dataclass(frozen=True)
class Stretch:
    """What stands at [start, end) of the source and is said as `spoken`; `rule` is "" where it is said as written."""

    start: int
    end: int
    written: str
    spoken: str
    rule: str = ""


def trace(sentence: Sentence) -> tuple[Stretch, ...]:
    """The sentence in stretches; their written and their spoken parts put together are the sentence's own.

    Reading keeps letters and changes marks, so the spoken sentence is cut where as many letters have been said
    as the stretches so far have. Should the letters not add up, the sentence is one stretch.
    """
    parts = list(_parts(sentence))
    if sum(_letters(said) for _, _, said, _ in parts) != _letters(sentence.spoken):
        whole = Stretch(sentence.start, sentence.end, sentence.written, sentence.spoken, "sentence")
        return (whole,)
    stretches = []
    at = 0
    for number, (start, end, said, rule) in enumerate(parts, start=1):
        until = len(sentence.spoken) if number == len(parts) else _after_letters(sentence.spoken, at, _letters(said))
        written = sentence.written[start - sentence.start : end - sentence.start]
        stretches.append(Stretch(start, end, written, sentence.spoken[at:until], rule))
        at = until
    return tuple(stretches)


def _parts(sentence: Sentence) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, what is said, rule): the claimed pieces, and between them what is said as written."""
    at = sentence.start
    for piece in sentence.pieces:
        if piece.start > at:
            yield at, piece.start, _written(sentence, at, piece.start), ""
        yield piece.start, piece.end, piece.text, piece.rule
        at = piece.end
    if at < sentence.end:
        yield at, sentence.end, _written(sentence, at, sentence.end), ""


def _written(sentence: Sentence, start: int, end: int) -> str:
    return sentence.written[start - sentence.start : end - sentence.start]


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _after_letters(text: str, at: int, letters: int) -> int:
    """The place behind that many more letters and the marks that follow them, up to the next word."""
    while letters and at < len(text):
        letters -= text[at].isalpha()
        at += 1
    while at < len(text) and not text[at].isalpha():
        at += 1
    return at
