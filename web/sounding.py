"""How sound is written on the pages: levels, outputs, zones, the lamp."""

from __future__ import annotations

import math
from typing import Any

from flask import Flask, g

from broadcaster import words, zones
from broadcaster.hours import EVERYWHERE
from broadcaster.tongue import say
from broadcaster.zones import ways
from web import here
from web.own_words import OWN_OUTPUTS
from web.shown import heard_now, station

FLOOR = -60  # dB: below it is silence to any listener


def teach(app: Flask) -> None:
    """Give the templates these words."""
    for filter_ in (dbfs, dbfs_words, output_name, zone_name):
        app.add_template_filter(filter_)
    app.context_processor(lambda: {"zone_choices": zone_choices, "lamp": lamp, "output_words": output_words})


def dbfs(level: float) -> int:
    """A level (RMS, 0..1) in dB below full."""
    return FLOOR if level <= 0 else max(FLOOR, min(0, round(20 * math.log10(level))))


def dbfs_words(level: float) -> str:
    db = dbfs(level)
    return say("im") if db <= FLOOR else f"{words.number(db)} dB".replace("-", "−")


def output_name(uri: str) -> str:
    """Where an output leads, as people call it; of a URI without its password, with what stands in for it."""
    uri, *others = ways(uri)
    if others:
        names = ", ".join(map(output_name, others))
        return say("{name} (dự phòng: {others})", name=output_name(uri), others=names)
    kind, _, rest = uri.partition(":")
    if kind == "sound":
        return rest or say("thiết bị âm thanh mặc định")
    if kind == "icecast":
        return f"Icecast {rest.rpartition('@')[2].removeprefix('//')}"
    if kind == "file":
        return say("thư mục {folder}", folder=rest)
    return say("không ra đâu") if kind == "null" else uri


def output_words(facts: dict[str, Any]) -> str:
    """Why an output, as told by the station's status, gives no sound."""
    own = OWN_OUTPUTS.get(facts.get("detail", ""))
    return say(own, output=output_name(facts["uri"])) if own else words.output(facts)


def zone_choices() -> list[tuple[str, str]]:
    """The zones to choose from; none where there is nothing to choose."""
    known = list(_names().items())
    return known if len(known) > 1 else []


def zone_name(slug: str) -> str:
    return say("mọi cụm loa") if slug == EVERYWHERE else _names().get(slug, slug)


def lamp() -> str:
    """on_air, idle, stopped or dead: what is heard, not what is meant. Without an output it is as good as dead."""
    now = station()
    if heard_now():
        return "on_air"
    outputs = [output["ok"] for zone in now.zones for output in zone["outputs"]] or [now.output.get("ok")]
    return "dead" if now.state == "idle" and not any(outputs) else now.state


def _names() -> dict[str, str]:
    if "zone_names" not in g:
        with here.reading() as session:
            g.zone_names = {zone.slug: zone.name for zone in zones.listed(session)}
    found: dict[str, str] = g.zone_names
    return found
