"""The store of sounds and uploads: each file once, whole, under the hash of its content."""

from __future__ import annotations

import numpy as np
import pytest
import sqlalchemy as sa

from audio import files
from audio.errors import BadAudio
from audio.format import RATE
from broadcaster import store
from broadcaster.models import Recording
from tests.conftest import NOON


@pytest.fixture
def tone(sessions, settings, tmp_path):
    """Imports the same second of a tone, however often it is called."""
    path = tmp_path / "tone.wav"
    files.write(path, (0.2 * np.sin(np.arange(RATE) / 20)).astype(np.float32))
    return lambda: store.import_recording(sessions, settings, path, "Tiếng", NOON).sha256


def test_the_same_sound_is_kept_once_and_leaves_nothing_beside_it(sessions, settings, tone):
    assert tone() == (sha256 := tone())
    with sessions() as session:
        assert session.scalars(sa.select(Recording.sha256)).all().count(sha256) == 1
    assert store.path_of(settings, sha256) in [*settings.recordings.iterdir()]
    assert not [path for path in settings.recordings.iterdir() if path.suffix != ".flac"]


def test_a_damaged_file_is_refused_and_made_whole_when_its_sound_comes_again(settings, tone):
    sha256 = tone()
    path = store.path_of(settings, sha256)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(BadAudio):
        store.verify(settings, sha256)
    tone()
    assert store.verify(settings, sha256) == path
    path.unlink()
    with pytest.raises(BadAudio):
        store.verify(settings, sha256)


@pytest.mark.parametrize(
    ("name", "suffix"), [("Tin tuần.DOCX", ".docx"), ("../../etc/passwd", ""), ("tin.d o c", ""), ("tin", "")]
)
def test_an_upload_is_kept_as_it_came_under_a_harmless_name(settings, name, suffix):
    settings.make_folders()
    kept = store.keep_original(settings, b"tin", name)
    assert store.keep_original(settings, b"tin", name) == kept
    assert kept.endswith(suffix)
    assert store.has_original(settings, kept)
    assert [path.read_bytes() for path in settings.originals.iterdir()] == [b"tin"]


@pytest.mark.parametrize("name", ["../station.db", "0" * 64, "", "."])
def test_nothing_but_a_kept_upload_is_one(settings, name):
    settings.make_folders()
    assert not store.has_original(settings, name)
