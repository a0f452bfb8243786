"""Addresses of the net: scheme and www are silent, dots and slashes are said."""

import re

from audio.reading.engine import Say, rule
from audio.reading.words import pronounced

TLD = "vn|com|net|org|gov|edu|biz|info|io|app|asia|xyz|top|cc|co|tv|me|ly|icu|dev|link|page|shop|store|online|site|vip"
FILES = "apk|exe|pdf|docx?|xlsx?|jpg|png|mp3|mp4|zip|rar"
SIGNS = {
    ".": "chấm",
    "/": "xuyệt",
    "-": "gạch ngang",
    "_": "gạch dưới",
    "@": "a còng",
    "?": "hỏi",
    "=": "bằng",
    "&": "và",
    "+": "cộng",
    ":": "hai chấm",
}
SILENT = re.compile(r"(?i)^(?:https?://)?(?:www\.)?")
PIECES = re.compile(r"[^\W\d_]+|\d+|[./_@?=&+:-]")


@rule(r"(?i:(?<![\w@])(?:https?://|www\.)[^\s<>\"()\[\]{}]{1,500}(?<![.,;:!?'…/]))")
def address(m: re.Match[str], say: Say) -> str:
    """ "https://vneid.gov.vn"."""
    return said(SILENT.sub("", m[0]), say)


@rule(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}(?!\w)", needs="@")
def mail(m: re.Match[str], say: Say) -> str:
    return said(m[0], say)


@rule(
    rf"(?i:(?<![\w.@-])[a-z0-9][a-z0-9-]{{0,60}}(?:\.[a-z0-9-]{{1,40}}){{0,3}}\.(?:{TLD})(?:/[^\s<>\"()]{{0,300}}(?<![.,;:!?'…/]))?(?![\w]))",
    needs=".",
)
def site(m: re.Match[str], say: Say) -> str | None:
    """ "dichvucong.gov.vn" without a scheme; "19.5.com" must hold a letter before its end."""
    return said(m[0], say) if re.match(r"(?i:[\d-]*[a-z])", m[0]) and m[0].lower() != m[0].upper() else None


@rule(rf"(?i:(?<!\S)(?:\.(?:{TLD}|{FILES})){{1,3}}(?![\w-]))", needs=".")
def ending(m: re.Match[str], say: Say) -> str:
    """ ".gov.vn" on its own."""
    return said(m[0], say)


def said(written: str, say: Say) -> str:
    """Every part of an address; known names as the lexicon has them, the rest as a word or letter by letter."""
    return " ".join(filter(None, (_part(piece, say) for piece in PIECES.findall(written))))


def _part(piece: str, say: Say) -> str:
    if piece in SIGNS:
        return SIGNS[piece]
    if piece.isdecimal():
        return say.numbers.digits(piece)
    word = piece.lower()
    return say.lexicon.sites.get(word) or pronounced(word, say)


RULES = (mail, address, site, ending)
