"""Whatever is pasted in: it is read without error, with letters and pauses only, and reading again changes nothing."""

import itertools
import re
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from audio.reading import normalise, read, read_line

FRAGMENT_TABLE = (
    "H.N.T.|92H1-123.45|0905.123.456|15/4|ngày|thứ|4|1.5 triệu đồng|12,5%|km/h|QL1A|I.|VI|HÀNH|./.|...|(|)|“|”|–|+|5-"
    "|/2|NĐ-CP|282/2025/NĐ-CP|CA|UBND|BCH|anh T.|7h30 - 8h|24/7|x2|≥|①|½|m²|Ð|đ/c|P. Tam Mỹ|(3)|*|•|xxx|TP."
    "|a)|https://a.vn|a@b.vn|5'|Y|Ý|#|&|1.000.000đ|100k|2tr5|ĐT: 113|gọi|Zalo|abc|Wave|т|😀|中"
    "|T7|BĐ3|ĐB|vàng 9999|QNa-90123 TS|Số: 1/TB-CAX|V/v a|Nơi nhận:"
)
FRAGMENTS = [*FRAGMENT_TABLE.split("|"), "|", "\t", "\n", "\n\n"]
NUMERIC = st.text("0123456789./-,:hđkg%'\"() ABCXIVaâđ", max_size=6)
WORDS = st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=6), NUMERIC)
TEXTS = st.one_of(
    st.lists(WORDS, max_size=12).map(" ".join), st.lists(WORDS, max_size=12).map("".join), st.text(max_size=60)
)
SAYABLE = re.compile(r"[A-Za-zÀ-ỹĐđ ,.;:?!…-]*\Z")
QUICK = settings(deadline=None, max_examples=150)


@QUICK
@given(TEXTS)
def test_only_letters_and_pauses_are_said(text):
    assert SAYABLE.match(read_line(text).spoken)
    assert all(SAYABLE.match(sentence.spoken) for sentence in read(text).sentences)


@QUICK
@given(TEXTS)
def test_what_is_said_reads_as_itself(text):
    spoken = read_line(text).spoken
    assert read_line(spoken).spoken == spoken


@QUICK
@given(TEXTS)
def test_offsets_lead_back_to_the_normalised_source(text):
    source, reading = normalise(text), read(text)
    for part in (*reading.sentences, *reading.dropped):
        assert source[part.start : part.end] == (getattr(part, "written", None) or part.text)
    for sentence in reading.sentences:
        ends = [(piece.start, piece.end) for piece in sentence.pieces]
        assert ends == sorted(ends)
        assert all(sentence.start <= start < end <= sentence.end for start, end in ends)
        assert all(earlier[1] <= later[0] for earlier, later in itertools.pairwise(ends))


@QUICK
@given(TEXTS)
def test_normalising_is_stable_and_composed(text):
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)


@QUICK
@given(TEXTS)
def test_the_normal_form_of_the_source_does_not_matter(text):
    assert read_line(unicodedata.normalize("NFD", text)).spoken == read_line(unicodedata.normalize("NFC", text)).spoken
