"""What a programme lacks."""

from __future__ import annotations

from broadcaster import cards, editor, plan, slots
from tests.broadcaster.helpers import approved, settled
from tests.conftest import NOON
from tests.schedules.made import NUI_THANH


def lacks(session, settings, programme):
    plan.store(session, NOON, NUI_THANH)
    return [lack.code for lack in cards.card(session, settings, programme, NOON).lacks]


def test_a_card_tells_what_is_lacking_until_it_is_there(session, settings, programme):
    assert lacks(session, settings, programme) == ["no-edition"]
    settled(session, settings, programme, fallback="notice")
    assert lacks(session, settings, programme) == ["no-notice", "no-edition"]
    approved(session, title="Tuần 48")
    assert lacks(session, settings, programme) == ["no-notice"]
    approved(session, None, title="Lời nhắn")
    assert lacks(session, settings, programme) == []
    programme.voice = "piper:da-go"
    for slot in editor.slots_of(session, programme):
        slots.remove(session, slot.id, NOON)
    assert lacks(session, settings, programme) == ["no-slot", "voice-missing"]
