"""Power cuts, wrong clocks and people who edit, at random: the log explains every planned broadcast."""

import json
from datetime import date, timedelta

import pytest

from broadcaster import plan
from broadcaster.cli import main
from broadcaster.errors import BroadcasterError
from broadcaster.years import years
from tests.conftest import NOON

TODAYS = date.today().toordinal()  # noqa: DTZ011 - another one every day, the same for all processes of a run


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, TODAYS])
def test_a_season_of_trouble_is_explained(sessions, settings, seed):
    told = years(sessions, settings, NOON, NOON + timedelta(days=60), seed)
    assert told.due > 10
    assert sum(told.outcomes.values()) >= told.due
    assert told.mishaps["edit"] > 10
    assert sum(told.mishaps.values()) > told.mishaps["edit"] + told.mishaps.get("refused", 0)  # faults as well


def test_a_rule_that_does_not_hold_ends_it_with_the_reason(sessions, settings, monkeypatch):
    monkeypatch.setattr(plan, "store", lambda *_, **__: None)
    with pytest.raises(BroadcasterError) as found:
        years(sessions, settings, NOON, NOON + timedelta(days=8), 1)
    assert (found.value.code, found.value.values["broken"]) == ("drill-broken", "lost")


def test_the_command_prints_what_happened_and_fails_with_the_broken_rule(tmp_path, capsys, monkeypatch):
    drill = ["simulate", "--faults", "--data", str(tmp_path), "--from", "2026-11-24", "--to", "2026-12-02"]
    assert main([*drill, "--seed", "7"]) == 0
    assert "mỗi buổi đúng một dòng nhật ký" in capsys.readouterr().out
    assert main([*drill, "--seed", "7", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["seed"] == 7
    monkeypatch.setattr(plan, "store", lambda *_, **__: None)
    assert main(drill) == 1
    assert "buổi phát theo lịch không có trong nhật ký" in capsys.readouterr().err


@pytest.mark.parametrize("more", [[], ["--faults", "--years", "0"], ["--faults", "--years", "mười"]])
def test_what_it_can_not_simulate_is_wrong_usage(tmp_path, more):
    with pytest.raises(SystemExit) as refused:
        main(["simulate", "--data", str(tmp_path), *more])
    assert refused.value.code == 2
