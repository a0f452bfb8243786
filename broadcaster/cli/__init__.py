"""The command line: reads arguments, calls one function, turns errors into one Vietnamese line and an exit code."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from importlib import import_module
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from audio.errors import AudioError, OutputUnavailable, VoiceUnavailable
from broadcaster import words
from broadcaster.cli.console import Console
from broadcaster.cli.usage import Parser, refuse
from broadcaster.clock import Clock
from broadcaster.database import unusable
from broadcaster.errors import BroadcasterError
from broadcaster.settings import DEFAULT_TZ, Settings
from schedules.errors import ScheduleError

DONE, FAILED, UNUSABLE = 0, 1, 2
ROOMS = {
    "running": ("run", "station", "status"),
    "sound": ("read", "intake", "say", "render"),
    "desk": ("bulletin", "user"),
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
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", metavar="DIR", help="thư mục dữ liệu (mặc định: BROADCASTER_DATA hoặc của hệ thống)")
    common.add_argument("--json", action="store_true", help="in dữ kiện dạng JSON")
    parser = Parser(prog="broadcaster", description="Tiếng Loa: phát thanh tự động cho loa truyền thanh xã.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="LỆNH")
    for room in rooms:
        import_module(f"broadcaster.cli.{room}").register(commands, common)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code (0 done, 1 could not be done, 2 wrong usage or unusable input)."""
    words_given = list(sys.argv[1:] if argv is None else argv)
    for word in words_given:
        if not word.isprintable() and any("\ud800" <= letter <= "\udfff" for letter in word):
            refuse(f"“{word.encode(errors='replace').decode()}” không phải chữ UTF-8. Hãy đổi tên tệp hoặc gõ lại.")
    args = build_parser(words_given[0] if words_given else None).parse_args(words_given)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    try:
        settings = Settings.load(args.data, getattr(args, "output", None))
    except BroadcasterError as error:
        return _told(error, ZoneInfo(DEFAULT_TZ))
    console = Console(settings, Clock(), args.json)
    try:
        return int(args.do(console, args) or DONE)
    except (BroadcasterError, AudioError, ScheduleError) as error:
        return _told(error, settings.tz)
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


def _told(error: Exception, tz: ZoneInfo) -> int:
    print(words.explain(error, tz), file=sys.stderr)
    return FAILED if _could_not(error) else UNUSABLE


def _could_not(error: Exception) -> bool:
    if isinstance(error, OutputUnavailable) and error.code == "unknown-output":
        return False
    if isinstance(error, BroadcasterError):
        return not error.usage
    return isinstance(error, (VoiceUnavailable, OutputUnavailable))
