"""What a paste from a web page or from Zalo brings along: buttons, counters, senders and times. Set aside, and said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from audio.intake.model import Left
from audio.reading import read

LONGEST = 120  # characters; content must never be lost to a loose pattern
CLOCK = r"\d{1,2}[:h]\d{2}(?::\d{2})?(?:\s*(?:SA|CH|AM|PM))?"
DAY = r"(?:Hôm nay|Hôm qua|Thứ \w+|Chủ nhật|T[2-7]|CN|\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?)"
SHARE = (
    r"(?:Chia sẻ|Facebook|Zalo|Twitter|X|Messenger|Email|Gmail|In|Sao chép liên kết|Copy link|Lưu(?: bài)?|Thích|Like"
    r"|Share|Tweet|Viber|Telegram|Google\+|Linkedin|In bài viết)"
)
SENDER = re.compile(rf"(?:\[?{CLOCK}(?:,?\s*{DAY})?\]?|\[?{DAY},?\s*{CLOCK}\]?)\s*[-–]?\s*([^:\n]{{2,40}}):\s*(.*)")
RECALLED = re.compile(r"\[(?:Đã thu hồi|Hình ảnh|Sticker|Video|Tệp|File)\]\s*")
NAME = re.compile(r"[^\W\d_][^\n:;,.!?]{1,38}")
STAMP = "giờ gửi của Zalo"


@dataclass(frozen=True)
class Cleaned:
    """`left` will not be heard; `warnings` name its places, by the line they had.

    What the reading room drops by itself stays in `text`: there it tells more about the lines around it.
    """

    text: str
    left: tuple[Left, ...]
    warnings: tuple[str, ...]


def without_chrome(text: str) -> Cleaned:
    """Whole lines only, but for the sender in front of a message; never all of a text."""
    lines = text.split("\n")
    found = dict(_found(lines))
    if not found or sum(not rest for _, _, rest in found.values()) >= sum(bool(line.strip()) for line in lines):
        return Cleaned(text, (), ())
    kept, left, warnings = [], [], []
    for number, line in enumerate(lines):
        if number not in found:
            kept.append(line)
            continue
        gone, reason, rest = found[number]
        left.append(Left(gone, reason))
        silent = not rest and not read(gone).sentences
        warnings.append(f"dòng {number + 1}: “{gone}” có vẻ là {reason}, {'sẽ không đọc' if silent else 'đã bỏ ra'}")
        if rest or silent:
            kept.append(rest or line)
    return Cleaned("\n".join(kept).strip("\n"), tuple(left), tuple(warnings))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    table = resources.files(__package__).joinpath("chrome.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    pieces = {"{share}": SHARE, "{clock}": CLOCK, "{day}": DAY}
    return tuple((re.compile(_filled(pattern, pieces), re.IGNORECASE), reason) for reason, pattern in rows)


def _filled(pattern: str, pieces: dict[str, str]) -> str:
    for name, piece in pieces.items():
        pattern = pattern.replace(name, piece)
    return pattern


def _reason(line: str) -> str:
    return next((reason for pattern, reason in _patterns() if pattern.fullmatch(line)), "")


def _found(lines: Sequence[str]) -> Iterator[tuple[int, tuple[str, str, str]]]:
    """(line, (what goes, why, what stays of it)). Times and names are Zalo's only where several show that it is."""
    stripped = [line.strip() for line in lines]
    reasons = [_reason(line) if 0 < len(line) <= LONGEST else "" for line in stripped]
    senders = [SENDER.fullmatch(line) for line in stripped]
    signs = sum(map(bool, senders)) + reasons.count(STAMP)
    chat = signs > 1 or any(reason == "dấu của Zalo" for reason in reasons)
    for i, line in enumerate(stripped):
        sender = senders[i]
        if chat and sender and NAME.fullmatch(sender[1].strip()):
            rest = RECALLED.sub("", sender[2], count=1)
            yield i, (line[: len(line) - len(rest)].strip(), "tên và giờ gửi của Zalo", rest)
        elif reasons[i] and (chat or reasons[i] != STAMP):
            yield i, (line, reasons[i], "")
        elif chat and i + 1 < len(lines) and reasons[i + 1] == STAMP and NAME.fullmatch(line):
            yield i, (line, "tên người gửi của Zalo", "")
