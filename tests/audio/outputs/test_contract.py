"""Every output keeps the same promises: it asks for blocks at the pace of time, tells instants that follow one
another, stops when told, and says so when it can't open."""

import os
import time

import numpy as np
import pytest
import soundfile

from audio.errors import OutputUnavailable
from audio.format import RATE
from audio.outputs import open_output
from broadcaster.clock import Clock

REAL = [pytest.mark.slow, pytest.mark.alone]
KINDS = ["null:", "file:", *(pytest.param(kind, marks=REAL) for kind in ("sound:", "icecast:"))]


@pytest.fixture(params=KINDS)
def uri(request, tmp_path, monkeypatch):
    if request.param == "icecast:":
        return request.getfixturevalue("icecast").source
    if request.param == "sound:":
        server = request.getfixturevalue("pulse")
        monkeypatch.setenv("PULSE_SERVER", server.server)
    return request.param + (str(tmp_path / "heard") if request.param == "file:" else "")


def test_blocks_are_asked_for_at_the_pace_of_time(uri):
    clock, asked = Clock(), []

    def render(frames, instant):
        asked.append((clock.wall(), instant, frames))
        output.hasten(len(asked) % 2 == 0)
        return np.zeros(frames, np.float32)

    output = open_output(uri, clock)
    output.start(render)
    deadline = clock.monotonic() + 4
    while len(asked) < 30 and clock.monotonic() < deadline:  # an idle sound server takes its time to wake up
        time.sleep(0.01)
    asked.clear()
    time.sleep(1.5)
    assert output.health().ok
    output.stop()
    stopped = len(asked)
    time.sleep(0.1)
    assert len(asked) == stopped
    assert not output.health().ok
    frames = sum(f for _, _, f in asked)
    assert 1.3 * RATE < frames < 1.9 * RATE
    late = asked[len(asked) // 2 :]
    steps = np.diff([i for _, i, _ in late]) - np.array([f for _, _, f in late[:-1]]) / RATE
    assert np.abs(steps).max() < 0.002  # instants follow one another
    assert all(-0.05 < instant - wall < 0.5 for wall, instant, _ in late)  # and lie just ahead


def test_it_can_be_opened_again(uri):
    output = open_output(uri, Clock())
    for _ in range(2):
        output.start(lambda frames, instant: np.zeros(frames, np.float32))
        time.sleep(0.2)
        assert output.health().ok
        output.stop()
        time.sleep(0.3)  # a server keeps a mount that was left for a moment


def test_the_file_output_writes_what_would_have_been_heard(tmp_path):
    tone = (0.25 * np.sin(np.arange(RATE) / 20)).astype(np.float32)
    tone[0] = 0.1
    sent = 0
    starts = []

    def render(frames, instant):
        nonlocal sent
        if sent == 0:
            starts.append(instant)
        block = tone[sent : sent + frames]
        sent += frames
        return np.pad(block, (0, frames - len(block)))

    output = open_output(f"file:{tmp_path}", Clock())
    output.start(render)
    time.sleep(1.4)
    output.stop()
    (path,) = tmp_path.glob("*.flac")
    heard, rate = soundfile.read(path, dtype="float32")
    assert rate == RATE
    assert np.allclose(heard[:RATE], tone, atol=1 / 32768)
    assert not heard[RATE:].any()


def allowed(policy):
    """Whether this system lets us have real time at all."""
    try:
        os.sched_setscheduler(0, policy, os.sched_param(1))
    except OSError:
        return False
    os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
    return True


@pytest.mark.alone
@pytest.mark.slow
def test_the_thread_of_a_sound_device_comes_first_while_it_is_hastened(pulse, monkeypatch):
    if not allowed(os.SCHED_RR):
        pytest.skip("real time is not allowed here")
    monkeypatch.setenv("PULSE_SERVER", pulse.server)
    output, policies = open_output("sound:", Clock()), []

    def render(frames, instant):
        policies.append(os.sched_getscheduler(0) & ~os.SCHED_RESET_ON_FORK)
        output.hasten(len(policies) in (10, 11))
        return np.zeros(frames, np.float32)

    output.start(render)
    deadline = time.monotonic() + 5
    while len(policies) < 20 and time.monotonic() < deadline:
        time.sleep(0.01)
    output.stop()
    ordinary, first = os.SCHED_OTHER, os.SCHED_RR
    assert policies[:20] == [ordinary] * 10 + [first] * 2 + [ordinary] * 8


def test_an_unknown_kind_is_refused():
    with pytest.raises(OutputUnavailable, match="unknown-output"):
        open_output("smoke:", Clock())


def test_a_folder_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputUnavailable, match="folder-not-writable"):
        open_output(f"file:{tmp_path / 'file'}", Clock()).start(lambda f, i: np.zeros(f, np.float32))


@pytest.mark.alone
@pytest.mark.slow
def test_no_sound_device_is_an_error_that_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path / 'nothing.sock'}")
    with pytest.raises(OutputUnavailable, match="no-device"):
        open_output("sound:", Clock()).start(lambda f, i: np.zeros(f, np.float32))
