"""slot, pause, plan, simulate: when things air."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from broadcaster import calendar, plan, programmes, timetable, words
from broadcaster.cli.console import Console
from broadcaster.clock import wall_text
from broadcaster.database import looking
from broadcaster.errors import BroadcasterError
from broadcaster.models import PauseRow, SlotRow
from broadcaster.simulate import simulate


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    slot = commands.add_parser("slot", help="khung giờ hằng tuần").add_subparsers(
        dest="step", required=True, metavar="VIỆC"
    )
    add = slot.add_parser("add", parents=[common])
    add.add_argument("--programme", required=True, metavar="SLUG")
    add.add_argument("--rule", required=True, metavar="RRULE", help="ví dụ FREQ=WEEKLY;BYDAY=FR")
    add.add_argument("--at", required=True, metavar="HH:MM[:SS]")
    add.add_argument("--zone", default="all")
    add.add_argument("--class", dest="klass", default="thuong", choices=("thuong", "uu-tien"))
    add.add_argument("--late", default="from-start:10m", metavar="from-start:10m|resume:30m|skip")
    add.add_argument("--from", dest="first", metavar="DATE")
    add.add_argument("--until", metavar="DATE")
    add.add_argument("--override", metavar="REASON", help="lý do phát ngoài giờ hoặc trùng giờ")
    add.set_defaults(do=do_slot_add)
    slot.add_parser("list", parents=[common]).set_defaults(do=do_slot_list)
    pause = commands.add_parser("pause", help="ngày tạm ngưng").add_subparsers(
        dest="step", required=True, metavar="VIỆC"
    )
    hold = pause.add_parser("add", parents=[common])
    hold.add_argument("--from", dest="first", required=True, metavar="DATE")
    hold.add_argument("--to", dest="last", required=True, metavar="DATE")
    hold.add_argument("--reason", required=True)
    hold.add_argument("--programme", metavar="SLUG")
    hold.set_defaults(do=do_pause_add)
    pause.add_parser("list", parents=[common]).set_defaults(do=do_pause_list)
    for group, do in ((slot, do_slot_remove), (pause, do_pause_remove)):
        remove = group.add_parser("remove", parents=[common])
        remove.add_argument("id")
        remove.set_defaults(do=do)
    for name, do, text in (
        ("plan", do_plan, "sẽ phát gì"),
        ("simulate", do_simulate, "nhật ký phát nếu chạy thử"),
    ):
        parser = commands.add_parser(name, parents=[common], help=text)
        parser.add_argument("--from", dest="start", required=True, metavar="T")
        parser.add_argument("--to", dest="end", required=True, metavar="T")
        parser.set_defaults(do=do)
        if name == "plan":
            parser.add_argument("--ics", type=Path, metavar="FILE")
        else:
            parser.add_argument("--strict", action="store_true", help="không giả định bản tin tuần tới được duyệt")


def do_slot_add(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        row = timetable.add_slot(
            session,
            programmes.get(session, args.programme),
            rrule=args.rule,
            at=args.at,
            now=console.clock.now(),
            tz=console.settings.tz,
            zone=args.zone,
            klass=args.klass,
            late=args.late,
            first=console.day(args.first),
            until=console.day(args.until),
            override=args.override,
        )
        facts = _slot(row)
    console.show(facts, f"Đã thêm khung giờ {_slot_line(facts)}")


def do_slot_list(console: Console, args: argparse.Namespace) -> None:
    with looking(console.sessions) as session:
        rows = [_slot(row) for row in timetable.slots(session)]
    console.show(rows, [_slot_line(f) for f in rows] or ["Chưa có khung giờ nào."])


def do_slot_remove(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        facts = _slot(timetable.remove_slot(session, args.id, console.clock.now()))
    console.show(facts, f"Đã bỏ khung giờ {_slot_line(facts)}")


def _slot(row: SlotRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "programme": row.programme.slug,
        "rule": row.rrule,
        "at": row.at,
        "zone": row.zone,
        "class": row.klass,
        "late": row.late,
        "from": row.first,
        "until": row.until,
        "override": row.override_reason,
    }


def _slot_line(facts: dict[str, Any]) -> str:
    return f"{facts['id']}  {facts['at']}  {facts['rule']}  {facts['programme']} ({facts['late']})"


def do_pause_add(console: Console, args: argparse.Namespace) -> None:
    first, last = console.day(args.first), console.day(args.last)
    assert first is not None
    assert last is not None
    with console.sessions.begin() as session:
        row = timetable.add_pause(
            session,
            first=first,
            last=last,
            reason=args.reason,
            now=console.clock.now(),
            programme=programmes.get(session, args.programme) if args.programme else None,
        )
        facts = _pause(row)
    console.show(facts, f"Đã thêm đợt tạm ngưng {_pause_line(facts)}")


def do_pause_list(console: Console, args: argparse.Namespace) -> None:
    with looking(console.sessions) as session:
        rows = [_pause(row) for row in timetable.pauses(session)]
    console.show(rows, [_pause_line(f) for f in rows] or ["Không có đợt tạm ngưng nào."])


def do_pause_remove(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        facts = _pause(timetable.remove_pause(session, args.id, console.clock.now()))
    console.show(facts, f"Đã bỏ đợt tạm ngưng {_pause_line(facts)}")


def _pause(row: PauseRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "from": row.first,
        "to": row.last,
        "reason": row.reason,
        "programme_id": row.programme_id,
    }


def _pause_line(facts: dict[str, Any]) -> str:
    return f"{facts['id']}  {facts['from']:%d/%m/%Y} - {facts['to']:%d/%m/%Y}  {facts['reason']}"


def do_plan(console: Console, args: argparse.Namespace) -> None:
    start, end = console.window(args.start, args.end)
    with looking(console.sessions) as session:
        lines = plan.view(session, start, end, console.settings.tz)
    if args.ics:
        try:
            args.ics.write_bytes(calendar.ics(lines, console.clock.now()))
        except OSError as error:
            raise BroadcasterError("disk", path=args.ics, detail=error.strerror) from error
    facts = [asdict(p) | {"warnings": [words.REASONS.get(w, w) for w in p.warnings]} for p in lines]
    console.show(facts, [_plan_line(p, console) for p in lines] or ["Không có buổi phát nào."])


def _plan_line(planned: plan.Planned, console: Console) -> str:
    notes = "; ".join(words.REASONS.get(w, w) for w in planned.warnings)
    when = wall_text(planned.starts_at, console.settings.tz)
    return f"{when}  {planned.title}  [{words.status(planned.status)}] {notes}"


def do_simulate(console: Console, args: argparse.Namespace) -> None:
    start, end = console.window(args.start, args.end)
    entries = simulate(console.sessions, console.settings, start, end, strict=args.strict)
    facts = [e.facts() | {"reason": words.reason(e.reason) or None} for e in entries]
    lines = [
        f"{wall_text(e.planned_at, console.settings.tz)}  {words.status(e.outcome):9}  {e.title}"
        f"  {words.reason(e.reason)}"
        for e in entries
    ]
    console.show(facts, lines or ["Không có buổi phát nào."])
