"""The table of what is read otherwise than it is written."""

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


def test_every_example_of_the_lexicon_holds_its_word():
    table = (Path(lexicon_module.__file__).parent / "lexicon.tsv").read_text("utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in table]
    assert all(len(row) == 5 for row in rows)
    spaceless = [(row[0].lower(), row[4].lower().replace(", ", ",")) for row in rows if row[4]]
    assert [pair for pair in spaceless if pair[0] not in pair[1]] == []
    assert len(spaceless) > len(rows) / 5
