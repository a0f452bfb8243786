"""The outline of a recording."""

import numpy as np

from audio import files
from audio.format import RATE
from audio.peaks import peaks
from broadcaster import store, waveform


def test_loud_and_quiet_parts_stand_where_they_are():
    sound = np.concatenate([np.full(RATE, 0.1), np.zeros(RATE), np.full(RATE, -0.9)]).astype(np.float32)
    assert np.allclose(peaks([sound], 3), [0.1, 0.0, 0.9])


def test_a_short_sound_has_fewer_columns_and_none_has_none():
    assert len(peaks([np.ones(RATE // 10, np.float32)], 480)) == 10
    assert peaks([], 480) == []


def test_it_is_worked_out_once_and_again_when_what_was_kept_is_damaged(settings):
    settings.make_folders()
    path = store.path_of(settings, "a" * 64)
    files.write(path, np.full(RATE, 0.5, np.float32))
    first = waveform.outline(settings, "a" * 64)
    assert set(first) == {50}
    kept = settings.outlines / f"{'a' * 64}.json"
    kept.write_text("[1, 2]")
    assert waveform.outline(settings, "a" * 64) == [1, 2]
    kept.write_text("[1, ")
    assert waveform.outline(settings, "a" * 64) == first


def test_a_recording_that_is_gone_has_no_outline(settings):
    assert waveform.outline(settings, "b" * 64) == []
