"""The two real samples as finished programmes, listened to by measurement with a meter that is not ours."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from audio.intake import take_file
from audio.reading import Preferences, read
from broadcaster import prepare, programmes
from broadcaster.database import looking
from broadcaster.speaking import render
from tests.audio.ebur128 import ebur128

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
FILES = ["21_ban_tin_tuan_tong_hop.txt", "00_bai_viet_goc_2018.txt"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SAMPLES.exists(), reason="the sample bulletins are not beside this checkout"),
]


def longest_silence_s(samples, rate):
    """Stretches quieter than -60 dBFS over 10 ms windows."""
    windows = samples[: len(samples) // 480 * 480].reshape(-1, 480)
    quiet = np.sqrt(np.mean(windows**2, axis=1)) < 1e-3
    edges = np.flatnonzero(np.diff(np.concatenate([[0], quiet.astype(int), [0]])))
    return max((edges[1::2] - edges[::2]) * 480 / rate, default=0.0)


@pytest.mark.parametrize("name", FILES)
def test_a_real_bulletin_becomes_a_programme_fit_for_air(sessions, settings, tmp_path, name):
    text = take_file(SAMPLES / name).text
    with looking(sessions) as session:
        parts = prepare.parts_of(settings, programmes.get(session, "an-ninh-nui-thanh"), text, Preferences())
    rendered = render(settings, parts, tmp_path / "out.flac", ["espeak"])
    composed, boundaries = rendered.composed, rendered.boundaries
    samples, rate = soundfile.read(composed.path, dtype="float32")
    lufs, peak = ebur128(composed.path)
    spoken = [b for b in boundaries if b["kind"] not in ("jingle", "silence")]
    seconds = sum(b["end_s"] - b["start_s"] for b in spoken)
    syllables = sum(len(said.split()) for _, part in parts if hasattr(part, "sentences") for said, _ in part.sentences)
    silence = longest_silence_s(samples, rate)
    print(
        f"{name}: {composed.duration_s:.0f} s, {syllables / seconds * 60:.0f} syllables a minute, {lufs} LUFS, "
        f"{peak} dBTP, longest silence {silence:.2f} s, dropped {len(read(text).dropped)} lines"
    )
    assert abs(lufs + 16) <= 0.5
    assert peak <= -1
    assert np.abs(samples).max() < 1
    assert silence <= 2.5
    assert 180 <= syllables / seconds * 60 <= 230
    assert [k["kind"] for k in boundaries][:3] == ["jingle", "call", "greeting"]
    assert [k["kind"] for k in boundaries][-2:] == ["closing", "jingle"]
    starts = [b["start_s"] for b in boundaries]
    assert starts == sorted(starts)
