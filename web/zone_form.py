"""A zone as it is typed: its outputs, whose passwords never travel to the browser, and its volume through the week."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote, urlsplit

from werkzeug.datastructures import MultiDict

from broadcaster.errors import BroadcasterError
from broadcaster.zones import Loudness, ways
from web import inputs, spans

SPARE = 2  # empty lines below what there is
MOST = 16  # outputs or rules in one form
DEFAULT, NOTHING, ICECAST, FILE = "sound:", "null:", "icecast", "file"


@dataclass(frozen=True)
class OutputField:
    """One output as the form shows it. `kind`: "" (none), a whole URI, "icecast" or "file"."""

    kind: str = ""
    address: str = ""
    user: str = "source"
    has_password: bool = False
    folder: str = ""
    instead: str = ""  # the URI of what stands in for it


def fields(uris: Sequence[str]) -> list[OutputField]:
    """Those there are, and some to be filled in."""
    return [*map(_field, uris), *(OutputField() for _ in range(SPARE))][:MOST]


def outputs(form: MultiDict[str, str], was: Sequence[str]) -> list[str]:
    """The URIs that were chosen; a password that was not typed again stays. Raises BroadcasterError output-…"""
    chosen = (_uri(form, n, was) for n in range(MOST) if form.get(f"kind-{n}"))
    return list(dict.fromkeys(chosen))


def rules(form: MultiDict[str, str]) -> list[str]:
    """The rules of the volume, as zones.Loudness writes them. Raises BroadcasterError hour-bad, volume-bad,
    weekdays-empty.
    """
    found: list[str] = []
    for span in spans.filled(form, MOST):
        percent = inputs.number(form.get(f"percent-{span.row}", ""))
        if not 0 <= percent <= 100:
            raise BroadcasterError("volume-bad", usage=True, field=f"percent-{span.row}")
        found.append(str(Loudness(span.start, span.end, percent, span.days)))
    return found


def slug(name: str, taken: Collection[str]) -> str:
    """A short name for machines, made of what people typed: "Thôn Đông" → thon-dong."""
    plain = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    base = re.sub(r"[^a-z0-9]+", "-", re.sub(r"[\u0300-\u036f]", "", plain)).strip("-") or "cum"
    if base == "all":
        base = "cum-all"
    tries = (base if n == 1 else f"{base}-{n}" for n in range(1, len(taken) + 2))
    return next(word for word in tries if word not in taken)


def _field(uri: str) -> OutputField:
    first, *others = ways(uri)
    return replace(_plain(first), instead="|".join(others))


def _plain(uri: str) -> OutputField:
    kind, _, rest = uri.partition(":")
    if kind == FILE:
        return OutputField(FILE, folder=rest)
    if kind != ICECAST:
        return OutputField(uri)
    parts = urlsplit(uri)
    address = f"{parts.netloc.rpartition('@')[2]}{parts.path}"
    return OutputField(ICECAST, address, unquote(parts.username or "source"), bool(parts.password))


def _uri(form: MultiDict[str, str], n: int, was: Sequence[str]) -> str:
    """An output of the form, with what stands in for it; of what was, the first of its ways is asked about."""
    before = {way for uri in was for way in ways(uri)} | {"|".join(ways(uri)[1:]) for uri in was}
    uri, instead = _first(form, n, sorted(before)), form.get(f"instead-{n}", "")
    if instead and not instead.startswith(DEFAULT) and instead not in before:
        raise BroadcasterError("output-kind")
    return f"{uri}|{instead}" if instead and instead != uri else uri


def _first(form: MultiDict[str, str], n: int, was: Sequence[str]) -> str:
    kind = form.get(f"kind-{n}", "")
    if kind == FILE:
        folder = form.get(f"folder-{n}", "").strip()
        if not folder:
            raise BroadcasterError("output-folder")
        return f"file:{folder}"
    if kind != ICECAST:
        if kind != NOTHING and not kind.startswith(DEFAULT) and kind not in was:
            raise BroadcasterError("output-kind")
        return kind
    address = re.sub(r"^\w+://", "", form.get(f"address-{n}", "").strip())
    user = form.get(f"user-{n}", "").strip() or "source"
    bare = f"icecast://{quote(user, safe='')}:@{address}"
    _expect_icecast(bare)
    password = form.get(f"password-{n}", "")
    if not password:
        known = [u for u in was if u.startswith("icecast:")]
        same = next((u for u in known if _field(u).address == address and _field(u).user == user), None)
        if same is None or not urlsplit(same).password:
            raise BroadcasterError("output-password", address=address)
        return same
    return f"icecast://{quote(user, safe='')}:{quote(password, safe='')}@{address}"


def _expect_icecast(uri: str) -> None:
    try:
        parts = urlsplit(uri)
        fine = bool(parts.hostname) and parts.port != 0 and len(parts.path) > 1 and not re.search(r"[\s@]", parts.path)
    except ValueError:
        fine = False
    if not fine or uri.count("@") != 1 or re.search(r"\s", uri):
        raise BroadcasterError("output-address")
