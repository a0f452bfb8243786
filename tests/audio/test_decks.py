"""Decks read every frame of a recording once, from wherever they are told to begin."""

import time

import numpy as np
import pytest
import soundfile

from audio.decks import AHEAD, CHUNK, FADE, Blank, Deck, Muted
from audio.errors import BadAudio
from audio.format import RATE


@pytest.fixture
def recording(tmp_path):
    samples = (np.random.default_rng(1).uniform(-0.5, 0.5, 6 * RATE)).astype(np.float32)
    path = tmp_path / "r.flac"
    soundfile.write(path, samples, RATE, subtype="PCM_16")
    return path, soundfile.read(path, dtype="float32")[0]


def drained(deck, block=960):
    parts = []
    while not deck.finished:
        part = deck.read(block)
        parts.append(part)
        if len(part) < block:
            time.sleep(0.002)
    return np.concatenate(parts)


@pytest.mark.parametrize("start", [0, 1, 12_345, 6 * RATE - 10])
def test_every_frame_comes_once_and_in_order(recording, start):
    path, samples = recording
    assert np.array_equal(drained(Deck(path, start)), samples[start:])


@pytest.mark.parametrize("skip", [1, 50_000, 5 * RATE])
def test_what_is_skipped_is_left_out_and_the_rest_comes_in_order(recording, skip):
    path, samples = recording
    deck = Deck(path)
    head = deck.read(1000)
    deck.skip(skip)
    assert np.array_equal(
        np.concatenate([head, drained(deck)]), np.concatenate([samples[:1000], samples[1000 + skip :]])
    )


def test_a_skip_beyond_the_end_ends_it(recording):
    deck = Deck(recording[0])
    deck.skip(10 * RATE)
    assert len(drained(deck)) == 0


def test_it_decodes_ahead_but_not_the_whole_file(recording):
    deck = Deck(recording[0])
    deadline = time.monotonic() + 10
    while deck._decoded < AHEAD - CHUNK and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.05)
    assert AHEAD - CHUNK <= deck._decoded <= AHEAD
    deck.close()


def test_it_is_woken_for_a_chunk_not_for_every_block(recording):
    deck = Deck(recording[0])
    deadline = time.monotonic() + 10
    while deck._decoded < AHEAD - CHUNK and time.monotonic() < deadline:
        time.sleep(0.01)
    woken = []
    deck._wanted.set = lambda: woken.append(deck._decoded - deck._read)
    spare = deck._decoded - (AHEAD - CHUNK)
    deck.read(spare)
    assert woken == []
    deck.read(1)
    assert woken == [AHEAD - CHUNK - 1]
    deck.close()


def test_a_closed_deck_is_finished(recording):
    deck = Deck(recording[0])
    deck.close()
    assert deck.finished


def test_what_is_no_recording_is_refused(tmp_path):
    bad = tmp_path / "bad.flac"
    bad.write_bytes(b"not sound")
    with pytest.raises(BadAudio):
        Deck(bad)
    stereo = tmp_path / "stereo.wav"
    soundfile.write(stereo, np.zeros((100, 2), np.float32), RATE)
    with pytest.raises(BadAudio):
        Deck(stereo)
    with pytest.raises(BadAudio):
        Deck(tmp_path / "missing.flac")


def test_a_blank_that_is_skipped_past_its_end_is_over():
    blank = Blank(100)
    blank.skip(150)
    assert blank.finished
    assert len(blank.read(10)) == 0


def test_a_blank_is_silence_of_its_length():
    blank = Blank(100)
    assert len(blank.read(60)) == 60
    assert not blank.finished
    assert len(blank.read(60)) == 40
    assert blank.finished


@pytest.mark.parametrize("start", [0, RATE, 3 * RATE])
@pytest.mark.parametrize("block", [960, 50_000])
def test_what_is_muted_passes_in_silence_without_a_click_and_the_rest_is_as_it_was(start, block):
    samples = (0.5 * np.sin(np.arange(6 * RATE) / 30)).astype(np.float32)

    class Whole(Blank):
        def read(self, frames):
            at = len(samples) - self.left
            return samples[at : at + len(super().read(frames))]

    first, last = 2 * RATE, 3 * RATE
    heard = drained(Muted(Whole(len(samples) - start), start, ((first, last),)), block)
    whole = np.concatenate([np.zeros(start, np.float32), heard])
    assert not whole[max(first, start) : last].any()
    assert np.array_equal(whole[start : max(start, first - FADE)], samples[start : max(start, first - FADE)])
    assert np.array_equal(whole[last + FADE :], samples[last + FADE :])
    assert np.abs(np.diff(heard)).max() <= np.abs(np.diff(samples)).max() * 1.2
