"""A recogniser listens to finished speech (optional extra "listen"). The only module that knows vietasr.

Its own error rate says little: it errs often on a synthetic voice. So a sentence is compared with the others.
"""

import atexit
import os
import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from statistics import median
from typing import Any

import numpy as np

from audio.dsp import joined, resampled
from audio.format import RATE, Samples

HEARING = 16_000  # Hz, what the model was trained on
LEVEL = 0.08  # RMS it is played at
HUSH = 1e-4  # -80 dBFS of noise: digital silence disturbs it
BEFORE_S, AFTER_S = 0.3, 0.4
ENOUGH = 8  # sentences from which one can tell what is usual
FEWEST = 5  # syllables; of fewer one error is half the sentence
FAR = 3.0  # times the usual spread (median absolute deviation) above the usual error rate
LEAST_SPREAD = 0.08
UNDERSTOOD, NOTHING = 0.6, 0.95  # a voice usually understood that far, and a sentence of which nothing is
CODE = "misheard"

_one_at_a_time = threading.Lock()


def installed() -> bool:
    """Whether the optional extra is there."""
    return find_spec("vietasr") is not None


def heard(samples: Samples) -> str:
    """What the recogniser understands of mono speech at 48 kHz. Raises ImportError when it isn't installed."""
    said = joined(resampled([samples], RATE, HEARING))
    loudness = float(np.sqrt(np.mean(said**2))) if len(said) else 0.0
    level = LEVEL / loudness if loudness > 0 else 1.0
    wave = np.pad(said * level, (round(BEFORE_S * HEARING), round(AFTER_S * HEARING)))
    hush = HUSH * np.random.default_rng(1).standard_normal(len(wave))
    whole = (np.clip(wave + hush, -1, 1) * 32767).astype(np.int16)
    with _one_at_a_time:
        return str(_model().transcribe(whole, HEARING).text)


def error_rate(meant: str, understood: str) -> float:
    """Syllables to change, add and leave out, as a share of those meant."""
    return errors(meant, understood) / max(1, len(syllables(meant)))


def errors(meant: str, understood: str) -> int:
    """The edit distance in syllables."""
    wanted, got = syllables(meant), syllables(understood)
    row = list(range(len(got) + 1))
    for count, want in enumerate(wanted, 1):
        corner, row[0] = row[0], count
        for place, have in enumerate(got, 1):
            corner, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, corner + (want != have))
    return row[-1]


def syllables(text: str) -> list[str]:
    """The spoken form as the recogniser writes: small letters, no marks."""
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())


def far_off(rates: Sequence[float]) -> list[int]:
    """Which of these error rates stand out above the rest; too few tell nothing."""
    if len(rates) < ENOUGH:
        return []
    usual = median(rates)
    spread = max(LEAST_SPREAD, median(abs(rate - usual) for rate in rates))
    limit = usual + FAR * spread
    if usual <= UNDERSTOOD:
        limit = min(limit, NOTHING)
    return [number for number, rate in enumerate(rates) if rate > limit]


@lru_cache(maxsize=1)
def _model() -> Any:
    import vietasr

    atexit.register(_model.cache_clear)  # its clean-up fails once the interpreter has taken modules apart
    with _quiet():
        return vietasr.Pipeline.new().add("vietasr").build()


@contextmanager
def _quiet() -> Iterator[None]:
    """The library writes to the process's stderr as it loads."""
    kept, nothing = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nothing)
