"""slot: when programmes air, and what becomes of a single time."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from broadcaster import changes, programmes, repeats, slots, timetable, words
from broadcaster.changes import Said
from broadcaster.cli import usage
from broadcaster.cli.console import Console
from broadcaster.clock import wall_text
from broadcaster.database import looking
from broadcaster.errors import BroadcasterError
from broadcaster.models import ChangeRow, SlotRow
from broadcaster.rule_words import rule_words
from broadcaster.slots import Wanted

GONE = "Khung giờ gốc đã bỏ: nay phát bản tin của tuần. Hãy chọn khung giờ gốc khác hoặc bỏ khung giờ này."
MOST = 1_000_000  # of ranks and versions


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    slot = commands.add_parser("slot", help="khung giờ phát").add_subparsers(dest="step", required=True, metavar="VIỆC")
    add = slot.add_parser("add", parents=[common])
    add.add_argument("--programme", required=True, metavar="SLUG")
    _describe(add, required=True)
    add.set_defaults(do=do_add)
    edit = slot.add_parser("edit", parents=[common])
    edit.add_argument("id")
    _see(edit)
    _describe(edit, required=False)
    edit.set_defaults(do=do_edit)
    slot.add_parser("list", parents=[common]).set_defaults(do=do_list)
    slot.add_parser("changes", parents=[common], help="các lần phát đã đổi").set_defaults(do=do_changes)
    for name, do, text in (
        ("remove", do_remove, "bỏ khung giờ"),
        ("cancel", do_cancel, "hủy một lần phát"),
        ("move", do_move, "dời một lần phát"),
        ("replace", do_replace, "thay chương trình của một lần phát"),
        ("undo", do_undo, "trả một lần phát về như khung giờ"),
    ):
        parser = slot.add_parser(name, parents=[common], help=text)
        parser.add_argument("id")
        parser.set_defaults(do=do)
        if name == "remove":
            _see(parser)
        if name in ("cancel", "move", "replace"):
            parser.add_argument("--date", required=True, metavar="DATE", help="ngày của lần phát")
            parser.add_argument("--reason", required=True)
        if name == "move":
            parser.add_argument("--to", required=True, metavar="T")
            parser.add_argument("--override", metavar="REASON")
        if name == "replace":
            parser.add_argument("--programme", required=True, metavar="SLUG")


def _see(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--version", type=usage.whole(1, MOST), help="phiên bản đã xem; bị từ chối nếu người khác vừa sửa"
    )


def _describe(parser: argparse.ArgumentParser, required: bool) -> None:
    parser.add_argument(
        "--rule", action="append", required=required, metavar="RRULE",
        help="ví dụ FREQ=WEEKLY;BYDAY=FR, hoặc “rằm hằng tháng”; nhiều quy tắc: ghi nhiều lần",
    )  # fmt: skip
    parser.add_argument("--also", action="append", default=[], metavar="DATE", help="thêm một ngày lẻ")
    parser.add_argument("--at", metavar="HH:MM[:SS]", help="bỏ được khi quy tắc đã ghi giờ (BYHOUR, DTSTART)")
    parser.add_argument("--zone", default=None if not required else "all")
    parser.add_argument("--class", dest="klass", default=None, choices=("thuong", "uu-tien"))
    parser.add_argument("--late", default=None, metavar="from-start:10m|resume:30m|skip")
    parser.add_argument("--from", dest="first", metavar="DATE")
    parser.add_argument("--until", metavar="DATE")
    parser.add_argument("--rest-on-holidays", dest="rests_on_holidays", action="store_const", const=True)
    parser.add_argument("--rank", type=usage.whole(-MOST, MOST), help="khi hai khung giờ gặp nhau, số nhỏ phát trước")
    parser.add_argument(
        "--repeat-of", dest="repeat_of", metavar="ID",
        help="phát lại của khung giờ này (cùng chương trình): phát đúng bản mà khung giờ ấy vừa phát; “” để thôi",
    )  # fmt: skip
    parser.add_argument(
        "--clash", choices=("refuse", "after", "replace"), default="refuse",
        help="khi trùng giờ: từ chối, phát ngay sau, hoặc thay những buổi bị trùng",
    )  # fmt: skip
    parser.add_argument("--override", metavar="REASON", help="lý do phát ngoài giờ hoặc trùng giờ")


def _wanted(console: Console, args: argparse.Namespace, was: dict[str, Any]) -> Wanted:
    """What the arguments say, on top of what was."""
    said = {f.name: getattr(args, f.name, None) for f in fields(Wanted)}
    days = [day for text in args.also if (day := console.day(text))]
    lines = list(args.rule or ([was["rule"]] if days else []))
    if days:
        lines.append("RDATE;VALUE=DATE:" + ",".join(f"{day:%Y%m%d}" for day in days))
    said["rule"] = "\n".join(lines) or None
    said["first"], said["until"] = console.day(args.first), console.day(args.until)
    return Wanted(**(was | {name: value for name, value in said.items() if value is not None}))


def do_add(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        row = slots.add(
            session,
            programmes.get(session, args.programme),
            _wanted(console, args, {"at": ""}),
            now=console.clock.now(),
            tz=console.settings.tz,
            by=console.who,
            on_clash=args.clash,
        )
        facts = _slot(row)
    console.show(facts, f"Đã thêm khung giờ {_line(facts)}")


def do_edit(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        row = slots.get(session, args.id)
        was = {
            "rule": row.rrule, "at": row.at, "zone": row.zone, "klass": row.klass, "late": row.late,
            "first": row.first, "until": row.until, "rests_on_holidays": row.rests_on_holidays, "rank": row.rank,
            "override": row.override_reason, "repeat_of": row.repeat_of,
        }  # fmt: skip
        slots.edit(
            session,
            row,
            _wanted(console, args, was),
            version=row.version if args.version is None else args.version,
            now=console.clock.now(),
            tz=console.settings.tz,
            by=console.who,
            on_clash=args.clash,
        )
        facts = _slot(row)
    console.show(facts, f"Đã sửa khung giờ {_line(facts)}")


def do_list(console: Console, args: argparse.Namespace) -> None:
    with looking(console.sessions) as session:
        rows = [_slot(row) for row in timetable.slot_rows(session)]
        removed = {row["repeat_of"] for row in rows} - {row["id"] for row in rows}
    lines = [_line(f) + (f". {GONE}" if f["repeat_of"] in removed - {None} else "") for f in rows]
    console.show(rows, lines or ["Chưa có khung giờ nào."])


def do_remove(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        facts = _slot(slots.remove(session, args.id, console.clock.now(), args.version))
        orphans = [_slot(row) for row in repeats.repeating(session, facts["id"])]
    console.show(facts, [f"Đã bỏ khung giờ {_line(facts)}", *(f"{_line(o)}. {GONE}" for o in orphans)])


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
        "rests_on_holidays": row.rests_on_holidays,
        "rank": row.rank,
        "override": row.override_reason,
        "repeat_of": row.repeat_of,
        "version": row.version,
    }


def _line(facts: dict[str, Any]) -> str:
    rule = rule_words(facts["rule"]) or facts["rule"].replace("\n", " + ")
    again = f", phát lại của khung giờ {facts['repeat_of']}" if facts["repeat_of"] else ""
    return f"{facts['id']}  {facts['at']}  {rule}  {facts['programme']} ({facts['late']}){again}"


def _change_one(
    console: Console, args: argparse.Namespace, make: Callable[[Session, SlotRow, datetime, Said], ChangeRow]
) -> None:
    """Find the occurrence that is meant, change it, and show the change."""
    day = console.day(args.date)
    assert day is not None
    said = Said(console.who, args.reason, console.clock.now(), console.settings.tz)
    with console.sessions.begin() as session:
        slot = slots.get(session, args.id)
        row = make(session, slot, changes.on_date(session, slot, day, console.settings.tz), said)
        facts = _change(session, row)
    console.show(facts, f"Đã đổi {_change_line(facts, console)}")


def do_cancel(console: Console, args: argparse.Namespace) -> None:
    _change_one(console, args, changes.cancel)


def do_move(console: Console, args: argparse.Namespace) -> None:
    to = console.instant(args.to)
    assert to is not None
    _change_one(
        console,
        args,
        lambda session, slot, at, said: changes.move(session, slot, at, to, said, args.override),
    )


def do_replace(console: Console, args: argparse.Namespace) -> None:
    def make(session: Session, slot: SlotRow, at: datetime, said: Said) -> ChangeRow:
        return changes.replace(session, slot, at, programmes.get(session, args.programme), said)

    _change_one(console, args, make)


def do_undo(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        facts = _change(session, changes.undo(session, args.id, console.clock.now()))
    console.show(facts, f"Đã bỏ thay đổi {_change_line(facts, console)}")


def do_changes(console: Console, args: argparse.Namespace) -> None:
    with looking(console.sessions) as session:
        rows = [_change(session, row) for row in timetable.change_rows(session)]
    console.show(rows, [_change_line(f, console) for f in rows] or ["Không có lần phát nào bị đổi."])


def _change(session: Session, row: ChangeRow) -> dict[str, Any]:
    slot = session.get(SlotRow, row.slot_id)
    if slot is None:
        raise BroadcasterError("slot-unknown", usage=True, id=row.slot_id)
    replaced = programmes.by_id(session, row.programme_id).slug if row.programme_id else None
    return {
        "id": row.id,
        "slot": row.slot_id,
        "programme": slot.programme.slug,
        "original": row.original,
        "cancelled": row.cancelled,
        "moved_to": row.moved_to,
        "replaced_by": replaced,
        "by": row.by,
        "reason": row.reason,
    }


def _change_line(facts: dict[str, Any], console: Console) -> str:
    tz = console.settings.tz
    what = words.changed(facts["cancelled"], facts["moved_to"], facts["replaced_by"], tz)
    return f"{facts['id']}  {facts['programme']} {wall_text(facts['original'], tz)}: {what} ({facts['reason']})"
