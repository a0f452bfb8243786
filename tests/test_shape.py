"""The architecture, checked: who may import whom, and which libraries stay behind one door."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "schedules": set(),
    "audio": set(),
    "broadcaster": {"schedules", "audio"},
    "web": {"broadcaster"},
}
ONE_DOOR = {
    "flask_wtf",
    "apscheduler",
    "gtts",
    "pydub",
    "sounddevice",
    "espeakng_loader",
    "olefile",
    "pypdfium2",
    "argon2",
    "waitress",
    "cryptography",
    "onnxruntime",
    "edge_tts",
    "aiohttp",
    "av",
    "vietasr",
    "fpdf",
    "xlsxwriter",
}
NO_DATABASE = {"sqlalchemy", "alembic"}


def imports(path: Path) -> set[str]:
    """Top-level names a module imports, anywhere in it (also inside functions)."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module.split(".")[0])
    return found


MODULES = [(package, path) for package in MAY_IMPORT for path in sorted((ROOT / package).rglob("*.py"))]


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_point_one_way(package):
    strangers = set(MAY_IMPORT) - MAY_IMPORT[package] - {package}
    wrong = {str(p): imports(p) & strangers for q, p in MODULES if q == package and imports(p) & strangers}
    assert not wrong


@pytest.mark.parametrize("package", ["schedules", "audio"])
def test_pure_packages_know_no_database(package):
    assert not [str(p) for q, p in MODULES if q == package and imports(p) & NO_DATABASE]


def test_a_library_we_might_replace_has_one_door():
    doors = defaultdict(list)
    for _, path in MODULES:
        for name in imports(path) & ONE_DOOR:
            doors[name].append(str(path.relative_to(ROOT)))
    assert {name: where for name, where in doors.items() if len(where) > 1} == {}


def test_only_the_clock_reads_the_time():
    readers = []
    for _, path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in {
                "now",
                "utcnow",
                "today",
                "monotonic",
                "time_ns",
            }:
                owner = node.value
                if isinstance(owner, ast.Name) and owner.id in {"datetime", "time", "date"}:
                    readers.append(str(path.relative_to(ROOT)))
            if isinstance(node, ast.Attribute) and ast.unparse(node) == "time.time":
                readers.append(str(path.relative_to(ROOT)))
    assert set(readers) <= {"broadcaster/clock.py"}


def test_modules_stay_readable():
    too_long = {str(p): n for _, p in MODULES if (n := p.read_text(encoding="utf-8").count("\n")) > 350}
    assert not too_long
