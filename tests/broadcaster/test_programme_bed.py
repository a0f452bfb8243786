from __future__ import annotations

import numpy as np

from audio import files
from audio.format import RATE
from audio.reading import Preferences
from broadcaster import jingles, prepare, programmes
from broadcaster.database import looking
from tests.conftest import NOON

TEXT = "Kính thưa bà con!\n\nĐêm qua trong xã mất hai xe máy.\n\nCảm ơn bà con đã lắng nghe."
SLUG = "an-ninh-nui-thanh"


def beds(sessions, settings):
    with looking(sessions) as session:
        parts = prepare.parts_of(settings, programmes.get(session, SLUG), TEXT, Preferences())
        return [(kind, part.bed) for kind, part in parts]


def test_by_default_there_is_no_bed(sessions, settings):
    assert {bed for _, bed in beds(sessions, settings)} == {None}


def test_a_programmes_own_bed_lies_under_all_that_is_said_and_can_be_taken_away(sessions, settings, tmp_path):
    music = tmp_path / "nhac.wav"
    files.write(music, (0.1 * np.sin(np.arange(5 * RATE) / 20)).astype(np.float32))
    jingles.replace_by(sessions, settings, SLUG, "bed", music, NOON)
    found = beds(sessions, settings)
    assert [kind for kind, bed in found if bed is None] == ["jingle", "jingle"]
    (bed,) = {bed for _, bed in found if bed}
    assert bed.is_file()
    jingles.replace_by(sessions, settings, SLUG, "bed", None, NOON)
    assert {bed for _, bed in beds(sessions, settings)} == {None}
