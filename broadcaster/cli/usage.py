"""Usage told in Vietnamese, right and wrong: argparse's own headings and sentences are English."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

UNUSABLE = 2
MOST_MINUTES, MOST_HOURS = 720, 168
LONGEST = 1000  # characters of one word on the command line
SPOKEN = ("alert", "say")  # commands that take a whole text; how long it may be is theirs to say
HEADINGS = {  # argparse's, and ours
    "positional arguments": "tham số",
    "options": "tùy chọn",
    "show this help message and exit": "in cách dùng này rồi thôi",
}
SENTENCES = (  # argparse's sentence (Python 3.11 to 3.13), and ours
    (r"the following arguments are required: (.+)", r"còn thiếu \1"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1 không nhận \2, chỉ nhận \3"),
    (r"argument (.+?): invalid int value: (.+)", r"\1 phải là một số nguyên, không phải \2"),
    (r"argument (.+?): invalid float value: (.+)", r"\1 phải là một số, không phải \2"),
    (r"argument (.+?): expected (?:one|at least one) argument", r"\1 cần một giá trị đi sau"),
    (r"one of the arguments (.+) is required", r"cần một trong các lựa chọn \1"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 không dùng chung với \2"),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1 không nhận giá trị \2"),
    (r"ambiguous option: (.+?) could match (.+)", r"\1 chưa rõ, có thể là \2"),
    (r"unrecognized arguments: (.+)", r"không hiểu \1"),
    (r"argument (.+?): (.+)", r"\1: \2"),  # the sentence of one of our own types
)


class Help(argparse.HelpFormatter):
    """The help of a command, under Vietnamese headings."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "cách dùng: " if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        super().start_section(HEADINGS.get(heading or "", heading))

    def _expand_help(self, action: argparse.Action) -> str:
        return HEADINGS.get(action.help or "") or super()._expand_help(action)


class Parser(argparse.ArgumentParser):
    """argparse, but one Vietnamese line on stderr and exit code 2."""

    def __init__(self, *given: Any, **named: Any) -> None:
        named.setdefault("formatter_class", Help)
        super().__init__(*given, **named)

    def error(self, message: str) -> NoReturn:
        refuse(f"{in_vietnamese(message)}. Xem cách dùng: {self.prog} --help")


def host(text: str) -> str:
    """An address to listen at, also as it stands in a link: [::1]."""
    return text.strip().removeprefix("[").removesuffix("]")


def in_vietnamese(message: str) -> str:
    for english, ours in SENTENCES:
        found = re.fullmatch(english, message, re.S)
        if found:
            return found.expand(ours)
    return message


def expect_readable(words: Sequence[str]) -> None:
    """Refuses what no command can use: bytes that are no text, and words longer than any name, path or reason."""
    for word in words:
        if any("\ud800" <= letter <= "\udfff" for letter in word):
            refuse(f"“{word.encode(errors='replace').decode()}” không phải chữ UTF-8. Hãy đổi tên tệp hoặc gõ lại.")
        if len(word) > LONGEST and words[0] not in SPOKEN:
            refuse(f"“{word[:40]}…” quá dài (tối đa {LONGEST} ký tự). Hãy viết ngắn lại.")


def refuse(what: str) -> NoReturn:
    print(f"Lệnh chưa đúng: {what}", file=sys.stderr)
    raise SystemExit(UNUSABLE)


def port(text: str) -> int:
    """A TCP port somebody can be told to open."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"cổng phải là số từ 1 đến 65535, không phải “{text}”")
    return int(text)


def years(text: str) -> int:
    """A number of years somebody will wait for."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 50:
        raise argparse.ArgumentTypeError(f"số năm phải từ 1 đến 50, không phải “{text}”")
    return int(text)


def add_output(parser: argparse.ArgumentParser) -> None:
    """Where the station plays to."""
    parser.add_argument("--output", metavar="URI", help="sound:, sound:TÊN, null: hoặc file:THƯMỤC")


def whole(least: int, most: int) -> Callable[[str], int]:
    """A whole number within bounds, the largest of which the database holds."""

    def read(text: str) -> int:
        digits = text.removeprefix("-")
        if not digits.isascii() or not digits.isdigit() or len(digits) > 9 or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"phải là một số nguyên từ {least} đến {most}, không phải “{text}”")
        return int(text)

    return read


def minutes(text: str) -> float:
    """A number of minutes, or of parts of one, that something live may last."""
    return _span(text, "phút", MOST_MINUTES)


def hours(text: str) -> float:
    """For how many hours something is set by hand."""
    return _span(text, "giờ", MOST_HOURS)


def _span(text: str, unit: str, most: int) -> float:
    try:
        given = float(text)
    except ValueError:
        given = 0.0
    if not 0 < given <= most:
        raise argparse.ArgumentTypeError(f"số {unit} phải lớn hơn 0 và nhiều nhất {most}, không phải “{text}”")
    return given
