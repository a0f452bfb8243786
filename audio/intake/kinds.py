"""What a file is, by its content; its name may say anything."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from audio.errors import BadText

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
PHOTOS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM", b"II*\0", b"MM\0*")
ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd")
SOUNDS = (b"ID3", b"fLaC", b"OggS", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"#!AMR", b"MThd")
PROGRAMS = (b"\x7fELF", b"MZ")
# Beginnings that text could have too must be followed by what text can't: a byte that is no letter of any set.
NOT_TEXT = re.compile(rb"[\x00\x03\x08\x0e\x0f\x10]")
RTF = re.compile(rb"\s*\{\\rtf")
PDF = b"%PDF-"
MHT = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,40}?content-type:\s*multipart/related", re.IGNORECASE)
HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|div|p|table|span|font"
    rb"|style|script|h[1-6]|ul|ol|article|section|center)\b[^<]{0,2000}[>]",
    re.IGNORECASE | re.DOTALL,
)
IN_ZIP = (("word/", "docx"), ("xl/", "sheet"), ("ppt/", "slides"), ("Index/", "archive"))
BY_MIMETYPE = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.text-template": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "sheet",
    "application/vnd.oasis.opendocument.presentation": "slides",
}
READ = frozenset(("txt", "docx", "odt", "doc", "rtf", "pdf", "html", "mht", "photo"))


def kind_of(data: bytes) -> str:
    """One of READ. Raises BadText archive, sheet, slides, sound, video, program, broken for what can't be read."""
    kind = _guessed(data)
    if kind not in READ:
        raise BadText(kind)
    return kind


def _guessed(data: bytes) -> str:
    head = data[:4096]
    if data.startswith(ZIP):
        return _in_zip(data)
    if data.startswith(OLE):
        return "doc"
    if PDF in head[:1024] and not head.startswith((b"<", b"{\\rtf")):
        return "pdf"
    if RTF.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "rtf"
    if NOT_TEXT.search(head) and (kind := _binary(head)):
        return kind
    plain = _plain(head)
    if MHT.match(plain):
        return "mht"
    return "html" if HTML.match(plain) else "txt"


def _binary(head: bytes) -> str:
    if head.startswith(PHOTOS) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or head[4:12] in HEIC:
        return "photo"
    if head.startswith(ARCHIVES):
        return "archive"
    if head.startswith(SOUNDS) or (head[:4] == b"RIFF" and head[8:12] == b"WAVE") or head[4:12] == b"ftypM4A ":
        return "sound"
    if head[4:8] == b"ftyp" or head.startswith(b"\x1aE\xdf\xa3"):
        return "video"
    return "program" if head.startswith(PROGRAMS) else ""


HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")


def _plain(head: bytes) -> bytes:
    """ASCII of the beginning, also of UTF-16."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(encoding, "replace").encode("ascii", "replace")
    return head.removeprefix(b"\xef\xbb\xbf")


def _in_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                mimetype = archive.read("mimetype").decode("ascii", "replace").strip()
                if mimetype in BY_MIMETYPE:
                    return BY_MIMETYPE[mimetype]
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError, EOFError, OSError):
        return "broken"
    return next((kind for stem, kind in IN_ZIP for name in names if name.startswith(stem)), "archive")
