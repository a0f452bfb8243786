"""Put on air by hand: outside the allowed hours only with a written reason, on the command line as in the panel."""

import json
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
import soundfile
import sqlalchemy as sa

from audio.format import RATE
from broadcaster import hours, playing, zones
from broadcaster.cli import main
from broadcaster.cli.air import UNSAID
from broadcaster.database import open_database
from broadcaster.errors import BroadcasterError
from broadcaster.models import Broadcast
from broadcaster.models_station import StationState
from broadcaster.settings import Settings
from tests.broadcaster.helpers import approved, recording
from tests.conftest import NOON
from tests.schedules.made import NUI_THANH

INSIDE, OUTSIDE = NOON.replace(hour=10, minute=10), NOON  # 17:10 and 12:00 in Việt Nam
URL = "http://127.0.0.1:9/dai"


@pytest.mark.parametrize(
    ("at", "typed", "kept"), [(INSIDE, "", None), (INSIDE, "bão", None), (OUTSIDE, " bão  về ", "bão về")]
)
def test_a_reason_is_kept_only_where_the_hours_ask_for_one(session, at, typed, kept):
    assert playing.reason(session, typed, at, NUI_THANH) == kept


@pytest.mark.parametrize(("at", "length"), [(OUTSIDE, 0), (INSIDE, 90)])
def test_without_one_it_is_refused(session, at, length):
    with pytest.raises(BroadcasterError) as error:
        playing.reason(session, "  ", at, NUI_THANH, timedelta(minutes=length))
    assert error.value.code == "reason-outside"


def test_a_zone_is_held_by_its_own_hours(session):
    zones.save(session, "thon-1", "Thôn Một", ["null:"], [], NOON)
    hours.set_for(session, "thon-1", allowed="12:00-13:00")
    assert playing.reason(session, "", OUTSIDE, NUI_THANH, zone="thon-1") is None
    assert playing.refused(session, OUTSIDE, NUI_THANH)


def test_the_instant_counts_at_which_it_will_be_heard(session):
    sound = recording(session)
    how = {"by": "trực", "tz": NUI_THANH}
    row = playing.recording(session, sound, now=OUTSIDE - timedelta(days=1), at=INSIDE, **how)
    assert row.remark is None
    with pytest.raises(BroadcasterError):
        playing.recording(session, sound, now=INSIDE - timedelta(days=1), at=OUTSIDE, **how)
    approved(session)
    row = playing.programme(session, "an-ninh-nui-thanh", now=INSIDE - timedelta(days=1), at=OUTSIDE, why="bão", **how)
    assert (row.remark, row.approved_by) == ("bão", "minh")


@pytest.fixture
def station(tmp_path, monkeypatch):
    """A data folder whose station has just been heard of, and whose hours are not those of now."""
    monkeypatch.setenv("BROADCASTER_DATA", str(tmp_path))
    monkeypatch.setattr("broadcaster.editorial.ALIVE", timedelta(minutes=10))
    sessions = open_database(Settings.load(str(tmp_path)))
    now = datetime.now(UTC)
    with sessions.begin() as session:
        later = now.astimezone(NUI_THANH) + timedelta(hours=12)
        hours.set_for(session, "all", allowed=f"{later:%H}:00-{later:%H}:59", quiet="")
        session.get_one(StationState, 1).beat_at = now
    yield sessions
    sessions.kw["bind"].dispose()


@pytest.fixture
def sound(tmp_path):
    path = tmp_path / "tin.wav"
    soundfile.write(path, 0.1 * np.sin(np.arange(RATE) / 20, dtype=np.float64), RATE)
    return str(path)


def test_play_by_command_goes_on_air_at_any_hour_and_the_log_keeps_that_no_reason_was_given(station, sound, capsys):
    assert main(["play", sound]) == 0
    assert "--reason" in capsys.readouterr().err
    assert main(["play", sound, "--reason", "bão về"]) == 0
    assert "--reason" not in capsys.readouterr().err
    with station() as session:
        assert session.scalars(sa.select(Broadcast.remark).order_by(Broadcast.id)).all() == [UNSAID, "bão về"]


@pytest.mark.parametrize("command", [("relay", URL, "--minutes", "5"), ("mic", "start"), ("tone",)], ids=lambda c: c[0])
def test_every_other_command_that_puts_something_on_air_keeps_the_rule(station, capsys, command):
    words = [*command]
    assert main(words) == 1
    refusal = capsys.readouterr()
    assert refusal.out == ""
    assert "--reason" in refusal.err
    assert len(refusal.err.strip().splitlines()) == 1
    assert main([*words, "--reason", "bão về"]) == 0
    with station() as session:
        assert session.scalars(sa.select(Broadcast.remark)).all() == ["bão về"]


def test_what_is_played_in_several_zones_is_one_broadcast_each_and_they_are_listed(station, sound, capsys):
    with station.begin() as session:
        for slug in ("thon-1", "thon-2", "thon-3"):
            zones.save(session, slug, slug, ["null:"], [], NOON)
    at = ("--at", "2030-01-01T17:30", "--json")
    assert main(["play", str(sound), "--zone", "thon-1", "--zone", "thon-2", *at]) == 0
    assert [row["zone"] for row in json.loads(capsys.readouterr().out)] == ["thon-1", "thon-2"]
    assert main(["play", str(sound), "--zone", "thon-1", *at]) == 0
    assert json.loads(capsys.readouterr().out)["zone"] == "thon-1"


@pytest.mark.parametrize(
    "command",
    [
        ("tone", "--zone", "thon-9"),
        ("mic", "start", "--zone", "thon-9"),
        ("play", "{sound}", "--zone", "thon-9"),
        ("relay", URL, "--from", "2020-01-01T05:00", "--minutes", "5"),
    ],
    ids=lambda c: c[0],
)
def test_what_can_never_be_is_said_before_the_hours_are(station, sound, capsys, command):
    with station.begin() as session:  # where there are no zones, any name is everywhere
        zones.save(session, "thon-1", "Thôn Một", ["null:"], [], NOON)
    assert main([word.format(sound=sound) for word in command]) == 2
    assert "--reason" not in capsys.readouterr().err


def test_a_command_is_held_by_what_the_day_carries_as_well(station, sound, capsys):
    with station.begin() as session:
        hours.set_for(session, "all", allowed="00:00-00:00", max_minutes=4, max_repeats=0)
    relay = ["relay", URL, "--minutes", "5"]
    assert main(relay) == 1
    assert "Ngày này sẽ vượt quá 4 phút được phát mỗi ngày." in capsys.readouterr().err
    assert main([*relay, "--reason", "họp tỉnh"]) == 0
    assert [main(["play", sound]), main(["play", sound])] == [0, 0]
    assert "quá mức được phát" in capsys.readouterr().err
    with station() as session:
        rows = session.execute(sa.select(Broadcast.remark, Broadcast.overruled).order_by(Broadcast.id)).all()
    over = "too-many-minutes"
    assert [tuple(row) for row in rows] == [
        ("họp tỉnh", [over]),
        (UNSAID, [over]),
        (UNSAID, [over, "too-many-repeats"]),
    ]
