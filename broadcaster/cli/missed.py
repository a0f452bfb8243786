"""missed: what was missed and asks for an answer; play it after all, or let it be."""

from __future__ import annotations

import argparse

from broadcaster import missed, words
from broadcaster.cli.console import Console
from broadcaster.clock import wall_text
from broadcaster.database import looking
from broadcaster.editorial import station_is_alive
from broadcaster.errors import BroadcasterError


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    missed_ = commands.add_parser("missed", help="buổi bị lỡ: xem, phát ngay, bỏ").add_subparsers(
        dest="step", required=True, metavar="VIỆC"
    )
    missed_.add_parser("list", parents=[common]).set_defaults(do=do_list)
    play = missed_.add_parser("play", parents=[common], help="phát bù ngay, một lần")
    play.add_argument("id")
    play.add_argument("--reason", "--override", default="", metavar="LÝ_DO", help="lý do, khi ngoài giờ được phát")
    play.set_defaults(do=do_play)
    skip = missed_.add_parser("skip", parents=[common], help="không phát bù nữa")
    skip.add_argument("id")
    skip.add_argument("--reason", default="", metavar="LÝ_DO")
    skip.set_defaults(do=do_skip)


def do_list(console: Console, args: argparse.Namespace) -> None:
    with looking(console.sessions) as session:
        asking = missed.asking(session, console.clock.now())
    names = ("broadcast_id", "title", "zone", "planned_at", "outcome")
    rows = [
        {name: getattr(e, name) for name in names} | {"reason": words.reason(e.reason), "playable": missed.playable(e)}
        for e in asking
    ]
    tz = console.settings.tz
    lines = [
        f"{wall_text(e.planned_at, tz)}  {e.title}  ({words.reason(e.reason)})  [{e.broadcast_id[-6:]}]" for e in asking
    ]
    console.show(rows, lines or ["Không có buổi nào bị lỡ chờ xử lý."])


def do_play(console: Console, args: argparse.Namespace) -> None:
    now = console.clock.now()
    if not station_is_alive(console.sessions, console.clock):
        raise BroadcasterError("station-dead")
    with console.sessions.begin() as session:
        replay = missed.play(session, args.id, by=console.who, now=now, tz=console.settings.tz, reason=args.reason)
        facts = {"id": replay.id, "title": replay.title, "zone": replay.zone, "remark": replay.remark}
    console.show(facts, f"Đã đưa vào hàng chờ: {facts['title']} ({facts['remark']}).")


def do_skip(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        answer = missed.dismiss(session, args.id, by=console.who, now=console.clock.now(), reason=args.reason)
        facts = {"broadcast_id": answer.broadcast_id, "by": answer.by, "reason": answer.reason}
    console.show(facts, f"Đã bỏ: {answer.title}. Trạm không hỏi lại nữa.")
