"""Fetching one large file over a bad line: goes on where it broke off, and is not believed until its hash is right."""

from __future__ import annotations

import hashlib
import http.client
import os
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from broadcaster.errors import BroadcasterError

BACK_OFF_S = (1.0, 3.0, 9.0)
PIECE = 256 * 1024
TIMEOUT_S = 20.0
AGENT = {"User-Agent": "tieng-loa"}

Progress = Callable[[int, int], None]


class Missing(Exception):
    """The server has no such file."""


def trouble(error: Exception) -> str:
    """What was wrong with the line: a code of phrases.LINES."""
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(error, urllib.error.HTTPError):
        return "server"
    if isinstance(cause, ssl.SSLCertVerificationError):
        return "untrusted"
    if isinstance(cause, TimeoutError):
        return "slow"
    if isinstance(cause, ConnectionRefusedError):
        return "refused"
    if isinstance(cause, ConnectionError | http.client.HTTPException | ssl.SSLError):
        return "broken"
    return "nowhere"


def small(url: str, most: int) -> bytes:
    """A small file in one piece. Raises Missing, OSError, http.client.HTTPException."""
    with _open(url, 0) as answer:
        data = bytes(answer.read(most + 1))
    if len(data) > most:
        raise OSError(f"more than {most} bytes")
    return data


def fetch(
    url: str,
    target: Path,
    size: int,
    md5: str,
    progress: Progress = lambda done, total: None,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Fetch `url` into `target`; `progress` is told (bytes there, bytes in all).

    What has come is kept in TARGET.part, for the next try and for the next call. Raises Missing, BroadcasterError
    voice-damaged (thrown away), OSError and http.client.HTTPException (the line or the disk).
    """
    partial = target.with_name(f"{target.name}.part")
    for pause in (*BACK_OFF_S, None):
        try:
            _go_on(url, partial, size, progress)
            break
        except (urllib.error.URLError, ConnectionError, TimeoutError, http.client.HTTPException):
            if pause is None:
                raise
            sleep(pause)
    if _md5(partial) != md5:
        partial.unlink()
        raise BroadcasterError("voice-damaged", file=target.name, name=target.name.split(".")[0])
    partial.replace(target)


def _go_on(url: str, partial: Path, size: int, progress: Progress) -> None:
    """Fetch what is missing. Raises http.client.IncompleteRead when the line breaks."""
    there = partial.stat().st_size if partial.exists() else 0
    if there > size:
        partial.unlink()
        there = 0
    progress(there, size)
    if there == size:
        return
    with _open(url, there) as answer, partial.open("ab") as file:
        if answer.status != http.client.PARTIAL_CONTENT:  # this server can't go on in the middle
            file.truncate(0)
            there = 0
        while piece := answer.read(min(PIECE, size - there + 1)):
            file.write(piece)
            there += len(piece)
            progress(there, size)
            if there > size:
                break
        file.flush()
        os.fsync(file.fileno())
    if there < size:
        raise http.client.IncompleteRead(b"", size - there)


def _open(url: str, start: int) -> http.client.HTTPResponse:
    headers = AGENT | ({"Range": f"bytes={start}-"} if start else {})
    try:
        answer: http.client.HTTPResponse = urllib.request.urlopen(
            urllib.request.Request(url, headers=headers), timeout=TIMEOUT_S
        )
    except urllib.error.HTTPError as error:
        error.close()
        if error.code in (403, 404, 410):
            raise Missing(url) from error
        raise
    return answer


def _md5(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "md5").hexdigest()
