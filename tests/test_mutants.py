"""Rules of when and of the air, broken by hand: the tests of their room must fail. One that lives lacks a test.

Each is applied to a copy of the source, and only the tests that should notice run on it. `-s` prints the killed.
"""

import compileall
import py_compile
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FAILED = 1  # pytest's exit code when tests ran and some failed; a mutant that breaks the import proves nothing


@dataclass(frozen=True)
class Mutant:
    """`old` stands in `module` exactly once, and becomes `new`; `tests` are files under tests/."""

    name: str
    module: str
    old: str
    new: str
    tests: str


TABLE = tomllib.loads((ROOT / "tests" / "mutants.toml").read_text(encoding="utf-8"))
MUTANTS = [Mutant(**entry) for entry in TABLE["mutant"]]


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """With the bytecode of every module, since -B writes none: or each mutant would compile the whole source again."""
    folder = tmp_path_factory.mktemp("mutants")
    for name in ("schedules", "audio", "broadcaster", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    compileall.compile_dir(folder, quiet=1, invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("mutant", MUTANTS, ids=[mutant.name for mutant in MUTANTS])
def test_a_broken_rule_is_noticed(copy, mutant):
    path = copy / mutant.module
    source = path.read_text(encoding="utf-8")
    assert source.count(mutant.old) == 1
    path.write_text(source.replace(mutant.old, mutant.new), encoding="utf-8")
    try:
        found = subprocess.run(
            [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-m", "not slow",
             *(f"tests/{name}" for name in mutant.tests.split())],
            cwd=copy, capture_output=True, text=True, check=False,
        )  # fmt: skip
    finally:
        path.write_text(source, encoding="utf-8")
    assert found.returncode == FAILED, f"{mutant.name} lives: {found.stdout[-2000:]}"
    print(f"killed: {mutant.name}")
