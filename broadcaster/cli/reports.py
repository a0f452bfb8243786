"""report: the monthly sheet that is printed, signed and kept."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from broadcaster import journal, journal_pdf, sheets
from broadcaster.cli.console import Console
from broadcaster.database import looking
from broadcaster.errors import BroadcasterError


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    report = commands.add_parser("report", parents=[common], help="nhật ký phát thanh của một tháng")
    report.add_argument("--month", required=True, metavar="YYYY-MM")
    report.add_argument("--pdf", type=Path, metavar="F")
    report.add_argument("--xlsx", type=Path, metavar="F")
    report.set_defaults(do=do_report)


def do_report(console: Console, args: argparse.Namespace) -> None:
    with looking(console.sessions) as session:
        month = journal.of_month(session, args.month, console.settings.tz)
    written = []
    for path, write in ((args.pdf, journal_pdf.write), (args.xlsx, sheets.month_xlsx)):
        if path:
            try:
                write(path, month)
            except OSError as error:
                raise BroadcasterError("disk", path=path, detail=error.strerror) from error
            written.append(f"Đã ghi {path}.")
    facts = {
        "month": f"{month.year}-{month.month:02}",
        "station": month.station,
        "summary": month.summary(),
        "entries": [asdict(e) for e in month.entries],
    }
    lines = ["  ".join(filter(None, line)) for line in month.table()]
    console.show(facts, [*month.summary(), *(written or lines)])
