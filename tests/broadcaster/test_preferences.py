"""The station's choices."""

from broadcaster import preferences
from tests.broadcaster.helpers import refused
from tests.conftest import NOON


def test_choices_have_defaults_take_any_capitals_and_refuse_the_rest(session):
    assert preferences.get(session, preferences.THOUSAND) == "nghìn"
    preferences.put(session, "reading.thousand", " NGÀN ", by=None, now=NOON)
    assert preferences.get(session, preferences.THOUSAND) == "ngàn"
    with refused("setting-bad"):
        preferences.put(session, "reading.thousand", "nghìn tỷ", by=None, now=NOON)
    with refused("setting-unknown"):
        preferences.put(session, "reading.five", "lăm", by=None, now=NOON)
    with refused("not-allowed"):
        preferences.put(session, "reading.odd", "lẻ", by="lan", now=NOON)


def test_the_stations_phone_numbers_are_a_list(session):
    preferences.put(session, "station.phones", "0235.3650236,0905 123 456 ; 0235.3650236", by=None, now=NOON)
    assert preferences.get(session, preferences.PHONES) == ("0235.3650236", "0905 123 456")
    texts = {preference.key: text for preference, text in preferences.written(session)}
    assert texts["station.phones"] == "0235.3650236, 0905 123 456"
    preferences.put(session, "station.phones", "", by=None, now=NOON)
    assert preferences.get(session, preferences.PHONES) == ()


def test_what_is_written_of_every_choice_can_be_chosen(session):
    for preference, text in preferences.written(session):
        assert preference.parse(text) == preference.default
        assert all(preference.written(preference.parse(example)) == example for example in preference.examples)
