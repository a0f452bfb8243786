"""Is a district or province named that no longer exists? A mild hint, once for each; `units.tsv` has the provinces."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from audio.reading.vocabulary import LOW, UP, U
from audio.review.model import Asking, Finding, finding
from audio.review.tables import rows

DISTRICTS_GONE = date(2025, 7, 1)  # Luật Tổ chức chính quyền địa phương 72/2025/QH15: no district level any more
WORD = rf"{UP}(?:{LOW}{{1,6}}|[{U}]{{1,6}})"
DISTRICT = (
    rf"(?i:huyện|quận|thị xã|thị trấn) (?:{WORD}(?: {WORD}){{0,3}}|\d\d?)"
    r"|(?i:UBND|HĐND|công an|đảng ủy|đài truyền thanh) (?i:huyện|thị trấn|thị xã)"
    rf"(?! {WORD})"
)
SHORT_CITY = re.compile(r"(?i)^TP\.? ?")
# Said of the past on purpose: "huyện Núi Thành (cũ)", "nguyên là huyện …", "trước đây thuộc tỉnh …".
LONG_AGO = re.compile(r"(?i)(?:(?<!\w)(?:cũ|nguyên|trước đây|trước kia|ngày trước|xưa)(?!\w)[^.;\n]{0,20}$)")
OLD = re.compile(r"(?i) ?[(,]? ?(?:cũ|trước đây|trước kia|xưa)(?!\w)")


def units(text: str, asking: Asking) -> Iterator[Finding]:
    named: set[str] = set()
    for match in _gone().finditer(text) if asking.today >= DISTRICTS_GONE else ():
        written = SHORT_CITY.sub("thành phố ", match[0]).casefold()
        lead = text[max(0, match.start() - 40) : match.start()]
        if written in named or LONG_AGO.search(lead) or OLD.match(text, match.end()):
            continue
        named.add(written)
        row = _table().get(written)
        values = {"now": row["now"], "since": f"{date.fromisoformat(row['since']):%d/%m/%Y}"} if row else {}
        code = "unit-renamed" if values.get("now") else "unit-gone"
        yield finding(text, match.start(), match.end(), code, "info", **values)


@cache
def _table() -> dict[str, dict[str, str]]:
    return {row["written"].casefold(): row for row in rows("units.tsv")}


@cache
def _gone() -> re.Pattern[str]:
    """The table's names (cities also as "TP. Tam Kỳ"), and whatever calls itself a district or its office."""
    names = (re.escape(name).replace(r"thành\ phố\ ", r"(?:thành phố |TP\.? ?)") for name in _table())
    return re.compile(rf"(?<!\w)(?:(?i:{'|'.join(names)})|{DISTRICT})(?!\w)")
