"""What is live is opened once for all broadcasts of an order, and closed with the last of them."""

import pytest

from audio.decks import Blank
from audio.errors import BadAudio
from broadcaster.sources import Sources


class Voice:
    """A microphone that tells what became of it."""

    made = 0

    def __init__(self, *args, **more):
        Voice.made += 1
        self.trouble, self.closed, self.goodbyes = "", False, 0

    def __call__(self, start):
        if start < 0:
            raise BadAudio("no microphone")
        return Blank(100)

    def finish(self):
        self.goodbyes += 1
        self.trouble = "mic-limit"

    def close(self):
        self.closed = True

    def facts(self):
        return {"made": Voice.made}


@pytest.fixture
def sources(monkeypatch):
    monkeypatch.setattr("broadcaster.sources.Microphone", Voice)
    monkeypatch.setattr(Voice, "made", 0)
    return Sources(verifier=None)


def test_the_zones_of_one_order_hear_one_microphone_until_the_last_has_let_go(sources):
    one, two = (sources.live({"order": "a"}) for _ in range(2))
    heard, other = one(0), two(0)
    assert (Voice.made, one.facts()) == (1, {"made": 1})
    one.finish()
    assert two.trouble == "mic-limit"
    one.close()
    one.close()
    assert (heard.finished, other.finished) == (True, False)
    assert sources.live({"order": "a"}).facts() == {"made": 1}  # who comes later joins
    two.close()
    assert Voice.made == 1


def test_after_the_last_it_is_opened_anew_and_others_have_their_own(sources):
    sources.live({"order": "a"}).close()
    sources.live({"order": "a"})
    sources.live({"order": "b"})
    sources.live({})
    assert Voice.made == 4


def test_one_that_cannot_be_opened_holds_nothing(sources):
    with pytest.raises(BadAudio):
        sources.live({"order": "a"})(-1)
    sources.live({"order": "a"})
    assert Voice.made == 2
