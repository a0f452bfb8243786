from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from audio.segments import Boundary, Chime, Clip, Silence, Speech

VALUES = [
    Speech("Bản tin", (("Xin chào.", 0.6),)),
    Chime("Nhạc hiệu", "opening"),
    Clip("Ghi âm", Path("a.flac")),
    Silence(1.0),
    Boundary("speech", "Bản tin", 0.0, 1.0),
]


@pytest.mark.parametrize("value", VALUES)
def test_segments_cannot_change_once_made(value):
    field = next(iter(vars(value)))
    with pytest.raises(FrozenInstanceError):
        setattr(value, field, None)


@pytest.mark.parametrize("value", VALUES)
def test_segments_are_compared_by_what_they_hold(value):
    assert value == type(value)(**vars(value))
    assert hash(value) == hash(type(value)(**vars(value)))
