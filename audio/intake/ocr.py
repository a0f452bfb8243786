"""Photographs and scans: their text when tesseract is installed with Vietnamese, else a refusal."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache

from audio.errors import BadText
from audio.intake.model import Document, Run

COMMAND = "tesseract"
SECONDS = 40  # a page; on a small machine some 15
FEW = 20  # letters; a page with fewer, and a picture, is a picture
CHECK = "Văn bản do máy nhận dạng từ ảnh, có thể sai chữ. Hãy đối chiếu từng câu với bản gốc."


@cache
def is_installed() -> bool:
    """tesseract with its Vietnamese data."""
    if shutil.which(COMMAND) is None:
        return False
    languages = subprocess.run([COMMAND, "--list-langs"], capture_output=True, check=False, timeout=SECONDS)
    return b"vie" in languages.stdout.split()


def recognised(image: bytes) -> str:
    """The text of a picture. Raises BadText photo when there is none, broken when it is no picture."""
    try:
        done = subprocess.run(
            [COMMAND, "stdin", "stdout", "-l", "vie", "--psm", "3"], input=image, capture_output=True,
            check=False, timeout=SECONDS, env=os.environ | {"OMP_THREAD_LIMIT": "1"},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise BadText("too-slow") from error
    if done.returncode:
        raise BadText("broken")
    return done.stdout.decode("utf-8", "replace").replace("\x0c", "").strip()


def read_photo(data: bytes) -> Document:
    """Raises BadText photo (no tesseract, or no text), broken, too-slow."""
    if not is_installed():
        raise BadText("photo")
    text = recognised(data)
    if not text:
        raise BadText("photo")
    return Document(tuple((Run(line),) for line in text.split("\n")), (), (CHECK,))
