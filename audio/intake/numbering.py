"""Numbers of lists as a reader sees them: "1.", "a)", "IV.", "•"; what word processors count by themselves."""

from __future__ import annotations

from dataclasses import dataclass, field

LEVELS = 9
DASHES = frozenset("-–—+*")
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
MOST = 10_000  # beyond it letters and Roman numerals are not what anybody writes


def shown(kind: str, number: int) -> str:
    """A number in one of: decimal, zero, lower, upper, roman, ROMAN, none."""
    if kind == "none":
        return ""
    if kind == "zero":
        return f"{number:02d}"
    if kind in ("lower", "upper") and 0 < number < MOST:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if kind == "upper" else letters
    if kind in ("roman", "ROMAN") and 0 < number < MOST:
        return _roman(number) if kind == "roman" else _roman(number).upper()
    return str(number)


def _roman(number: int) -> str:
    digits = ""
    for value, letters in ROMAN:
        digits, number = digits + letters * (number // value), number % value
    return digits


def bullet(sign: str) -> str:
    """Bullets come from fonts full of signs (and as a letter "o"): all but dashes are one dot."""
    sign = sign.strip()
    return sign if sign in DASHES else "•" if sign else ""


@dataclass
class Counter:
    """Where a list of several levels stands."""

    numbers: list[int | None] = field(default_factory=lambda: [None] * LEVELS)

    def step(self, level: int, start: int, keeps: frozenset[int] = frozenset()) -> int:
        """The next number at this level; deeper levels begin anew, but for those in `keeps`."""
        before = self.numbers[level]
        number = start if before is None else before + 1
        self.numbers[level] = number
        for deeper in range(level + 1, LEVELS):
            if deeper not in keeps:
                self.numbers[deeper] = None
        return number
