"""check, backup, restore: looking after the station."""

from __future__ import annotations

import argparse
from pathlib import Path

from broadcaster import backups, care
from broadcaster.cli.console import Console

SIGNS = {"ok": "tốt     ", "warning": "cảnh báo", "failure": "LỖI     "}


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    check = commands.add_parser("check", parents=[common], help="kiểm tra từng bộ phận")
    check.add_argument("--output", metavar="URI")
    check.set_defaults(do=do_check)
    backup = commands.add_parser("backup", parents=[common], help="sao lưu mọi thứ vào một tệp")
    backup.add_argument("backup", type=Path, metavar="FILE")
    backup.set_defaults(do=do_backup)
    restore = commands.add_parser("restore", parents=[common], help="khôi phục từ bản sao lưu")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.set_defaults(do=do_restore)


def do_check(console: Console, args: argparse.Namespace) -> int:
    findings = care.check(console.sessions, console.settings, console.clock)
    console.show(
        [{"part": f.part, "state": f.state, "text": f.text} for f in findings],
        [f"{SIGNS[f.state]} {f.part}: {f.text}" for f in findings],
    )
    return 1 if any(f.state == "failure" for f in findings) else 0


def do_backup(console: Console, args: argparse.Namespace) -> None:
    care.backup(console.sessions, console.settings, args.backup)
    backups.note(console.sessions, args.backup, console.who, console.clock.now())
    console.show({"path": str(args.backup)}, f"Đã sao lưu vào {args.backup}.")


def do_restore(console: Console, args: argparse.Namespace) -> None:
    care.restore(console.settings, args.file)
    console.show({"path": str(args.file)}, f"Đã khôi phục từ {args.file}. Dữ liệu cũ nằm trong thư mục before-restore.")
