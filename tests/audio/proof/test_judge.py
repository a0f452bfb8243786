"""Every fault made to order, and what the proof says of it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio import files
from audio.chimes import closing, opening
from audio.format import RATE
from audio.proof import ABSENT, FAULTY, HEARD, SILENT, UNSURE, compare, judge
from audio.proof.verdict import EXACT, HOLE, INSERTED, LIKENESS, SKIPPED, WAVEFORM
from tests.audio.proof import faults as made

SECONDS = 90


@pytest.fixture(scope="module")
def sound():
    return np.concatenate([opening(), made.talk(SECONDS - 9), closing()])


@pytest.fixture(scope="module")
def meant(sound):
    return made.tape(sound)


@pytest.fixture(scope="module")
def another():
    """Another edition of the programme: the same jingles, the same voice."""
    return np.concatenate([opening(), made.talk(SECONDS - 9, seed=2), closing()])


def verdict(meant, heard):
    return compare(meant, made.tape(heard.astype(np.float32)))


@pytest.mark.parametrize("gain", [1.0, 0.25])
def test_the_mixers_own_tap_is_known_frame_by_frame_at_any_volume(sound, meant, gain):
    found = verdict(meant, made.between(sound * gain))
    assert (found.outcome, found.method, found.faults) == (HEARD, EXACT, ())
    assert found.offset_s == 2.0
    assert found.level_db == pytest.approx(20 * np.log10(gain), abs=0.01)
    assert found.judged_s == found.heard_s == pytest.approx(SECONDS)


@settings(max_examples=6, deadline=None)
@given(at=st.floats(20, 70), frames=st.integers(1, 20_000), kind=st.sampled_from([SKIPPED, INSERTED, HOLE]))
def test_every_slip_on_the_tap_is_found_to_the_frame(sound, meant, at, frames, kind):
    change = {SKIPPED: made.skipped, INSERTED: made.repeated, HOLE: lambda s, a, n: made.holed(s, a, n / RATE)}[kind]
    found = verdict(meant, made.between(change(sound, at, frames)))
    if kind == HOLE:  # a hole in a pause is none
        assert sum(f.seconds for f in found.faults) <= frames / RATE + 0.001
        return
    (fault,) = found.faults
    assert (found.method, fault.kind) == (EXACT, kind)
    assert round(fault.seconds * RATE) == frames
    assert fault.at_s == pytest.approx(at, abs=1.0)  # in a pause a slip shows only when sound comes back


def test_a_volume_that_changes_in_the_middle_is_no_fault_on_the_tap(sound, meant):
    changed = sound.copy()
    changed[40 * RATE :] *= 0.5
    found = verdict(meant, made.between(changed))
    assert found.method == EXACT
    assert sum(fault.seconds for fault in found.faults) < 1.0


def test_a_recording_that_began_late_or_ended_early_is_judged_as_far_as_it_goes(sound, meant):
    late, early = verdict(meant, sound[30 * RATE :]), verdict(meant, sound[: 40 * RATE])
    assert (late.outcome, late.offset_s) == (HEARD, -30.0)
    assert late.judged_s == pytest.approx(SECONDS - 30)
    assert (early.outcome, early.judged_s) == (HEARD, pytest.approx(40))


@pytest.mark.parametrize("snr", [20, 0])
def test_a_noisy_line_is_told_by_its_wave(sound, meant, snr):
    found = verdict(meant, made.noisy(made.between(sound), snr))
    assert (found.outcome, found.method, found.faults) == (HEARD, WAVEFORM, ())
    assert found.offset_s == pytest.approx(2.0, abs=0.0001)
    assert found.drift_ppm == pytest.approx(0, abs=1)
    assert found.level_db == pytest.approx(0, abs=0.3)


def test_fifty_millionths_of_drift_are_measured_and_no_fault(sound, meant):
    found = verdict(meant, made.noisy(made.between(made.drifted(sound, 50)), 20))
    assert (found.outcome, found.method) == (HEARD, WAVEFORM)
    assert found.drift_ppm == pytest.approx(50, abs=2)


@pytest.mark.parametrize("ppm", [-80, 80])
def test_a_hiss_that_drifted_within_its_window_is_no_hole(ppm):
    hissing = made.talk(60, seed=11)
    found = verdict(made.tape(hissing), made.noisy(made.between(made.drifted(hissing, ppm)), 20))
    assert (found.outcome, found.method) == (HEARD, WAVEFORM)


@pytest.mark.parametrize("snr", [30, 0])
def test_a_hole_of_200_ms_is_found_even_when_noise_fills_it(sound, meant, snr):
    at = _loud_second(sound)
    found = verdict(meant, made.noisy(made.between(made.drifted(made.holed(sound, at, 0.2), 20)), snr))
    (hole,) = found.faults
    assert (found.outcome, found.method, hole.kind) == (FAULTY, WAVEFORM, HOLE)
    assert hole.at_s == pytest.approx(at, abs=0.1)
    assert hole.seconds == pytest.approx(0.2, abs=0.06)


@pytest.mark.parametrize(
    ("kind", "change", "seconds"),
    [(SKIPPED, made.skipped, 0.03), (SKIPPED, made.skipped, 7.0), (INSERTED, made.paused, 0.2)],
)
def test_a_slip_on_a_line_is_found_and_measured(sound, meant, kind, change, seconds):
    found = verdict(meant, made.noisy(made.between(change(sound, 40, round(seconds * RATE))), 20))
    (fault,) = found.faults
    assert (found.method, fault.kind) == (WAVEFORM, kind)
    assert fault.seconds == pytest.approx(seconds, abs=0.001)
    assert fault.at_s == pytest.approx(40, abs=1.0)


def test_a_broadcast_cut_off_leaves_a_hole_to_its_end(sound, meant):
    found = verdict(meant, made.noisy(made.between(sound[: 50 * RATE], after_s=60), 20))
    assert found.outcome == FAULTY
    assert found.heard_s == pytest.approx(50, abs=2)


@pytest.mark.parametrize("snr", [10, 0])
def test_a_microphone_before_a_horn_is_told_by_bands_of_pitch(sound, meant, snr):
    found = verdict(meant, made.through_a_horn(made.between(sound), snr_db=snr))
    assert (found.outcome, found.method, found.faults) == (HEARD, LIKENESS, ())
    assert found.offset_s == pytest.approx(2.0, abs=0.15)
    assert found.level_db is found.drift_ppm is None  # nothing it could honestly say


def test_five_seconds_missing_before_a_horn_are_noticed(sound, meant):
    found = verdict(meant, made.through_a_horn(made.between(made.holed(sound, 40, 5))))
    (hole,) = found.faults
    assert (found.outcome, hole.kind) == (FAULTY, HOLE)
    assert hole.at_s == pytest.approx(40, abs=1.5)  # the echo goes on for a second
    assert hole.seconds == pytest.approx(5, abs=2)


def test_another_edition_with_the_same_jingle_and_voice_is_not_this_one(another, meant):
    assert verdict(meant, made.between(another)).outcome == ABSENT
    assert verdict(meant, made.through_a_horn(made.between(another))).outcome == ABSENT


def test_silence_noise_and_scraps_are_called_what_they_are(sound, meant):
    assert verdict(meant, np.zeros(20 * RATE)).outcome == SILENT
    assert verdict(meant, 0.1 * made.rng().standard_normal(60 * RATE)).outcome == ABSENT
    assert verdict(meant, sound[:RATE]).outcome == UNSURE


def test_files_of_any_rate_and_format_can_be_compared(sound, tmp_path):
    files.write(tmp_path / "meant.flac", sound[: 30 * RATE])
    files.write(tmp_path / "heard.mp3", made.between(sound[: 30 * RATE]) * np.float32(0.7))
    found = judge(tmp_path / "meant.flac", tmp_path / "heard.mp3")
    assert (found.outcome, found.method) == (HEARD, WAVEFORM)
    assert found.offset_s == pytest.approx(2.0, abs=0.1)  # MP3 has a delay of its own
    assert found.level_db == pytest.approx(-3.1, abs=0.3)


def test_only_what_went_out_of_an_interrupted_broadcast_is_asked_for(sound, tmp_path):
    files.write(tmp_path / "meant.flac", sound[: 40 * RATE])
    files.write(tmp_path / "heard.flac", made.between(sound[: 20 * RATE]))
    assert judge(tmp_path / "meant.flac", tmp_path / "heard.flac").outcome == FAULTY
    assert judge(tmp_path / "meant.flac", tmp_path / "heard.flac", most_s=20).outcome == HEARD


def _loud_second(sound):
    """Where a voice speaks for 200 ms without a breath."""
    energy = np.square(sound[20 * RATE : 60 * RATE]).reshape(-1, RATE // 20).mean(axis=1)
    lowest = np.array([energy[n : n + 4].min() for n in range(len(energy) - 4)])
    return 20 + float(np.argmax(lowest)) / 20
