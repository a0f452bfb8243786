"""Where the station keeps its things, and the few choices made outside the database."""

from __future__ import annotations

import os
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import platformdirs

from broadcaster.errors import BroadcasterError

DEFAULT_TZ = "Asia/Ho_Chi_Minh"
VOICES_URL = "https://huggingface.co/rhasspy/piper-voices/resolve/main"
SPEECH_CACHE_MB = 300  # about three hours of sentences already spoken


@dataclass(frozen=True)
class Settings:
    """Frozen, so that it can travel to worker processes.

    Environment: BROADCASTER_DATA (folder), BROADCASTER_DATABASE (URL; default SQLite in the folder),
    BROADCASTER_TZ (IANA zone of the station, default Asia/Ho_Chi_Minh), BROADCASTER_OUTPUT (URI),
    BROADCASTER_VOICES_URL (where voices are fetched from), BROADCASTER_SPEECH_CACHE_MB (default 300),
    BROADCASTER_LAN (1: the panel is open to the local network, by HTTPS), BROADCASTER_PROXIES (addresses or networks
    of reverse proxies that are believed whom they bring, with commas; default none).
    """

    data: Path
    database_url: str
    tz_name: str = DEFAULT_TZ
    output: str = "sound:"
    voices_url: str = VOICES_URL
    speech_cache_bytes: int = SPEECH_CACHE_MB * 1_000_000
    lan: bool = False
    proxies: tuple[str, ...] = ()

    @classmethod
    def load(cls, data: str | None = None, output: str | None = None) -> Settings:
        """From the arguments, else the environment, else the platform's data folder.

        Raises BroadcasterError zone-unknown, cache-bad, proxies-bad.
        """
        env = os.environ
        folder = Path(data or env.get("BROADCASTER_DATA") or platformdirs.user_data_dir("tieng-loa", False))
        folder = folder.expanduser().absolute()
        zone = env.get("BROADCASTER_TZ") or DEFAULT_TZ
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: the name of a folder of zones
            raise BroadcasterError("zone-unknown", usage=True, zone=zone) from error
        return cls(
            data=folder,
            database_url=env.get("BROADCASTER_DATABASE") or f"sqlite:///{folder / 'station.db'}",
            tz_name=zone,
            output=output or env.get("BROADCASTER_OUTPUT") or "sound:",
            voices_url=env.get("BROADCASTER_VOICES_URL") or VOICES_URL,
            speech_cache_bytes=_whole(env.get("BROADCASTER_SPEECH_CACHE_MB"), SPEECH_CACHE_MB) * 1_000_000,
            lan=env.get("BROADCASTER_LAN") == "1",
            proxies=_networks(env.get("BROADCASTER_PROXIES") or ""),
        )

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.tz_name)

    @property
    def recordings(self) -> Path:
        """Finished sound, one file a recording, named by its sha256."""
        return self.data / "recordings"

    @property
    def originals(self) -> Path:
        """Uploads as they came."""
        return self.data / "originals"

    @property
    def voices(self) -> Path:
        """Installed voices: NAME.onnx and NAME.onnx.json."""
        return self.data / "voices"

    @property
    def spoken(self) -> Path:
        """Sentences already spoken; may be deleted at any time."""
        return self.data / "spoken"

    @property
    def outlines(self) -> Path:
        """Pictures of recordings; may be deleted at any time."""
        return self.data / "outlines"

    @property
    def incoming(self) -> Path:
        """Uploads while they are being taken in; emptied when the panel starts."""
        return self.data / "incoming"

    @property
    def kept(self) -> tuple[Path, ...]:
        """The folders without which there is no station."""
        return self.data, self.recordings, self.originals

    def make_folders(self) -> None:
        """Create the data folder. Raises BroadcasterError data-not-writable."""
        try:
            for folder in (*self.kept, self.incoming):
                folder.mkdir(parents=True, exist_ok=True)
            probe = self.data / f".probe-{os.getpid()}"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise BroadcasterError("data-not-writable", path=self.data, detail=error.strerror) from error


def _networks(text: str) -> tuple[str, ...]:
    try:
        return tuple(str(ip_network(each.strip(), strict=False)) for each in text.split(",") if each.strip())
    except ValueError as error:
        raise BroadcasterError("proxies-bad", usage=True, text=text) from error


def _whole(text: str | None, default: int) -> int:
    if not text:
        return default
    if not text.isdecimal():
        raise BroadcasterError("cache-bad", usage=True, text=text)
    return int(text)
