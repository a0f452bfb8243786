"""station: what plays, alone. In a room of its own, so that it loads nothing that only the panel needs."""

from __future__ import annotations

import argparse
import logging
import signal

from broadcaster import priority, supervisor
from broadcaster.cli.console import Console
from broadcaster.cli.usage import add_output


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    station = commands.add_parser("station", parents=[common], help="chỉ chạy trạm phát (systemd)")
    add_output(station)
    station.add_argument("--supervised", action="store_true", help=argparse.SUPPRESS)
    station.set_defaults(do=do_station)


def do_station(console: Console, args: argparse.Namespace) -> None:
    if args.supervised:
        priority.own_session()  # and Ctrl-C goes to the supervisor alone, which stops us in order
    priority.ahead()  # of loading too: after a crash people wait for the sound
    from broadcaster.station import Station  # loads the sound engine, which no other command needs

    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    station = Station(console.settings, console.clock)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: station.stop())
    if args.supervised:
        supervisor.end_with_parent(station.stop)
    station.run()
