"""Composing a programme beside ffmpeg doing the same, in turn, each in processes of its own; and the memory it takes.

Run: .venv/bin/python -m benchmarks.compose [rounds]. Twelve recordings from the store (two jingles, ten spoken parts)
with a bed ducked under the speech become one levelled FLAC of 15 minutes. ffmpeg: one run that joins, ducks, mixes and
measures (sidechaincompress, amix, ebur128), one that sets the gain, limits and writes. "ffmpeg" keeps our promise:
true peaks are measured, and its limiter works at four times the rate, as one that holds the wave between the samples
must. "lean" is spared both. Seconds are of the clock, with those of the processor behind them, which other work on the
machine disturbs less. Memory is the kernel's peak (VmHWM).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from imageio_ffmpeg import get_ffmpeg_exe

from audio import files
from audio.chimes import CHIMES
from audio.compose import BETWEEN_S, compose
from audio.edit import phrase
from audio.format import RATE
from audio.segments import Clip, Segment
from audio.voices import open_voice
from benchmarks.table import row
from tests.audio.ebur128 import ebur128

SPOKEN = 10
MINUTES = (15, 60)
MOST_RATIO, MOST_MB = 0.5, 150
TEXT = (
    "Kính thưa toàn thể bà con nhân dân trong xã, mời bà con nghe chuyên mục an ninh trật tự.",
    "Trong tuần qua, công an xã đã tiếp nhận ba vụ trộm cắp tài sản, chủ yếu là xe máy và gia cầm.",
    "Trộm cau, trộm chó, trộm xe máy vào ban đêm, nhất là từ hai mươi hai giờ đến bốn giờ sáng.",
    "Đã uống rượu, bia thì không lái xe; nhắc con em đội mũ bảo hiểm khi đi học và khi về nhà.",
    "Gương người tốt, việc tốt: anh Nguyễn Văn A ở thôn hai nhặt được của rơi, đã trả lại người mất.",
    "Bà con phát hiện người lạ mặt vào thôn thì báo ngay cho công an xã theo số máy đã thông báo.",
)


@dataclass(frozen=True)
class Run:
    """What one process took."""

    seconds: float
    processor: float
    megabytes: float


def material(folder: Path, minutes: float) -> None:
    """Twelve recordings and a bed, imported as an upload is."""
    voice = open_voice()
    said = [phrase(voice.speak(text), 0.6) for text in TEXT]
    chance = np.random.default_rng(1)
    for number in range(SPOKEN):
        parts: list[np.ndarray] = []
        while sum(map(len, parts)) < minutes * 60 * RATE / SPOKEN:
            parts += [said[n] for n in chance.permutation(len(said))]
        _keep(folder, f"{number + 1:02}", np.concatenate(parts)[: round(minutes * 60 * RATE / SPOKEN)])
    _keep(folder, "00", CHIMES["opening"]())
    _keep(folder, "11", CHIMES["closing"]())
    tune = CHIMES["opening"]()
    _keep(folder, "bed", np.concatenate([np.roll(tune, n * RATE // 3) + tune for n in range(24)]) / 2)


def _keep(folder: Path, name: str, sound: np.ndarray) -> None:
    raw = folder / "raw.wav"
    files.write(raw, sound.astype(np.float32))
    files.import_clip(raw, folder / f"{name}.flac")
    raw.unlink()


def ours(folder: Path) -> None:
    """The child: compose what lies in `folder`."""
    bed = folder / "bed.flac"
    parts: list[Segment] = [
        Clip(str(n), folder / f"{n:02}.flac", bed if 0 < n <= SPOKEN else None) for n in range(SPOKEN + 2)
    ]
    compose(parts, folder / "ours.flac", voice=open_voice())


def joining(folder: Path, measure: str) -> list[str]:
    """The arguments of ffmpeg's first run."""
    inputs = [folder / f"{n:02}.flac" for n in range(SPOKEN + 2)]
    spoken = "".join(f"[p{n}]" for n in range(1, SPOKEN + 1))
    graph = [f"[{n}]apad=pad_dur={BETWEEN_S}[p{n}]" for n in range(SPOKEN + 2)]
    graph.append(f"{spoken}concat=n={SPOKEN}:v=0:a=1,asplit[voice][side]")
    graph.append(f"[{SPOKEN + 2}]volume=-12dB[bed]")
    graph.append("[bed][side]sidechaincompress=threshold=0.02:ratio=3:attack=100:release=500[low]")
    graph.append("[voice][low]amix=inputs=2:duration=first:normalize=0[mixed]")
    graph.append(f"[p0][mixed][p{SPOKEN + 1}]concat=n=3:v=0:a=1,{measure}[out]")
    files_in = [word for path in inputs for word in ("-i", str(path))]
    return [
        *files_in,
        *("-stream_loop", "-1", "-i", str(folder / "bed.flac")),
        *("-filter_complex", ";".join(graph), "-map", "[out]", "-c:a", "pcm_f32le", str(folder / "mix.wav")),
    ]


