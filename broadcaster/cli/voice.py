"""voice: which voices there are, bringing one, choosing one, taking one away."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from broadcaster import voices, voicestore
from broadcaster.cli.console import Console
from broadcaster.database import looking

BUILT_IN = {
    "espeak": "giọng máy miền Bắc, luôn có, khó nghe; chỉ để dự phòng",
    "espeak:central": "giọng máy miền Trung, luôn có, khó nghe",
    "espeak:south": "giọng máy miền Nam, luôn có, khó nghe",
    "gtts": "giọng Google, cần mạng",
    "edge": "giọng Microsoft, cần mạng và gói edge-tts",
}
TONELESS = "không phân biệt được thanh điệu"
TO_FETCH = {
    "vi_VN-vais1000-medium": "giọng tự nhiên, nên dùng (63 MB)",
    "vi_VN-25hours_single-low": f"{TONELESS} (63 MB)",
    "vi_VN-vivos-x_low": f"{TONELESS}; nhẹ nhất (28 MB)",
}
MB = 1_000_000


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    voice = commands.add_parser("voice", help="giọng đọc: xem, cài, chọn, gỡ")
    actions = voice.add_subparsers(dest="action", required=True, metavar="VIỆC")
    list_ = actions.add_parser("list", parents=[common], help="các giọng có sẵn và cài thêm được")
    list_.set_defaults(do=do_list)
    install = actions.add_parser("install", parents=[common], help="cài giọng tự nhiên, từ mạng hoặc từ USB")
    install.add_argument("name", nargs="?", default=voices.NATURAL[0], metavar="TÊN")
    install.add_argument("--from", dest="source", type=Path, metavar="THƯ_MỤC", help="thư mục có hai tệp giọng")
    install.set_defaults(do=do_install)
    use = actions.add_parser("use", parents=[common], help="chọn giọng của trạm (nhiều giọng: theo thứ tự ưu tiên)")
    use.add_argument("names", nargs="+", metavar="TÊN", help="auto: trở lại thứ tự mặc định")
    use.set_defaults(do=do_use)
    remove = actions.add_parser("remove", parents=[common], help="gỡ một giọng đã cài")
    remove.add_argument("name", metavar="TÊN")
    remove.set_defaults(do=do_remove)


def do_list(console: Console, args: argparse.Namespace) -> None:
    with looking(console.sessions) as session:
        order = voices.order(session, console.settings)
    facts: list[dict[str, Any]] = []
    for name in voices.installed(console.settings):
        size = voicestore.size_mb(console.settings, name)
        kind = TONELESS if voices.without_tones(console.settings, name) else "giọng tự nhiên, không cần mạng"
        facts.append(_fact(f"piper:{name}", "installed", f"{kind} ({size} MB)", order))
    facts += [_fact(name, "built-in", text, order) for name, text in BUILT_IN.items()]
    here = {fact["name"].removeprefix("piper:") for fact in facts}
    facts += [_fact(name, "available", text, order) for name, text in TO_FETCH.items() if name not in here]
    console.show(facts, [_line(fact) for fact in facts])


def do_install(console: Console, args: argparse.Namespace) -> None:
    bar = console.bar(f"Đang lấy giọng {args.name} (MB)")
    voicestore.install(
        console.settings, args.name, source=args.source, progress=lambda done, total: bar(done // MB, total // MB)
    )
    with looking(console.sessions) as session:
        order = voices.order(session, console.settings)
    spec = f"piper:{args.name}"
    text = f"Đã cài giọng {args.name} và đọc thử được."
    if order[0] == spec:
        text += " Từ nay trạm đọc bằng giọng này."
    else:
        text += f" Trạm vẫn đọc bằng {order[0]}; muốn đổi, chạy: broadcaster voice use {args.name}."
    warnings = ["toneless"] if voices.without_tones(console.settings, args.name) else []
    if warnings:
        text += f" Lưu ý: giọng này {TONELESS}; nên dùng {voices.NATURAL[0]}."
    size = voicestore.size_mb(console.settings, args.name)
    console.show({"name": spec, "order": order, "size_mb": size, "warnings": warnings}, text)


def do_use(console: Console, args: argparse.Namespace) -> None:
    with console.sessions.begin() as session:
        order = voices.use(
            session, console.settings, [name for name in args.names if name != "auto"], console.clock.now()
        )
    console.show({"order": order}, f"Thứ tự giọng đọc của trạm: {', rồi '.join(order)}.")


def do_remove(console: Console, args: argparse.Namespace) -> None:
    name = args.name.removeprefix("piper:")
    voicestore.remove(console.settings, name)
    with console.sessions.begin() as session:
        voices.forget(session, name, console.clock.now())
        order = voices.order(session, console.settings)
    console.show({"name": f"piper:{name}", "order": order}, f"Đã gỡ giọng {name}. Trạm đọc bằng {order[0]}.")


def _fact(name: str, state: str, text: str, order: list[str]) -> dict[str, Any]:
    place = order.index(name) + 1 if name in order else None
    return {"name": name, "state": state, "place": place, "about": text}


def _line(fact: dict[str, Any]) -> str:
    place = f"ưu tiên {fact['place']}" if fact["place"] else ""
    how = f"cài bằng: broadcaster voice install {fact['name']}" if fact["state"] == "available" else place
    return f"{fact['name']:26} {fact['about']:52} {how}".rstrip()
