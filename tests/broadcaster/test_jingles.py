"""A programme's own music."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from audio import files
from audio.format import RATE
from broadcaster import editor, jingles, programmes, running_order
from broadcaster.database import looking
from tests.conftest import NOON

SLUG = "an-ninh-nui-thanh"


def test_a_jingle_is_set_at_its_end_of_any_order(sessions, settings, tmp_path):
    music = tmp_path / "nhac.wav"
    files.write(music, (0.1 * np.sin(np.arange(3 * RATE) / 20)).astype(np.float32))
    with sessions.begin() as session:
        programme = programmes.get(session, SLUG)
        first = editor.order_of(programme)[0]
        order = running_order.changed(editor.order_of(programme), replace(first, title="Nhạc của đài"))
        editor.arrange(session, programme, order, version=programme.version)
    jingles.replace_by(sessions, settings, SLUG, "opening", music, NOON)
    with looking(sessions) as session:
        order = editor.order_of(programmes.get(session, SLUG))
    assert order[0].recording
    assert order[0].title == "Nhạc của đài"
    assert order[-1].recording is None
