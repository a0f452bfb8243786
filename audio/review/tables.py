"""The data files of this package: tab-separated, a header line, made to be read and edited by people."""

from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table by the names in its header."""
    header, *lines = files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()
    columns = header.split("\t")
    return tuple(dict(zip(columns, line.split("\t"), strict=True)) for line in lines if line)
