"""Where something is to be heard: everywhere, or in the zones that are ticked."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, request

from broadcaster.hours import EVERYWHERE
from broadcaster.tongue import say
from web import here
from web.shown import outside_hours
from web.sounding import zone_choices, zone_name


def teach(app: Flask) -> None:
    """Give the templates these words."""
    app.add_template_filter(named, "places_named")
    app.context_processor(lambda: {"places_asked": asked, "outside_here": outside_here})


def asked() -> list[str]:
    """As the form or the address says it; everywhere unless it says anything, nothing when "some" has none."""
    if request.values.get("where") == "all":
        return [EVERYWHERE]
    ticked = request.values.getlist("zone")
    return ticked if ticked or request.values.get("where") == "some" else [EVERYWHERE]


def in_address(zones: Sequence[str]) -> list[str]:
    """What an address has to say of them: nothing when it is everywhere."""
    return [zone for zone in zones if zone != EVERYWHERE]


def outside_here(zone: str | None) -> str:
    """Whether what is put on air now needs a reason: "" or "yes"; "maybe" where that depends on the zones chosen, or,
    once it has been refused for what the day carries, on what is played."""
    return _outside(zone) or ("maybe" if here.asks_reason() else "")


def _outside(zone: str | None) -> str:
    if zone or not zone_choices():
        return "yes" if outside_hours(zone or EVERYWHERE) else ""
    refused = {outside_hours(place) for place in (EVERYWHERE, *(slug for slug, _ in zone_choices()))}
    return "maybe" if len(refused) > 1 else "yes" if True in refused else ""


def named(zones: Sequence[str]) -> str:
    """ "Thôn Một, Thôn Hai"; "mọi cụm loa"."""
    return ", ".join(zone_name(zone) for zone in zones) or say("mọi cụm loa")
