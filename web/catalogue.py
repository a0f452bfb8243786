"""web/english.po: the texts of the panel and their English, in gettext's format, as far as that is used here.

An entry is `msgid "text"` and `msgstr "English"`, either wrapped over several lines or not; its strings are written as
JSON writes them. No plural forms, no contexts. "" stands before the file's header, as always in that format.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

PATH = Path(__file__).parent / "english.po"
ENTRY = re.compile(r'^msgid ((?:".*"\s+)+)msgstr ((?:".*"\s+)+)', re.MULTILINE)
HEADER = "# English for the panel. `python -m web.collect` adds what is new and drops what is gone.\n"
ABOUT = "Language: en\nContent-Type: text/plain; charset=UTF-8\n"


def read() -> dict[str, str]:
    """Text to English, "" where that is still to be written."""
    found = ENTRY.findall(PATH.read_text("utf-8") + "\n")
    return {text: english for text, english in ((_text(a), _text(b)) for a, b in found) if text}


def write(texts: Mapping[str, str]) -> None:
    entries = [("", ABOUT), *sorted(texts.items())]
    PATH.write_text(HEADER + "\n".join(map(_entry, entries)), "utf-8")


def _text(quoted: str) -> str:
    return "".join(json.loads(line) for line in quoted.split("\n") if line.strip())


def _entry(pair: tuple[str, str]) -> str:
    text, english = (json.dumps(side, ensure_ascii=False) for side in pair)
    return f"msgid {text}\nmsgstr {english}\n"
