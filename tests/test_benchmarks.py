"""Benchmarks must not rot between two runs of `make bench`: each loads, and what is cheap runs. (Their types are
checked with the rest, so that a changed signature is found.)"""

from __future__ import annotations

import importlib

import pytest

from benchmarks import __main__ as bench
from benchmarks import reading, table, years
from broadcaster import plan


@pytest.mark.parametrize("name", bench.names())
def test_every_benchmark_loads_and_says_how_it_is_run(name):
    module = importlib.import_module(f"benchmarks.{name}")
    assert callable(module.main)
    assert "benchmarks" in module.__doc__


def test_a_small_run_prints_its_lines(capsys):
    reading.main(400)
    assert "bulletins" in capsys.readouterr().out


def test_years_of_mishaps_name_their_seed_and_what_they_came_to(capsys):
    assert years.main(0.02, 7) == 0
    out = capsys.readouterr().out
    assert "seed 7" in out
    assert "broadcasts due" in out


def test_years_in_which_a_rule_does_not_hold_fail_and_say_which(capsys, monkeypatch):
    monkeypatch.setattr(plan, "store", lambda *_, **__: None)
    assert years.main(0.02, 7) == 1
    assert "lost" in capsys.readouterr().out


def test_all_of_them_end_in_one_table_that_names_what_did_not_run(capfd):
    assert bench.main(["not_there"]) == 1
    out = capfd.readouterr().out
    assert "== all of it" in out
    assert out.splitlines()[-1] == "✗ not_there did not run to its end"


def test_rows_are_kept_for_the_table_at_the_end(tmp_path, monkeypatch, capsys):
    kept = tmp_path / "rows"
    monkeypatch.setenv(table.KEPT, str(kept))
    table.row("a thing", "1 s", "< 2 s", True)
    table.spread("errors", [0.1, -0.2, float("nan")], median=0.5)
    table.spread("none", [])
    assert kept.read_text(encoding="utf-8") == capsys.readouterr().out
    first, second, third = kept.read_text(encoding="utf-8").splitlines()
    assert first.startswith("✓ a thing")
    assert second.startswith("✗ errors")  # one was not heard
    assert "1 not heard" in second
    assert third.startswith("✗ none")
