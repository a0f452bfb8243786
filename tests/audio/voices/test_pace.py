"""A voice at another speed."""

import numpy as np
import pytest

from audio.format import RATE
from audio.voices.pace import SPEEDS, paced


class Humming:
    """Hums for a second; for an empty text it gives a moment of silence, as voices do."""

    name, version = "hum", "1"
    closed = False

    def speak(self, text):
        moment = np.arange(RATE if text else RATE // 10) / RATE
        return (0.3 * np.sin(2 * np.pi * 150 * moment) * bool(text)).astype(np.float32)

    def close(self):
        self.closed = True


@pytest.mark.parametrize("percent", SPEEDS)
def test_it_takes_as_long_as_its_speed_says(percent):
    assert len(paced(Humming(), percent).speak("a")) == pytest.approx(RATE * 100 / percent, abs=1)


def test_at_its_own_speed_it_is_the_voice_itself():
    voice = Humming()
    assert paced(voice, 100) is voice


def test_it_says_what_it_is_so_that_sound_of_another_speed_is_not_taken_for_the_same():
    slow = paced(Humming(), 80)
    assert (slow.name, slow.version) == ("hum", "1 80%")


def test_nothing_stays_nothing():
    assert len(paced(Humming(), 80).speak("")) == RATE // 10


def test_what_the_voice_holds_is_let_go():
    voice = Humming()
    paced(voice, 110).close()
    assert voice.closed
