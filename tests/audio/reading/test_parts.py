"""The small parts on their own: characters, syllables, letters, numerals, lexicon, warnings."""

import unicodedata
from pathlib import Path

import pytest

from audio.reading import LexiconEntry, Preferences, ReadingError, normalise, read_line
from audio.reading import lexicon as lexicon_module
from audio.reading.letters import spell
from audio.reading.lexicon import lexicon, published
from audio.reading.numerals import Numerals, roman
from audio.reading.syllables import damaged_share, is_syllable


@pytest.mark.parametrize(
    ("pasted", "clean"),
    [
        (unicodedata.normalize("NFD", "Tiếng Việt"), "Tiếng Việt"),
        ("Ðà Nẵng", "Đà Nẵng"),
        ("Tаm Mỹ", "Tam Mỹ"),
        ("an\u200bninh", "anninh"),
        ("an\u00a0ninh", "an ninh"),
        ("20m²", "20m2"),
        ("cột\tcột", "cột cột"),
        ("1️⃣Khóa cửa", "1. Khóa cửa"),
        ("Vie\u0323\u0302t", "Việt"),
        ("e\u0301\u0302", "ế"),
        ("dòng\r\ndòng", "dòng\ndòng"),
    ],
)
def test_what_looks_the_same_becomes_the_same(pasted, clean):
    assert normalise(pasted) == clean


@pytest.mark.parametrize(
    "word",
    [
        "nghiêng",
        "quốc",
        "giếng",
        "gì",
        "khuya",
        "thuở",
        "Ý",
        "DI",
        "VI",
        "huỳnh",
        "oát",
        "xã",
        "ưỡn",
        "yêu",
        "quýnh",
        "khuỷu",
    ],
)
def test_vietnamese_syllables_are_known(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["CAP", "CAT", "TNGT", "ANTT", "Wave", "tand", "zalo", "bt", "xuât", "cá́"])
def test_other_words_are_no_syllables(word):
    assert not is_syllable(word)


def test_a_damaged_text_is_told_by_its_share():
    assert damaged_share("Kính thưa toàn thể bà con") == 0
    assert damaged_share("KÝnh th­a toµn thÓ bµ con") > 0.4
    assert damaged_share("123") == 0


def test_letters_have_their_names():
    assert spell("CAX") == "xê a ích"
    assert spell("Đ") == "đê"
    assert spell("中") == ""


@pytest.mark.parametrize(
    ("n", "spoken"),
    [
        (0, "không"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (105, "một trăm linh năm"),
        (2_000_005, "hai triệu không trăm linh năm"),
        (1_000_000_000_000, "một nghìn tỷ"),
    ],
)
def test_cardinals(n, spoken):
    assert Numerals().cardinal(n) == spoken


def test_a_number_of_absurd_length_is_said_digit_by_digit():
    assert Numerals().whole("1" * 25) == " ".join(["một"] * 25)


@pytest.mark.parametrize(("written", "value"), [("IV", 4), ("XXXIX", 39), ("IIII", None), ("VX", None), ("", None)])
def test_roman_numerals_have_one_spelling(written, value):
    assert roman(written) == value


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


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Theo TXQK", "unknown-abbreviation"),
        ("Theo TTANXH", "unknown-abbreviation"),
        ("mua xe Mercedes", "unknown-word"),
        ("chữ 中文", "unreadable"),
    ],
)
def test_the_author_is_warned_of_what_the_voice_may_get_wrong(line, kind):
    sentence = read_line(line)
    assert [warning.kind for warning in sentence.warnings] == [kind]
    warning = sentence.warnings[0]
    assert line[warning.start : warning.end] in warning.text


def test_each_piece_names_its_rule():
    pieces = read_line("Ngày 15/4, CAX bắt 02 đối tượng").pieces
    assert [(piece.text, piece.rule) for piece in pieces] == [
        ("mười lăm tháng tư", "dated-day"),
        ("Công an xã", "abbreviation"),
        ("hai", "number"),
    ]
