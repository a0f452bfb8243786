"""token: keys for machines that ask or steer the station over the network."""

from __future__ import annotations

import argparse

from broadcaster import phrases, tokens
from broadcaster.cli.console import Console
from broadcaster.clock import wall_text
from broadcaster.database import looking
from broadcaster.models_care import ApiToken


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    token = commands.add_parser("token", help="khóa kết nối cho máy khác").add_subparsers(
        dest="step", required=True, metavar="VIỆC"
    )
    add = token.add_parser("add", parents=[common])
    add.add_argument("name", metavar="TÊN")
    add.add_argument("--scope", choices=tokens.SCOPES, default="read")
    add.set_defaults(do=do_add)
    token.add_parser("list", parents=[common]).set_defaults(do=do_list)
    revoke = token.add_parser("revoke", parents=[common])
    revoke.add_argument("name", metavar="TÊN|ID")
    revoke.set_defaults(do=do_revoke)


def do_add(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        key = tokens.create(session, args.name, args.scope, console.who, console.clock.now())
    console.note("Hãy cất khóa này ở nơi an toàn: trạm không giữ lại và không cho xem lần nữa.")
    console.show({"name": args.name, "scope": args.scope, "token": key}, key)


def do_list(console: Console, args: argparse.Namespace) -> None:
    with looking(console.sessions) as session:
        found = tokens.listed(session)
    names = ("id", "name", "scope", "by", "created_at", "used_at")
    facts = [{name: getattr(token, name) for name in names} for token in found]
    console.show(facts, [_line(token, console) for token in found] or ["Chưa có khóa kết nối nào."])


def do_revoke(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        tokens.revoke(session, args.name, console.clock.now())
    console.show({"revoked": args.name}, f"Đã thu hồi khóa kết nối {args.name}.")


def _line(token: ApiToken, console: Console) -> str:
    used = f"dùng lần cuối {wall_text(token.used_at, console.settings.tz)}" if token.used_at else "chưa dùng"
    return f"{token.name}  [{phrases.SCOPES[token.scope]}]  {token.by}  {used}"
