"""How rules are tried."""

from audio.reading import STANDARD
from audio.reading.speech import rules, voice
from tests.audio.reading.test_pairs import OWN


def test_what_a_rule_needs_is_in_whatever_it_matches() -> None:
    needing = [rule for rule in rules(voice(STANDARD)) if rule.needs]
    assert len(needing) > 30
    for rule in needing:
        lacking = [written for written, _ in OWN if rule.needs not in written]
        assert [written for written in lacking if rule.pattern.search(written)] == [], rule.name
