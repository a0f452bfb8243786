"""bulletin: the editorial desk."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from broadcaster import (
    bulletins,
    editorial,
    phrases,
    programmes,
    renderings,
    review,
    store,
    uploads,
    words,
)
from broadcaster.cli.console import Console
from broadcaster.database import looking
from broadcaster.errors import BroadcasterError
from broadcaster.models import Bulletin, Rendering
from schedules.weeks import week_of

MARKS = {"info": "·", "warn": "⚠", "serious": "⛔"}


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    desk = commands.add_parser("bulletin", help="bản tin: soạn, nộp, duyệt").add_subparsers(
        dest="step", required=True, metavar="VIỆC"
    )
    add = desk.add_parser("add", parents=[common])
    add.add_argument("file", type=Path)
    add.add_argument("--programme", required=True, metavar="SLUG")
    add.add_argument("--week", metavar="2026-W48", help="mặc định: tuần này")
    add.add_argument("--title", default="")
    add.add_argument("--expires", metavar="DATE", help="ngày cuối cùng còn được phát")
    add.add_argument(
        "--topic", action="append", choices=tuple(phrases.TOPICS), help="chuyên mục (mặc định: tự nhận ra)"
    )
    add.add_argument("--by", required=True, metavar="USER")
    add.add_argument("--sure", action="store_true", help="đã đối chiếu, dùng cả khi máy ngờ văn bản hỏng")
    add.set_defaults(do=do_add)
    for step, do in (
        ("submit", do_submit),
        ("approve", do_approve),
        ("return", do_return),
        ("show", do_show),
        ("render", do_render),
        ("cancel", do_cancel),
    ):
        parser = desk.add_parser(step, parents=[common])
        parser.add_argument("id")
        parser.add_argument("--by", metavar="USER", required=step in ("approve", "return", "cancel"))
        if step == "return":
            parser.add_argument("--reason", required=True)
        parser.set_defaults(do=do)
    listing = desk.add_parser("list", parents=[common])
    listing.set_defaults(do=do_list)


def do_add(console: Console, args: argparse.Namespace) -> None:
    taken = uploads.take_trusted(args.file, args.sure)
    now = console.clock.now()
    with console.sessions.begin() as session:
        programme = programmes.get(session, args.programme)
        this_week = None if programme.selection == "rotation" else str(week_of(now, console.settings.tz))
        bulletin = bulletins.add(
            session,
            programme,
            text=taken.text,
            week=args.week or this_week,
            title=args.title,
            by=args.by,
            now=now,
            original=store.keep_original(console.settings, args.file.read_bytes(), args.file.name),
            expires=console.day(args.expires),
            topics=args.topic,
        )
        sheet = review.of_bulletin(session, bulletin, now, console.settings.tz)
        facts = _facts(bulletin) | {"warnings": [asdict(remark) for remark in sheet.remarks]}
    _remark(console, sheet.remarks)
    _show(console, facts, "Đã tạo")


def do_submit(console: Console, args: argparse.Namespace) -> None:
    """Who submits by command is taken to insist: the remarks are printed, kept, and shown to the approver."""
    now = console.clock.now()
    with console.sessions.begin() as session:
        bulletin = bulletins.get(session, args.id)
        sheet = review.of_bulletin(session, bulletin, now, console.settings.tz)
        if sheet.serious and sys.stdin.isatty() and not _insists(console, sheet.remarks):
            raise BroadcasterError("findings-serious", count=len(sheet.serious), first=sheet.serious[0].text)
        serious = [remark.text for remark in sheet.serious]
        rendering = bulletins.submit(session, bulletin, by=args.by, now=now, serious=serious, insist=True).id
    editorial.await_rendering(console.sessions, console.settings, console.clock, rendering, console.bar("Đang thu"))
    with looking(console.sessions) as session:
        bulletin = bulletins.get(session, args.id)
        sound = _sound(session, bulletin)
        facts = _facts(bulletin) | sound | {"audio_sha256": sound["recording"]}
    facts["warnings"] = [asdict(remark) for remark in sheet.remarks]
    _remark(console, sheet.remarks)
    console.show(facts, [f"Đã nộp: {_line(facts)}", *words.heard(facts["passed_over"], facts["faulty"])])


def _insists(console: Console, remarks: Sequence[review.Remark]) -> bool:
    _remark(console, remarks)
    return input("Vẫn nộp? (c = có) ").strip().lower() in ("c", "có", "co")


def _remark(console: Console, remarks: Sequence[review.Remark]) -> None:
    for remark in remarks:
        console.note(f"{MARKS[remark.severity]} {remark.text}")


def do_render(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        bulletin = bulletins.get(session, args.id)
        rendering = renderings.want(session, bulletin, console.clock.now()).id
    editorial.await_rendering(console.sessions, console.settings, console.clock, rendering, console.bar("Đang thu"))
    with looking(console.sessions) as session:
        recording = session.get_one(Rendering, rendering).recording
        facts = _facts(bulletins.get(session, args.id)) | {"recording": recording}
    _show(console, facts, f"Đã thu ({store.path_of(console.settings, recording or '')})")


def do_approve(console: Console, args: argparse.Namespace) -> None:
    now = console.clock.now()
    with looking(console.sessions) as session:
        rendering = renderings.of(session, bulletins.get(session, args.id))
    if rendering and rendering.status in ("waiting", "working"):
        editorial.await_rendering(
            console.sessions, console.settings, console.clock, rendering.id, console.bar("Đang thu")
        )
    with console.sessions.begin() as session:
        bulletin = bulletins.get(session, args.id)
        bulletins.approve(session, bulletin, by=args.by, now=now)
        facts = _facts(bulletin)
    _show(console, facts, "Đã duyệt")


def do_return(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        bulletin = bulletins.get(session, args.id)
        bulletins.send_back(session, bulletin, by=args.by, reason=args.reason, now=console.clock.now())
        facts = _facts(bulletin)
    _show(console, facts, "Đã trả lại")


def do_cancel(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        bulletin = bulletins.get(session, args.id)
        cancelled = bulletins.cancel_rendering(session, bulletin, by=args.by)
        facts = _facts(bulletin) | _sound(session, bulletin)
    _show(console, facts, "Đã hủy thu" if cancelled else "Không có gì đang thu")


def do_list(console: Console, args: argparse.Namespace) -> None:
    with looking(console.sessions) as session:
        rows = [_facts(b) for b in bulletins.newest(session)]
    console.show(rows, [_line(f) for f in rows] or ["Chưa có bản tin nào."])


def do_show(console: Console, args: argparse.Namespace) -> None:
    with looking(console.sessions) as session:
        bulletin = bulletins.get(session, args.id)
        facts = _facts(bulletin) | _sound(session, bulletin) | {"text": bulletin.text}
    console.show(facts, [_line(facts), *words.heard(facts["passed_over"], facts["faulty"]), "", facts["text"]])


def _facts(bulletin: Bulletin) -> dict[str, Any]:
    names = (
        "id",
        "title",
        "week",
        "status",
        "author",
        "decided_by",
        "decided_at",
        "reason",
        "created_at",
        "expires",
        "topics",
    )
    facts = {name: getattr(bulletin, name) for name in names}
    approved = bulletin.status == "approved"
    facts["programme"] = bulletin.programme.slug
    facts["approved_by"] = bulletin.decided_by if approved else None
    facts["text_sha256"] = bulletin.text_sha256 or renderings.words_hash(bulletin)
    facts["audio_sha256"] = bulletin.audio_sha256
    facts["insisted"] = bulletin.insisted
    return facts


def _sound(session: Session, bulletin: Bulletin) -> dict[str, Any]:
    """How far its sound is, who speaks it, and what a person should listen to."""
    rendering = renderings.of(session, bulletin)
    return {
        "rendering": rendering.status if rendering else None,
        "recording": rendering.recording if rendering else None,
        "voice": renderings.voice_of(session, rendering),
        "passed_over": rendering.passed_over if rendering else [],
        "faulty": rendering.faulty if rendering else [],
    }


def _line(facts: dict[str, Any]) -> str:
    return f"{facts['id']}  {facts['week'] or 'lời nhắn':9}  {words.status(facts['status']):10}  {facts['title']}"


def _show(console: Console, facts: dict[str, Any], done: str) -> None:
    console.show(facts, f"{done}: {_line(facts)}")
