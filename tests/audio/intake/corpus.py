"""Texts to encode: our own sentences, the station's word list, and fragments of four words of either."""

import random
from pathlib import Path

HERE = Path(__file__).parent
SENTENCES = (HERE / "sentences.txt").read_text(encoding="utf-8").splitlines()
ROWS = [row.split("\t") for row in (HERE.parents[2] / "audio/reading/lexicon.tsv").read_text("utf-8").splitlines()[1:]]
LEXICON = [row[1].replace(",", "") for row in ROWS if "-" not in row[1]]  # spelled letters ("ét-sì") are never written
BULLETINS = ["\n".join(SENTENCES[i : i + 20]) for i in range(0, len(SENTENCES), 20)]


def fragments(count, texts=SENTENCES, seed=1, marked=None):
    """`count` runs of four words with at least one accent, or with exactly `marked` accented words."""
    chance = random.Random(seed)
    long_enough = [text.split() for text in texts if len(text.split()) > 3]
    found = []
    while len(found) < count:
        words = chance.choice(long_enough)
        start = chance.randrange(len(words) - 3)
        accented = sum(not word.isascii() for word in words[start : start + 4])
        if accented == marked or (marked is None and accented):
            found.append(" ".join(words[start : start + 4]))
    return found
