"""Emergency messages: templates with blanks, what has been spoken beforehand, recordings as alerts."""

from datetime import timedelta

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from broadcaster import alertdesk, lexicon, prepare, store, zones
from broadcaster.broadcasts import unspoken_alerts
from broadcaster.database import looking
from broadcaster.errors import BroadcasterError
from broadcaster.models import Broadcast, Rendering
from tests.conftest import NOON

TEXT = "Lũ đang về. Bà con lên chỗ cao ngay."


def wanted(sessions, text=TEXT, repeat=2):
    with sessions.begin() as session:
        return alertdesk.want(session, text, repeat, "truc", NOON)


def spoken(sessions, settings, text=TEXT, repeat=2):
    """A take that went through the renderer."""
    take = wanted(sessions, text, repeat)
    prepare.work(settings, take.rendering_id)
    return take


@pytest.mark.parametrize(
    ("text", "repeat", "code"),
    [(" ", 3, "text-empty"), ("A" * 3001, 3, "alert-long"), (TEXT, 0, "alert-repeat"), (TEXT, 11, "alert-repeat")],
)
def test_a_message_that_can_not_be_sent_is_refused(sessions, settings, text, repeat, code):
    with pytest.raises(BroadcasterError) as refused:
        alertdesk.send(sessions, settings, text, repeat, "truc", NOON)
    assert refused.value.code == code


def test_a_message_is_spoken_once_however_often_it_is_asked_for(sessions):
    assert wanted(sessions).id == wanted(sessions).id
    assert wanted(sessions).id != wanted(sessions, repeat=3).id


def test_what_was_heard_first_is_sent_without_being_spoken_again(sessions, settings):
    take = spoken(sessions, settings)
    (sent,) = alertdesk.send(sessions, settings, TEXT, 2, "truc", NOON)
    with looking(sessions) as session:
        assert sent.recording == session.get_one(Rendering, take.rendering_id).recording
        assert unspoken_alerts(session) == []
    assert sent.text == TEXT
    assert sent.by == "truc"


def test_what_nobody_has_spoken_is_left_to_the_station(sessions, settings):
    (sent,) = alertdesk.send(sessions, settings, TEXT, 2, "truc", NOON)
    with looking(sessions) as session:
        assert [alert.id for alert in unspoken_alerts(session)] == [sent.id]


def test_a_button_pressed_twice_sends_once_and_a_second_emergency_is_another(sessions, settings):
    def sent(text=TEXT, by="truc", after=0):
        return alertdesk.send(sessions, settings, text, 2, by, NOON + timedelta(seconds=after))[0].id

    first = sent()
    assert sent(after=2) == first
    assert len({first, sent(after=30), sent(by="minh"), sent(text="Cháy.")}) == 4


def test_what_goes_to_several_zones_is_spoken_once_for_all_of_them(sessions, settings):
    with sessions.begin() as session:
        for slug in ("mot", "hai", "ba"):
            zones.save(session, slug, slug, ["null:"], [], NOON)
    sent = alertdesk.send(sessions, settings, TEXT, 1, "truc", NOON, ["mot", "hai"])
    other = alertdesk.send(sessions, settings, TEXT, 1, "minh", NOON, ["mot"])
    with sessions.begin() as session:
        assert [alert.id for alert in unspoken_alerts(session)] == [sent[0].id, other[0].id]
        rendering = Rendering(broadcast_id=sent[0].id, text_sha256="x", created_at=NOON)
        session.add(rendering)
        session.flush()
        assert [alert.id for alert in unspoken_alerts(session)] == [other[0].id]
    prepare.work(settings, rendering.id)
    with looking(sessions) as session:
        spoken = [session.get_one(Broadcast, row.id).recording for row in (*sent, *other)]
    assert spoken[0] == spoken[1] is not None
    assert spoken[2] is None


def test_a_word_said_otherwise_since_is_spoken_anew(sessions, settings):
    spoken(sessions, settings)
    with sessions.begin() as session:
        lexicon.add(session, "Lũ", "nước lũ", by="lan", now=NOON)
        assert alertdesk.ready(session, settings, TEXT, 2) is None


def test_a_ready_recording_that_was_damaged_is_not_sent(sessions, settings):
    take = spoken(sessions, settings)
    with sessions.begin() as session:
        sha256 = session.get_one(Rendering, take.rendering_id).recording
        store.path_of(settings, sha256).write_bytes(b"hong")
        assert alertdesk.ready(session, settings, TEXT, 2) is None


def test_a_recording_airs_behind_the_siren_under_its_own_title(sessions, settings, tmp_path):
    tone = 0.2 * np.sin(np.arange(48_000) * 0.05)
    soundfile.write(tmp_path / "tone.wav", tone, 48_000)
    title = "../../x: Chủ tịch xã"
    kept = store.import_recording(sessions, settings, tmp_path / "tone.wav", title, NOON)
    (sent,) = alertdesk.send_recording(sessions, settings, kept.sha256, 2, "truc", NOON)
    assert sent.title == "Thông báo khẩn: x  Chủ tịch xã"
    with looking(sessions) as session:
        kinds = [part["kind"] for part in session.get_one(type(kept), sent.recording).segments]
    assert kinds == ["siren", "alert", "silence", "alert"]
    assert not [p for p in settings.recordings.iterdir() if p.is_dir()]


@given(st.text())
def test_no_title_leads_out_of_its_folder(title):
    name = alertdesk.file_name(title)
    assert name
    assert not set(name) & set('/\\:"<>|?*\x00')
    assert name.strip(". ") == name
    assert len(name.encode("utf-8", "replace")) <= 240
