import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.format import RATE
from audio.label import Label
from audio.segments import Boundary

LABEL = Label(3 * RATE, -16.0, -1.2, (Boundary("speech", "Tin", 0.0, 1.0), Boundary("chime", "Nhạc", 1.0, 3.0)))


def test_a_label_is_read_as_it_was_written():
    assert Label.read(LABEL.text(), LABEL.frames) == LABEL


def test_a_file_that_was_cut_since_is_not_believed():
    assert Label.read(LABEL.text(), LABEL.frames - 1) is None


@given(
    st.text() | st.sampled_from(['{"segments": []}', "[]", "null", '{"lufs": "x", "ceiling": 0, "segments": [[1]]}'])
)
def test_a_strangers_comment_is_no_label(text):
    assert Label.read(text, 0) is None


@pytest.mark.parametrize("frames", [0, RATE])
def test_a_label_without_segments_is_none(frames):
    assert Label.read(Label(frames, -16.0, -1.2, ()).text(), frames) is None
