"""zone: groups of loudspeakers, their outputs and how loud they are when."""

from __future__ import annotations

import argparse
from datetime import timedelta

from broadcaster import zones
from broadcaster.cli import usage
from broadcaster.cli.console import Console
from broadcaster.database import looking
from broadcaster.errors import BroadcasterError


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    zone = commands.add_parser("zone", help="cụm loa").add_subparsers(dest="step", required=True, metavar="VIỆC")
    set_ = zone.add_parser("set", parents=[common], help="thêm hoặc sửa một cụm loa")
    set_.add_argument("slug", metavar="MÃ", help="ví dụ thon-3")
    set_.add_argument("--name", default="", metavar="TÊN")
    set_.add_argument(
        "--output", action="append", required=True, metavar="URI", help="đầu ra; ghi nhiều lần nếu có nhiều đầu ra"
    )
    set_.add_argument(
        "--volume",
        action="append",
        default=[],
        metavar="[NGÀY@]HH:MM-HH:MM=PHẦN_TRĂM",
        help="âm lượng theo giờ; NGÀY gồm các số 1 (thứ Hai) đến 7 (Chủ nhật)",
    )
    set_.add_argument(
        "--lead", type=float, metavar="GIÂY", help="âm ly cần mấy giây để khởi động (0: luôn mở; tối đa 9)"
    )
    set_.set_defaults(do=do_set)
    volume = zone.add_parser("volume", parents=[common], help="đặt âm lượng ngay bây giờ")
    volume.add_argument("slug", metavar="MÃ")
    volume.add_argument("percent", metavar="PHẦN_TRĂM", help="0 đến 100, hoặc auto: theo lịch âm lượng")
    volume.add_argument("--hours", type=usage.hours, metavar="N", help="giữ mấy giờ (bỏ trống: cho tới khi đổi lại)")
    volume.set_defaults(do=do_volume)
    zone.add_parser("list", parents=[common]).set_defaults(do=do_list)
    remove = zone.add_parser("remove", parents=[common])
    remove.add_argument("slug", metavar="MÃ")
    remove.set_defaults(do=do_remove)


def do_set(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        saved = zones.save(session, args.slug, args.name, args.output, args.volume, console.clock.now(), args.lead)
    console.show(saved.facts(), _line(saved))


def do_volume(console: Console, args: argparse.Namespace) -> None:
    percent = None if args.percent == "auto" else _percent(args.percent)
    until = console.clock.now() + timedelta(hours=args.hours) if args.hours else None
    with console.sessions.begin() as session:
        zones.turn(session, args.slug, percent, until)
        turned, _ = zones.one(session, args.slug)
    told = "theo lịch âm lượng" if percent is None else f"{percent} %"
    console.show(turned.facts(), f"Âm lượng {turned.name}: {told}.")


def _percent(text: str) -> int:
    if not text.isdecimal():
        raise BroadcasterError("volume-bad", usage=True)
    return int(text)


def do_list(console: Console, args: argparse.Namespace) -> None:
    with looking(console.sessions) as session:
        found = zones.listed(session)
    none = f"Chưa chia cụm loa: mọi buổi phát ra {console.settings.output}."
    console.show([z.facts() for z in found], [_line(z) for z in found] or [none])


def do_remove(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        zones.remove(session, args.slug)
    do_list(console, args)


def _line(zone: zones.Zone) -> str:
    volume = "; ".join(map(str, zone.volume)) or "100 %"
    return f"{zone.slug}  {zone.name}  → {', '.join(zone.facts()['outputs'])}  âm lượng: {volume}"
