"""Outputs: where the sound goes, chosen by URI. One module a kind, one protocol, one contract test."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias

from audio.errors import OutputUnavailable
from audio.format import Samples

Render: TypeAlias = Callable[[int, float], Samples]  # (frames, instant of the first one) -> block


class Clock(Protocol):
    """What an output needs of time; `audio` itself never reads a clock."""

    def wall(self) -> float: ...  # seconds since 1970, UTC

    def monotonic(self) -> float: ...  # seconds, never steps


@dataclass(frozen=True)
class Health:
    """How an output fares: `ok` while blocks are being taken, `blocks` and `underruns` since it opened."""

    ok: bool
    blocks: int
    underruns: int
    detail: str = ""


class Output(Protocol):
    """An always-open stream that asks `render` for block after block."""

    uri: str

    def start(self, render: Render) -> None:
        """Open and begin asking for blocks. Raises OutputUnavailable."""

    def hasten(self, wanted: bool) -> None:
        """Called from within `render`: whether its thread is to come before others from here on. Not while nothing
        sounds or is about to: see docs/decisions/0225-a-silent-station-is-in-no-hurry.md."""

    def stop(self) -> None:
        """Close; no call of `render` after it returns."""

    def health(self) -> Health: ...


def ways(uri: str) -> list[str]:
    """An output, and what stands in for it while it can't be had: "sound:USB|sound:"."""
    return uri.split("|")


def shown(uri: str) -> str:
    """A URI as it may be read by anyone: without the password."""
    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:…@", uri)


def expect_known(uri: str) -> None:
    """`sound:`, `sound:NAME`, `icecast://…`, `null:` or `file:DIR`. Raises OutputUnavailable for any other kind."""
    kind, colon, rest = uri.partition(":")
    if not (colon and (kind in ("sound", "null") or (kind in ("file", "icecast") and rest.strip()))):
        raise OutputUnavailable("unknown-output", uri)


def open_output(uri: str, clock: Clock) -> Output:
    """What a URI names, not yet started. Raises OutputUnavailable."""
    expect_known(uri)
    kind, _, rest = uri.partition(":")
    if kind == "sound":
        from audio.outputs.sound import SoundOutput  # loads PortAudio, which a machine may lack

        return SoundOutput(rest, clock)
    if kind == "null":
        from audio.outputs.paced import PacedOutput

        return PacedOutput(uri, clock)
    if kind == "file":
        from audio.outputs.file import FileOutput

        return FileOutput(Path(rest), clock)
    from audio.outputs.icecast import IcecastOutput

    return IcecastOutput(uri, clock)
