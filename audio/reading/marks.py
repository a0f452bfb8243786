"""Marks: bullets and numbering at the head of a line, signs between words, and the pauses that remain."""

import re

from audio.reading.engine import Say, rule
from audio.reading.letters import spell
from audio.reading.numerals import roman
from audio.reading.syllables import is_syllable
from audio.reading.vocabulary import LOW, UP, L, U

BULLET = r"[-–—+*•●▪■◦○►➢➤✓✔☑·→‣⁃▶◆❖✦★☆]"
HEAD = rf"^[ \"(]{{0,4}}(?:{BULLET}{{1,3}} {{0,3}})?"


@rule(rf"^ {{0,40}}(?P<x>{BULLET}{{1,3}})(?: |(?!\d|{BULLET}))")
def bullet(_: re.Match[str], __: Say) -> str:
    return ""


@rule(
    rf"{HEAD}(?P<x>\(?(?P<n>\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}) ?(?:\)|/(?= )|\.(?=[ )]|{UP}|\""
    rf"|$))[.:]?)(?= ?[^\d\s/])(?! ?(?:\d|triệu))"
)
def numbering(m: re.Match[str], say: Say) -> str:
    """ "1.", "2)", "3/", "(4)", "1.2."."""
    return " chấm ".join(map(say.numbers.whole, m["n"].split("."))) + "."


@rule(rf"{HEAD}(?P<x>(?P<n>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}))(?= {UP})")
def section_numbering(m: re.Match[str], say: Say) -> str:
    """ "2.1 Tình hình" at the head of a line."""
    return " chấm ".join(map(say.numbers.whole, m["n"].split("."))) + "."


@rule(
    rf"{HEAD}(?P<x>\(?(?P<n>[IVX]{{1,6}}|(?<=\()[ivx]{{1,5}}(?=\))) ?(?:\.|\)|/(?= )"
    rf"|(?= [-–] ))(?:[ .]?[-–])?)(?= ?[^\s.])(?!{UP}\.| {LOW}|(?<=X\.) ?{UP}{LOW}+ {UP}{LOW})"
)
def roman_numbering(m: re.Match[str], say: Say) -> str | None:
    """ "I. TÌNH HÌNH", "II/", "(iv)"."""
    value = roman(m["n"].upper())
    return None if value is None else say.numbers.cardinal(value) + "."


@rule(
    rf"{HEAD}(?P<x>(?:\((?P<a>[a-zđA-HĐ])\)|(?P<b>[a-zđ])(?:\)|\.(?=[ {UP[1:-1]}])|/(?= ))"
    rf"|(?P<c>[A-GĐ])[.)](?= {UP}{{2}}|\)| {UP}{LOW}+ {LOW})))(?= ?[^\s.])"
)
def lettering(m: re.Match[str], _: Say) -> str:
    """ "a)", "(b)", "c.", "A. PHẦN"."""
    return spell(m["a"] or m["b"] or m["c"]) + ","


@rule(r"\.?/\. ?$|\./\.(?!\w)", needs="/")
def closing(_: re.Match[str], __: Say) -> str:
    """ "./." ends official texts and is never voiced."""
    return "."


@rule(r"(?<=\w) ?& ?(?=\w)", needs="&")
def ampersand(_: re.Match[str], __: Say) -> str:
    return "và"


@rule(rf"(?<={UP}{UP})\.(?={UP}{UP})", needs=".")
def dotted_capitals(_: re.Match[str], __: Say) -> str:
    """ "HTX.NN": the dot joins two abbreviations."""
    return ""


@rule(r"(?<=\w)@(?=\w)", needs="@")
def at_sign(_: re.Match[str], __: Say) -> str:
    return "a còng"


@rule(r"(?<=\w) = (?=\w)", needs="=")
def equals(_: re.Match[str], __: Say) -> str:
    return "bằng"


@rule(r"(?<=[^\W\d])/(?=hoặc)", needs="/")
def and_or(_: re.Match[str], __: Say) -> str:
    return ""


@rule(r"%|‰")
def stray_percent(m: re.Match[str], _: Say) -> str:
    return "phần trăm" if m[0] == "%" else "phần nghìn"


HEADS = (bullet, numbering, section_numbering, roman_numbering, lettering)
RULES = (closing, dotted_capitals, ampersand, at_sign, equals, and_or, stray_percent)

PAUSES = str.maketrans(dict.fromkeys("()[]{}–—/|•", ",") | dict.fromkeys("\"'*_#", " "))
HYPHEN = re.compile(r"(?<![^\W\d_])-|-(?![^\W\d_])")
# A hyphen stays inside a respelled word (ki-lô-mét) and becomes a breath between two names or words in capitals.
NAME_PAIR = re.compile(rf"-(?={UP})")
OTHER = re.compile(r"[^\w\s,.;:?!…-]|[\d_]")
RUN = re.compile(r"[\s,.;:?!…]+")
CAPITALS = re.compile(rf"(?<![^\W_])[{U}{L}][{L}]{{0,6}}{UP}[{U}{L}]{{0,6}}(?![^\W_])")
LETTER_AT_HEAD = re.compile(r"^(\w)[.]")
STRENGTH = "?!….;:,"


def calm(text: str) -> str:
    """Plain written text with only letters, spaces, loanword hyphens and pause marks left."""
    text = HYPHEN.sub(",", text.translate(PAUSES))
    text = OTHER.sub(" ", NAME_PAIR.sub(", ", text))
    return CAPITALS.sub(lambda m: m[0].lower() if is_syllable(m[0]) else m[0], text)


def tidy(text: str) -> str:
    """One mark at a time, spaces where they belong, a capital at the head, a sentence mark at the end."""
    text = RUN.sub(_strongest, text.replace("...", "…")).strip()
    body = text.strip(" ,.;:?!…")
    if not body:
        return ""
    # A letter alone at the head must not look like an initial when the spoken text is read again.
    body = LETTER_AT_HEAD.sub(r"\1,", body[0].upper() + body[1:])
    return body + (text[-1] if text[-1] in "?!…" else ".")


def _strongest(run: re.Match[str]) -> str:
    return next((mark + " " for mark in STRENGTH if mark in run[0]), " ")
