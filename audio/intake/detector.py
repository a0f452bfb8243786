"""Which encoding is it? The likeliest reading of a row of lines, and the runner-up when it is too close.

A row is lines of one origin (plain text, or runs of one kind of font). Every line has its likelihood under every
encoding; a change of encoding from line to line has a price; the best path is found in linear time (Viterbi), and
the max-marginals tell how much worse the best differing reading is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from audio.intake.codepages import DECODERS, Decoder
from audio.intake.frequency import LETTERS, WORD, likelihood, signs, well_formed
from audio.intake.mojibake import unmixed
from audio.intake.repair import repaired

CHANGE = 12.0  # the price of another encoding from one line to the next (natural logarithm)
MARGIN = 5.0  # a reading must be e⁵ = 150 times likelier than any other to be taken alone
SHORT_OF_PROOF = 9.5  # the same for text that is good Vietnamese as it stands: "ghi chó" may still be TCVN3
BEYOND = 4.0  # what a letter that no 8-bit set stores as it is ("ạ", "đ") says against all of them
SOFT_HYPHEN = 9.0  # what U+00AD says against every set where it is no letter; it is the "ư" of TCVN3
SOFT_IS_NONE = {"utf-8", "utf-8-mojibake", "utf-8-mojibake-twice", "cp1252", "vni", "cp1258"}
CERTAIN = 1e9


def _then_repaired(decode: Decoder) -> Decoder:
    return lambda text: repaired(decode(text))


READERS: dict[str, Decoder] = {
    "utf-8": repaired,
    "utf-8-mojibake": lambda text: repaired(unmixed(text)),
    "utf-8-mojibake-twice": lambda text: repaired(unmixed(unmixed(text))),
    "cp1252": repaired,
    **{name: _then_repaired(decode) for name, decode in DECODERS.items()},
}
# How likely each encoding is before anything is read (natural logarithms): what the samples of offices hold.
UNICODE_FIRST = {
    "utf-8": 0.0, "utf-8-mojibake": -3.0, "utf-8-mojibake-twice": -5.0, "tcvn3": -9.0, "vni": -9.0,
    "cp1258": -11.0, "viscii": -12.0, "vps": -12.0, "tcvn5712": -13.0,
}  # fmt: skip
EIGHT_BIT = {"tcvn3": -0.7, "vni": -1.0, "cp1258": -3.0, "viscii": -3.0, "vps": -4.0, "tcvn5712": -4.0, "cp1252": -7.0}


@dataclass(frozen=True)
class Found:
    """For each line its text and encoding; `other` is the second reading of them all when `margin` is too small."""

    texts: tuple[str, ...]
    encodings: tuple[str, ...]
    margin: float
    other: tuple[str, ...] | None = None


def detect(lines: Sequence[str], before: Mapping[str, float], least: float = MARGIN) -> Found:
    """`before` names the encodings to try, with what speaks for each beforehand; `other` below the margin `least`."""
    names = sorted(before, key=lambda name: -before[name])
    told = [i for i, line in enumerate(lines) if not line.isascii() or any(c < " " and c not in "\t" for c in line)]
    if not told:
        return Found(tuple(map(READERS[names[0]], lines)), (names[0],) * len(lines), CERTAIN)
    scores = [_scores(lines[i], names) for i in told]
    forward = _sweep(scores, [before[name] for name in names])
    backward = _sweep(scores[::-1], [0.0] * len(names))[::-1]
    path = _path(scores, forward, backward, None)
    texts = [READERS[names[s]](lines[i]) for i, s in zip(told, path, strict=True)]
    rival = _rival([lines[i] for i in told], names, scores, forward, backward, path, texts)
    encodings = [names[path[0]]] * len(lines)
    result = [READERS[encodings[0]](line) if line.isascii() else line for line in lines]
    for i, s, text in zip(told, path, texts, strict=True):
        encodings[i], result[i] = names[s], text
    if rival is None or rival[0] >= least:
        return Found(tuple(result), tuple(encodings), rival[0] if rival else CERTAIN)
    other = list(result)
    for i, s in zip(told, _path(scores, forward, backward, rival[1:]), strict=True):
        other[i] = READERS[names[s]](lines[i])
    return Found(tuple(result), tuple(encodings), rival[0], tuple(other))


def is_clean(line: str) -> bool:
    """True when the line, taken as Unicode, holds nothing that speaks for another encoding."""
    return all(map(_is_clean, line.split()))


@lru_cache(maxsize=50_000)
def _is_clean(piece: str) -> bool:
    if piece.isascii():
        return True
    text = repaired(piece)
    return not any(signs(text)) and all(_is_clean_word(word) for word in WORD.findall(text) if not word.isascii())


def _is_clean_word(word: str) -> bool:
    if well_formed(word):
        return word.islower() or word.isupper() or word[1:].islower()
    return any(c > "\xff" for c in word) or (word.isupper() and set(word) <= LETTERS)


def _scores(line: str, names: Sequence[str]) -> list[float]:
    total = [0.0] * len(names)
    for piece in line.split(" "):
        if not piece.isascii() or not piece.isprintable():
            total = [a + b for a, b in zip(total, _piece_scores(piece, tuple(names)), strict=True)]
    return total


@lru_cache(maxsize=50_000)
def _piece_scores(piece: str, names: tuple[str, ...]) -> list[float]:
    """A piece between spaces has the same reading wherever it stands: the sets know no context."""
    readings = [READERS[name](piece) for name in names]
    chances = {reading: likelihood(reading) for reading in set(readings)}
    beyond = BEYOND * sum(c > "\xff" and c in LETTERS for c in piece)
    soft = SOFT_HYPHEN * piece.count("\xad")
    prices = [beyond * (name in DECODERS) + soft * (name in SOFT_IS_NONE) for name in names]
    return [chances[reading] - price for reading, price in zip(readings, prices, strict=True)]


def _sweep(scores: Sequence[Sequence[float]], start: Sequence[float]) -> list[list[float]]:
    """Best total of any path that ends in each encoding at each line."""
    rows = [[a + b for a, b in zip(start, scores[0], strict=True)]]
    for line in scores[1:]:
        changed = max(rows[-1]) - CHANGE
        rows.append([max(stay, changed) + score for stay, score in zip(rows[-1], line, strict=True)])
    return rows


def _path(
    scores: Sequence[Sequence[float]],
    forward: Sequence[Sequence[float]],
    backward: Sequence[Sequence[float]],
    through: tuple[int, int] | None,
) -> list[int]:
    """The best path of all, or of those that take encoding `through[1]` at line `through[0]`."""
    at, state = through or (len(scores) - 1, max(range(len(forward[-1])), key=forward[-1].__getitem__))
    path = [state] * len(scores)
    for rows, order, step in ((forward, range(at - 1, -1, -1), 1), (backward, range(at + 1, len(scores)), -1)):
        for i in order:
            row, coming = rows[i], path[i + step]
            best = max(range(len(row)), key=row.__getitem__)
            path[i] = coming if row[coming] >= row[best] - CHANGE else best
    return path


def _rival(
    lines: Sequence[str],
    names: Sequence[str],
    scores: Sequence[Sequence[float]],
    forward: Sequence[Sequence[float]],
    backward: Sequence[Sequence[float]],
    path: Sequence[int],
    texts: Sequence[str],
) -> tuple[float, int, int] | None:
    """(how much worse, line, encoding) of the best path that reads some line differently."""
    top = max(forward[-1])
    found: tuple[float, int, int] | None = None
    least = SHORT_OF_PROOF
    for i, line in enumerate(lines):
        for s, name in enumerate(names):
            worse = top - (forward[i][s] + backward[i][s] - scores[i][s])
            if worse < least and s != path[i] and READERS[name](line) != texts[i]:
                found, least = (worse, i, s), worse
    return found
