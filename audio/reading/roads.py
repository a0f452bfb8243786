"""Vehicles and where they go: plates, roads, kilometre stones."""

import re

from audio.reading.engine import Say, before, rule
from audio.reading.letters import NAMES, base, spell


@rule(r"(?<![\w.])(?P<a>\d{2})-?(?P<b>[A-ZĐ]{1,2}\d?)[ –-]{0,3}(?P<c>\d{3}\.?\d{2}|\d{4,5})(?!\w)")
def plate(m: re.Match[str], say: Say) -> str:
    """92H1-123.45, 43A-12345, 92NA-00785: every sign on its own."""
    return _plate(m, say)


@rule(
    r"(?i:biển số|biển kiểm soát|BKS|BS"
    r"|biển) ?:? ?(?P<x>(?P<a>\d{2})[ –-]{0,3}(?P<b>[A-ZĐ]{1,2} ?\d?)[ .–-]{0,3}(?P<c>\d{3}\.?\d{2}"
    r"|\d{4,5}))(?!\w)"
)
def spaced_plate(m: re.Match[str], say: Say) -> str:
    return _plate(m, say)


def _plate(m: re.Match[str], say: Say) -> str:
    series = " ".join(say.numbers.digits(c) if c.isdecimal() else spell(c) for c in m["b"] if c != " ")
    return f"{say.numbers.digits(m['a'])} {series} {say.numbers.digits(m['c'])}"


@rule(r"(?<!\w)(?P<x>BS|BKS|BSX|BKS số)(?= ?:? ?\d{2} ?-? ?[A-ZĐ])")
def plate_word(m: re.Match[str], _: Say) -> str:
    return "biển số" if m["x"].startswith("BS") else "biển kiểm soát"


@rule(r"(?<!\w)(?P<p>[A-ZĐ][A-Za-zĐđ]{1,2})[ -]{0,2}(?P<n>\d{4,5})[ -]?(?P<s>TS)(?!\w)", needs="TS")
def fishing_boat(m: re.Match[str], say: Say) -> str:
    """ "QNa-90123 TS": the province's letters, the number, thủy sản."""
    return f"{spell(m['p'])} {say.numbers.digits(m['n'])} {spell(m['s'])}"


ROADS = {
    "QL": "quốc lộ",
    "TL": "tỉnh lộ",
    "ĐT": "đường tỉnh",
    "DT": "đường tỉnh",
    "ĐH": "đường huyện",
    "ĐX": "đường xã",
    "HL": "hương lộ",
    "ĐTH": "đường tỉnh",
}


@rule(r"(?<!\w)(?P<r>QL|TL|ĐT|DT|ĐH|ĐX|HL|ĐTH)[ .-]{0,2}(?P<n>\d{1,3})(?P<s>\.?[A-ZĐ]{2}|[A-ZĐa-e]?)(?![\w]|[.,]\d)")
def road(m: re.Match[str], say: Say) -> str:
    """QL1A, ĐT.609C, ĐH 5: road class, number, branch letters."""
    road_class = ROADS[m["r"]]
    if before(m, ROAD_SAID):
        road_class = road_class.removeprefix("đường ")
    return f"{road_class} {say.numbers.whole(m['n'])} {_branch(m['s'])}".strip()


@rule(r"(?i:(?<!\w)cao tốc )(?P<x>(?P<c>CT)[ .-]?(?P<n>\d{1,2}))(?!\w)")
def motorway(m: re.Match[str], say: Say) -> str:
    """ "cao tốc CT.01" is known by its signs."""
    return f"{_branch(m['c'])} {say.numbers.digits(m['n'])}"


ROAD_SAID = re.compile(r"(?i:đường) $")


@rule(r"(?i:(?<!\w)(?:quốc lộ|tỉnh lộ|đường tỉnh|hương lộ|đường huyện) )(?P<x>(?P<n>\d{1,3})(?P<s>[A-ZĐ]{1,2}))(?!\w)")
def named_road(m: re.Match[str], say: Say) -> str:
    return f"{say.numbers.whole(m['n'])} {_branch(m['s'])}"


def _branch(letters: str) -> str:
    return " ".join(NAMES[base(c)] for c in letters if c.isalpha())


STONE = r"(?P<k>[12]\.\d{3}|\d{1,4})(?: ?[+.] ?(?P<m>\d{1,3}))?"


@rule(rf"(?<![\w/])(?!km[23](?![\d+ ]))(?P<w>[Kk][Mm] ?(?:số )?|K(?=\d{{1,4}} ?\+)){STONE}(?![\w+]|[.,]\d)")
def kilometre_stone(m: re.Match[str], say: Say) -> str:
    """Km1011+900: "ki-lô-mét một nghìn không trăm mười một cộng chín trăm"."""
    metres = f" cộng {say.numbers.whole(m['m'])}" if m["m"] else ""
    return f"ki-lô-mét {say.numbers.number(m['k'])}{metres}"


@rule(r"(?<!\w)[Kk][Mm](?= số)", needs="số")
def kilometre_word(_: re.Match[str], __: Say) -> str:
    return "ki-lô-mét"


RULES = (spaced_plate, plate, plate_word, fishing_boat, road, motorway, named_road, kilometre_stone, kilometre_word)
