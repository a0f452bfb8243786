"""The table of abbreviations and foreign words (`lexicon.tsv`), and the station's own entries over it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from audio.reading.clean import normalise
from audio.reading.model import LexiconEntry, ReadingError
from audio.reading.syllables import is_syllable

COLUMNS = ("written", "spoken", "category", "source", "example")
FOREIGN = frozenset({"foreign", "site"})


@dataclass(frozen=True, eq=False)  # compared and cached by identity; `lexicon` hands out one of each
class Lexicon:
    """Looks words up: the station's entries exactly as written, abbreviations by capitals, foreign in any case."""

    own: Mapping[str, str]
    abbreviations: Mapping[str, str]
    foreign: Mapping[str, str]
    sites: Mapping[str, str]

    def abbreviation(self, written: str) -> str | None:
        """Spoken form of "CAX"; also of "cccd" and "Ubnd", which no Vietnamese word could be."""
        if written in self.abbreviations:
            return self.abbreviations[written]
        if len(written) > 2 and written.isalpha() and not written.isupper() and not is_syllable(written):
            return self.abbreviations.get(written.upper())
        return None

    def foreign_word(self, written: str) -> str | None:
        return self.foreign.get(written.lower())


@cache
def published() -> tuple[LexiconEntry, ...]:
    """The rows of `lexicon.tsv`."""
    lines = files(__package__).joinpath("lexicon.tsv").read_text(encoding="utf-8").splitlines()
    if tuple(lines[0].split("\t")) != COLUMNS:
        raise ReadingError("lexicon.tsv: unexpected columns")
    return tuple(LexiconEntry(*map(normalise, line.split("\t")[:3])) for line in lines[1:] if line)


@lru_cache(maxsize=4)  # of a station that edits its lexicon, the old ones go
def lexicon(own: tuple[LexiconEntry, ...] = ()) -> Lexicon:
    """The published table under the station's own entries."""
    return Lexicon(
        own={normalise(e.written): _checked(e) for e in own},
        abbreviations=_table(e for e in published() if e.category not in FOREIGN),
        foreign=_table(e for e in published() if e.category == "foreign"),
        sites=_table(e for e in published() if e.category == "site"),
    )


def _table(entries: Iterable[LexiconEntry]) -> dict[str, str]:
    return {entry.written.lower() if entry.category in FOREIGN else entry.written: entry.spoken for entry in entries}


def _checked(entry: LexiconEntry) -> str:
    spoken = normalise(entry.spoken).strip()
    if not entry.written.strip() or not spoken or any(c.isdigit() for c in spoken):
        raise ReadingError(f"lexicon entry {entry.written!r}: both forms are needed, the spoken one without digits")
    return spoken
