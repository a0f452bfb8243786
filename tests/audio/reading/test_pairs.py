"""The public pairs and our own: what is written, and what an announcer says."""

import importlib.util
from collections import Counter
from pathlib import Path

import pytest

from audio.reading import read_line

SHARED = Path(__file__).parents[3].parent / "shared" / "reading"
OWN = [line.split("\t") for line in Path(__file__).with_name("own_pairs.tsv").read_text("utf-8").splitlines()]


def test_our_own_pairs_are_said_as_agreed() -> None:
    said = [(written, read_line(written).spoken) for written, _ in OWN]
    assert [pair for pair, agreed in zip(said, OWN, strict=True) if pair[1] != agreed[1]] == []


@pytest.mark.skipif(not SHARED.exists(), reason="the public pairs are not beside the repository")
def test_the_public_pairs_are_met():
    spec = importlib.util.spec_from_file_location("compare", SHARED / "compare.py")
    compare = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(compare)
    met, all_of = Counter(), Counter()
    for row in (SHARED / "pairs.tsv").read_text("utf-8").splitlines():
        written, spoken, others, category = row.split("\t")
        all_of[category] += 1
        forms = {compare.canon(form) for form in (spoken, *filter(None, others.split("|")))}
        met[category] += compare.canon(read_line(written).spoken) in forms
    for category, n in all_of.items():
        print(f"{category:14s} {met[category]}/{n}")
    assert met.total() >= 0.98 * all_of.total()
