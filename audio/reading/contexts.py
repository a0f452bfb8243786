"""Abbreviations that mean different things in different company; the first line that fits wins."""

import re
from functools import cache
from importlib.resources import files

from audio.reading.engine import Say, after, before, rule
from audio.reading.syllables import is_syllable
from audio.reading.vocabulary import LOW, NAMED, OPENS_SENTENCE, PERSON, UP

SENSES = (
    "senses.tsv"  # written, spoken, what stands before it, what stands after it; <A> is a capital, <a> a small letter
)


@cache
def senses() -> dict[str, list[tuple[str, re.Pattern[str], re.Pattern[str]]]]:
    """The rows of `senses.tsv` by what is written, in their order; an empty context fits everywhere."""
    table: dict[str, list[tuple[str, re.Pattern[str], re.Pattern[str]]]] = {}
    for line in files(__package__).joinpath(SENSES).read_text(encoding="utf-8").splitlines()[1:]:
        written, spoken, left, right = line.replace("<A>", UP).replace("<a>", LOW).split("\t")
        table.setdefault(written, []).append((spoken, re.compile(left or r"\Z"), re.compile(right)))
    return table


WORDS = "|".join(sorted(map(re.escape, senses()), key=len, reverse=True))


@rule(rf"(?<![^\W_])(?P<x>(?P<w>{WORDS})(?:(?<=BS|Bs|TM|KT|CN|TX|TT|/c|/C|CT)\.(?= ?{UP}))?)(?![^\W\d_]|0\d(?!\d))")
def in_company(m: re.Match[str], _: Say) -> str | None:
    return sense_of(m)


def sense_of(m: re.Match[str]) -> str | None:
    """The meaning of the abbreviation in its place, or None when it is an ordinary word in capitals."""
    written = m["w"]
    office = written == "CA" and (after(m, ADMINISTRATIVE, "w") or before(m, LEADS, "x"))
    if is_syllable(written) and among_capitals(m) and not office:
        return None
    for spoken, follows, precedes in senses()[written]:
        if before(m, follows, "x") and after(m, precedes, "w"):
            return spoken
    return None


ADMINISTRATIVE = re.compile(r" (?:XÃ|PHƯỜNG|TỈNH|HUYỆN|THÀNH PHỐ|TP|QUẬN|THỊ|TX)(?!\w)")
LEADS = re.compile(r"(?<!\w)(?:BỘ|TRƯỞNG|GIÁM ĐỐC|NGÀNH|LỰC LƯỢNG) $")
CAPITALS_BEFORE = re.compile(rf"({UP}{{2,8}})[ ,\"“]{{1,3}}$")
CAPITALS_AFTER = re.compile(rf"[ ,\"”]{{1,3}}({UP}{{2,8}})(?!\w)")


def among_capitals(m: re.Match[str]) -> bool:
    """A neighbour is a word in capitals, so this is a heading and not an abbreviation."""
    beside = (before(m, CAPITALS_BEFORE, "x"), after(m, CAPITALS_AFTER, "x"))
    return any(found and is_syllable(found[1]) for found in beside)


PLACE_LETTERS = {
    "P": "phường",
    "H": "huyện",
    "X": "xã",
    "Q": "quận",
    "T": "tỉnh",
    "TP": "thành phố",
    "Tp": "thành phố",
    "TX": "thị xã",
    "Tx": "thị xã",
    "TT": "thị trấn",
    "Đ": "đường",
    "KP": "khu phố",
    "F": "phường",
}


@rule(
    r"(?<![\w.])(?P<x>P\.) ?(?=(?i:trưởng|giám đốc|chủ tịch|bí thư|hiệu trưởng|chánh|tổng|chủ nhiệm|trạm trưởng"
    r"|đội trưởng|chỉ huy trưởng)(?!\w)|(?:GĐ|CT|BT|CHT|TGĐ)(?!\w))",
    needs="P.",
)
def vice(_: re.Match[str], __: Say) -> str:
    """ "P.Trưởng CAX", "P. Giám đốc"."""
    return "Phó"


