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
from audio.segments import Segment
from broadcaster import assembly, prepare, programmes, review, uploads, voices, words
from broadcaster.cli.console import Console
from broadcaster.database import looking
from broadcaster.errors import BroadcasterError
from broadcaster.manner import manner
from broadcaster.speaking import Rendered, render
from schedules.weeks import week_of

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
        parts = [("speech", assembly.speech("", sentences))]
        rendered = render(console.settings, parts, Path(folder) / "say.flac", _voices(console, args.voice, "auto"))
        _write(args.out, lambda: files.write(args.out, files.load(rendered.composed.path)))
    duration = round(rendered.composed.duration_s, 3)
    facts = {"path": str(args.out), "duration_s": duration} | _spoken(rendered)
    text = f"Đã đọc ra {args.out} ({duration} giây, giọng {rendered.composed.voice})."
    console.show(facts, [text, *words.heard(rendered.passed_over, rendered.faulty)])


def do_render(console: Console, args: argparse.Namespace) -> None:
    files.check_format(args.out)
    text = uploads.take_trusted(args.file, args.sure).text
    with looking(console.sessions) as session:
        programme = programmes.get(session, args.programme)
        fillings = programmes.fillings(session, programme, str(week_of(console.clock.now(), console.settings.tz)))
        parts = prepare.parts_of(console.settings, programme, text, manner(session), fillings=fillings)
        programme_voice, speed = programme.voice, programme.speed
    speakers = _voices(console, args.voice, programme_voice)
    rendered = _write(args.out, lambda: _render(console, parts, speakers, args.out, speed))
    composed = rendered.composed
    facts = {
        "path": str(args.out),
        "duration_s": round(composed.duration_s, 3),
        "lufs": round(composed.lufs, 2),
        "true_peak_dbtp": round(composed.true_peak_dbtp, 2),
        "sha256": composed.sha256,
        "segments": rendered.boundaries,
    } | _spoken(rendered)
    minutes, seconds = divmod(round(composed.duration_s), 60)
    text = (
        f"Đã thu {args.out}: {minutes} phút {seconds} giây, {composed.lufs:.1f} LUFS, "
        f"đỉnh {composed.true_peak_dbtp:.1f} dBTP, giọng {composed.voice}."
    )
    console.show(facts, [text, *words.heard(rendered.passed_over, rendered.faulty)])


def _voices(console: Console, asked: str | None, usual: str) -> list[str]:
    """A voice that was asked for speaks or fails; else the station's order applies."""
    if asked and asked != "auto":
        return [asked if asked.endswith(".onnx") else voices.resolved(console.settings, asked)]
    with looking(console.sessions) as session:
        return voices.candidates(session, console.settings, asked or usual)


def _spoken(rendered: Rendered) -> dict[str, object]:
    return {"voice": rendered.composed.voice, "passed_over": rendered.passed_over, "faulty": rendered.faulty}


def _render(console: Console, parts: list[tuple[str, Segment]], speakers: list[str], out: Path, speed: int) -> Rendered:
    """The programme as FLAC, or in another format by its suffix; the facts are of the file that is kept."""
    bar = console.bar("Đang thu")
    if out.suffix.lower() == ".flac":
        return render(console.settings, parts, out, speakers, bar, speed=speed)
    with tempfile.TemporaryDirectory() as folder:
        rendered = render(console.settings, parts, Path(folder) / "programme.flac", speakers, bar, speed=speed)
        files.write(out, files.load(rendered.composed.path))
    level = measure(out)
    composed = replace(
        rendered.composed, lufs=level.lufs, true_peak_dbtp=level.true_peak_dbtp, sha256=files.sha256(out)
    )
    return replace(rendered, composed=composed)


def _write(out: Path, write: Callable[[], T]) -> T:
    try:
        return write()
    except OSError as error:
        raise BroadcasterError("disk", path=out, detail=error.strerror) from error
