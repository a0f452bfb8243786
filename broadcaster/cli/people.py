"""user: accounts, their roles and passwords."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import Any

from broadcaster import accounts, links, phrases
from broadcaster.cli.console import Console
from broadcaster.cli.running import HOST, PORT
from broadcaster.database import looking
from broadcaster.models import User


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    user = commands.add_parser("user", help="tài khoản").add_subparsers(dest="step", required=True, metavar="VIỆC")
    named = argparse.ArgumentParser(add_help=False)
    named.add_argument("name")
    held = argparse.ArgumentParser(add_help=False)
    held.add_argument("--role", action="append", required=True, choices=accounts.ROLES)
    where = argparse.ArgumentParser(add_help=False)
    where.add_argument("--url", default=f"http://{HOST}:{PORT}", help="địa chỉ trang điều khiển, đứng đầu liên kết")
    new = user.add_parser("add", parents=[common, named, held, where])
    new.add_argument("--link", action="store_true", help="không hỏi mật khẩu, cho liên kết để người ấy tự đặt")
    new.set_defaults(do=do_add)
    user.add_parser("list", parents=[common]).set_defaults(do=do_list)
    user.add_parser("roles", parents=[common, named, held]).set_defaults(do=do_roles)
    user.add_parser("password", parents=[common, named]).set_defaults(do=do_password)
    user.add_parser("link", parents=[common, named, where]).set_defaults(do=do_link)
    user.add_parser("disable", parents=[common, named]).set_defaults(do=do_disable)
    user.add_parser("enable", parents=[common, named]).set_defaults(do=do_enable)


def do_add(console: Console, args: argparse.Namespace) -> None:
    password = None if args.link else _asked()
    now = console.clock.now()
    with console.sessions.begin() as session:
        facts = _facts(accounts.add_user(session, args.name, password, args.role, now))
        if args.link:
            facts["link"] = _address(args, links.offer(session, facts["name"], now))
    lines = [f"Đã tạo tài khoản {facts['name']} ({_roles(facts)})."]
    console.show(facts, lines + ([_told(facts)] if args.link else []))


def do_list(console: Console, args: argparse.Namespace) -> None:
    with looking(console.sessions) as session:
        rows = [_facts(user) for user in accounts.list_users(session)]
    lines = [f"{row['name']}: {_roles(row)}{' (đã khóa)' if row['disabled'] else ''}" for row in rows]
    console.show(rows, lines or ["Chưa có tài khoản nào."])


def do_roles(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        facts = _facts(accounts.set_roles(session, args.name, args.role))
    console.show(facts, f"Quyền của {facts['name']} từ nay: {_roles(facts)}.")


def do_password(console: Console, args: argparse.Namespace) -> None:
    with looking(console.sessions) as session:
        accounts.get_user(session, args.name)  # before anything is asked
    password = _asked()
    with console.sessions.begin() as session:
        user = accounts.get_user(session, args.name)
        accounts.set_password(session, user, password)
        facts = _facts(user)
    console.show(facts, f"Đã đặt mật khẩu mới cho {facts['name']}. Ai đang dùng tài khoản này phải đăng nhập lại.")


def do_link(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        token = links.offer(session, args.name, console.clock.now())
        facts = _facts(accounts.get_user(session, args.name)) | {"link": _address(args, token)}
    console.show(facts, _told(facts))


def do_disable(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        facts = _facts(accounts.disable_user(session, args.name))
    console.show(facts, f"Đã khóa tài khoản {facts['name']}.")


def do_enable(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        facts = _facts(accounts.enable_user(session, args.name))
    console.show(facts, f"Đã mở khóa tài khoản {facts['name']}, mật khẩu như cũ.")


def _asked() -> str:
    return getpass.getpass("Mật khẩu: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")


def _facts(user: User) -> dict[str, Any]:
    return {"id": user.id, "name": user.name, "roles": user.roles, "disabled": user.disabled}


def _roles(facts: dict[str, Any]) -> str:
    return ", ".join(phrases.ROLES[role] for role in facts["roles"])


def _address(args: argparse.Namespace, token: str) -> str:
    return f"{args.url.rstrip('/')}/moi/{token}"


def _told(facts: dict[str, Any]) -> str:
    return f"Liên kết để {facts['name']} tự đặt mật khẩu (dùng một lần, trong 24 giờ): {facts['link']}"
