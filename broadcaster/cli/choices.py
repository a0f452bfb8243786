"""lexicon, setting: how this station says its words, and what its people chose."""

from __future__ import annotations

import argparse
from typing import Any

from broadcaster import lexicon, phrases, preferences
from broadcaster.cli.console import Console
from broadcaster.database import looking
from broadcaster.models_desk import LexiconRow


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    lexicon_ = commands.add_parser("lexicon", help="từ điển đọc riêng của đài").add_subparsers(
        dest="step", required=True, metavar="VIỆC"
    )
    lexicon_.add_parser("list", parents=[common]).set_defaults(do=do_list)
    add = lexicon_.add_parser("add", parents=[common], help="thêm, hoặc đổi cách đọc của mục đã có")
    add.add_argument("written", metavar="VIẾT", help="đúng như trong văn bản, ví dụ CAX")
    add.add_argument("spoken", metavar="ĐỌC", help="viết hoàn toàn bằng chữ, ví dụ “Công an xã”")
    add.set_defaults(do=do_add)
    remove = lexicon_.add_parser("remove", parents=[common])
    remove.add_argument("written", metavar="VIẾT")
    remove.set_defaults(do=do_remove)
    setting = commands.add_parser("setting", help="lựa chọn của đài").add_subparsers(
        dest="step", required=True, metavar="VIỆC"
    )
    setting.add_parser("list", parents=[common]).set_defaults(do=do_setting_list)
    put = setting.add_parser("set", parents=[common])
    put.add_argument("key", metavar="TÊN")
    put.add_argument("value", metavar="GIÁ_TRỊ")
    put.set_defaults(do=do_setting_set)
    for parser in (add, remove, put):
        parser.add_argument("--by", metavar="USER")


def do_list(console: Console, args: argparse.Namespace) -> None:
    with looking(console.sessions) as session:
        rows = [_entry(row) for row in lexicon.listed(session)]
    console.show(rows, [f"{r['written']}  →  {r['spoken']}" for r in rows] or ["Từ điển của đài chưa có mục nào."])


def do_add(console: Console, args: argparse.Namespace) -> None:
    now = console.clock.now()
    with console.sessions.begin() as session:
        row = lexicon.find(session, args.written)
        if row is None:
            row = lexicon.add(session, args.written, args.spoken, by=args.by, now=now)
        else:
            lexicon.change(session, row, args.written, args.spoken, by=args.by, now=now)
        facts = _entry(row)
    console.show(facts, f"“{facts['written']}” sẽ đọc là “{facts['spoken']}”. Bản tin đã duyệt không đổi.")


def do_remove(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        row = lexicon.get(session, args.written)
        facts = _entry(row)
        lexicon.remove(session, row, by=args.by)
    console.show(facts, f"Đã bỏ “{facts['written']}” khỏi từ điển của đài.")


def _entry(row: LexiconRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("id", "written", "spoken", "by", "changed_at")}


def do_setting_list(console: Console, args: argparse.Namespace) -> None:
    with looking(console.sessions) as session:
        rows = [
            {"key": p.key, "value": text, "about": phrases.PREFERENCES[p.key], "allowed": list(p.examples)}
            for p, text in preferences.written(session)
        ]
    console.show(rows, [f"{r['key']} = {r['value'] or '(trống)'}  ({r['about']})" for r in rows])


def do_setting_set(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        text = preferences.put(session, args.key, args.value, by=args.by, now=console.clock.now())
    console.show({"key": args.key.strip(), "value": text}, f"Đã chọn {args.key.strip()} = {text or '(trống)'}.")