@rule(
    rf"(?<![\w.])(?P<x>(?P<w>TP|Tp|TX|Tx|TT|KP|T\.[PXT]|[PHXQTĐ])\.|(?P<v>T\.[PXT])(?= )) ?"
    rf"(?=(?:{UP}{LOW}+|HCM|{UP}{{2,}}(?!\.)|\d)(?!\.))"
)
def place_letter(m: re.Match[str], _: Say) -> str | None:
    """ "P. Thanh Khê", "H.Núi Thành", "Q.1"; after a person's title or family name it is an initial."""
    letters = m["w"] or m["v"]
    if (len(letters) == 1 or "." in letters) and (
        before(m, PERSON) or before(m, NAMED) or (letters == "T" and AT_NUMBER.match(m.string, m.end()))
    ):
        return None
    if letters == "P" and UNIT_AFTER.match(m.string, m.end()):
        return "phòng"
    if len(letters) == 1 and after(m, OPENS_SENTENCE):
        return None
    return PLACE_LETTERS[letters.replace(".", "")]


AT_NUMBER = re.compile(r" ?\d")
UNIT_AFTER = re.compile(r" ?(?:CS|PC|PA|PV|PX|PK|QLHC|[Cc]ảnh sát|QL|VH|TC|LĐ|GD|TN|KT|NV|TP|Tư pháp|\d{3})")


@rule(r"(?<!\w)(?P<x>[vV]/v|[vV]/V)(?!\w)", needs="/")
def concerning(_: re.Match[str], __: Say) -> str:
    return "về việc"


ON_BEHALF = {"T/M": "thay mặt", "K/T": "ký thay", "T/L": "thừa lệnh", "TUQ": "thừa ủy quyền"}


@rule(r"(?<![\w/])(?P<x>(?P<w>[TK]/[ML]|K/T|TUQ)\.?)(?= ?\w)")
def on_behalf(m: re.Match[str], _: Say) -> str | None:
    return ON_BEHALF.get(m["w"])


COMPASS = {"Đ": "Đông", "T": "Tây", "N": "Nam", "B": "Bắc"}
POINT = "BĐB|ĐĐB|ĐĐN|NĐN|NTN|TTN|TTB|BTB|ĐB|ĐN|TB|TN"


@rule(
    r"(?i:(?<!\w)(?:hướng|phía|gió|gió mùa|chếch|lệch|về|giữa) )"
    rf"(?P<x>(?:{POINT})(?: ?[-–] ?(?:{POINT})){{0,2}})(?!\w)"
)
def compass(m: re.Match[str], _: Say) -> str:
    """ "gió ĐB cấp 5", "hướng TTB": points of the compass."""
    return re.sub(r"[ĐTNB]", lambda point: COMPASS[point[0]] + " ", re.sub(r" ?[-–] ?", ", ", m["x"])).strip()


@rule(r"(?<!\w)(?P<x>BĐ) ?(?:[1-3]|I{1,3})(?!\w)", needs="BĐ")
def flood_alarm(_: re.Match[str], __: Say) -> str:
    """ "trên BĐ3 0,5m": báo động."""
    return "báo động"


@rule(r"(?<!\w)(?:v\.v\.?|vv\.?|V\.v\.?|v\.\.v\.{0,3})(?!\w)")
def and_so_on(_: re.Match[str], __: Say) -> str:
    return "vân vân"


@rule(r"(?<![\w.])T\.? ?[ƯW](?!\w)|(?<!\w)TƯ(?!\w)")
def central(_: re.Match[str], __: Say) -> str:
    return "Trung ương"


@rule(r"(?<!\w)TP ?\.? ?HCM(?!\w)|(?<!\w)TPHCM(?!\w)|(?<!\w)Tp\.? ?HCM(?!\w)", needs="HCM")
def ho_chi_minh_city(_: re.Match[str], __: Say) -> str:
    return "Thành phố Hồ Chí Minh"


RULES = (
    concerning, on_behalf, compass, flood_alarm, and_so_on, central, ho_chi_minh_city, vice, place_letter, in_company,
)  # fmt: skip
