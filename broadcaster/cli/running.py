"""run, status: the station as a whole."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from audio.outputs import open_output
from broadcaster import accounts, certificate, links, presence, reach, restoring, supervisor, words
from broadcaster.cli import usage
from broadcaster.cli.console import Console
from broadcaster.clock import wall_text
from broadcaster.database import looking
from broadcaster.errors import BroadcasterError
from broadcaster.models_station import StationState
from broadcaster.status import ALIVE, read_status

HOST, PORT = "127.0.0.1", 8370
PANEL = "web.serve"  # the module that serves the panel; broadcaster itself never imports web


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    run = commands.add_parser("run", parents=[common], help="chạy trạm và trang điều khiển")
    usage.add_output(run)
    run.add_argument("--host", type=usage.host, default=HOST, help="địa chỉ mở trang (mặc định: chỉ máy này)")
    run.add_argument("--port", type=usage.port, default=PORT)
    run.add_argument("--lan", action="store_true", help="mở trang điều khiển cho điện thoại trong mạng, bằng HTTPS")
    run.add_argument("--no-web", action="store_true", help="không mở trang điều khiển")
    run.set_defaults(do=do_run)
    status = commands.add_parser("status", parents=[common], help="hỏi trạm đang làm gì")
    status.set_defaults(do=do_status)


def do_run(console: Console, args: argparse.Namespace) -> None:
    settings, clock = console.settings, console.clock
    began = clock.now()
    lan = args.lan or settings.lan
    if lan and args.host == HOST:
        args.host = "0.0.0.0"
    url = reach.here(args.host, args.port, lan=lan)
    if not settings.output.startswith("sound:"):  # a sound card may still be plugged in, a wrong word stays wrong
        open_output(settings.output, clock)
    if not args.no_web:
        supervisor.check_port(args.host, args.port)
    fingerprint = certificate.current(settings, began).fingerprint if lan and not args.no_web else ""
    with console.sessions.begin() as session:
        beat = session.get_one(StationState, 1).beat_at
        if beat and abs(began - beat) < ALIVE and presence.locked(settings):
            raise BroadcasterError("station-running", path=settings.data)
        token = links.invite(session, accounts.ROLES, began) if accounts.nobody_yet(session) else None
    base = [sys.executable, "-m"]
    where = ["--data", str(settings.data)]
    children = [
        supervisor.Child(
            "station", [*base, "broadcaster", "station", *where, "--output", settings.output, "--supervised"]
        )
    ]
    if not args.no_web:
        panel = [*base, PANEL, *where, "--host", args.host, "--port", str(args.port), "--supervised"]
        children.append(supervisor.Child("web", [*panel, "--lan"] if lan else panel))

    def up() -> bool:
        with looking(console.sessions) as session:
            beat = session.get_one(StationState, 1).beat_at
        return beat is not None and beat >= began and (args.no_web or supervisor.answers(args.host, args.port))

    def announce() -> None:
        with looking(console.sessions) as session:
            status = read_status(session, clock.now(), settings.tz)
        if not status.output["ok"]:
            console.note(words.output(status.output))
        where = "" if args.no_web else f" · trang điều khiển: {url}"
        print(f"ready · trạm đang chạy, đầu ra {settings.output}{where}", flush=True)
        away = [] if args.no_web else reach.others(args.host, args.port, lan=lan)
        if fingerprint:
            _tell_telephones(fingerprint, away)
        elif away and not settings.proxies:
            _warn_of_plain_http(away[0], args.port)
        if token and not args.no_web:
            print(f"Tạo tài khoản đầu tiên (liên kết dùng một lần, trong 24 giờ): {url}/moi/{token}", flush=True)
            for there in away:
                if there != url:
                    print(f"Cùng liên kết ấy, mở từ máy khác trong mạng: {there}/moi/{token}", flush=True)
        if token:
            print("Hoặc tạo bằng lệnh: broadcaster user add TÊN --role admin", flush=True)
            print("Nghe thử ngay chương trình mẫu: broadcaster demo", flush=True)

    def errand() -> Callable[[], None] | None:
        return restore if restoring.due(settings, clock) else None

    def restore() -> None:
        console.sessions.kw["bind"].dispose()  # nothing may hold the file that is replaced
        outcome = restoring.carry_out(settings)
        console.note(outcome.error or f"Đã khôi phục từ {outcome.name}.")

    supervisor.supervise(children, clock, up, announce, errand)


def _tell_telephones(fingerprint: str, away: list[str]) -> None:
    if not away:
        print("Máy chưa nối mạng nội bộ nên điện thoại chưa mở được trang. Hãy nối Wi-Fi hoặc dây mạng.", flush=True)
        return
    print(f"Trên điện thoại cùng mạng, mở: {away[0]}", flush=True)
    print(
        "Lần đầu, trình duyệt cảnh báo vì chứng chỉ do chính trạm làm ra: bấm “Nâng cao” rồi “Tiếp tục truy cập”"
        " (Chrome), hoặc “Hiện chi tiết” rồi “truy cập trang web này” (Safari).",
        flush=True,
    )
    print(f"Dấu vân tay SHA-256 để đối chiếu: {fingerprint}", flush=True)


def _warn_of_plain_http(there: str, port: int) -> None:
    again = "broadcaster run --lan" + (f" --port {port}" if port != PORT else "")
    print(
        f"Chú ý: máy khác mở trang ở {there} bằng HTTP không mã hóa: mật khẩu và mã lãnh đạo đi trần qua mạng, ai cùng"
        f" mạng cũng đọc được; điện thoại không thu được bằng micro. Hãy tắt đi và chạy lại bằng: {again}",
        flush=True,
    )


def do_status(console: Console, args: argparse.Namespace) -> None:
    tz = console.settings.tz
    with looking(console.sessions) as session:
        status = read_status(session, console.clock.now(), tz)
    if status.state == "dead":
        raise BroadcasterError("station-dead")
    console.show(status.facts(), _lines(status.facts(), console))


def _lines(facts: dict[str, Any], console: Console) -> list[str]:
    tz = console.settings.tz
    lines = [f"Trạm: {words.status(facts['state'])}" + (f" (bởi {facts['held_by']})" if facts["held_by"] else "")]
    if facts["playing"]:
        lines.append(f"Đang phát: {facts['playing']['title']} ({facts['playing']['position_s']:.0f} giây)")
    output = facts["output"]
    trouble = "" if output["ok"] else " — " + words.output(output)
    lines.append(
        f"Đầu ra: {output['uri']} {'tốt' if output['ok'] else 'lỗi'}, hụt tiếng {output['underruns']} lần{trouble}"
    )
    lines.append(_clock_line(facts["clock"], tz))
    if len(facts["zones"]) > 1:
        lines += [_zone_line(zone) for zone in facts["zones"]]
    for item in facts["next"]:
        starts: datetime = item["starts_at"]
        lines.append(f"Sắp tới: {wall_text(starts, tz)} · {item['title']}")
    lines += [f"Hàng chờ {n}: {q['title']} [{q['id'][-6:]}]" for n, q in enumerate(facts["queue"], start=1)]
    return lines


def _clock_line(clock: dict[str, Any], tz: ZoneInfo) -> str:
    if clock["trusted"] and clock["alone"]:
        return f"Đồng hồ: không có giờ chuẩn đã {words.span(clock['alone'])}, có thể sai dần. Hãy so với đồng hồ đúng"
    if clock["trusted"]:
        return "Đồng hồ: đúng"
    if clock.get("later"):
        later = wall_text(clock["later"].replace(microsecond=0), tz)
        return (
            f"Đồng hồ: SỚM HƠN NHẬT KÝ (có buổi ghi lúc {later}) nên lịch phát bị giữ lại. "
            "Giờ máy sai: hãy chỉnh lại. Giờ máy đúng: broadcaster clock right"
        )
    if clock.get("adrift"):
        return "Đồng hồ: quá lâu không có giờ chuẩn nên lịch phát bị giữ lại. Hãy nối lại mạng"
    return "Đồng hồ: SAI, hãy chỉnh lại giờ của máy"


def _zone_line(zone: dict[str, Any]) -> str:
    playing = zone["playing"]["title"] if zone["playing"] else "im"
    ill = [o["uri"] for o in zone["outputs"] if not o["ok"]]
    outputs = f"lỗi ở {', '.join(ill)}" if ill else "đầu ra tốt"
    return f"Cụm {zone['name']}: {playing} · âm lượng {zone['volume']:.0%} · {outputs}"
