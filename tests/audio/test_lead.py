"""The siren that sounds until the message is there."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from audio.decks import Blank
from audio.lead import Lead

SIREN = np.arange(1, 101, dtype=np.float32)


class Message(Blank):
    """A source of minus ones."""

    def read(self, frames):
        return super().read(frames) - 1


def read_all(lead, sizes, follow_after=None, message=50):
    parts = []
    for number, size in enumerate(sizes):
        if number == follow_after:
            lead.follow(Message(message))
        if lead.finished:
            break
        parts.append(lead.read(size))
    return np.concatenate(parts) if parts else np.zeros(0)


def test_alone_it_repeats_and_ends():
    lead = Lead(SIREN, 3)
    assert read_all(lead, [70] * 10).tolist() == np.tile(SIREN, 3).tolist()
    assert lead.finished


@given(st.lists(st.integers(1, 90), min_size=30, max_size=40), st.integers(0, 5), st.integers(1, 80))
def test_the_message_follows_a_whole_round_without_a_gap(sizes, follow_after, message):
    lead = Lead(SIREN, 1000)
    heard = read_all(lead, sizes + [90] * 20, follow_after, message)
    rounds = round((len(heard) - message) / len(SIREN))
    assert rounds >= 1
    assert heard.tolist() == [*np.tile(SIREN, rounds), *[-1.0] * message]
    assert lead.finished


def test_it_tells_by_how_much_it_was_shorter_than_what_it_stood_in_for():
    lead = Lead(SIREN, 5)
    lead.follow(Message(10), first=130)
    lead.read(50)
    assert lead.left_out == 0  # the round that is heard may not be the last one
    lead.read(60)
    assert lead.left_out == 30


def test_a_longer_siren_than_the_messages_own_leaves_nothing_out():
    lead = Lead(SIREN, 5)
    lead.read(150)
    lead.follow(Message(10), first=130)
    lead.read(60)
    assert lead.left_out == 0


def test_closing_ends_it_and_what_follows():
    lead, message = Lead(SIREN, 5), Message(10)
    lead.follow(message)
    lead.close()
    assert lead.finished
    assert message.finished
