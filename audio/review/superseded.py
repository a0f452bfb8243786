"""Is a law quoted that another one has replaced? `superseded.tsv` says which, since when, and from what source."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from audio.review.model import Asking, Finding, finding
from audio.review.sentences import after, before
from audio.review.tables import rows

KINDS = {
    "thông tư": r"(?:thông tư|TT)",
    "nghị định": r"(?:nghị định|NĐ|ND)",
    "quyết định": r"(?:quyết định|QĐ)",
}
# The text itself knows: "… thay thế Nghị định 144", "Nghị định 144 … đã hết hiệu lực".
REPLACES = re.compile(r"(?i)(?:thay thế|thay cho|bãi bỏ|hủy bỏ|trước đây là)(?: cho)?(?: các)? [^.;]{0,60}$")
ENDED = re.compile(r"(?i)[^.;]{0,40}?(?:hết hiệu lực|bị thay thế|bị bãi bỏ|đã được thay)")


def superseded(text: str, asking: Asking) -> Iterator[Finding]:
    """The document as people write it: full number, without "/NĐ-CP", with "số", with "năm", or just its number."""
    for row in rows("superseded.tsv"):
        if date.fromisoformat(row["since"]) > asking.today:
            continue
        for match in _written(row["kind"], row["number"], row["year"], row["issuer"]).finditer(text):
            if REPLACES.search(before(text, match.start())) or ENDED.match(after(text, match.end())):
                continue
            surely = row["year"] in match[0]
            yield finding(
                text,
                match.start(),
                match.end(),
                "law-superseded",
                "warn" if surely else "info",
                instead=row["instead"],
                since=f"{date.fromisoformat(row['since']):%d/%m/%Y}",
            )


@cache
def _written(kind: str, number: str, year: str, issuer: str) -> re.Pattern[str]:
    if kind == "quy chuẩn":
        return re.compile(
            rf"(?i)(?<!\w)(?:(?:quy chuẩn(?: kỹ thuật)?(?: quốc gia)?|QCVN)(?: số)?[ :]{{0,2}}){{1,2}}{number}"
            rf" ?(?:[:/-]| năm ) ?{year}(?: ?/ ?{issuer})?(?!\w)"
        )
    name = KINDS[kind]
    tail = rf"[/ -]{{1,2}}{_loose(issuer)}"
    full = rf"(?:{name}(?: số)?[ :]{{0,2}})?{number} ?[/-] ?{year} ?{tail}"
    when = rf"(?:{tail}| ?/ ?{year}| (?:ngày \d\d?/\d\d?/|năm ){year})?"
    short = rf"{name}(?: số)?[ :]{{0,2}}{number}{when}(?! ?[/:-] ?[\dA-ZĐ])"
    return re.compile(rf"(?i)(?<![\w/])(?:{full}|{short})(?!\w)")


def _loose(issuer: str) -> str:
    """ "NĐ-CP" is also typed NDCP, NĐ–CP, NĐ - CP."""
    return re.escape(issuer).replace("Đ", "[ĐD]").replace(r"\-", " ?[–-]? ?")
