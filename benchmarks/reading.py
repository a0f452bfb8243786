"""How fast texts are read: characters a second for bulletins and for the worst pastes, and whether time stays linear.

.venv/bin/python -m benchmarks.reading [CHARACTERS]
"""

import random
import sys
import time

from audio.reading import read
from benchmarks.table import row
from tests.audio.reading.test_pairs import OWN

WORST = {
    "digits": "1", "dots": ".", "capitals": "A", "slashes": "/", "quotes": '"', "hyphens": "-", "brackets": "(",
    "commas": ",", "percents": "%", "combining marks": "e\u0301\u0323", "emoji": "😀", "tabs": "a\t", "bars": "a|",
    "1-1-1": "1-", "1/1/1": "1/", "1.1.1": "1.", "A.A.A": "A.", "AB, AB": "AB, ", "a@a": "a@a.", "5'": "5'",
    "Km1+": "Km1+", "phones": "0905.", "units": "5kg ", "documents": "1/NĐ-CP", "hotlines": "gọi 113, ",
    "no spaces": "đốitượng", "short lines": "UBND\n", "addresses": "https://a.b/",
}  # fmt: skip
LEAST = 50_000  # characters a second, whatever the text


def seconds(text: str) -> float:
    """Processor seconds to read `text` once; others on the machine don't count."""
    began = time.process_time()
    read(text)
    return time.process_time() - began


def main(size: int) -> None:
    """Prints one line a text: characters a second, and how much longer four times the text takes; then the worst."""
    chance = random.Random(1)
    sentences = [written for written, _ in OWN if len(written) > 30]
    lines = [" ".join(chance.choices(sentences, k=3)) for _ in range(size // 150)]
    noise = "".join(chance.choices('0123456789./-,: abcABĐđ%()\n"', k=size))
    texts = {"bulletins": "\n".join(lines)[:size], "noise": noise}
    texts |= {name: (unit * (size // len(unit) + 1))[:size] for name, unit in WORST.items()}
    texts["own short lines"] = "\n".join(f"Tổ {number}" for number in range(size // 6))[:size]
    read("Khóa cửa.")  # compiles the patterns
    speeds = {}
    for name, text in texts.items():
        quarter, whole = seconds(text[: size // 4]), seconds(text)
        speeds[name] = size / whole
        figure = f"{speeds[name]:9,.0f} characters/s   ×{whole / quarter:4.1f} for four times the text"
        row(f"reading: {name}", figure, f"≥ {LEAST:,}", speeds[name] >= LEAST)
    worst = min(speeds, key=speeds.__getitem__)
    row(
        "reading: the slowest of them",
        f"{speeds[worst]:9,.0f} characters/s   {worst}",
        f"≥ {LEAST:,}",
        speeds[worst] >= LEAST,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
