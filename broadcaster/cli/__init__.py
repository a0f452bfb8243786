"""The command line: reads arguments, calls one function, turns errors into one Vietnamese line and an exit code."""

from __future__ import annotations

import argparse
import io
import logging
import sys
from collections.abc import Sequence
from importlib import import_module
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from audio.errors import AudioError, OutputUnavailable, VoiceUnavailable
from broadcaster import presence, words
from broadcaster.cli import usage
from broadcaster.cli.console import Console
from broadcaster.clock import Clock
from broadcaster.database import unusable
from broadcaster.errors import BroadcasterError
from broadcaster.settings import DEFAULT_TZ, Settings
from schedules.errors import ScheduleError

DONE, FAILED, UNUSABLE = 0, 1, 2
WRITTEN = ("out", "csv", "xlsx", "ics", "pdf", "backup")  # arguments that name a file to be written
ROOMS = {
    "running": ("run", "status"),
    "station": ("station",),
    "sound": ("read", "intake", "say", "render"),
    "desk": ("bulletin",),
    "people": ("user",),
    "programmes": ("programme", "jingle"),
    "choices": ("lexicon", "setting"),
    "slots": ("slot",),
    "periods": ("pause",),
    "times": ("plan", "simulate", "hours"),
    "air": ("play", "queue", "alert", "stop", "resume", "log", "demo"),
    "missed": ("missed",),
    "zones": ("zone",),
    "clock": ("clock",),
    "live": ("relay", "mic", "end", "tone"),
    "voice": ("voice",),
    "proof": ("proof",),
    "reports": ("report",),
    "tokens": ("token",),
    "care": ("check", "backup", "restore"),
}


def build_parser(command: str | None = None) -> argparse.ArgumentParser:
    """All commands; each room registers its own. Knowing the command, only its room is loaded: `stop` must not
    wait for libraries that only `render` needs."""
    rooms = [room for room, names in ROOMS.items() if command in names] or list(ROOMS)
    common = usage.Parser(add_help=False)
    common.add_argument("--data", metavar="DIR", help="thư mục dữ liệu (mặc định: BROADCASTER_DATA hoặc của hệ thống)")
    common.add_argument("--json", action="store_true", help="in dữ kiện dạng JSON")
    parser = usage.Parser(prog="broadcaster", description="Tiếng Loa: phát thanh tự động cho loa truyền thanh xã.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="LỆNH")
    for room in rooms:
        import_module(f"broadcaster.cli.{room}").register(commands, common)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code (0 done, 1 could not be done, 2 wrong usage or unusable input)."""
    words_given = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    usage.expect_readable(words_given)
    args = build_parser(words_given[0] if words_given else None).parse_args(words_given)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    try:
        settings = Settings.load(args.data, getattr(args, "output", None))
    except BroadcasterError as error:
        return _told(error, ZoneInfo(DEFAULT_TZ))
    console = Console(settings, Clock(), args.json)
    try:
        for target in filter(None, (getattr(args, name, None) for name in WRITTEN)):
            console.expect_not_ours(target)
        return int(args.do(console, args) or DONE)
    except (BroadcasterError, AudioError, ScheduleError) as error:
        dead = isinstance(error, BroadcasterError) and error.code == "station-dead"
        return _told(presence.why_silent(settings) if dead else error, settings.tz)
    except sa.exc.DBAPIError as error:  # damaged or full in the middle of the work
        return _told(unusable(settings, error), settings.tz)
    except BrokenPipeError:  # the reader of our output has gone (| head)
        sys.stderr.close()
        return DONE
    except OSError as error:  # a disk that fills up or goes away while we write
        return _told(BroadcasterError("disk", path=error.filename or settings.data, detail=error.strerror), settings.tz)
    except KeyboardInterrupt:
        return 130
    finally:
        console.close()


def _speak_utf8() -> None:
    """Vietnamese fits into no code page that Windows gives to a pipe or file, nor into ASCII."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def _told(error: Exception, tz: ZoneInfo) -> int:
    print(" ".join(words.explain(error, tz).splitlines()), file=sys.stderr)
    return FAILED if _could_not(error) else UNUSABLE


def _could_not(error: Exception) -> bool:
    if isinstance(error, OutputUnavailable) and error.code in ("unknown-output", "stream-bad"):
        return False
    if isinstance(error, BroadcasterError):
        return not error.usage
    return isinstance(error, (VoiceUnavailable, OutputUnavailable))
