"""Sticks and cards plugged into this machine, and the voices that lie on them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from glob import glob
from itertools import islice
from pathlib import Path

MOUNTS = ("/media/*", "/media/*/*", "/run/media/*/*", "/mnt/*")  # desktops, Raspberry Pi OS, by hand (FHS 3.0, udisks2)
DEEPEST = 3  # folders into a stick
MOST = 5_000  # entries looked at: a stick full of films must not keep a page waiting


def voices() -> dict[str, Path]:
    """Natural voices by name, each with the folder that has both its files; the first of a name counts."""
    found: dict[str, Path] = {}
    roots = dict.fromkeys(path for mount in MOUNTS for path in sorted(glob(mount)))
    for folder, name in islice((entry for root in roots for entry in _walk(Path(root))), MOST):
        if name.endswith(".onnx") and (folder / f"{name}.json").is_file():
            found.setdefault(name.removesuffix(".onnx"), folder)
    return found


def _walk(root: Path) -> Iterator[tuple[Path, str]]:
    """(folder, name) of every file; what can't be read is passed over."""
    for folder, folders, names in os.walk(root):
        if len(Path(folder).relative_to(root).parts) >= DEEPEST:
            folders.clear()
        yield from ((Path(folder), name) for name in names)
