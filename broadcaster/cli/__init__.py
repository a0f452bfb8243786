"""The command line: reads arguments, calls one function, turns errors into one Vietnamese line and an exit code."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from audio.errors import AudioError, OutputUnavailable, VoiceUnavailable
from broadcaster import words
from broadcaster.cli.console import Console
from broadcaster.clock import Clock
from broadcaster.errors import BroadcasterError
from broadcaster.settings import Settings
from schedules.errors import ScheduleError

DONE, FAILED, UNUSABLE = 0, 1, 2
ROOMS = {
    "running": ("run", "station", "status"),
    "sound": ("read", "intake", "say", "render"),
    "desk": ("bulletin", "user", "jingle"),
    "times": ("slot", "pause", "plan", "simulate"),
    "air": ("play", "queue", "alert", "stop", "resume", "log", "demo"),
    "voice": ("voice",),
    "care": ("check", "backup", "restore"),
}


class _Parser(argparse.ArgumentParser):
    """argparse, but wrong usage is told in Vietnamese."""

    def error(self, message: str) -> NoReturn:
        print(f"Lệnh chưa đúng: {message}. Xem cách dùng: {self.prog} --help", file=sys.stderr)
        raise SystemExit(UNUSABLE)


def build_parser(command: str | None = None) -> argparse.ArgumentParser:
    """All commands; each room registers its own. Knowing the command, only its room is loaded: `stop` must not
    wait for libraries that only `render` needs."""
    rooms = [room for room, names in ROOMS.items() if command in names] or list(ROOMS)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", metavar="DIR", help="thư mục dữ liệu (mặc định: BROADCASTER_DATA hoặc của hệ thống)")
    common.add_argument("--json", action="store_true", help="in dữ kiện dạng JSON")
    parser = _Parser(prog="broadcaster", description="Tiếng Loa: phát thanh tự động cho loa truyền thanh xã.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="LỆNH")
    for room in rooms:
        import_module(f"broadcaster.cli.{room}").register(commands, common)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code (0 done, 1 could not be done, 2 wrong usage or unusable input)."""
    words_given = list(sys.argv[1:] if argv is None else argv)
    args = build_parser(words_given[0] if words_given else None).parse_args(words_given)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    settings = Settings.load(args.data, getattr(args, "output", None))
    console = Console(settings, Clock(), args.json)
    try:
        return int(args.do(console, args) or DONE)
    except (BroadcasterError, AudioError, ScheduleError) as error:
        print(words.explain(error, settings.tz), file=sys.stderr)
        return FAILED if _could_not(error) else UNUSABLE
    except BrokenPipeError:  # the reader of our output has gone (| head)
        sys.stderr.close()
        return DONE
    except KeyboardInterrupt:
        return 130
    finally:
        console.close()


def _could_not(error: Exception) -> bool:
    if isinstance(error, BroadcasterError):
        return not error.usage
    return isinstance(error, (VoiceUnavailable, OutputUnavailable))
