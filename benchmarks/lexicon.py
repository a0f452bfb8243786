"""What the station's own lexicon and the editor's questions cost, on a weekly bulletin made longer.

python -m benchmarks.lexicon
"""

import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from audio.reading import LexiconEntry, Preferences, read
from audio.review import review, trace

BULLETIN = Path(__file__).parent.parent / "broadcaster" / "sample.txt"
REPEATS = 60
ONSETS = (
    "b",
    "c",
    "ch",
    "d",
    "g",
    "h",
    "k",
    "kh",
    "l",
    "m",
    "n",
    "ng",
    "nh",
    "ph",
    "qu",
    "r",
    "s",
    "t",
    "th",
    "tr",
    "v",
)


def entries(count: int) -> tuple[LexiconEntry, ...]:
    """Names, abbreviations and two-word places, as a station writes them; a few of them occur in the text."""
    made = [
        LexiconEntry(f"{a.title()}a {b.title()}ươn{n}", f"{a}a {b}ươn")
        for n in range(9)
        for a in ONSETS
        for b in ONSETS
    ]
    return (LexiconEntry("CAX", "Công an xã nhà"), *made[: count - 1])


def seconds(work: Callable[[], object], rounds: int = 5) -> float:
    """Processor time of the best of a few rounds: what disturbs a round only makes it slower."""
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken)


def main() -> None:
    text = BULLETIN.read_text(encoding="utf-8") * REPEATS
    bare = 0.0
    print(f"{len(text)} characters")
    print(f"{'own entries':>12} {'characters/s':>13} {'time':>7} {'first use':>10}")
    for count in (0, 200, 2_000, 4_000):
        own = Preferences(lexicon=entries(count)) if count else Preferences()
        began = time.process_time()
        read("CAX", own)
        first = time.process_time() - began
        took = seconds(partial(read, text, own))
        bare = bare or took
        print(f"{count:>12} {len(text) / took:>13,.0f} {took / bare:>6.2f}x {first * 1000:>7.0f} ms")
    sentences = read(text).sentences
    asked = seconds(lambda: review(text, date(2026, 11, 26), ("0235.3650236",)))
    traced = seconds(lambda: [trace(sentence) for sentence in sentences])
    print(f"review {len(text) / asked:,.0f} characters/s, {asked / bare:.2f} of reading")
    print(f"trace {traced / bare:.2f} of reading")


if __name__ == "__main__":
    main()
