"""Zones, relay, microphone, test tone and a second station from the command line, on a running station."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from broadcaster import asrun
from broadcaster.database import connect, looking
from broadcaster.settings import Settings
from broadcaster.status import read_status
from tests.runner import Runner

pytestmark = pytest.mark.slow
WHY = ("--reason", "thử")  # whatever hour the test runs at


@pytest.fixture(scope="module")
def station(tmp_path_factory):
    """One for all of them: each asks after what it ordered itself."""
    runner = Runner(tmp_path_factory.mktemp("station") / "data", dict(os.environ))
    runner.run("--output", "null:")
    yield runner
    runner.stop()


def shown(station):
    """The status as the panel reads it: a command of its own would be too slow to catch three seconds of sound."""
    settings = Settings.load(str(station.data))
    with looking(connect(settings)) as session:
        return read_status(session, datetime.now(UTC), settings.tz)


def line(station, ordered):
    """What the log says of a broadcast once it has ended."""
    settings = Settings.load(str(station.data))

    def ended():
        with looking(connect(settings)) as session:
            return [e for e in asrun.entries(session) if e.broadcast_id == ordered["id"]]

    assert wait_for(ended)
    (found,) = [e for e in station("log") if e["broadcast_id"] == ordered["id"]]
    return found


def wait_for(true, seconds=30):
    deadline = time.monotonic() + seconds
    while not (found := true()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return found


def test_two_stations_never_share_a_data_folder(station):
    second = subprocess.run(
        [sys.executable, "-m", "broadcaster", "run", "--no-web"], env=station.env, capture_output=True, text=True
    )
    assert second.returncode == 1
    assert "Đã có một trạm đang chạy" in second.stderr
    assert station("status")["state"] == "idle"


def test_zones_sound_on_their_own_and_the_status_says_what_each_plays(station, tmp_path):
    station("zone", "set", "thon-1", "--name", "Thôn Một", "--output", f"file:{tmp_path / 'mot'}")
    station("zone", "set", "thon-2", "--output", f"file:{tmp_path / 'hai'}", "--volume", "00:00-00:00=25")
    with ThreadPoolExecutor() as pool:  # on a busy machine the three seconds are over before the command has ended
        tone = pool.submit(station, "tone", "--zone", "thon-2", *WHY)
        playing = wait_for(lambda: [z["zone"] for z in shown(station).zones if z["playing"]])
    assert playing == ["thon-2"]
    assert {z["zone"]: z["volume"] for z in shown(station).zones} == {"thon-1": 1.0, "thon-2": 0.25}
    assert line(station, tone.result())["outcome"] == "aired"
    assert wait_for(lambda: list((tmp_path / "hai").glob("*.flac")))
    assert not list((tmp_path / "mot").glob("*.flac"))
    refused = station("tone", "--zone", "thon-3", ok=False)
    assert (refused.returncode, "thon-1" in refused.stderr) == (2, True)


def test_a_relay_that_nobody_sends_is_on_air_with_its_fallback_and_the_log_says_so(station):
    refused = station("relay", "file:///etc/passwd", "--minutes", "1", ok=False)
    assert refused.returncode == 2
    relay = station("relay", "http://127.0.0.1:9/dai", "--minutes", "0.2", "--title", "Tiếng nói", *WHY)
    assert wait_for(lambda: shown(station).playing)["title"] == "Tiếng nói"
    entry = line(station, relay)
    assert (entry["outcome"], entry["title"]) == ("aired", "Tiếng nói")
    assert "bản ghi thay thế" in entry["reason"]


def test_a_relay_is_ended_before_its_time_and_the_volume_is_set_by_hand(station, tmp_path):
    station("zone", "set", "thon-1", "--name", "Thôn Một", "--output", f"file:{tmp_path / 'mot'}", "--lead", "2")
    assert station("zone", "volume", "thon-1", "40")["hand"]["percent"] == 40
    assert wait_for(lambda: [z["volume"] for z in shown(station).zones if z["zone"] == "thon-1"] == [0.4])
    refused = station("zone", "volume", "thon-1", "to", ok=False)
    assert refused.returncode == 2
    relay = station("relay", "http://127.0.0.1:9/dai", "--minutes", "5", "--title", "Tiếng nói", *WHY)
    (live,) = wait_for(lambda: shown(station).live)
    assert (live["id"], live["standing_in"]) == (relay["id"], True)
    assert wait_for(lambda: shown(station).level > 0)  # the interval signal leaves the mixer
    station("end", relay["id"])
    entry = line(station, relay)
    assert (entry["outcome"], "kết thúc sớm" in entry["reason"]) == ("cut", True)
    assert station("end", relay["id"], ok=False).returncode == 1


def test_without_a_microphone_the_log_says_what_is_wrong(station):
    live = station("mic", "start", "--device", "không có", *WHY)
    assert line(station, live)["outcome"] == "failed"
