"""Roman numerals: after the words that take them, after place names, at the head of a line."""

import re

from audio.reading.engine import Say, before, rule
from audio.reading.numerals import roman
from audio.reading.syllables import is_syllable
from audio.reading.vocabulary import LOW, NAMED, PERSON, UP

TAKES_ROMAN = (
    "chương|phần|mục|quý|hạng|cấp|loại|khóa|khoá|kỳ|kì|thế kỷ|thế kỉ|đại hội|hội nghị|lần thứ|thứ|lần|tập|bậc"
    "|vùng|nhóm|bảng|phụ lục"
    "|đợt|giai đoạn|học kỳ|học kì|quyển|thế chiến|giải|quận|khu vực|khu phố|khu|khối|tiểu đoàn|quân khu"
    "|quân đoàn|đề mục|tiểu mục|điều"
    "|trung ương|độ|mức|tuyến|kỳ họp|nhiệm kỳ|type|tổ|thôn|ấp|xóm|đội"
)
NUMERAL = r"[IVX]{1,7}"


@rule(
    rf"(?i:(?<!\w)(?P<w>{TAKES_ROMAN})) (?P<x>{NUMERAL}(?:(?:, ?| ?[-–] ?| (?:và|đến"
    rf"|hoặc) ){NUMERAL}){{0,6}})(?![\w.]\w|\w)"
)
def after_its_word(m: re.Match[str], say: Say) -> str | None:
    """ "quý III", "hạng I", "Đại hội XIII", "loại I, II"; in capitals "DI" and "MI" stay words."""
    numerals = re.findall(NUMERAL, m["x"])
    values = [roman(each) for each in numerals]
    if None in values or (m["w"].isupper() and _reads_as_word(numerals[0]) and m["w"].lower() not in SURE):
        return None
    said = re.sub(r" ?[-–] ?", " đến ", m["x"])
    return re.sub(NUMERAL, lambda n: _say(n[0], say, m["w"].lower()), said)


SURE = frozenset({"chương", "phần", "mục", "quý", "khóa", "khoá", "thế kỷ", "lần thứ", "đại hội", "phụ lục"})


def _say(numeral: str, say: Say, word: str) -> str:
    value = roman(numeral) or 0
    if word.endswith("thứ"):
        return say.numbers.ordinal(value)
    return "nhất" if word in ("hạng", "giải") and value == 1 else say.numbers.cardinal(value)


def _reads_as_word(numeral: str) -> bool:
    return len(numeral) > 1 and is_syllable(numeral)


@rule(rf"(?<!\w){UP}{LOW}+ (?P<x>{NUMERAL})(?![\w]|\.{UP}|\. ?{LOW})")
def after_a_name(m: re.Match[str], say: Say) -> str | None:
    """ "Tam Xuân I" is a place; "Nguyễn Văn V" is a person and V a letter."""
    value = roman(m["x"])
    if value is None or (len(m["x"]) == 1 and m["x"] != "I") or before(m, PERSON) or before(m, NAMED, "x"):
        return None
    return say.numbers.cardinal(value)


@rule(rf"(?<!\w)(?P<x>[IVX]{{2,7}})(?!\w|\.{UP})")
def several_signs(m: re.Match[str], say: Say) -> str | None:
    """XIII is a numeral anywhere; VI, XI, MI among capitals are syllables."""
    value = roman(m["x"])
    if value is None or (
        _reads_as_word(m["x"]) and (before(m, CAPITAL_BEFORE) or CAPITAL_AFTER.match(m.string, m.end()))
    ):
        return None
    return say.numbers.cardinal(value)


CAPITAL_BEFORE = re.compile(rf"{UP}{{2,8}} $")
CAPITAL_AFTER = re.compile(rf" {UP}{{2,8}}")


@rule(rf"(?i:(?<!\w)(?:mục|phần|tiểu mục) )(?P<x>(?P<r>{NUMERAL})(?P<n>(?:\.\d{{1,2}}){{1,3}}))(?!\w)")
def dotted_section(m: re.Match[str], say: Say) -> str | None:
    """ "mục II.1": hai chấm một."""
    value = roman(m["r"])
    if value is None:
        return None
    return " chấm ".join([say.numbers.cardinal(value), *map(say.numbers.whole, m["n"][1:].split("."))])


RULES = (dotted_section, after_its_word, after_a_name, several_signs)
