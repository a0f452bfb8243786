"""The values this package hands out; all frozen, all offsets are into `clean.normalise(source)`."""

from dataclasses import dataclass, field
from typing import Literal

from audio.errors import AudioError

Kind = Literal["heading", "item", "sentence"]


class ReadingError(AudioError, ValueError):
    """The text or a lexicon entry cannot be used as given."""


@dataclass(frozen=True)
class LexiconEntry:
    """One written form and how it is said: a row of `lexicon.tsv` or one of the station's own."""

    written: str
    spoken: str
    category: str = "station"


@dataclass(frozen=True)
class Preferences:
    """How this station likes to speak; all choices are equally correct Vietnamese."""

    thousand: Literal["nghìn", "ngàn"] = "nghìn"
    odd: Literal["linh", "lẻ"] = "linh"
    four: Literal["tư", "bốn"] = "tư"  # 24: hai mươi tư or hai mươi bốn
    lexicon: tuple[LexiconEntry, ...] = field(default=())


@dataclass(frozen=True)
class ReadingWarning:
    """Something the author should look at; `text` is Vietnamese, `kind` a short ASCII slug."""

    start: int
    end: int
    text: str
    kind: str


@dataclass(frozen=True)
class Spoken:
    """One written stretch, what it is said as, and the rule that said so."""

    start: int
    end: int
    text: str
    rule: str


@dataclass(frozen=True)
class Sentence:
    """One breath of the announcer: what was written, what is said, and the silence after it (seconds)."""

    written: str
    spoken: str
    start: int
    end: int
    kind: Kind
    pause_s: float
    pieces: tuple[Spoken, ...] = ()
    warnings: tuple[ReadingWarning, ...] = ()


@dataclass(frozen=True)
class Dropped:
    """A stretch that is not voiced, and why (Vietnamese, for the author)."""

    start: int
    end: int
    text: str
    reason: str


@dataclass(frozen=True)
class Reading:
    """A whole bulletin as it will be said, and everything that will not be."""

    sentences: tuple[Sentence, ...]
    dropped: tuple[Dropped, ...]

    @property
    def warnings(self) -> tuple[ReadingWarning, ...]:
        """All warnings, in the order of the text."""
        return tuple(w for sentence in self.sentences for w in sentence.warnings)
