"""How long a programme will be."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audio.chimes import CHIMES
from audio.format import RATE
from broadcaster import bulletins, cards, editor, lengths, running_order
from broadcaster.models import Rendering
from broadcaster.running_order import Part
from tests.broadcaster.helpers import arranged, recording, settled
from tests.conftest import NOON


def test_the_estimate_grows_with_every_part_and_shrinks_with_the_speed(session, settings, programme):
    usual = cards.estimate(session, programme)
    assert usual.guessed
    assert usual.edition == lengths.UNKNOWN
    assert usual.whole == usual.edition + sum(usual.parts.values(), timedelta())
    song = recording(session, "bài hát", 60.0)
    order = running_order.added(editor.order_of(programme), Part("recording", recording=song.sha256), 1)
    arranged(session, programme, order)
    longer = cards.estimate(session, programme)
    assert timedelta(seconds=60) <= longer.whole - usual.whole <= timedelta(seconds=62)
    settled(session, settings, programme, speed=120)
    assert cards.estimate(session, programme).whole < longer.whole
    bulletins.add(session, programme, text="Tin ngắn.", week="2026-W48", title="", by="lan", now=NOON)
    assert not cards.estimate(session, programme).guessed
    assert session.query(Rendering).count() == 0


def test_the_length_of_a_chime_is_that_of_its_sound():
    made = {name: len(CHIMES[name]()) / RATE for name in running_order.CHIMES}
    assert made == pytest.approx(lengths.CHIME_S)
