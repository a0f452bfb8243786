"""The values this package hands out; all frozen, all offsets are into `audio.reading.normalise(source)`."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Severity = Literal["info", "warn", "serious"]


@dataclass(frozen=True)
class Finding:
    """Something an editor would ask about: where it stands, what it is (`code`), and the words it is about.

    `values` fill the sentence that the layer above has for the code. "serious" asks for a second thought before
    the text is handed in, "warn" is worth a look, "info" is a hint.
    """

    start: int
    end: int
    code: str
    severity: Severity
    text: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Asking:
    """What the questions are asked with: the day the text is looked at, and the station's own phone numbers."""

    today: date
    phones: tuple[str, ...] = ()


def finding(text: str, start: int, end: int, code: str, severity: Severity, **values: str) -> Finding:
    """A finding on `text[start:end]`."""
    return Finding(start, end, code, severity, text[start:end], tuple(values.items()))
