"""Whatever is pasted in: the questions are asked without error, and what they quote stands where they say."""

from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from audio.reading import LexiconEntry, Preferences, normalise, read, read_line
from audio.review import is_phone, review, trace

FRAGMENT_TABLE = (
    "đối tượng|Nguyễn Văn Anh|NGUYỄN VĂN ANH|(SN 1990|)|cháu|10 tuổi|Trung tá|CCCD|049090001234|STK|0905.123.456"
    "|+84 905|(0235)|113|thứ Sáu|Thứ 5|chủ nhật|,|20/11/2026|31/11|30/2/2024|29.2.2023|ngày|tháng|năm 2018|sẽ|mời|đã"
    "|huyện Núi Thành|tỉnh Quảng Nam|cũ|Nghị định|144/2021/NĐ-CP|số|TT|23/2012|QCVN 26:2010|thay thế|\n|.|;|-|–|“|”|①"
    "|²|Ð|\u00ad|\u0303|00/00/0000|99/99/2026|0000000000|âm lịch|GƯƠNG NGƯỜI TỐT"
)
FRAGMENTS = FRAGMENT_TABLE.split("|")
TEXTS = st.one_of(
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=5)), max_size=14).map(" ".join),
    st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join),
    st.text(max_size=60),
)
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
QUICK = settings(deadline=None, max_examples=200)
SAMPLE = Path(__file__).parent.parent.parent.parent / "broadcaster" / "sample.txt"
OWN = Preferences(lexicon=(LexiconEntry("CAX", "Công an xã nhà"), LexiconEntry("20/11", "ngày nhà giáo")))


@QUICK
@given(TEXTS, DAYS, st.lists(st.text("0123456789.+() ", max_size=14), max_size=3))
def test_every_finding_quotes_what_stands_at_its_place(text, today, phones):
    source = normalise(text)
    findings = review(text, today, tuple(phones))
    assert all(source[f.start : f.end] == f.text and f.text for f in findings)
    assert [f.start for f in findings] == sorted(f.start for f in findings)


@QUICK
@given(TEXTS, DAYS)
def test_the_normal_form_of_the_source_does_not_matter(text, today):
    assert review(normalise(text), today) == review(text, today)


@QUICK
@given(TEXTS, st.sampled_from([Preferences(), OWN]))
def test_a_traced_sentence_is_the_sentence(text, preferences):
    for sentence in (*read(text, preferences).sentences, read_line(text, preferences)):
        parts = trace(sentence)
        assert "".join(part.written for part in parts) == sentence.written
        assert "".join(part.spoken for part in parts) == sentence.spoken


@QUICK
@given(TEXTS)
def test_every_claimed_stretch_is_traced_to_its_own_words(text):
    for sentence in read(text).sentences:
        traced = {(part.start, part.end): part.spoken for part in trace(sentence)}
        for piece in sentence.pieces:
            assert letters(traced[piece.start, piece.end]) == letters(piece.text)


def letters(text):
    return [c for c in text.lower() if c.isalpha()]


def test_hours_and_abbreviations_are_traced():
    parts = [(p.written, p.spoken) for p in trace(read_line("Lúc 17h30, CAX bắt 02 đối tượng."))]
    assert parts == [
        ("Lúc ", "Lúc "),
        ("17h30", "mười bảy giờ ba mươi phút, "),
        (", ", ""),
        ("CAX", "Công an xã "),
        (" bắt ", "bắt "),
        ("02", "hai "),
        (" đối tượng.", "đối tượng."),
    ]


def test_a_clean_bulletin_raises_no_question():
    assert review(SAMPLE.read_text(encoding="utf-8"), date(2026, 11, 26)) == ()


def test_a_long_line_without_an_end_is_asked_about_at_a_steady_pace():
    text = "đối tượng Nguyễn Văn Anh, thứ Sáu 20/11/2026, NĐ 144/2021, 0905123456 " * 8_000
    assert len(review(text, date(2026, 11, 26))) == 24_000


def test_whole_phone_numbers_are_told_from_others():
    assert is_phone("0235.3650236")
    assert is_phone("1800 1567")
    assert not is_phone("0235")
    assert not is_phone("số nhà")
