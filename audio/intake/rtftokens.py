"""RTF as tokens: control words, codes, letters and braces. Nothing here knows what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,10})? ?"
    r"|\\'(?P<code>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z'])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\"
)


@dataclass(frozen=True)
class Token:
    """`kind` "word": a control word or sign in `text`, its number; "bytes": text, a Latin-1 character a byte."""

    kind: Literal["word", "bytes", "open", "close"]
    text: str = ""
    number: int | None = None


OPEN, CLOSE = Token("open"), Token("close")


def tokens(data: bytes) -> Iterator[Token]:
    """In one pass; binary stretches (\\bin) are passed over."""
    source = data.decode("latin-1")
    at = 0
    while match := TOKEN.match(source, at):
        at = match.end()
        if match["text"]:
            yield Token("bytes", match["text"])
        elif match["code"]:
            yield Token("bytes", chr(int(match["code"], 16)))
        elif match["brace"]:
            yield OPEN if match["brace"] == "{" else CLOSE
        elif match["word"]:
            number = None if match["number"] is None else int(match["number"])
            if match["word"] == "bin":
                at += max(number or 0, 0)
            yield Token("word", match["word"], number)
        elif match["sign"]:
            yield Token("word", match["sign"])
