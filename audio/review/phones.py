"""Is a phone number given that is not the station's? One that only nearly is, is a slip of the finger."""

import re
from collections.abc import Iterator
from functools import cache

from audio.review.model import Asking, Finding, finding
from audio.review.tables import rows

PHONE = re.compile(
    r"(?<![\w/+,*-])(?<!\d\.)(?:\(0\d{2,3}\) ?|\+? ?\(?84\)?[ .-]?|0|(?=1[89]00))\d(?:[ .-]?\d){5,10}(?![\w*]|[.,]\d)"
)
MONEY = re.compile(r"(?i) ?(?:đồng|đ|VNĐ|VND|triệu|tỷ)(?!\w)")


def phones(text: str, asking: Asking) -> Iterator[Finding]:
    own = {national(number): number for number in asking.phones if national(number)}
    for match in PHONE.finditer(text):
        number = _dialled(match[0])
        if number in own or number in hotlines() or MONEY.match(text, match.end()):
            continue
        near = next((known for known in sorted(own) if _slip(number, known)), None)
        if near:
            yield finding(text, match.start(), match.end(), "phone-near", "serious", known=own[near])
        elif national(number):
            # A station that has not said which numbers are its own is only reminded.
            yield finding(text, match.start(), match.end(), "phone-unknown", "warn" if own else "info")


def national(written: str) -> str:
    """The digits as dialled within the country, "" when this is no phone number: "+84 905…" is "0905…"."""
    digits = _dialled(written)
    if digits.startswith("0"):
        return digits if len(digits) == 10 or (len(digits) == 11 and digits[1] == "2") else ""
    toll = digits.startswith(("1800", "1900")) and 8 <= len(digits) <= 10
    return digits if toll or digits in hotlines() else ""


def _dialled(written: str) -> str:
    digits = re.sub(r"\D", "", written)
    abroad = digits.startswith("84") and 10 <= len(digits) <= 13
    return "0" + digits[2:].removeprefix("0") if abroad else digits


@cache
def hotlines() -> frozenset[str]:
    return frozenset(row["number"] for row in rows("hotlines.tsv"))


def _slip(typed: str, known: str) -> bool:
    """One digit wrong, missing, added, or two neighbours swapped."""
    if abs(len(typed) - len(known)) > 1:
        return False
    if len(typed) != len(known):
        longer, shorter = (typed, known) if len(typed) > len(known) else (known, typed)
        return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
    wrong = [i for i, (a, b) in enumerate(zip(typed, known, strict=True)) if a != b]
    if len(wrong) == 2 and wrong[1] - wrong[0] == 1:
        return typed[wrong[0]] == known[wrong[1]] and typed[wrong[1]] == known[wrong[0]]
    return len(wrong) == 1
