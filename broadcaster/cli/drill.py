"""simulate --faults: years of power cuts, wrong clocks and edits, and whether the log explains all of it."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import timedelta

from broadcaster import phrases, words
from broadcaster.cli.console import Console
from broadcaster.errors import BroadcasterError
from broadcaster.years import years

DRILLS = {
    "account-wrong": "nhật ký ghi sai phần của một đầu ra",
    "disordered": "buổi phát kết thúc trước lúc bắt đầu",
    "disturbed": "phát trong giờ yên tĩnh mà không ai cho phép",
    "early": "phát trước giờ",
    "equal-cut": "buổi phát không cao hơn lại ngắt buổi khác",
    "heard-not-logged": "đã phát mà nhật ký ghi là không",
    "began-wrong": "nhật ký ghi sai lúc bắt đầu",
    "lost": "buổi phát theo lịch không có trong nhật ký",
    "lower-first": "buổi thấp hơn phát trước buổi cao hơn đang chờ",
    "never-ended": "buổi phát chờ mãi, không kết thúc",
    "not-whole": "phát không đủ mà nhật ký không nói lý do",
    "not-due": "phát buổi không có trong lịch",
    "overlap": "hai buổi cùng phát một lúc ở một cụm loa",
    "repeat-differs": "phát lại không đúng bản tin đã phát",
    "seconds-wrong": "nhật ký ghi nhiều giây hơn đã nghe",
    "twice": "một buổi phát hai lần",
    "two-lines": "một buổi có hai dòng nhật ký",
    "unexplained": "nhật ký không nói rõ lý do",
    "unheard": "nhật ký ghi đã phát mà không nghe thấy",
    "unlogged": "đã nghe thấy hoặc đã kết thúc mà nhật ký không có",
}
MISHAPS = {
    "power_cut": "mất điện",
    "restart": "khởi động lại",
    "clock": "đồng hồ sai",
    "device": "mất thiết bị âm thanh",
    "unfollowed": "mất nguồn giờ chuẩn",
    "edit": "lần người dùng sửa",
    "refused": "lần sửa bị từ chối",
}


def do_drill(console: Console, args: argparse.Namespace) -> int:
    """The exit code: 1 when a rule of the air did not hold, with its explanation."""
    start = console.instant(args.start) or console.clock.now()
    end = console.instant(args.end) or start + timedelta(days=365.25 * args.years)
    began = console.clock.monotonic()
    try:
        told = years(console.sessions, console.settings, start, end, args.seed)
    except BroadcasterError as error:
        if error.code != "drill-broken":
            raise
        rule, detail = DRILLS[str(error.values["broken"])], error.values["detail"]
        console.note(
            f"Diễn tập thấy một quy tắc bị phá (mẫu sự cố {args.seed}): {rule} ({detail})."
            " Hãy gửi dòng này cho người phụ trách phần mềm."
        )
        return 1
    facts = asdict(told) | {"took_s": round(console.clock.monotonic() - began, 1)}
    days = (told.end - told.start).days
    lines = [
        f"{days} ngày ({told.start:%d/%m/%Y} - {told.end:%d/%m/%Y}), mẫu sự cố {told.seed}: {told.due} buổi theo lịch,"
        " mỗi buổi đúng một dòng nhật ký",
        _counted("Kết quả", {words.status(code): n for code, n in told.outcomes.items()}),
        _counted("Lý do", {phrases.REASONS[code]: n for code, n in told.reasons.items()}),
        _counted("Sự cố", {MISHAPS[code]: n for code, n in told.mishaps.items()}),
        "Không buổi nào phát hai lần, chồng nhau hay bị buổi không cao hơn ngắt.",
    ]
    console.show(facts, lines)
    return 0


def _counted(title: str, counts: dict[str, int]) -> str:
    said = (f"{what} {n}" for what, n in sorted(counts.items(), key=lambda item: -item[1]))
    return f"{title}: {'; '.join(said) or 'không có'}"
