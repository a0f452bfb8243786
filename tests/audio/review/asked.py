"""Shorthand: what is found in a text on the day of the other tests, by a station with two numbers of its own."""

from datetime import date

from audio.review import review

TODAY = date(2026, 11, 26)  # a Thursday
STATION = ("0235.3650236", "0905 123 456")


def found(text, code="", today=TODAY, phones=STATION):
    """[(quoted text, severity)] of the findings whose code begins like that."""
    return [(f.text, f.severity) for f in review(text, today, phones) if f.code.startswith(code)]


def quoted(text, code="", **more):
    return [words for words, _ in found(text, code, **more)]
