"""relay, mic, end, tone: what happens now."""

from __future__ import annotations

import argparse
from datetime import timedelta
from pathlib import Path
from typing import Any

from broadcaster import live, ordered, playing, store, words, zones
from broadcaster.cli import usage
from broadcaster.cli.console import Console
from broadcaster.clock import wall_text
from broadcaster.database import looking
from broadcaster.editorial import station_is_alive
from broadcaster.errors import BroadcasterError
from broadcaster.hours import EVERYWHERE
from broadcaster.models import Broadcast


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    relay = commands.add_parser("relay", parents=[common], help="tiếp sóng một đài trên mạng, từ giờ … đến giờ …")
    relay.add_argument("url", metavar="URL")
    relay.add_argument("--from", dest="start", metavar="T", help="bắt đầu (bỏ trống: ngay bây giờ)")
    relay.add_argument("--to", dest="end", metavar="T", help="kết thúc")
    relay.add_argument("--minutes", type=usage.minutes, metavar="N", help="thay cho --to: tiếp sóng bao nhiêu phút")
    relay.add_argument("--fallback", type=Path, metavar="FILE", help="bản ghi phát thay khi mất sóng")
    relay.add_argument("--zone", action="append", help="cụm loa; ghi nhiều lần cho nhiều cụm")
    relay.add_argument("--title", default="")
    relay.add_argument("--programme", metavar="SLUG", help="lưu thành chương trình tiếp sóng để đặt khung giờ")
    relay.add_argument(
        "--reason", default="", metavar="LÝ_DO", help="lý do phát ngoài giờ hoặc quá mức được phát; nhật ký giữ lại"
    )
    relay.set_defaults(do=do_relay)
    mic = commands.add_parser("mic", help="nói trực tiếp qua micrô").add_subparsers(
        dest="step", required=True, metavar="VIỆC"
    )
    start = mic.add_parser("start", parents=[common], help="bắt đầu nói (có nhạc hiệu trước và sau)")
    start.add_argument("--zone", action="append", help="cụm loa; ghi nhiều lần cho nhiều cụm")
    start.add_argument("--device", default="", metavar="TÊN", help="một phần tên micrô (mặc định: của hệ thống)")
    start.add_argument("--over-music", action="store_true", help="nhạc đang phát nhỏ lại, không dừng")
    start.add_argument(
        "--quiet-minutes", type=usage.minutes, default=live.QUIET_S / 60, metavar="N", help="tự tắt khi im lặng"
    )
    start.add_argument("--no-chimes", action="store_true", help="không có nhạc hiệu trước và sau")
    start.add_argument(
        "--minutes", type=usage.minutes, default=0.0, metavar="N", help="nói nhiều nhất mấy phút rồi tự tắt"
    )
    start.add_argument(
        "--reason", default="", metavar="LÝ_DO", help="lý do phát ngoài giờ hoặc quá mức được phát; nhật ký giữ lại"
    )
    start.set_defaults(do=do_mic_start)
    mic.add_parser("stop", parents=[common], help="nói xong").set_defaults(do=do_mic_stop)
    end = commands.add_parser("end", parents=[common], help="kết thúc một buổi tiếp sóng hoặc micrô")
    end.add_argument("id", help="mã của buổi phát (in ra khi đặt)")
    end.set_defaults(do=do_end)
    tone = commands.add_parser("tone", parents=[common], help="phát âm thử loa")
    tone.add_argument("--zone", default="all")
    tone.add_argument(
        "--reason", default="", metavar="LÝ_DO", help="lý do phát ngoài giờ hoặc quá mức được phát; nhật ký giữ lại"
    )
    tone.set_defaults(do=do_tone)


def do_relay(console: Console, args: argparse.Namespace) -> None:
    now, tz = console.clock.now(), console.settings.tz
    start = console.instant(args.start) or now
    end = console.instant(args.end)
    seconds = args.minutes * 60 if args.minutes else (end - start).total_seconds() if end else 0.0
    live.relay_facts(args.url, seconds, None)  # refused before a recording is imported for it
    fallback = None
    if args.fallback:
        if not args.fallback.is_file():
            raise BroadcasterError("file-missing", usage=True, path=args.fallback)
        fallback = store.import_recording(
            console.sessions, console.settings, args.fallback, args.fallback.stem, now
        ).sha256
    with console.sessions.begin() as session:
        if args.programme:
            programme = live.relay_programme(
                session, args.programme, args.title or args.programme, args.url, seconds, fallback
            )
            facts = {"programme": programme.slug, "name": programme.name, **(programme.relay or {})}
            console.show(facts, f"Đã lưu chương trình tiếp sóng {programme.name}. Đặt giờ bằng: broadcaster slot add.")
            return
        until = start + timedelta(seconds=seconds)
        rows = live.relays(
            session, args.url, start, until, into=zones.chosen(session, args.zone or [EVERYWHERE]), reason=args.reason,
            tz=tz, fallback=fallback, by=console.who, now=now, title=args.title,
        )  # fmt: skip
        shown = [_facts(row) | {"starts_at": start, "ends_at": until} for row in rows]
        met = dict.fromkeys(m for row in rows for m in ordered.by_order(session, row, now, tz))
        clash = words.meets([*met], tz)
    if clash:
        console.note(clash)
    _show(console, shown, f"Sẽ tiếp sóng {args.url} từ {wall_text(start, tz)} [{shown[0]['id']}].")


def do_mic_start(console: Console, args: argparse.Namespace) -> None:
    if not station_is_alive(console.sessions, console.clock):
        raise BroadcasterError("station-dead")
    with console.sessions.begin() as session:
        rows = live.microphones(
            session, into=zones.chosen(session, args.zone or [EVERYWHERE]), reason=args.reason, tz=console.settings.tz,
            by=console.who, now=console.clock.now(), device=args.device, ducks=args.over_music,
            quiet_s=args.quiet_minutes * 60, chimes=not args.no_chimes, longest_s=args.minutes * 60,
        )  # fmt: skip
        shown = [_facts(row) for row in rows]
    when = "nói được ngay" if args.no_chimes else "nói sau hồi nhạc hiệu"
    _show(console, shown, f"Micrô đang mở: {when}. Nói xong chạy: broadcaster mic stop")


def do_mic_stop(console: Console, args: argparse.Namespace) -> None:
    live.close_microphones(console.sessions, console.who, console.clock)
    console.show({"done": "mic-stop"}, "Đã kết thúc phát trực tiếp.")


def do_end(console: Console, args: argparse.Namespace) -> None:
    title = live.end(console.sessions, args.id, console.who, console.clock)
    console.show({"ended": args.id, "title": title}, f"Đã kết thúc “{title}”.")


def do_tone(console: Console, args: argparse.Namespace) -> None:
    if not station_is_alive(console.sessions, console.clock):
        raise BroadcasterError("station-dead")
    now = console.clock.now()
    with looking(console.sessions) as session:
        excuse = playing.excuse(session, args.reason, now, console.settings.tz, zone=args.zone, of_day=False)
    row = live.tone(console.sessions, console.settings, zone=args.zone, by=console.who, now=now, excuse=excuse)
    console.show(_facts(row), "Đang phát âm thử ra loa.")


def _facts(row: Broadcast) -> dict[str, Any]:
    return {"id": row.id, "title": row.title, "zone": row.zone}


def _show(console: Console, made: list[dict[str, Any]], told: str) -> None:
    """One broadcast, or a list of one for each zone."""
    console.show(made if len(made) > 1 else made[0], told)
