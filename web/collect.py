"""Every text of the panel, collected from where it stands; `python -m web.collect` brings web/english.po up to date."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment
from jinja2.ext import extract_from_ast

from web import catalogue
from web.api import DESCRIPTION, SAID_OF_PARTS

HERE = Path(__file__).parent
ROOT = HERE.parent
SOURCES = ("web", "broadcaster")
TABLES = ("phrases", "phrases_care", "phrases_errors", "phrases_text")  # of texts and nothing else
SPEAKING = re.compile(r"from broadcaster\.tongue import [^\n]*\bsay\b")
VIETNAMESE = re.compile("[À-ỹ]")


def texts() -> set[str]:
    """What templates give to `_`, modules to `say`, the tables of modules that have something to say, and what the
    description of the interface says."""
    found = set[str]()
    for path in (HERE / "templates").rglob("*.html"):
        found.update(_of_template(path.read_text("utf-8")))
    found.update(_of_description(json.loads(DESCRIPTION.read_text("utf-8"))))
    for folder in SOURCES:
        for path in (ROOT / folder).rglob("*.py"):
            source = path.read_text("utf-8")
            if path != HERE / "tongue.py" and (folder == "web" or path.stem in TABLES or SPEAKING.search(source)):
                found.update(_of_module(ast.parse(source), every=path.stem in TABLES))
    return found


def _of_description(value: object) -> Iterator[str]:
    """What people read in the description of the interface for machines."""
    if isinstance(value, dict):
        yield from (value[key] for key in SAID_OF_PARTS if isinstance(value.get(key), str))
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _of_description(each)


def _of_template(source: str) -> Iterator[str]:
    for _, _, said in extract_from_ast(Environment().parse(source), ("_",), babel_style=False):
        yield from (said,) if isinstance(said, str) else (text for text in said or () if text)


def _of_module(tree: ast.Module, every: bool) -> Iterator[str]:
    """`every`: not only what has Vietnamese letters."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) == "say" and isinstance(node.args[0], ast.Constant):
            yield str(node.args[0].value)
    for node in tree.body:
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value:
            yield from (text for text in _of_table(node.value) if every or VIETNAMESE.search(text))


def _of_table(value: ast.expr) -> Iterator[str]:
    """The values of dicts and tuples, not their keys."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.Dict):
        for each in value.values:
            yield from _of_table(each)
    elif isinstance(value, (ast.Tuple, ast.List)):
        for each in value.elts:
            yield from _of_table(each)
    elif isinstance(value, ast.DictComp) and isinstance(value.generators[0].iter, ast.Call):
        yield from _of_table(value.generators[0].iter.func.value)  # type: ignore[attr-defined]  # {…}.items()


def _name(func: ast.expr) -> str:
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def main() -> None:
    """Keep what is translated, add what is new with an empty translation, drop what nobody says any more."""
    known = catalogue.read()
    catalogue.write({text: known.get(text, "") for text in texts()})


if __name__ == "__main__":
    main()
