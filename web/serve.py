"""`python -m web.serve`: the panel as its own process, behind a server that needs nothing from the system."""

from __future__ import annotations

import _thread
import argparse
import os
import signal
import sys
import tempfile

from broadcaster import supervisor, words
from broadcaster.cli import usage
from broadcaster.clock import Clock
from broadcaster.errors import BroadcasterError
from broadcaster.settings import Settings
from web import create_app, landing, limits, server


def main(argv: list[str] | None = None) -> int:
    parser = usage.Parser(prog="python -m web.serve", description="Trang điều khiển Tiếng Loa")
    parser.add_argument("--data", metavar="DIR", help="thư mục dữ liệu")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=usage.port, default=8370)
    parser.add_argument("--supervised", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args(argv)
    settings = Settings.load(args.data)
    try:
        supervisor.check_port(args.host, args.port)
        app = create_app(settings, Clock())
        app.config["SUPERVISED"] = args.supervised
    except BroadcasterError as error:
        print(words.explain(error, settings.tz), file=sys.stderr)
        return 1
    landing.sweep(settings)
    tempfile.tempdir = str(settings.incoming)  # the system's own may lie in memory, and bodies may be large
    serving = server.create(app, args.host, args.port, limits.asker(app))
    for ending in (signal.SIGTERM, signal.SIGINT):  # a shell that starts us in the background has SIGINT ignored
        signal.signal(ending, signal.default_int_handler)
    if args.supervised:
        supervisor.end_with_parent(_thread.interrupt_main)  # the server's loop takes it as Ctrl-C and winds up
        if hasattr(os, "setpgrp"):
            os.setpgrp()  # Ctrl-C goes to the supervisor alone, which stops us in order
    serving.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
