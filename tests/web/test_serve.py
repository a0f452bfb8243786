"""The panel as a process of its own."""

import socket
import subprocess
import sys
import time

import pytest

from broadcaster import supervisor


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def command(folder, port):
    return [sys.executable, "-m", "web.serve", "--data", str(folder), "--port", str(port), "--supervised"]


@pytest.mark.slow
def test_it_serves_until_its_parent_is_gone(tmp_path, port):
    with subprocess.Popen(command(tmp_path, port), stdin=subprocess.PIPE) as process:
        until = time.monotonic() + 20
        while not supervisor.answers("127.0.0.1", port):
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)
        process.stdin.close()
        assert process.wait(supervisor.ORDERLY_S) == 0


@pytest.mark.slow
def test_a_taken_port_is_one_sentence_and_an_exit_code(tmp_path, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        done = subprocess.run(
            command(tmp_path, port), stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=30
        )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"Cổng {port}" in done.stderr
