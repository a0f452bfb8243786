"""What an editor would ask about a text before it goes on air: text in, findings with their place out."""

from datetime import date

from audio.reading import normalise
from audio.review.days import days
from audio.review.model import Asking, Finding, Severity
from audio.review.papers import papers
from audio.review.people import people
from audio.review.phones import national, phones
from audio.review.superseded import superseded
from audio.review.trace import Stretch, trace
from audio.review.units import units

__all__ = ["Finding", "Severity", "Stretch", "is_phone", "review", "trace"]

QUESTIONS = (superseded, people, papers, days, phones, units)


def review(text: str, today: date, phones: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """All findings in the order of the text; offsets are into `normalise(text)`. `phones` are the station's own.

    A stretch is asked about once by each question; an account number is not taken for a phone number as well.
    """
    text, asking = normalise(text), Asking(today, phones)
    found = [each for question in QUESTIONS for each in question(text, asking)]
    claimed = [(each.start, each.end) for each in found if each.code.startswith("number-")]
    kept = [
        each
        for each in found
        if not each.code.startswith("phone-") or not any(s < each.end and each.start < e for s, e in claimed)
    ]
    return tuple(sorted(kept, key=lambda each: (each.start, each.end)))


def is_phone(written: str) -> bool:
    """Whether this is a whole phone number, so that it can be compared with one in a text."""
    return national(written) != ""
