"""plan, simulate, hours: what will air, and when it may."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from broadcaster import ahead, calendar, hours, phrases, words, zones
from broadcaster.cli import drill, usage
from broadcaster.cli.console import Console
from broadcaster.clock import wall_text
from broadcaster.database import looking
from broadcaster.errors import BroadcasterError
from broadcaster.simulate import simulate
from schedules.hours_text import written


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    for name, do, text in (
        ("plan", do_plan, "sẽ phát gì"),
        ("simulate", do_simulate, "nhật ký phát nếu chạy thử"),
    ):
        parser = commands.add_parser(name, parents=[common], help=text)
        parser.add_argument("--from", dest="start", required=name == "plan", metavar="T")
        parser.add_argument("--to", dest="end", required=name == "plan", metavar="T")
        parser.set_defaults(do=do)
        if name == "plan":
            parser.add_argument("--ics", type=Path, metavar="FILE")
        else:
            parser.add_argument("--strict", action="store_true", help="không giả định bản tin tuần tới được duyệt")
            parser.add_argument(
                "--faults", action="store_true",
                help="diễn tập: mất điện, đồng hồ sai, người sửa lịch bất kỳ lúc nào; kiểm tra nhật ký có nói đủ không",
            )  # fmt: skip
            parser.add_argument("--years", type=usage.years, default=1, metavar="SỐ NĂM", help="diễn tập bao lâu")
            parser.add_argument(
                "--seed", type=usage.whole(0, 999_999_999), default=1, help="cùng một số thì cùng những sự cố ấy"
            )
    allowed = commands.add_parser("hours", parents=[common], help="giờ được phép phát của một cụm loa")
    allowed.add_argument("--zone", default=hours.EVERYWHERE)
    allowed.add_argument("--allowed", metavar="GIỜ", help="ví dụ “05:30-06:30, 17:00-18:00; CN 06:00-07:00”")
    allowed.add_argument("--quiet", metavar="GIỜ", help="giờ yên tĩnh, ví dụ 22:00-05:00; để trống: không có")
    allowed.add_argument("--max-minutes", type=usage.whole(0, hours.MOST_MINUTES), help="số phút nhiều nhất mỗi ngày")
    allowed.add_argument(
        "--max-repeats",
        type=usage.whole(0, hours.MOST_REPEATS),
        help="số lần phát lại cùng một bản tin nhiều nhất mỗi ngày",
    )
    allowed.add_argument("--follow", action="store_true", help="cụm loa theo lại giờ của toàn trạm")
    allowed.set_defaults(do=do_hours)


def do_hours(console: Console, args: argparse.Namespace) -> None:
    """Show a zone's hours, or change what is given."""
    said = (args.allowed, args.quiet, args.max_minutes, args.max_repeats)
    with console.sessions.begin() as session:
        args.zone = zones.check(session, args.zone)
        if args.follow:
            hours.follow(session, args.zone)
        found = hours.of_zone(session, args.zone)
        if any(value is not None for value in said):
            found = hours.set_for(
                session, args.zone, allowed=args.allowed, quiet=args.quiet,
                max_minutes=args.max_minutes, max_repeats=args.max_repeats,
            )  # fmt: skip
    facts = {
        "zone": args.zone,
        "allowed": written(found.allowed),
        "quiet": hours.quiet_text(found),
        "max_minutes": found.max_minutes_per_day,
        "max_repeats": found.max_repeats_per_day,
    }
    console.show(
        facts,
        [
            f"Được phát: {facts['allowed']}",
            f"Giờ yên tĩnh: {facts['quiet'] or 'không có'}",
            f"Mỗi ngày nhiều nhất {facts['max_minutes']} phút, phát lại {facts['max_repeats']} lần",
        ],
    )


def do_plan(console: Console, args: argparse.Namespace) -> None:
    start, end = console.window(args.start, args.end)
    with looking(console.sessions) as session:
        lines = ahead.view(session, start, end, console.settings.tz)
    if args.ics:
        try:
            args.ics.write_bytes(calendar.ics(lines, console.clock.now()))
        except OSError as error:
            raise BroadcasterError("disk", path=args.ics, detail=error.strerror) from error
    facts = [asdict(p) | {"warnings": [phrases.REASONS.get(w, w) for w in p.warnings]} for p in lines]
    console.show(facts, [_plan_line(p, console) for p in lines] or ["Không có buổi phát nào."])


def _plan_line(planned: ahead.Planned, console: Console) -> str:
    again = [words.repeat_of(planned.repeats, console.settings.tz)] if planned.repeats else []
    notes = "; ".join(
        [*again, *(phrases.REASONS.get(w, w) for w in planned.warnings), *filter(None, [planned.changed])]
    )
    when = wall_text(planned.starts_at, console.settings.tz)
    return f"{when}  {planned.title}  [{words.status(planned.status)}] {notes}"


def do_simulate(console: Console, args: argparse.Namespace) -> int:
    if args.faults:
        return drill.do_drill(console, args)
    if not args.start or not args.end:
        usage.refuse("còn thiếu --from, --to (hoặc --faults để diễn tập sự cố)")
    start, end = console.window(args.start, args.end)
    entries = simulate(console.sessions, console.settings, start, end, strict=args.strict)
    facts = [e.facts() | {"reason": words.reason(e.reason) or None} for e in entries]
    lines = [
        f"{wall_text(e.planned_at, console.settings.tz)}  {words.status(e.outcome):9}  {e.title}"
        f"  {words.reason(e.reason)}"
        for e in entries
    ]
    console.show(facts, lines or ["Không có buổi phát nào."])
    return 0
