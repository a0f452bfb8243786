"""Reading a file in a process of its own: whatever it does there, it ends within its time and memory.

Run as a module it reads a file from standard input and writes what it found, or the code of the refusal, as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict

from audio.errors import BadText
from audio.intake.extract import Intake, extract
from audio.intake.model import Left

SECONDS = 120  # a scan of five pages on a small machine; text takes less than two
MEMORY = 1_500_000_000  # bytes of address space


def apart(data: bytes, seconds: float = SECONDS) -> Intake:
    """`extract` in a worker. Raises BadText: its own, too-slow, or broken when the worker died of the file."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", __name__], input=data, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise BadText("too-slow") from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise BadText("broken") from RuntimeError(f"worker ended with {done.returncode}: {last}").with_traceback(
            error.__traceback__
        )
    if "refused" in answer:
        raise BadText(answer["refused"])
    lists = {name: tuple(answer[name]) for name in ("damaged", "warnings")}
    return Intake(**answer | lists | {"dropped": tuple(Left(**left) for left in answer["dropped"])})


def main() -> None:
    """The worker's side."""
    _limit()
    data = sys.stdin.buffer.read()
    try:
        answer: dict[str, object] = asdict(extract(data))
    except BadText as error:
        answer = {"refused": error.code}
    except MemoryError:
        answer = {"refused": "unpacked"}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _limit() -> None:
    """Memory and processor time, and the lowest priority: what is on air must not slip because a file is read."""
    if os.name == "posix":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.nice(10)


if __name__ == "__main__":
    main()
