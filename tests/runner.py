"""The station as a user runs it, for tests and benchmarks."""

from __future__ import annotations

import json
import subprocess
import sys


class Runner:
    """`broadcaster` as a user runs it, in processes of their own."""

    def __init__(self, data, env):
        self.data = data
        self.env = dict(env, BROADCASTER_DATA=str(data), PYTHONUNBUFFERED="1")
        self.process = None

    def run(self, *more):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "broadcaster", "run", "--no-web", *more],
            env=self.env,
            stdout=subprocess.PIPE,
            text=True,
        )
        for line in self.process.stdout:
            if line.startswith("ready"):
                return
        raise AssertionError("the station did not get ready")

    def __call__(self, *args, ok=True):
        done = subprocess.run(
            [sys.executable, "-m", "broadcaster", *args, "--json"], env=self.env, capture_output=True, text=True
        )
        assert (done.returncode == 0) == ok, done.stderr
        return json.loads(done.stdout) if ok else done

    def station_pid(self):
        children = subprocess.run(
            ["pgrep", "-f", f"broadcaster station --data {self.data}"], capture_output=True, text=True
        )
        return int(children.stdout.split()[0])

    def stop(self):
        if self.process:
            self.process.terminate()
            assert self.process.wait(15) == 0
            self.process.stdout.close()
