"""One stretch of text to one spoken sentence: every rule in its order, then the marks."""

import re

from audio.reading import (
    abbreviations,
    contexts,
    dashes,
    dates,
    documents,
    hours,
    marks,
    names,
    phones,
    quantities,
    roads,
    romans,
    slashes,
    web,
    words,
)  # fmt: skip
from audio.reading.engine import Rule, Say, claim
from audio.reading.lexicon import lexicon
from audio.reading.model import Kind, Preferences, ReadingWarning, Sentence, Spoken
from audio.reading.numerals import Numerals

# The order is the priority: what names something (a site, a plate, a document) before what counts, words last.
NAMING = (*web.RULES, *marks.HEADS, *roads.RULES[:4], *documents.RULES, *roads.RULES[4:], *phones.RULES)
COUNTING = (*dates.RULES, *dashes.DAYS, *dates.ALONE, *hours.RULES, *slashes.RULES)
WORDING = (
    *abbreviations.RULES, *romans.RULES, *contexts.RULES, *names.RULES[:2], *abbreviations.SINGLE,
    *dashes.DOUBTS, *quantities.RULES, *names.RULES[2:], *words.RULES, *marks.RULES,
)  # fmt: skip
PAUSE_S: dict[Kind, float] = {"heading": 0.9, "item": 0.5, "sentence": 0.4}
NUMBERED = re.compile(r"^ *[IVX]{1,6} ?[./)]|^ *[A-G]\. ")
ITEM = re.compile(rf"^ *(?:{marks.BULLET}|\(?\d{{1,2}}(?:\.\d{{1,2}})*[.)/](?!\d)|[a-zđ][.)])")
WORDS = re.compile(r"[^\W\d_]+")


def voice(preferences: Preferences) -> Say:
    """What the rules speak with for these preferences."""
    return Say(Numerals(preferences), lexicon(preferences.lexicon))


def rules(say: Say) -> tuple[Rule, ...]:
    """All rules in order of priority."""
    return (*abbreviations.own_rules(say.lexicon), *NAMING, words.phrases(), words.respelled, *COUNTING, *WORDING)


def speak(text: str, say: Say) -> tuple[str, list[Spoken], list[ReadingWarning]]:
    """The spoken text of normalised `text`, its pieces and warnings (offsets into `text`)."""
    pieces, warnings = claim(text, rules(say), say)
    said: list[str] = []
    at = 0
    for piece in pieces:
        said += [marks.calm(text[at : piece.start]), f" {piece.text} "]
        at = piece.end
    said.append(marks.calm(text[at:]))
    return marks.tidy("".join(said)), pieces, warnings


def kind_of(line: str) -> Kind:
    """Headings are in capitals or carry a Roman number; items begin with a bullet or a number."""
    letters = WORDS.findall(line)
    capital = sum(len(word) for word in letters if word.isupper())
    if NUMBERED.match(line) or (len(letters) > 1 and capital > 0.7 * sum(map(len, letters))):
        return "heading"
    return "item" if ITEM.match(line) else "sentence"


def sentence(text: str, start: int, end: int, kind: Kind, say: Say) -> Sentence:
    """The stretch [start, end) of normalised `text` as a sentence, offsets into the whole."""
    written = text[start:end]
    spoken, pieces, warnings = speak(written, say)
    return Sentence(
        written, spoken, start, end, kind, PAUSE_S[kind],
        tuple(Spoken(p.start + start, p.end + start, p.text, p.rule) for p in pieces),
        tuple(ReadingWarning(w.start + start, w.end + start, w.text, w.kind) for w in warnings),
    )  # fmt: skip
