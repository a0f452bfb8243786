"""Which voices this station has, and in which order it tries them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio.voices import KINDS, needs_network
from audio.voices.models import toneless
from broadcaster import preferences
from broadcaster.errors import BroadcasterError
from broadcaster.models import Programme
from broadcaster.settings import Settings

LAST_RESORT = "espeak"  # needs neither network nor model
NATURAL = ("vi_VN-vais1000-medium", "vi_VN-25hours_single-low", "vi_VN-vivos-x_low")  # the best one first


def installed(settings: Settings) -> list[str]:
    """Names of the natural voices in the station's folder: the recommended ones first, the rest by name."""
    found = {path.name.removesuffix(".onnx") for path in settings.voices.glob("*.onnx")}
    return [*(name for name in NATURAL if name in found), *sorted(found - set(NATURAL))]


def order(session: Session, settings: Settings) -> list[str]:
    """The voices meant by "auto", the preferred one first and the one that always speaks last."""
    chosen = preferences.get(session, preferences.VOICES)
    fit = (name for name in installed(settings) if not without_tones(settings, name))
    wanted = chosen or [f"piper:{name}" for name in islice(fit, 1)]
    return [*(spec for spec in wanted if spec != LAST_RESORT), LAST_RESORT]


def candidates(session: Session, settings: Settings, wanted: str, *, emergency: bool = False) -> list[str]:
    """What to try for `wanted`: that voice, then the station's order. An emergency waits for no network."""
    specs = order(session, settings)
    if wanted != "auto":
        specs = [wanted, *(spec for spec in specs if spec != wanted)]
    return [spec for spec in specs if not (emergency and needs_network(spec))]


def choices(settings: Settings, *, also: str = "") -> list[str]:
    """What a programme may ask for: the station's order, the installed voices, those that need nothing installed; and
    what it asks for already."""
    here = [f"piper:{name}" for name in installed(settings) if not without_tones(settings, name)]
    built_in = [kind for kind in KINDS if kind not in ("auto", "piper:NAME", "espeak:north", "edge")]
    return list(dict.fromkeys(["auto", *here, *built_in, *filter(None, [also])]))


def without_tones(settings: Settings, name: str) -> bool:
    """Whether an installed voice can't tell the tones of Vietnamese apart."""
    return toneless(settings.voices / f"{name}.onnx")


def lacking(settings: Settings, spec: str) -> bool:
    """Whether a natural voice that is asked for is not on this machine (any more)."""
    return spec.startswith("piper:") and spec.removeprefix("piper:") not in installed(settings)


def use(session: Session, settings: Settings, specs: list[str], now: datetime, by: str | None = None) -> list[str]:
    """Make these the station's voices, in this order; returns the whole order. No specs: the default again.

    Raises BroadcasterError voice-unknown.
    """
    _keep(session, [resolved(settings, spec) for spec in specs], now, by)
    return order(session, settings)


def _keep(session: Session, specs: Sequence[str], now: datetime, by: str | None = None) -> None:
    preferences.put(session, preferences.VOICES.key, preferences.VOICES.written(tuple(specs)), by=by, now=now)


def resolved(settings: Settings, spec: str) -> str:
    """A voice as `open_voice` wants it; an installed voice may be called by its bare name.

    Raises BroadcasterError voice-unknown.
    """
    bare = spec.removeprefix("piper:").removesuffix(".onnx")
    if bare in installed(settings):
        return f"piper:{bare}"
    if spec in (kind for kind in KINDS[1:] if kind != "piper:NAME") or spec.startswith("edge:"):
        return spec
    known = [*installed(settings), *(kind for kind in KINDS if ":NAME" not in kind)]
    raise BroadcasterError("voice-unknown", usage=True, name=spec, known=", ".join(known))


def only_last_resort(session: Session, settings: Settings) -> bool:
    """Whether bulletins are spoken by the voice that is hard to understand: the panel then recommends a natural one."""
    return order(session, settings)[0] == LAST_RESORT


def forget(session: Session, name: str, now: datetime) -> None:
    """Take a removed voice out of the order and out of the programmes that asked for it."""
    spec = f"piper:{name}"
    _keep(session, [other for other in preferences.get(session, preferences.VOICES) if other != spec], now)
    session.execute(sa.update(Programme).where(Programme.voice == spec).values(voice="auto"))
