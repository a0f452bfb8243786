"""Wrong usage told in Vietnamese: argparse's own sentences are English."""

from __future__ import annotations

import argparse
import re
import sys
from typing import NoReturn

UNUSABLE = 2
SENTENCES = (  # argparse's sentence (Python 3.11 to 3.13), and ours
    (r"the following arguments are required: (.+)", r"còn thiếu \1"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1 không nhận \2, chỉ nhận \3"),
    (r"argument (.+?): invalid int value: (.+)", r"\1 phải là một số nguyên, không phải \2"),
    (r"argument (.+?): expected one argument", r"\1 cần một giá trị đi sau"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 không dùng chung với \2"),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1 không nhận giá trị \2"),
    (r"ambiguous option: (.+?) could match (.+)", r"\1 chưa rõ, có thể là \2"),
    (r"unrecognized arguments: (.+)", r"không hiểu \1"),
    (r"argument (.+?): (.+)", r"\1: \2"),  # the sentence of one of our own types
)


class Parser(argparse.ArgumentParser):
    """argparse, but one Vietnamese line on stderr and exit code 2."""

    def error(self, message: str) -> NoReturn:
        refuse(f"{in_vietnamese(message)}. Xem cách dùng: {self.prog} --help")


def in_vietnamese(message: str) -> str:
    for english, ours in SENTENCES:
        found = re.fullmatch(english, message, re.S)
        if found:
            return found.expand(ours)
    return message


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
