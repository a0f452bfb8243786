"""Bytes, or runs of a document, become Unicode text; what can't be had back or can't be decided is said.

The only door to character sets: detector (which set), codepages, mojibake and viqr (how to read it), repair, damage.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audio.errors import BadText
from audio.intake import damage, viqr
from audio.intake.codepages import as_stored
from audio.intake.detector import EIGHT_BIT, MARGIN, SHORT_OF_PROOF, UNICODE_FIRST, Found, detect, is_clean
from audio.intake.frequency import WORD, well_formed
from audio.intake.model import Paragraph
from audio.intake.mojibake import with_hard_spaces
from audio.intake.repair import repaired, without_entities

__all__ = ["Decoded", "decode_bytes", "decode_runs", "repaired"]

BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
NAMES = {"utf-8-sig": "utf-8", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}
# UTF-8 of Latin, Vietnamese, Greek, Cyrillic and everything beyond U+0800; VISCII and VPS happen to form the rest.
UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xc5\xcb-\xd3][\x80-\xbf]|\xc6[\xa0\xa1\xaf\xb0]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
LINE_END = re.compile("\r\n|[\r\n\x0b\x0c\u2028\u2029]")
LINE_END_BYTES = re.compile(rb"\r\n|[\r\n\x0b\x0c]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
# What a wrong byte order doesn't give.
PLAUSIBLE = re.compile("[\t\n\r -\x7e\xa0-\u052f\u1e00-\u20cf\ufb00-\ufb06]")
# What .Vn and VNI fonts are made for; a capital font (".VnTimeH") has capitals at the codes of small letters.
FONTS = (
    (re.compile(r"\.vn.*h$", re.IGNORECASE), "tcvn3-capitals"),
    (re.compile(r"\.vn", re.IGNORECASE), "tcvn3"),
    (re.compile(r"vni\b", re.IGNORECASE), "vni"),
    (re.compile(r"vps\b", re.IGNORECASE), "vps"),
    (re.compile(r"vi ", re.IGNORECASE), "viscii"),
)
BY_FONT = 0.0, -8.0, -14.0  # what a font says beforehand for its own set, for Unicode all the same, for another set
NO_ACCENTS = "Văn bản không có dấu tiếng Việt nên sẽ đọc sai. Hãy gõ lại có dấu."
DOUBT = "Chưa chắc bảng mã của văn bản. Hãy xem cả hai cách đọc và chọn cách đúng."


@dataclass(frozen=True)
class Decoded:
    """`other` is the second reading when the two are too close: nothing of it may be approved automatically."""

    text: str  # NFC, \n line ends
    encoding: str  # "utf-8", "utf-16", "tcvn3", "vni", "viqr", "cp1258", "utf-8-mojibake", "mixed", …
    damaged: tuple[str, ...] = ()  # what is lost, each with its place, in Vietnamese
    warnings: tuple[str, ...] = ()
    other: str | None = None


def decode_bytes(data: bytes) -> Decoded:
    """A plain text file. Raises BadText binary (no text) or encoding (text in no set we know)."""
    if encoding := next((encoding for bom, encoding in BOMS if data.startswith(bom)), "") or _utf16(data):
        return _of_lines(LINE_END.split(data.decode(encoding, "replace")), [], NAMES.get(encoding, encoding))
    if b"\0" in data:
        raise BadText("binary")
    raw = LINE_END_BYTES.split(data)
    eight_bit = [i for i, line in enumerate(raw) if not _is_utf8(line)]
    if eight_bit:
        lines = [line.decode("utf-8", "replace") for line in raw]
        for i in eight_bit:
            lines[i] = as_stored(raw[i])
        try:
            return _of_lines(lines, eight_bit, "utf-8")
        except BadText:
            if not _decodes(data):
                raise
    return _of_lines([line.decode("utf-8", "replace") for line in raw], [], "utf-8")


def decode_runs(paragraphs: Sequence[Paragraph]) -> Decoded:
    """Runs of a document, one line a paragraph (more where a run holds line ends): by font, then by what they say."""
    rows: dict[str, list[str]] = {}
    layout: list[list[tuple[str, int]]] = []  # for each line, its pieces: (kind of font, place in that row)
    for paragraph in paragraphs:
        layout.append([])
        for run in paragraph:
            kind = next((kind for pattern, kind in FONTS if pattern.match(run.font.strip())), "")
            for i, text in enumerate(LINE_END.split(run.text)):
                row = rows.setdefault(kind, [])
                if i:
                    layout.append([])
                if layout[-1] and layout[-1][-1][0] == kind:
                    row[-1] += text
                else:
                    layout[-1].append((kind, len(row)))
                    row.append(text)
    found = {kind: _found(row, _by_font(kind), not kind) for kind, row in rows.items()}
    if "tcvn3-capitals" in found:
        found["tcvn3-capitals"] = _raised(found["tcvn3-capitals"])
    text = "\n".join("".join(found[kind].texts[i] for kind, i in line) for line in layout)
    others = "\n".join("".join((found[kind].other or found[kind].texts)[i] for kind, i in line) for line in layout)
    encodings = {
        e for kind, f in found.items() for e, t in zip(f.encodings, rows[kind], strict=True) if not t.isascii()
    }
    raw = "".join(text for row in rows.values() for text in row)
    return _decoded(text, encodings, others if others != text else None, "utf-8", "\xad" in raw)


def _of_lines(lines: Sequence[str], eight_bit: Sequence[int], encoding: str) -> Decoded:
    """`eight_bit`: which lines stand as cp1252 characters; the others are Unicode already, stored as `encoding`."""
    strings = sorted(set(range(len(lines))) - set(eight_bit))
    rows: list[tuple[Sequence[int], Found]] = [(strings, _found([lines[i] for i in strings], UNICODE_FIRST, True))]
    if eight_bit:
        row = detect([lines[i] for i in eight_bit], EIGHT_BIT)
        if _is_strange(row.texts):
            raise BadText("encoding")
        rows.append((eight_bit, row))
    texts, others, kinds = list(lines), list(lines), set[str]()
    for places, row in rows:
        for n, i in enumerate(places):
            texts[i], others[i] = row.texts[n], (row.other or row.texts)[n]
            if not lines[i].isascii() or CONTROL.search(lines[i]):
                kinds.add(row.encodings[n])
    text, other = "\n".join(texts), "\n".join(others)
    if CONTROL.search(text):
        raise BadText("binary")
    return _decoded(text, kinds, other if other != text else None, encoding, any("\xad" in line for line in lines))


def _is_utf8(line: bytes) -> bool:
    """ASCII, or UTF-8 for the greater part: a broken letter is damage, not another encoding."""
    return line.isascii() or 2 * sum(map(len, UTF8_SEQUENCE.findall(line))) >= sum(byte > 127 for byte in line)


def _decodes(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _utf16(data: bytes) -> str:
    """UTF-16 without its mark: zero or Vietnamese high bytes at every other place, plausible letters only."""
    if len(data) < 4 or b"\0" not in data:
        return ""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data[:4096].decode(encoding, "replace")
        good = sum(bool(PLAUSIBLE.match(c)) for c in text)
        if good >= 0.95 * len(text):
            return encoding
    return ""


def _found(lines: Sequence[str], before: Mapping[str, float], unicode_first: bool) -> Found:
    """Detection over Unicode text; where nothing in it speaks against Unicode, Unicode it is."""
    lines = [with_hard_spaces(without_entities(line)) for line in lines]
    clean = unicode_first and all(map(is_clean, lines))
    row = detect(lines, before, SHORT_OF_PROOF if clean else MARGIN)
    as_it_is = set(row.encodings) <= {"utf-8"}
    if as_it_is or not unicode_first or not (clean or _is_strange(row.texts)):
        return row
    return Found(tuple(map(repaired, lines)), ("utf-8",) * len(lines), 0.0, row.texts if clean else None)


def _by_font(kind: str) -> Mapping[str, float]:
    if not kind:
        return UNICODE_FIRST
    own, unicode, another = BY_FONT
    names = dict.fromkeys(UNICODE_FIRST, another)
    return names | {"utf-8": unicode, kind.removesuffix("-capitals"): own}


def _raised(row: Found) -> Found:
    pairs = zip(row.texts, row.encodings, strict=True)
    texts = tuple(text.upper() if encoding == "tcvn3" else text for text, encoding in pairs)
    other = None if row.other is None else tuple(map(str.upper, row.other))
    return Found(texts, row.encodings, row.margin, other)


def _is_strange(texts: Sequence[str]) -> bool:
    """True when less than half of the accented words are Vietnamese: no reading to be trusted."""
    accented = [word for text in texts for word in WORD.findall(text) if not word.isascii()]
    return 2 * sum(map(well_formed, accented)) < max(len(accented), 1)


def _decoded(text: str, kinds: set[str], other: str | None, plain: str, soft: bool) -> Decoded:
    encoding = "mixed" if len(kinds) > 1 else kinds.pop() if kinds else plain
    if encoding == "utf-8":
        encoding = plain
    if encoding == plain and (quoted := viqr.read(text)):
        if quoted.certain:
            text, encoding, other = quoted.text, "viqr", quoted.other
        else:
            other = quoted.text
    damaged = damage.found(text, horns_lost=encoding == "tcvn3" and not soft)
    warnings = [NO_ACCENTS] if damage.unaccented(text) else []
    if other is not None:
        warnings.append(DOUBT)
    return Decoded(text, encoding, tuple(damaged), tuple(warnings), other)
