"""How soon an emergency is heard: kept ready, typed (the siren covers the speaking), and recorded.

Run from the project's folder with no other station: python -m benchmarks.alert_desk
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from benchmarks.table import row
from broadcaster import alert_templates, alertdesk, wishes
from broadcaster.clock import Clock
from broadcaster.database import Sessions, looking, open_database
from broadcaster.models import Broadcast
from broadcaster.settings import Settings

ROUNDS = 5
PATIENCE_S = 60.0


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        command = [sys.executable, "-m", "broadcaster", "run", "--data", folder, "--no-web", "--output", "null:"]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env=dict(os.environ, PYTHONUNBUFFERED="1")
        ) as station:
            assert station.stdout is not None
            while not station.stdout.readline().startswith("ready"):
                pass
            try:
                measure(data)
            finally:
                station.terminate()


def measure(data: Path) -> None:
    settings = Settings(data=data, database_url=f"sqlite:///{data / 'station.db'}", output="null:")
    sessions, clock = open_database(settings), Clock()
    with sessions.begin() as session:
        alert_templates.seed(session, clock.now())
        text = next(t.text for t in alert_templates.listed(session) if not alert_templates.blanks(t.text))
    began, recording = clock.monotonic(), None
    while recording is None and clock.monotonic() - began < PATIENCE_S:
        time.sleep(0.1)
        with looking(sessions) as session:
            recording = alertdesk.ready(session, settings, text, alertdesk.REPEATS)
    assert recording, "no template was spoken within a minute"
    now = clock.now
    ways = {
        "kept ready": lambda n: alertdesk.send(sessions, settings, text, alertdesk.REPEATS, "đo", now()),
        "typed": lambda n: alertdesk.send(sessions, settings, f"Lời nhắn số {n}. {text}", 3, "đo", now()),
        "recorded": lambda n: alertdesk.send_recording(sessions, settings, recording, 3, "đo", now()),
    }
    for name, send in ways.items():
        took = []
        for n in range(ROUNDS):
            pressed = clock.now()
            sent = send(n)[0].id
            took.append((heard(sessions, sent) - pressed).total_seconds())
            for wish in ("stop", "resume"):  # an alert is never skipped
                wishes.ask(sessions, wish, "đo", clock)
        row(f"button to first sample, {name}", f"median {sorted(took)[ROUNDS // 2]:.2f} s, worst {max(took):.2f} s")


def heard(sessions: Sessions, broadcast_id: str) -> datetime:
    """When it began."""
    for _ in range(int(PATIENCE_S / 0.02)):
        with looking(sessions) as session:
            if began := session.get_one(Broadcast, broadcast_id).began_at:
                return began
        time.sleep(0.02)
    raise SystemExit("never heard")


if __name__ == "__main__":
    main()
