"""How fast uploads are read: MB/s an encoding, beside bare decoding from UTF-8 to NFC; then each format.

.venv/bin/python -m benchmarks.intake [MB]
"""

import random
import sys
import time
import unicodedata
from collections.abc import Callable

from audio.intake.charset import decode_bytes
from audio.intake.extract import extract
from audio.intake.worker import apart
from tests.audio.intake import made
from tests.audio.intake.corpus import SENTENCES
from tests.audio.intake.test_charset import FILES
from tests.audio.intake.test_formats import FORMATS

WAYS = ("utf-8", "utf-8 decomposed", "utf-16", "tcvn3", "vni", "cp1258", "viqr", "mojibake")


def seconds(do: Callable[[], object]) -> float:
    """The better of two runs: what the machine can do undisturbed."""
    times = []
    for _ in range(2):
        began = time.perf_counter()
        do()
        times.append(time.perf_counter() - began)
    return min(times)


def main(megabytes: float) -> None:
    """Prints one line an encoding."""
    chance = random.Random(1)
    text, size = [], 0
    while size < megabytes * 1e6:
        text.append(" ".join(chance.sample(SENTENCES, 4)))
        size += len(text[-1].encode())
    whole = "\n".join(text)
    bare = seconds(lambda: unicodedata.normalize("NFC", whole.encode().decode()))
    print(f"{'bare UTF-8 → NFC':20} {size / 1e6 / bare:9.2f} MB/s")
    for way in WAYS:
        data = FILES[way](whole)
        took = seconds(lambda data=data: decode_bytes(data))  # type: ignore[misc]
        print(f"{way:20} {len(data) / 1e6 / took:9.2f} MB/s   {took / bare:7.0f} × bare")
    formats()


def formats() -> None:
    """A bulletin of some five pages in every format: here, and in the worker."""
    lines = [" ".join(SENTENCES[i : i + 3]) for i in range(len(SENTENCES) - 3)]
    paragraphs = made.paragraphs("tcvn3", lines)
    letters = sum(map(len, lines))
    print(f"\n{'TCVN3, ' + str(letters) + ' letters':24} {'read':>8} {'in the worker':>14}")
    for name, make in FORMATS.items():
        data = make(paragraphs)
        here = seconds(lambda data=data: extract(data))  # type: ignore[misc]
        there = seconds(lambda data=data: apart(data))  # type: ignore[misc]
        print(f"{name:24} {here:7.2f}s {there:13.2f}s")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
