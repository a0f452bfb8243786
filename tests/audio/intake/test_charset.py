"""Every encoding, from bulletins down to four words: word for word, or the author is asked; never silently wrong."""

import random
import unicodedata
from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from audio.errors import BadText
from audio.intake import codepages
from audio.intake.charset import decode_bytes
from audio.intake.frequency import syllables
from tests.audio.intake import encoders
from tests.audio.intake.corpus import BULLETINS, LEXICON, SENTENCES, fragments


def stored_bytes(encode):
    return lambda text: bytes(codepages.CELLS.get(ord(c), ord(c)) for c in encode(text))


def pasted(encode):
    return lambda text: codepages.as_stored(stored_bytes(encode)(text)).encode()


FILES = {name: stored_bytes(encode) for name, encode in encoders.LEGACY.items()} | {
    "viqr": lambda text: encoders.viqr(text).encode(),
    "viqr without escapes": lambda text: encoders.viqr_careless(text).encode(),
    "utf-8": str.encode,
    "utf-8 with its mark": lambda text: text.encode("utf-8-sig"),
    "utf-8 decomposed": lambda text: unicodedata.normalize("NFD", text).encode(),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16 little-endian": lambda text: text.encode("utf-16-le"),
    "utf-16 big-endian": lambda text: text.encode("utf-16-be"),
    "mojibake": lambda text: encoders.mojibake(text).encode(),
    "mojibake twice": lambda text: encoders.mojibake(text, 2).encode(),
    "mojibake of NFD": lambda text: encoders.mojibake(unicodedata.normalize("NFD", text)).encode(),
    "numeric entities": lambda text: text.encode("ascii", "xmlcharrefreplace"),
}
PASTES = {f"{name}, pasted": pasted(encoders.LEGACY[name]) for name in ("tcvn3", "vni", "cp1258")}
WAYS = FILES | PASTES


def outcome(way, text):
    """right, asked (damage, a second reading, or refusal), or wrong."""
    try:
        decoded = decode_bytes(WAYS[way](text))
    except BadText:
        return "asked"
    if decoded.other is not None or decoded.damaged:
        return "asked"
    fold = str.casefold if way.startswith("tcvn3") else str  # the set has no capitals with tones
    return "right" if fold(decoded.text) == fold(unicodedata.normalize("NFC", text)) else "wrong"


def shares(way, texts):
    """Share read right; fails with the texts that were read wrongly and not asked about."""
    outcomes = [(outcome(way, text), text) for text in texts]
    assert [text for result, text in outcomes if result == "wrong"] == []
    return Counter(result for result, _ in outcomes)["right"] / len(outcomes)


@pytest.mark.parametrize("way", [way for way in WAYS if "viqr" not in way])
def test_a_whole_bulletin_comes_back_word_for_word(way):
    assert shares(way, BULLETINS) == 1


def test_a_bulletin_in_viqr_comes_back_or_is_asked_about():
    assert shares("viqr", BULLETINS) == 1
    shares("viqr without escapes", BULLETINS)


@pytest.mark.parametrize("way", WAYS)
def test_a_sentence_comes_back_word_for_word_or_is_asked_about(way, record_property):
    share = shares(way, SENTENCES)
    record_property("right", share)
    assert share >= (0.8 if "viqr" in way else 0.99)


LEAST = {"viscii": 0.9, "vps": 0.85, "viqr": 0.7, "viqr without escapes": 0.65}  # of fragments read without asking


@pytest.mark.parametrize("way", WAYS)
def test_four_words_come_back_or_are_asked_about(way, record_property):
    share = shares(way, fragments(600))
    record_property("right", share)
    assert share >= LEAST.get(way, 0.97)


@pytest.mark.parametrize("way", WAYS)
def test_four_words_of_the_word_list_come_back_or_are_asked_about(way):
    assert shares(way, fragments(300, LEXICON, seed=2)) >= LEAST.get(way, 0.97)


@pytest.mark.parametrize("way", WAYS)
def test_four_words_with_one_accent_come_back_or_are_asked_about(way, record_property):
    share = shares(way, fragments(200, marked=1, seed=3))
    record_property("right", share)
    assert share >= (0.5 if "viscii" in way or "vps" in way or "cp1258," in way else 0.85)


@given(st.sampled_from(sorted(WAYS)), st.integers(0, 10**6))
def test_any_four_words_come_back_or_are_asked_about(way, seed):
    assert outcome(way, fragments(1, seed=seed)[0]) != "wrong"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("way", ["tcvn3", "vni", "utf-8", "utf-16"])
def test_line_ends_become_newlines(way, end):
    assert decode_bytes(WAYS[way](end.join(SENTENCES[:3]))).text == "\n".join(SENTENCES[:3])


ACCENTED = sorted(word for word in syllables() if not word.isascii())
PLAIN = ["TNGT", "Đ/c", "VNeID", "92A-123.45", "15/4", "(", "“Tin", "vui”", "–", "…", "35°C", "50 m²", "Zalo®", "± 5"]


