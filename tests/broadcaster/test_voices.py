"""Which voices a programme may ask for."""

from __future__ import annotations

from broadcaster import voices


def test_a_programme_may_ask_for_what_the_station_has(settings):
    settings.make_folders()
    assert voices.choices(settings) == ["auto", "espeak", "espeak:central", "espeak:south", "gtts"]
    assert voices.choices(settings, also="piper:da-go")[-1] == "piper:da-go"
    assert voices.lacking(settings, "piper:da-go")
    assert not voices.lacking(settings, "auto")
