"""`python -m web.serve`: the panel as its own process, behind a server that needs nothing from the system."""

from __future__ import annotations

import _thread
import argparse
import os
import signal
import ssl
import sys
import tempfile
import threading
import time

from flask import Flask

from broadcaster import certificate, reach, supervisor, words
from broadcaster.cli import usage
from broadcaster.clock import Clock
from broadcaster.errors import BroadcasterError
from broadcaster.settings import Settings
from web import create_app, landing, limits, server
from web.front import Front

RENEWAL_S = 3600.0  # between two looks whether the certificate still fits


def _https(app: Flask, settings: Settings, host: str, port: int) -> Front:
    """HTTPS by the station's own certificate, and the address at which telephones find it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)

    def renew() -> None:
        held = certificate.current(settings, Clock().now())
        context.load_cert_chain(held.chain, held.key)

    def tend() -> None:
        while True:
            time.sleep(RENEWAL_S)
            try:
                renew()
            except BroadcasterError as error:  # the old one goes on
                app.logger.warning("không gia hạn được chứng chỉ: %s", words.explain(error, settings.tz))

    renew()
    threading.Thread(target=tend, name="certificate", daemon=True).start()
    app.config["REACHED_AT"] = lambda: next(iter(reach.others(host, port, lan=True)), None)
    return Front(context)


def main(argv: list[str] | None = None) -> int:
    parser = usage.Parser(prog="python -m web.serve", description="Trang điều khiển Tiếng Loa")
    parser.add_argument("--data", metavar="DIR", help="thư mục dữ liệu")
    parser.add_argument("--host", type=usage.host, default="127.0.0.1")
    parser.add_argument("--port", type=usage.port, default=8370)
    parser.add_argument("--lan", action="store_true", help="mở cho cả mạng nội bộ, bằng HTTPS")
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
    front = _https(app, settings, args.host, args.port) if args.lan else None
    serving = server.create(app, args.host, args.port, limits.asker(app), front)
    for ending in (signal.SIGTERM, signal.SIGINT):  # a shell that starts us in the background has SIGINT ignored
        signal.signal(ending, signal.default_int_handler)
    if args.supervised:
        supervisor.end_with_parent(_thread.interrupt_main)  # the server's loop takes it as Ctrl-C and winds up
        if hasattr(os, "setpgrp"):
            os.setpgrp()  # Ctrl-C goes to the supervisor alone, which stops us in order
    serving.run()
    if front:
        front.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
