"""Numbers in words, in the standard of the national radio: mốt, lăm, linh and the inner zero groups are said."""

import re
from dataclasses import dataclass, field

from audio.reading.model import Preferences

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})\Z")
TOO_LONG = 19  # digits; beyond that nobody counts, the digits are said one by one


@dataclass(frozen=True)
class Numerals:
    """Says numbers as the station prefers."""

    preferences: Preferences = field(default_factory=Preferences)

    def digits(self, text: str) -> str:
        """The digits of `text` one by one; everything else in it is silent."""
        return " ".join(DIGITS[int(c)] for c in text if c.isdecimal())

    def cardinal(self, n: int) -> str:
        """2000005 is "hai triệu không trăm linh năm"; empty groups are silent, started ones are full."""
        if n < 1000:
            return self._group(n, full=False)
        billions, rest = divmod(n, 10**9)
        said = [f"{self.cardinal(billions)} tỷ"] if billions else []
        for size, name in ((10**6, "triệu"), (1000, self.preferences.thousand), (1, "")):
            group, rest = divmod(rest, size)
            if group:
                said.append(f"{self._group(group, full=bool(said))} {name}".strip())
        return " ".join(said)

    def _group(self, n: int, full: bool) -> str:
        hundreds, tens, units = n // 100, n // 10 % 10, n % 10
        said = [f"{DIGITS[hundreds]} trăm"] if hundreds or full else []
        if tens == 0 and units and said:
            said += [self.preferences.odd, self._last(units, after_odd=True)]
        elif tens == 0 and not said:
            said.append(DIGITS[units])
        elif tens == 1:
            said += ["mười", *(["lăm" if units == 5 else DIGITS[units]] if units else [])]
        elif tens:
            said += [DIGITS[tens], "mươi", *([self._last(units)] if units else [])]
        return " ".join(said)

    def _last(self, unit: int, after_odd: bool = False) -> str:
        if unit == 4:
            return self.preferences.four
        return DIGITS[unit] if after_odd else {1: "mốt", 5: "lăm"}.get(unit, DIGITS[unit])

    def whole(self, digits: str) -> str:
        """A count in digits: leading zeros are dropped ("01 xe"), absurd lengths are said digit by digit."""
        return self.cardinal(int(digits)) if len(digits) <= TOO_LONG else self.digits(digits)

    def fraction_part(self, digits: str) -> str:
        """After "phẩy": "25" is a number, "06" and long tails are digits."""
        return self.digits(digits) if digits[0] == "0" or len(digits) > 3 else self.cardinal(int(digits))

    def number(self, token: str) -> str:
        """A written number with "." grouping and "," decimal; tolerates the English habit and lists.

        "1.040.000", "12,5", "1.5" (a decimal: the group is not of three), "1,000,000", "1.250,5".
        """
        whole, comma, tail = token.partition(",")
        groups = whole.split(".")
        if _grouped(groups) and "," not in tail and "." not in tail:
            spoken = self.whole("".join(groups))
            return f"{spoken} phẩy {self.fraction_part(tail)}" if comma else spoken
        if not comma and len(groups) == 2:
            return f"{self.whole(groups[0])} phẩy {self.fraction_part(groups[1])}"
        english, _, tail = token.partition(".")
        if english.count(",") > 1 and _grouped(english.split(",")) and "." not in tail and "," not in tail:
            spoken = self.whole(english.replace(",", ""))
            return f"{spoken} phẩy {self.fraction_part(tail)}" if tail else spoken
        return ", ".join(" chấm ".join(map(self.whole, part.split("."))) for part in token.split(","))

    def ordinal(self, n: int) -> str:
        """After "thứ": nhất, tư, otherwise the number."""
        return {1: "nhất", 4: "tư"}.get(n) or self.cardinal(n)

    def month(self, n: int) -> str:
        """After "tháng": the fourth is "tư"."""
        return "tư" if n == 4 else self.cardinal(n)

    def day(self, n: int) -> str:
        """After "ngày": the first ten are "mùng"."""
        return f"mùng {self.cardinal(n)}" if n <= 10 else self.cardinal(n)


def _grouped(groups: list[str]) -> bool:
    """Thousands written in groups: 1-3 digits, then threes; "0.125" is not a group."""
    head, *rest = groups
    if not rest:
        return True
    return len(head) <= 3 and head[0] != "0" and all(len(group) == 3 for group in rest)


def roman(text: str) -> int | None:
    """The value of a Roman numeral up to 39 in its one correct spelling, else None."""
    if not ROMAN.match(text):
        return None
    values = [{"I": 1, "V": 5, "X": 10}[c] for c in text]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))
