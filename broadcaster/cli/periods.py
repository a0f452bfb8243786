"""pause: dates on which slots don't air, holidays, mourning, quieter weeks."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from broadcaster import calendar_in, periods, phrases, programmes, timetable
from broadcaster.cli.console import Console
from broadcaster.database import looking
from broadcaster.errors import BroadcasterError
from broadcaster.models import PeriodRow
from broadcaster.rule_words import rule_words
from schedules.periods import Effect


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    pause = commands.add_parser("pause", help="ngày tạm ngưng, ngày lễ, quốc tang, mùa thi").add_subparsers(
        dest="step", required=True, metavar="VIỆC"
    )
    hold = pause.add_parser("add", parents=[common])
    hold.add_argument("--from", dest="first", metavar="DATE")
    hold.add_argument("--to", dest="last", metavar="DATE")
    hold.add_argument(
        "--every", metavar="RRULE", help="lặp lại, ví dụ “mùng 1 Tết” hoặc FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=2"
    )
    hold.add_argument("--days", type=int, default=1, help="mỗi lần lặp lại kéo dài bao nhiêu ngày")
    hold.add_argument("--reason", required=True)
    hold.add_argument("--programme", metavar="SLUG")
    hold.add_argument("--zone")
    hold.add_argument(
        "--effect", default="pause", choices=[str(e) for e in Effect],
        help="pause: không phát; holiday: ngày lễ; mourning: không nhạc; quieter: nhỏ tiếng hơn",
    )  # fmt: skip
    hold.add_argument("--volume", type=int, default=100, metavar="0-100", help="âm lượng còn lại khi quieter")
    hold.set_defaults(do=do_add)
    pause.add_parser("list", parents=[common]).set_defaults(do=do_list)
    remove = pause.add_parser("remove", parents=[common])
    remove.add_argument("id")
    remove.set_defaults(do=do_remove)
    taken = pause.add_parser("import", parents=[common], help="nhập ngày nghỉ từ tệp lịch .ics")
    taken.add_argument("file", type=Path)
    taken.set_defaults(do=do_import)


def do_add(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        row = periods.add(
            session,
            first=console.day(args.first),
            last=console.day(args.last),
            rule=args.every,
            days=args.days,
            effect=args.effect,
            volume=args.volume / 100,
            reason=args.reason,
            now=console.clock.now(),
            programme=programmes.get(session, args.programme) if args.programme else None,
            zone=args.zone,
            by=console.who,
        )
        facts = _period(row)
    console.show(facts, f"Đã thêm {_line(facts)}")


def do_list(console: Console, args: argparse.Namespace) -> None:
    with looking(console.sessions) as session:
        rows = [_period(row) for row in timetable.period_rows(session)]
    console.show(rows, [_line(f) for f in rows] or ["Không có đợt tạm ngưng nào."])


def do_remove(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        facts = _period(periods.remove(session, args.id, console.clock.now()))
    console.show(facts, f"Đã bỏ {_line(facts)}")


def do_import(console: Console, args: argparse.Namespace) -> None:
    try:
        data = args.file.read_bytes()
    except OSError as error:
        raise BroadcasterError("file-missing", usage=True, path=args.file) from error
    with console.sessions.begin() as session:
        taken = calendar_in.take(session, data, now=console.clock.now(), tz=console.settings.tz, by=console.who)
        rows = [_period(row) for row in taken.made]
    for item in taken.left_out:
        console.note(f"Không nhập {phrases.LEFT_OUT[item.why].format(title=item.title or 'không tên')}.")
    known = "Các ngày trong lịch này đã có sẵn." if taken.known else "Lịch này không có ngày nghỉ nào nhập được."
    console.show(rows, [_line(f) for f in rows] or [known])


def _period(row: PeriodRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "effect": row.effect,
        "from": row.first,
        "to": row.last,
        "every": row.rule,
        "days": row.days,
        "volume": row.volume,
        "reason": row.reason,
        "programme_id": row.programme_id,
        "zone": row.zone,
    }


def _line(facts: dict[str, Any]) -> str:
    first, last = (f"{day:%d/%m/%Y}" if day else "…" for day in (facts["from"], facts["to"]))
    when = (
        f"{rule_words(facts['every']) or facts['every']} ({facts['days']} ngày)"
        if facts["every"]
        else f"{first} - {last}"
    )
    return f"{facts['id']}  {phrases.EFFECTS[facts['effect']]}  {when}  {facts['reason']}"
