"""clock: whether the schedule follows the machine's clock, and a person's word that it is right."""

from __future__ import annotations

import argparse

from broadcaster import clockword
from broadcaster.cli.console import Console
from broadcaster.clock import wall_text
from broadcaster.database import looking


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    clock = commands.add_parser("clock", help="đồng hồ máy: xem, xác nhận đang đúng").add_subparsers(
        dest="step", required=True, metavar="VIỆC"
    )
    clock.add_parser("show", parents=[common], help="giờ máy, và nhật ký có dòng nào ở tương lai").set_defaults(
        do=do_show
    )
    right = clock.add_parser(
        "right", parents=[common], help="đã xem đồng hồ khác: giờ máy đang đúng, hãy phát theo lịch"
    )
    right.set_defaults(do=do_right)


def do_show(console: Console, args: argparse.Namespace) -> None:
    now, tz = console.clock.now(), console.settings.tz
    synchronised = console.clock.synchronised()
    with looking(console.sessions) as session:
        later = clockword.later(session, now)
    lines = [f"Giờ máy: {wall_text(now.replace(microsecond=0), tz)}"]
    lines.append({True: "Đang theo giờ chuẩn.", False: "Không theo giờ chuẩn nào.", None: ""}[synchronised])
    if later and not synchronised:
        lines.append(
            f"Nhật ký có buổi ghi lúc {wall_text(later.replace(microsecond=0), tz)} nên lịch phát bị giữ lại. "
            "Giờ máy sai: hãy chỉnh lại. Giờ máy đúng: broadcaster clock right"
        )
    console.show({"now": now, "synchronised": synchronised, "log_later": later}, filter(None, lines))


def do_right(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        word = clockword.give(session, console.who, console.clock.now())
        facts = {"by": word.by, "said_at": word.said_at, "log_later": word.latest, "lines": word.lines}
        now = wall_text(word.said_at.replace(microsecond=0), console.settings.tz)
    console.show(facts, f"Đã ghi nhận: giờ máy {now} là đúng; nhật ký ghi ngày tương lai không giữ lịch phát nữa.")
