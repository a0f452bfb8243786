"""proof: was it heard? A recording of the monitor, the line or a microphone compared with the log."""

from __future__ import annotations

import argparse
from pathlib import Path

from broadcaster import proofs, words
from broadcaster.cli.console import Console
from broadcaster.errors import BroadcasterError


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    proof = commands.add_parser("proof", parents=[common], help="đối chiếu bản ghi âm với buổi đã phát")
    proof.add_argument("broadcast", metavar="BROADCAST_ID", help="mã buổi phát, xem bằng: broadcaster log --json")
    proof.add_argument(
        "--recording", type=Path, required=True, metavar="FILE", help="tệp ghi âm, định dạng nào cũng được"
    )
    proof.set_defaults(do=do_proof)


def do_proof(console: Console, args: argparse.Namespace) -> None:
    if not args.recording.is_file():
        raise BroadcasterError("file-missing", usage=True, path=args.recording)
    facts = proofs.judge(
        console.sessions, console.settings, args.broadcast, args.recording, console.who, console.clock.now()
    )
    console.show(facts, words.proof(facts))