@given(st.lists(st.sampled_from(ACCENTED + SENTENCES + PLAIN), max_size=12), st.sampled_from([" ", "\n"]))
@settings(deadline=None)  # the first one loads the tables
@example(["cã", "mét"], " ")
@example(["ra", "mét", "vô"], " ")
def test_unicode_vietnamese_is_never_decoded(words, gap):
    text = unicodedata.normalize("NFC", gap.join(words))
    assert decode_bytes(text.encode()).text == text
    assert decode_bytes(unicodedata.normalize("NFD", text).encode()).text == text


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=60))
def test_plain_ascii_is_only_ever_read_as_viqr(text):
    assert decode_bytes(text.encode()).encoding in ("utf-8", "viqr")


@pytest.mark.parametrize(
    "text",
    [
        "Pokémon, Beyoncé, José Mourinho và São Paulo",
        "Zürich, Citroën, François Hollande, Núñez",
        "Y Ổn Niê, Kpă Ksor, H'Hen Niê ở Đắk Lắk, Krông Búk, Ea H'leo",
        "mn ơi ko bt ng đó đc ko, trc h t ms thấy",
        "nhìu ng hok bít lun á, zậy mà cx đc",
        "Mn oi ko bt ng do dc ko trc nh ng ta noi v",
        "92A-123.45, 43C1-567.89, TP. Tam Kỳ, Q.1, P.5",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "TNGT, ANTT, CAX, BCH, UBND, HĐND, BCĐ, ĐT",
        "Xem https://congan.danang.gov.vn/tin?id=3&x=bo?y hoặc gọi 113",
        "Ai nhặt được?Xin báo công an. Vì sao?vì sao?",
        "Chọn A? B? C? Bạn có biết v? Sao thế?",
        "It's a test. Don't worry, e.g. U.S. v.v. a.m. p.m. x = f(a) + g(b)",
        "Diện tích 50 m², 35°C, 20 km², ½ số hộ, 5 ± 2, © 2026 Zalo® Facebook™",
        "«Gương người tốt» § 5 Điều 3",
        "Nga: Москва, Hy Lạp: Αθήνα, Trung Quốc: 北京",
        "Thu nhập 10tr/th, 5k/kg, 3 sv, 2 ng, 4 gv",
        "",
    ],
)
def test_good_text_is_neither_changed_nor_doubted(text):
    decoded = decode_bytes(text.encode())
    assert (decoded.text, decoded.encoding, decoded.damaged, decoded.other) == (text, "utf-8", (), None)


def test_a_text_that_may_be_either_is_shown_both_ways():
    decoded = decode_bytes("ra mét vô".encode())
    assert (decoded.text, decoded.other) == ("ra mét vô", "ra một vụ")
    assert any("hai cách đọc" in warning for warning in decoded.warnings)


def test_lines_of_several_encodings_are_each_read_in_theirs():
    data = b"\n".join([SENTENCES[0].encode(), FILES["tcvn3"](SENTENCES[1]), SENTENCES[2].encode()])
    decoded = decode_bytes(data)
    assert (decoded.text, decoded.encoding) == ("\n".join(SENTENCES[:3]), "mixed")


def test_a_paste_of_two_documents_is_read_line_by_line():
    text = "\n".join([*SENTENCES[:3], *(PASTES["tcvn3, pasted"](s).decode() for s in SENTENCES[3:6])])
    decoded = decode_bytes(text.encode())
    assert (decoded.text, decoded.encoding) == ("\n".join(SENTENCES[:6]), "mixed")


def test_named_entities_of_web_pages_are_letters():
    assert decode_bytes(b"nh&agrave; &#7903; &amp;Agrave; &ocirc; &lt;3 R&D; AT&T").text == "nhà ở À ô <3 R&D; AT&T"


def test_tcvn3_in_entities_is_read():
    assert decode_bytes("tr&shy;&ecirc;ng h&auml;c lµng".encode()).text == "trường học làng"


@pytest.mark.parametrize("data", [bytes(range(256)) * 40, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\x7fELF\2\1\1\0" * 9])
def test_what_is_no_text_is_refused(data):
    with pytest.raises(BadText) as refusal:
        decode_bytes(data)
    assert refusal.value.code == "binary"


@pytest.mark.parametrize(("text", "codec"), [("北京欢迎你，我们是朋友", "gb18030"), ("Привет, как дела", "cp1251")])
def test_text_of_an_unknown_encoding_is_refused(text, codec):
    with pytest.raises(BadText) as refusal:
        decode_bytes(text.encode(codec))
    assert refusal.value.code in ("encoding", "binary")


def test_random_bytes_end_in_text_or_a_refusal():
    chance = random.Random(7)
    for _ in range(300):
        try:
            decoded = decode_bytes(chance.randbytes(chance.randrange(80)))
        except BadText:
            continue
        assert unicodedata.is_normalized("NFC", decoded.text)
