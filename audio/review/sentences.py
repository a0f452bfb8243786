"""The sentence around a place, as far as it matters: a bounded window keeps every question linear in the text."""

import re

REACH = 200  # characters; longer than any sentence an announcer gets through in one breath
# "TP. Tam Kỳ" and "H.N.T." end no sentence.
ENDS = re.compile(r"(?<![A-ZĐ])(?<!Tp)[.!?…](?=[\s\"'”)])|\n")


def before(text: str, at: int, reach: int = REACH) -> str:
    """What the sentence says before `at`."""
    window = text[max(0, at - reach) : at]
    end = 0
    for mark in ENDS.finditer(window):
        end = mark.end()
    return window[end:]


def after(text: str, at: int, reach: int = REACH) -> str:
    """What the sentence still says from `at` on."""
    window = text[at : at + reach]
    mark = ENDS.search(window)
    return window[: mark.start()] if mark else window