def ffmpeg(folder: Path, *, lean: bool) -> Run:
    """Both runs of ffmpeg: measure, then level."""
    base = [get_ffmpeg_exe(), "-y", "-nostats", "-hide_banner"]
    report = folder / "report.txt"
    measure = "ebur128=framelog=quiet" if lean else "ebur128=framelog=quiet:peak=true"
    first = watched([*base, *joining(folder, measure)], report)
    lufs = float(re.findall(r"I:\s+(-?[\d.]+) LUFS", report.read_text())[-1])
    limit = "alimiter=limit=-1.2dB:level=0"
    level = f"volume={-16 - lufs}dB," + (limit if lean else f"aresample=192000,{limit},aresample={RATE}")
    second = watched(
        [*base, "-i", str(folder / "mix.wav"), "-af", level, "-sample_fmt", "s16", str(folder / "peer.flac")], report
    )
    return Run(
        first.seconds + second.seconds, first.processor + second.processor, max(first.megabytes, second.megabytes)
    )


def watched(command: list[str], report: Path) -> Run:
    """Run a command; its seconds, the processor's, and its highest resident memory."""
    began, highest, before = time.perf_counter(), 0.0, os.times()
    with report.open("w") as out:
        process = subprocess.Popen(command, stderr=out)
        while process.poll() is None:
            highest = max(highest, _memory(process.pid))
            time.sleep(0.01)
    if process.returncode:
        raise SystemExit(report.read_text())
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(time.perf_counter() - began, used, highest)


def _memory(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def main(rounds: int) -> None:
    """Prints a table a length, then what the sound is worth."""
    for minutes in MINUTES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            material(folder, minutes)
            child = [sys.executable, "-m", "benchmarks.compose", "--child", name]
            ways: dict[str, Callable[[], Run]] = {
                "ours": lambda child=child, folder=folder: watched(child, folder / "log.txt"),  # type: ignore[misc]
                "ffmpeg": lambda folder=folder: ffmpeg(folder, lean=False),  # type: ignore[misc]
                "lean": lambda folder=folder: ffmpeg(folder, lean=True),  # type: ignore[misc]
            }
            taken: dict[str, list[Run]] = {name: [] for name in ways}
            for _ in range(rounds):
                for way, run in ways.items():
                    taken[way].append(run())
            for way, runs in taken.items():
                figure = f"{_median(runs, 'seconds'):.2f} s, processor {_median(runs, 'processor'):.2f} s"
                most = max(run.megabytes for run in runs)
                what = f"composing {minutes} minutes, {way}"
                if way == "ours":
                    row(what, f"{figure}, {most:.0f} MB", f"< {MOST_MB} MB", most < MOST_MB)
                    continue
                clock, work = (_ratio(taken["ours"], runs, of) for of in ("seconds", "processor"))
                row(what, f"{figure}, {most:.0f} MB")
                row(f"ours / {way}", f"{clock:.2f}, processor {work:.2f}", f"≤ {MOST_RATIO}", clock <= MOST_RATIO)
            for made in ("ours", "peer"):
                lufs, peak = ebur128(folder / f"{made}.flac")
                size = os.path.getsize(folder / f"{made}.flac") / 1e6
                good = abs(lufs + 16) <= 0.5 and peak <= -1
                row(
                    f"{minutes} minutes, {made}",
                    f"{lufs} LUFS, {peak} dBTP, {size:.0f} MB",
                    "-16 ±0.5, ≤ -1 dBTP",
                    good,
                )


def _median(runs: list[Run], what: str) -> float:
    return float(np.median([getattr(run, what) for run in runs]))


def _ratio(mine: list[Run], theirs: list[Run], what: str) -> float:
    return float(np.median([getattr(a, what) / getattr(b, what) for a, b in zip(mine, theirs, strict=True)]))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        ours(Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
