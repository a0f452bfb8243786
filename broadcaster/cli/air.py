"""play, queue, alert, stop, resume, log, demo: what is heard, and what was."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any

from broadcaster import (
    alerts,
    asrun,
    broadcasts,
    ordered,
    playing,
    samples,
    sheets,
    store,
    wishes,
    words,
    zones,
)
from broadcaster.broadcasts import ENDS
from broadcaster.cli import usage
from broadcaster.cli.console import Console
from broadcaster.clock import wall_text
from broadcaster.database import looking
from broadcaster.editorial import station_is_alive
from broadcaster.errors import BroadcasterError
from broadcaster.hours import EVERYWHERE
from broadcaster.models import Broadcast, Recording


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    play = commands.add_parser("play", parents=[common], help="phát ngay, hoặc đúng một thời điểm")
    play.add_argument("what", metavar="FILE|PROGRAMME")
    play.add_argument("--at", metavar="T", help="thời điểm, kể cả phần lẻ của giây")
    play.add_argument("--zone", action="append", help="cụm loa; ghi nhiều lần cho nhiều cụm")
    play.add_argument("--late", default=None, metavar="from-start:10m|resume:30m|skip")
    play.add_argument(
        "--reason", default="", metavar="LÝ_DO", help="lý do phát ngoài giờ hoặc quá mức được phát; nhật ký giữ lại"
    )
    play.set_defaults(do=do_play)
    queue = commands.add_parser("queue", help="hàng chờ của người trực").add_subparsers(
        dest="step", required=True, metavar="VIỆC"
    )
    queue.add_parser("list", parents=[common]).set_defaults(do=do_queue_list)
    move = queue.add_parser("move", parents=[common])
    move.add_argument("id")
    move.add_argument("place", type=usage.whole(1, 1_000_000), metavar="N")
    move.set_defaults(do=do_queue_move)
    remove = queue.add_parser("remove", parents=[common])
    remove.add_argument("id")
    remove.set_defaults(do=do_queue_remove)
    queue.add_parser("skip", parents=[common]).set_defaults(do=do_skip)
    alert = commands.add_parser("alert", parents=[common], help="khẩn cấp: phát ngay, ngắt mọi thứ khác")
    alert.add_argument("text", nargs="?")
    alert.add_argument("--file", type=Path, metavar="AUDIO")
    alert.add_argument("--repeat", type=int, default=3, choices=range(1, 11), metavar="N")
    alert.add_argument("--zone", action="append", help="cụm loa; ghi nhiều lần cho nhiều cụm")
    alert.set_defaults(do=do_alert)
    for name, text in (("stop", "im lặng ngay, giữ mọi thứ"), ("resume", "phát tiếp")):
        parser = commands.add_parser(name, parents=[common], help=text)
        parser.set_defaults(do=do_stop if name == "stop" else do_resume)
    log = commands.add_parser("log", parents=[common], help="nhật ký phát")
    log.add_argument("--from", dest="start", metavar="T")
    log.add_argument("--to", dest="end", metavar="T")
    log.add_argument("--csv", type=Path, metavar="F")
    log.add_argument("--xlsx", type=Path, metavar="F")
    log.set_defaults(do=do_log)
    demo = commands.add_parser("demo", parents=[common], help="nghe thử chương trình mẫu qua trạm đang chạy")
    demo.set_defaults(do=do_demo)


UNSAID = "lệnh tại máy trạm, không ghi lý do"  # whoever commands the machine is trusted; that no reason was given stays


def do_play(console: Console, args: argparse.Namespace) -> None:
    at = console.instant(args.at)
    now = console.clock.now()
    alive = station_is_alive(console.sessions, console.clock)
    path = Path(args.what)
    named = path.exists() or "/" in args.what or bool(path.suffix)
    if named and not path.is_file():
        raise BroadcasterError("file-missing", usage=True, path=args.what)
    if at is None and not alive:
        raise BroadcasterError("station-dead")  # left in the queue it would sound at some morning nobody expects
    broadcasts.expect_coming(at, now)  # asked before the file is taken in: what comes late of that is merely late
    recording: Recording | None = None
    if named:
        recording = store.import_recording(console.sessions, console.settings, path, path.stem, now)
    who, tz = console.who, console.settings.tz
    with console.sessions.begin() as session:
        how = {"by": who, "now": now, "tz": tz, "at": at, "late": args.late, "why": args.reason or UNSAID}
        rows = [
            playing.programme(session, args.what, zone=zone, **how)
            if recording is None
            else playing.recording(session, recording, title=path.stem, zone=zone, **how)
            for zone in zones.chosen(session, args.zone or [EVERYWHERE])
        ]
        shown, unsaid = [_broadcast(row) for row in rows], any(row.remark == UNSAID for row in rows)
        meets = [words.meets(ordered.by_order(session, row, now, tz), tz) for row in rows] if at else []
    for clash in dict.fromkeys(filter(None, meets)):
        console.note(clash)
    if unsaid:
        console.note(
            "Ngoài giờ hoặc quá mức được phát: nhật ký sẽ ghi là không có lý do. Lần sau hãy thêm --reason “LÝ DO”."
        )
    if not alive:
        console.note("Trạm chưa chạy: buổi phát đã được ghi, nhưng chỉ phát khi trạm chạy (broadcaster run).")
    when = f"lúc {wall_text(at, console.settings.tz)}" if at else "trong hàng chờ"
    _show(console, shown, f"Sẽ phát {shown[0]['title']} {when}")


def _show(console: Console, shown: list[dict[str, Any]], what: str) -> None:
    """One broadcast, or one for each zone: then a list."""
    ids = ", ".join(row["id"][-6:] for row in shown)
    console.show(shown[0] if len(shown) == 1 else shown, f"{what} [{ids}].")


def _broadcast(row: Broadcast) -> dict[str, Any]:
    names = ("id", "kind", "title", "zone", "starts_at", "status", "by", "approved_by")
    return {name: getattr(row, name) for name in names} | {"audio_sha256": row.recording}


def do_queue_list(console: Console, args: argparse.Namespace) -> None:
    with looking(console.sessions) as session:
        rows = [_broadcast(b) for b in broadcasts.queue(session)]
    lines = [f"{n}. {r['title']}  [{r['id'][-6:]}]  {r['by']}" for n, r in enumerate(rows, start=1)]
    console.show(rows, lines or ["Hàng chờ trống."])


def do_queue_move(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        broadcasts.move(session, args.id, args.place)
    do_queue_list(console, args)


def do_queue_remove(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        asrun.withdraw(session, args.id, console.who, console.clock.now())
    do_queue_list(console, args)


def do_skip(console: Console, args: argparse.Namespace) -> None:
    wishes.skip(console.sessions, console.who, console.clock)
    console.show({"done": "skip"}, "Đã bỏ qua mục đang phát.")


def do_stop(console: Console, args: argparse.Namespace) -> None:
    _wish(console, "stop", "Đã dừng phát. Phát tiếp bằng: broadcaster resume")


def do_resume(console: Console, args: argparse.Namespace) -> None:
    _wish(console, "resume", "Đã cho phát tiếp.")


def _wish(console: Console, kind: str, done: str) -> None:
    wishes.ask(console.sessions, kind, console.who, console.clock)
    console.show({"done": kind}, done)


def do_alert(console: Console, args: argparse.Namespace) -> None:
    if bool(args.text and args.text.strip()) == bool(args.file):
        raise BroadcasterError("alert-empty", usage=True)
    if args.file and not args.file.is_file():
        raise BroadcasterError("file-missing", usage=True, path=args.file)
    if not station_is_alive(console.sessions, console.clock):
        raise BroadcasterError("station-dead")
    where = args.zone or [EVERYWHERE]
    if args.file:
        rows = alerts.recorded(
            console.sessions, console.settings, args.file, args.repeat, console.who, console.clock.now(), where
        )
    else:
        rows = alerts.typed(console.sessions, args.text, args.repeat, console.who, console.clock.now(), where)
    _show(console, [_broadcast(row) for row in rows], "Đang phát thông báo khẩn")


def do_log(console: Console, args: argparse.Namespace) -> None:
    tz = console.settings.tz
    start, end = console.instant(args.start), console.instant(args.end)
    if start and end and end < start:
        raise BroadcasterError("dates-reversed", usage=True)
    with looking(console.sessions) as session:
        entries = asrun.entries(session, start, end)
    rows = [e.facts() | {"reason": words.reason(e.reason) or None} for e in entries]
    for path, write in ((args.csv, sheets.write_csv), (args.xlsx, sheets.xlsx)):
        if path:
            try:
                write(path, sheets.table(entries, tz))
            except OSError as error:
                raise BroadcasterError("disk", path=path, detail=error.strerror) from error
    lines = [
        f"{wall_text(e.planned_at, tz)}  {words.status(e.outcome):9} {e.seconds:7.1f} giây  {e.title}"
        + (f"  ({words.reason(e.reason)})" if e.reason else "")
        for e in entries
    ]
    console.show(rows, lines or ["Nhật ký chưa có dòng nào."])


def do_demo(console: Console, args: argparse.Namespace) -> None:
    if not station_is_alive(console.sessions, console.clock):
        raise BroadcasterError("station-dead")
    broadcast_id = samples.demo(console.sessions, console.settings, console.clock, console.who, UNSAID)
    console.note("Đang phát chương trình mẫu…")
    while True:
        with looking(console.sessions) as session:
            if session.get_one(Broadcast, broadcast_id).status in ENDS:
                entry = next(e for e in asrun.latest(session, 20) if e.broadcast_id == broadcast_id)
                break
        console.clock.sleep(0.3)
    began: datetime = entry.began_at or entry.planned_at
    console.show(
        entry.facts() | {"reason": words.reason(entry.reason) or None},
        f"Nhật ký: {wall_text(began, console.settings.tz)}  {words.status(entry.outcome)}  "
        f"{entry.seconds:.1f} giây  {entry.title}  {words.reason(entry.reason)}",
    )
