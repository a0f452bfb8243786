"""The table of what is read otherwise than it is written."""

import re
from pathlib import Path

import pytest

from audio.reading import LexiconEntry, Preferences, ReadingError, read_line
from audio.reading import lexicon as lexicon_module
from audio.reading.lexicon import lexicon, published


def test_the_station_overrides_the_lexicon():
    mine = Preferences(lexicon=(LexiconEntry("CAX", "công an xã nhà"), LexiconEntry("Zơrâm", "Dơ-râm")))
    assert read_line("CAX và ông Zơrâm", mine).spoken == "Công an xã nhà và ông Dơ-râm."


@pytest.mark.parametrize("entry", [LexiconEntry("", "a"), LexiconEntry("A1", ""), LexiconEntry("A1", "a 1")])
def test_an_unusable_entry_is_refused(entry):
    with pytest.raises(ReadingError):
        lexicon((entry,))


def test_the_lexicon_is_sound():
    entries = published()
    assert len({(e.written, e.category) for e in entries}) == len(entries)
    for entry in entries:
        assert entry.spoken
        assert not any(c.isdigit() or c == "/" for c in entry.spoken), entry
        assert read_line(entry.spoken).spoken.rstrip(".").lower() == entry.spoken.lower().replace(" ,", ","), entry


TABLE = (Path(lexicon_module.__file__).parent / "lexicon.tsv").read_text("utf-8").splitlines()
ROWS = [line.split("\t") for line in TABLE[1:]]


def words(text: str) -> str:
    """Words only, each between spaces."""
    return " " + " ".join(re.findall(r"[^\W_]+", text.lower())) + " "


def test_no_column_of_the_lexicon_is_empty() -> None:
    assert [row for row in ROWS if len(row) != 5 or not all(column.strip() for column in row)] == []


def test_every_example_of_the_lexicon_holds_its_entry_and_is_said_as_its_row_says() -> None:
    wrong = []
    for written, spoken, _category, _source, example in ROWS:
        said = read_line(example).spoken
        if words(written) not in words(example) or words(spoken) not in words(said):
            wrong.append((written, example, said))
    assert wrong == []


def test_an_example_is_more_than_its_entry_and_short() -> None:
    assert [row for row in ROWS if not len(row[0]) < len(row[4]) <= 70] == []
