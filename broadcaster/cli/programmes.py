"""programme, jingle: what programmes there are, and how they sound."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from audio.voices.pace import SPEEDS
from broadcaster import cards, editor, jingles, programmes, running_order, voices, words
from broadcaster.cli.console import Console
from broadcaster.database import looking
from broadcaster.editor import Wanted
from broadcaster.errors import BroadcasterError
from broadcaster.models import Programme
from broadcaster.programme_phrases import FALLBACKS, part_name


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    programme = commands.add_parser("programme", help="chương trình và thiết lập của nó").add_subparsers(
        dest="step", required=True, metavar="VIỆC"
    )
    list_ = programme.add_parser("list", parents=[common], help="các chương trình đang dùng")
    list_.add_argument("--all", action="store_true", help="cả những chương trình đã ngừng")
    list_.set_defaults(do=do_list)
    add = programme.add_parser("add", parents=[common], help="tạo chương trình với các đoạn thường dùng")
    add.add_argument("name", metavar="TÊN")
    add.set_defaults(do=do_add)
    show = programme.add_parser("show", parents=[common], help="các đoạn theo thứ tự, những gì còn thiếu")
    show.set_defaults(do=do_show)
    rename = programme.add_parser("rename", parents=[common], help="đổi tên; tên cũ vẫn dùng được")
    rename.set_defaults(do=do_rename)
    change = programme.add_parser("set", parents=[common], help="giọng, tốc độ, cách thay thế")
    change.add_argument("--fallback", choices=programmes.FALLBACKS, help="khi tuần chưa có bản tin được duyệt")
    change.add_argument("--recording", metavar="SHA256", help="bản ghi phát thay, với --fallback recording")
    change.add_argument("--voice", help="giọng đọc của các bản tin thu từ nay")
    change.add_argument("--speed", type=int, choices=SPEEDS, metavar="PHẦN_TRĂM", help="tốc độ đọc: 80, 85 … 120")
    change.set_defaults(do=do_set)
    retire = programme.add_parser("retire", parents=[common], help="ngừng dùng, bỏ các khung giờ; lịch sử vẫn giữ")
    retire.set_defaults(do=do_retire)
    restore = programme.add_parser("restore", parents=[common], help="dùng lại chương trình đã ngừng")
    restore.set_defaults(do=do_restore)
    for parser in (show, rename, change, retire, restore):
        parser.add_argument("programme", metavar="SLUG")
    rename.add_argument("name", metavar="TÊN_MỚI")

    jingle = commands.add_parser(
        "jingle", parents=[common], help="thay nhạc hiệu, nhạc cắt, nhạc nền của một chương trình"
    )
    jingle.add_argument("programme", metavar="SLUG")
    jingle.add_argument("place", choices=jingles.PLACES)
    jingle.add_argument("file", type=Path, nargs="?", help="bỏ trống: dùng lại nhạc hiệu có sẵn, bỏ nhạc nền")
    jingle.set_defaults(do=do_jingle)


def do_list(console: Console, args: argparse.Namespace) -> None:
    with looking(console.sessions) as session:
        rows = [_facts(p) for p in programmes.listed(session, retired=args.all)]
    console.show(rows, [_line(r) for r in rows])


def do_add(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        facts = _facts(editor.create(session, args.name))
    console.show(facts, _line(facts))


def do_show(console: Console, args: argparse.Namespace) -> None:
    with looking(console.sessions) as session:
        row = programmes.get(session, args.programme, retired=True)
        card = cards.card(session, console.settings, row, console.clock.now())
        order = editor.order_of(row)
        known = cards.estimate(session, row).parts
        lacks = [words.lacking(lack.code, lack.at, console.settings.tz) for lack in card.lacks]
        facts = _facts(row) | {"running_order": running_order.written(order), "lacks": lacks}
    lines = [_line(facts)]
    for number, part in enumerate(order, 1):
        length = f" ({words.length(known[part.id].total_seconds())})" if part.id in known else ""
        named = part_name(part.kind, part.title, part.chime)
        lines.append(f"{number}. {named}{length}{': ' if part.text else ''}{part.text}")
    console.show(facts, [*lines, *(f"! {lack}" for lack in lacks)])


def do_rename(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        row = programmes.get(session, args.programme)
        editor.rename(session, row, args.name, version=row.version)
        facts = _facts(row)
    console.show(facts, _line(facts))


def do_set(console: Console, args: argparse.Namespace) -> None:
    voice = args.voice if args.voice in (None, "auto") else voices.resolved(console.settings, args.voice)
    with console.sessions.begin() as session:
        row = programmes.get(session, args.programme)
        wanted = Wanted(
            voice=voice or row.voice,
            speed=args.speed or row.speed,
            fallback=args.fallback or row.fallback,
            fallback_recording=args.recording or row.fallback_recording,
            bed=row.bed,
        )
        editor.settle(session, console.settings, row, wanted, version=row.version)
        facts = _facts(row)
    console.show(facts, _line(facts))


def do_retire(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        row = programmes.get(session, args.programme)
        slots = editor.retire(session, row, console.clock.now(), version=row.version)
        facts = _facts(row)
    console.show(facts, f"Đã ngừng chương trình {facts['name']}, bỏ {slots} khung giờ. Nhật ký và bản tin vẫn còn.")


def do_restore(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        row = programmes.get(session, args.programme, retired=True)
        editor.restore(session, row, version=row.version)
        facts = _facts(row)
    console.show(facts, f"Dùng lại chương trình {facts['name']}. Hãy đặt khung giờ: broadcaster slot add.")


def _facts(row: Programme) -> dict[str, Any]:
    names = ("id", "slug", "name", "voice", "speed", "fallback", "retired_at", "version")
    return {name: getattr(row, name) for name in names}


def _line(facts: dict[str, Any]) -> str:
    pace = f" {facts['speed']}%" if facts["speed"] != 100 else ""
    gone = "  (đã ngừng)" if facts["retired_at"] else ""
    fallback = FALLBACKS[facts["fallback"]]
    return f"{facts['slug']}  {facts['name']}  giọng {facts['voice']}{pace}  thay thế: {fallback}{gone}"


def do_jingle(console: Console, args: argparse.Namespace) -> None:
    if args.file is not None and not args.file.is_file():
        raise BroadcasterError("file-missing", usage=True, path=args.file)
    jingles.replace_by(console.sessions, console.settings, args.programme, args.place, args.file, console.clock.now())
    console.show({"programme": args.programme, "place": args.place}, "Đã thay nhạc; bản thu sau sẽ dùng bản mới.")
