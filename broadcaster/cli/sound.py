"""read, intake, say, render: text to speech, without a station."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import TypeVar

from audio import files
from audio.intake import Intake, take_bytes, take_file
from audio.loudness import measure
from audio.reading import read
from audio.reading.lexicon import published
from audio.segments import Composed, Segment
from broadcaster import prepare, programmes, review, uploads
from broadcaster.cli.console import Console
from broadcaster.database import looking
from broadcaster.errors import BroadcasterError
from broadcaster.manner import manner

T = TypeVar("T")
UNUSABLE = 2  # the exit code for input that can't be used


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    read_ = commands.add_parser("read", parents=[common], help="văn bản → lời phát thanh viên đọc")
    read_.add_argument("file", nargs="?", metavar="FILE|-", help="mặc định: đọc từ đầu vào chuẩn")
    read_.add_argument("--lines", action="store_true", help="mỗi dòng vào là một văn bản, cho đúng một dòng ra")
    read_.add_argument("--lexicon", action="store_true", help="không có văn bản: in từ điển đang dùng")
    read_.set_defaults(do=do_read)
    intake = commands.add_parser("intake", parents=[common], help="tệp tải lên → văn bản Unicode sạch")
    intake.add_argument("file", type=Path)
    intake.set_defaults(do=do_intake)
    say = commands.add_parser("say", parents=[common], help="đọc một câu ra tệp âm thanh")
    say.add_argument("text")
    say.add_argument("-o", "--out", type=Path, required=True)
    say.add_argument("--voice", default="auto")
    say.set_defaults(do=do_say)
    render = commands.add_parser("render", parents=[common], help="tệp bản tin → chương trình hoàn chỉnh")
    render.add_argument("file", type=Path)
    render.add_argument("--programme", default="an-ninh-nui-thanh", metavar="SLUG")
    render.add_argument("--voice", default=None)
    render.add_argument("-o", "--out", type=Path, required=True)
    render.add_argument("--sure", action="store_true", help="đã đối chiếu, dùng cả khi máy ngờ văn bản hỏng")
    render.set_defaults(do=do_render)


def do_read(console: Console, args: argparse.Namespace) -> None:
    """Always with the station's lexicon and choices, when there is a station here."""
    if args.lexicon and args.file is None and sys.stdin.isatty():
        return _show_lexicon(console)
    if args.file in (None, "-"):
        data = sys.stdin.buffer.read()
        if args.lexicon and not data.strip():
            return _show_lexicon(console)
        text = _told(console, take_bytes(data, "văn bản")) if data.strip() else ""
    else:
        text = _told(console, take_file(Path(args.file)))
    reads, phones = console.station
    if args.lines:
        lines = [review.go_over_line(line, reads, phones, console.today) for line in text.split("\n")]
        notes: tuple[review.Remark, ...] = ()
    else:
        sheet = review.go_over(text, reads, phones, console.today)
        lines, notes = list(sheet.lines), sheet.notes
    facts = [
        {
            "written": line.sentence.written,
            "spoken": line.sentence.spoken,
            "warnings": [asdict(remark) for remark in (*(notes if number == 0 else ()), *line.remarks)],
        }
        for number, line in enumerate(lines)
    ]
    console.show(facts, [line.sentence.spoken for line in lines])
    return None


def _show_lexicon(console: Console) -> None:
    """The station's own entries, then the published ones that they leave."""
    own = console.station[0].lexicon
    taken = {entry.written for entry in own}
    entries = [*own, *(entry for entry in published() if entry.written not in taken)]
    console.show([asdict(e) for e in entries], [f"{e.written}\t{e.spoken}\t{e.category}" for e in entries])


def do_intake(console: Console, args: argparse.Namespace) -> int:
    """Exit code 2 when the text can't be trusted; it is printed all the same, to be compared with the original."""
    taken = take_file(args.file)
    known = {left.text for left in taken.dropped}
    dropped = [{"text": d.text, "reason": d.reason} for d in read(taken.text).dropped if d.text not in known]
    facts = asdict(taken) | {"dropped": [*map(asdict, taken.dropped), *dropped]}
    console.show(facts, _told(console, taken))
    if not console.as_json and taken.other is not None:
        console.note(f"Cách đọc thứ hai:\n{taken.other}")
    return UNUSABLE if taken.doubtful else 0


def _told(console: Console, taken: Intake) -> str:
    """The text; what speaks against it, and what was set aside, is noted beside it."""
    if taken.doubtful:
        console.note(f"Chưa dùng được ngay: {uploads.doubt(taken)}. Hãy đối chiếu với bản gốc.")
    if not console.as_json:
        for warning in taken.warnings:
            console.note(f"Lưu ý: {warning}")
    return taken.text


def do_say(console: Console, args: argparse.Namespace) -> None:
    files.check_format(args.out)
    sentences = read(args.text, console.station[0]).sentences
    if not sentences:
        raise BroadcasterError("text-empty", usage=True)
    with tempfile.TemporaryDirectory() as folder:
        composed, _ = prepare.render(
            [("speech", programmes.speech("", sentences))], Path(folder) / "say.flac", args.voice
        )
        _write(args.out, lambda: files.write(args.out, files.load(composed.path)))
    facts = {"path": str(args.out), "duration_s": round(composed.duration_s, 3), "voice": composed.voice}
    console.show(facts, f"Đã đọc ra {args.out} ({facts['duration_s']} giây, giọng {composed.voice}).")


def do_render(console: Console, args: argparse.Namespace) -> None:
    files.check_format(args.out)
    text = uploads.take_trusted(args.file, args.sure).text
    with looking(console.sessions) as session:
        programme = programmes.get(session, args.programme)
        parts = prepare.parts_of(console.settings, programme, text, manner(session))
        voice = args.voice or programme.voice
    composed, boundaries = _write(args.out, lambda: _render(console, parts, voice, args.out))
    facts = {
        "path": str(args.out),
        "duration_s": round(composed.duration_s, 3),
        "lufs": round(composed.lufs, 2),
        "true_peak_dbtp": round(composed.true_peak_dbtp, 2),
        "sha256": composed.sha256,
        "voice": composed.voice,
        "segments": boundaries,
    }
    minutes, seconds = divmod(round(composed.duration_s), 60)
    console.show(
        facts,
        f"Đã thu {args.out}: {minutes} phút {seconds} giây, {composed.lufs:.1f} LUFS, "
        f"đỉnh {composed.true_peak_dbtp:.1f} dBTP, giọng {composed.voice}.",
    )


def _render(
    console: Console, parts: list[tuple[str, Segment]], voice: str, out: Path
) -> tuple[Composed, list[dict[str, object]]]:
    """The programme as FLAC, or in another format by its suffix; the facts are of the file that is kept."""
    if out.suffix.lower() == ".flac":
        return prepare.render(parts, out, voice, console.bar("Đang thu"))
    with tempfile.TemporaryDirectory() as folder:
        composed, boundaries = prepare.render(parts, Path(folder) / "programme.flac", voice, console.bar("Đang thu"))
        files.write(out, files.load(composed.path))
    level = measure(out)
    return replace(composed, lufs=level.lufs, true_peak_dbtp=level.true_peak_dbtp, sha256=files.sha256(out)), boundaries


def _write(out: Path, write: Callable[[], T]) -> T:
    try:
        return write()
    except OSError as error:
        raise BroadcasterError("disk", path=out, detail=error.strerror) from error
