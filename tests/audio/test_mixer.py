"""The mixer, to the sample: which frames are heard, where they begin, and that nothing is heard twice."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.cues import Began, Ended, Lane
from audio.drift import Anchor
from audio.fader import FADE
from audio.format import RATE
from audio.mixer import DUCKED, DUCKING, STARVED, Mixer
from tests.audio.plain_mixer import PlainMixer

T0 = 1_000_000.0


class Ramp:
    """A source whose frame n has the value (n + 1) * scale, so that every frame is known by its value."""

    def __init__(self, frames, scale=1e-6, hiccup=()):
        self.left = np.arange(1, frames + 1, dtype=np.float32) * np.float32(scale)
        self.hiccup = set(hiccup)
        self.reads = 0
        self.closed = False

    @property
    def finished(self):
        return len(self.left) == 0

    def read(self, frames):
        self.reads += 1
        n = 0 if self.reads in self.hiccup else frames
        out, self.left = self.left[:n], self.left[n:]
        return out

    def skip(self, frames):
        self.left = self.left[frames:]

    def close(self):
        self.closed = True


class Constant(Ramp):
    """A source of one value."""

    def __init__(self, frames, value):
        super().__init__(frames)
        self.left[:] = value


class Broken(Ramp):
    """A source that raises at its third reading."""

    def read(self, frames):
        if self.reads == 2:
            raise RuntimeError("a decoder with a defect")
        return super().read(frames)


def run(mixer, blocks, size=480, t0=T0):
    return np.concatenate([mixer.render(size, t0 + i * size / RATE) for i in range(blocks)])


def test_with_nothing_cued_there_is_silence():
    assert not run(Mixer(), 5).any()


def test_a_cue_begins_at_exactly_its_frame():
    mixer = Mixer()
    mixer.cue("a", Lane.SCHEDULED, Ramp(1000), T0 + 777 / RATE)
    out = run(mixer, 5)
    assert np.flatnonzero(out)[0] == 777
    assert np.array_equal(out[777:1777], np.arange(1, 1001, dtype=np.float32) * np.float32(1e-6))
    assert not out[1777:].any()
    began, ended = mixer.happened()
    assert began == Began("a", T0 + 777 / RATE)
    assert (ended.key, ended.frames, ended.gap, ended.cut) == ("a", 1000, 0, False)


def test_a_cue_of_the_past_begins_at_once():
    mixer = Mixer()
    mixer.cue("a", Lane.QUEUE, Ramp(10), 0.0)
    assert run(mixer, 1)[0] > 0


def test_the_next_in_line_follows_at_the_very_next_frame():
    mixer = Mixer()
    mixer.cue("a", Lane.QUEUE, Ramp(700), 0.0)
    mixer.cue("b", Lane.QUEUE, Ramp(700), 0.0)
    out = run(mixer, 4)
    assert np.array_equal(out[:1400], np.tile(np.arange(1, 701, dtype=np.float32) * np.float32(1e-6), 2))


def test_a_higher_lane_cuts_in_with_a_fade_and_the_lower_is_told_who():
    mixer = Mixer()
    mixer.cue("song", Lane.QUEUE, Ramp(5000), 0.0)
    mixer.cue("alert", Lane.ALERT, Ramp(300, scale=0.0), T0 + 1000 / RATE)
    out = run(mixer, 5)
    ended = next(e for e in mixer.happened() if isinstance(e, Ended))
    assert (ended.key, ended.frames, ended.cut, ended.by) == ("song", 1000 + FADE, True, "alert")
    fade = out[1000 : 1000 + FADE]
    expected = np.arange(1001, 1001 + FADE) * 1e-6 * np.linspace(1, 0, FADE)
    assert np.allclose(fade, expected, atol=1e-8)
    assert not out[1000 + FADE :].any()


def test_an_equal_lane_waits_and_a_higher_one_goes_first():
    mixer = Mixer()
    mixer.cue("first", Lane.SCHEDULED, Ramp(600), 0.0)
    run(mixer, 1)
    mixer.cue("queued", Lane.QUEUE, Ramp(10), 0.0)
    mixer.cue("second", Lane.SCHEDULED, Ramp(10), 0.0)
    run(mixer, 4)
    assert [e.key for e in mixer.happened() if isinstance(e, Began)] == ["first", "second", "queued"]


def test_a_late_deck_gives_silence_and_loses_no_frame():
    mixer = Mixer()
    mixer.cue("a", Lane.SCHEDULED, Ramp(960, hiccup=[2]), 0.0)
    out = run(mixer, 4)
    assert not out[480:960].any()
    assert np.array_equal(out[960:1440], np.arange(481, 961, dtype=np.float32) * np.float32(1e-6))
    assert mixer.happened()[-1].gap == 480


def test_clear_brings_silence_within_a_fade():
    mixer = Mixer()
    source = Ramp(100_000)
    mixer.cue("a", Lane.SCHEDULED, source, 0.0)
    run(mixer, 2)
    mixer.clear()
    out = run(mixer, 3)
    assert not out[FADE:].any()
    assert source.closed


def test_a_resumed_cue_fades_in():
    mixer = Mixer()
    mixer.cue("a", Lane.SCHEDULED, Ramp(2000, scale=1e-4), 0.0, fade_in=True)
    out = run(mixer, 2)
    assert out[0] == 0
    assert out[FADE] == np.float32((FADE + 1) * 1e-4)


def test_a_ducking_lane_plays_above_what_goes_on_softly_and_comes_back():
    mixer = Mixer()
    mixer.cue("song", Lane.QUEUE, Constant(5 * RATE, 0.5), 0.0)
    mixer.cue("voice", Lane.MICROPHONE, Constant(2 * RATE, 0.25), T0 + 0.5, ducks=True)
    out = run(mixer, 600)
    assert np.all(out[: RATE // 2] == 0.5)
    assert np.allclose(out[RATE // 2 + DUCKING : 5 * RATE // 2], 0.25 + 0.5 * DUCKED)
    back = out[5 * RATE // 2 + DUCKING : 5 * RATE]
    assert np.all(back == 0.5)
    assert np.abs(np.diff(out[: 5 * RATE // 2 - 1])).max() <= 0.25 + 1e-4  # only the voice itself begins abruptly
    song = next(e for e in mixer.happened() if isinstance(e, Ended) and e.key == "song")
    assert (song.frames, song.cut) == (5 * RATE, False)  # it was never away


def test_an_alert_cuts_the_voice_and_what_lies_under_it():
    mixer = Mixer()
    mixer.cue("song", Lane.QUEUE, Constant(5 * RATE, 0.5), 0.0)
    mixer.cue("voice", Lane.MICROPHONE, Constant(5 * RATE, 0.25), T0 + 0.1, ducks=True)
    run(mixer, 100)
    assert [p.key for p in mixer.playing()] == ["voice", "song"]
    mixer.cue("alert", Lane.ALERT, Constant(1000, 0.125), 0.0)
    out = run(mixer, 5, t0=T0 + 1)
    assert np.all(out[FADE:1000] == 0.125)
    assert not out[1000:].any()
    assert {(e.key, e.by) for e in mixer.happened() if isinstance(e, Ended) and e.cut} == {
        ("song", "alert"),
        ("voice", "alert"),
    }


def test_the_volume_moves_softly_and_an_alert_is_heard_at_full():
    mixer = Mixer()
    mixer.cue("song", Lane.QUEUE, Constant(4 * RATE, 0.5), 0.0)
    run(mixer, 10)
    mixer.volume = 0.5
    out = run(mixer, 10, t0=T0 + 0.1)
    assert out[-1] == 0.25
    assert np.abs(np.diff(out)).max() < 0.5 / FADE + 1e-6
    mixer.cue("alert", Lane.ALERT, Constant(1000, 0.5), 0.0)
    assert run(mixer, 2, t0=T0 + 0.2)[-1] == 0.5


def test_the_meter_shows_the_loudest_block_since_it_was_last_looked_at():
    mixer = Mixer()
    mixer.cue("loud", Lane.QUEUE, Constant(480, 0.5), 0.0)
    mixer.cue("soft", Lane.QUEUE, Constant(4800, 0.125), 0.0)
    run(mixer, 3)
    assert mixer.level == 0.125
    assert mixer.take_loudest() == 0.5
    run(mixer, 3, t0=T0 + 0.03)
    assert mixer.take_loudest() == 0.125
    mixer.clear()
    run(mixer, 3, t0=T0 + 0.06)
    mixer.take_loudest()
    run(mixer, 3, t0=T0 + 0.09)
    assert mixer.take_loudest() == 0.0


@pytest.mark.parametrize("source", [Broken(5000), Ramp(5000, hiccup=range(3, 5000))])
def test_a_source_that_breaks_or_starves_costs_itself_and_the_next_is_heard(source):
    mixer = Mixer()
    mixer.cue("broken", Lane.SCHEDULED, source, 0.0)
    mixer.cue("next", Lane.SCHEDULED, Constant(480, 0.5), 0.0)
    out = run(mixer, STARVED // 480 + 10)
    assert out.max() == 0.5
    broken = next(e for e in mixer.happened() if isinstance(e, Ended))
    assert (broken.key, broken.frames, broken.broken) == ("broken", 960, True)


def test_without_a_device_nothing_begins_and_what_is_withdrawn_ends():
    mixer = Mixer()
    mixer.cue("a", Lane.QUEUE, Ramp(10_000), 0.0)
    run(mixer, 2)
    mixer.cue("b", Lane.SCHEDULED, Ramp(10), 0.0)
    mixer.stand(T0 + 1)
    assert [p.key for p in mixer.playing()] == ["a"]
    mixer.withdraw("a")
    mixer.stand(T0 + 2)
    assert mixer.playing() == ()


def test_after_a_gap_of_the_device_it_goes_on_where_it_was():
    mixer = Mixer()
    mixer.cue("a", Lane.QUEUE, Ramp(10_000, scale=1e-4), 0.0)
    run(mixer, 4)
    mixer.missed(96_000)
    out = run(mixer, 4, t0=T0 + 2.04)
    assert out[0] == 0  # faded in
    assert out[FADE + 1] == np.float32((4 * 480 + FADE + 2) * 1e-4)
    assert mixer.playing()[0].gap == 96_000


def test_with_others_it_goes_on_where_they_are_by_then():
    anchor = Anchor()
    here, there = Mixer(), Mixer()
    for mixer in (here, there):
        mixer.cue("a", Lane.QUEUE, Ramp(200_000), T0, anchor=anchor)
        run(mixer, 4)
    here.missed(96_000)
    run(there, 200, t0=T0 + 0.04)
    assert np.array_equal(run(here, 4, t0=T0 + 2.04)[FADE:], run(there, 4, t0=T0 + 2.04)[FADE:])
    assert here.playing()[0].skipped == 96_000


def test_an_output_that_was_busy_joins_the_others():
    anchor = Anchor()
    free, busy = Mixer(), Mixer()
    busy.cue("other", Lane.SCHEDULED, Ramp(1000, scale=0), 0.0)
    run(busy, 1)
    for mixer in (free, busy):
        mixer.cue("together", Lane.SCHEDULED, Ramp(4800), T0 + 0.01, anchor=anchor)
    heard, joined = run(free, 9, t0=T0 + 0.01), run(busy, 9, t0=T0 + 0.01)
    assert not joined[:520].any()
    assert np.array_equal(heard[520:], joined[520:])


def test_a_week_of_silence_and_broadcasts_leaves_nothing_behind():
    mixer = Mixer()
    for number in range(500):
        mixer.cue(str(number), Lane.SCHEDULED, Ramp(1000), 0.0)
        run(mixer, 4, t0=T0 + number)
    assert (len(mixer._waiting), len(mixer._inbox), len(mixer._tail), mixer._on_air) == (0, 0, 0, None)


commands = st.lists(
    st.one_of(
        st.tuples(
            st.just("cue"), st.sampled_from(list(Lane)), st.integers(0, 4000), st.integers(1, 3000), st.booleans()
        ),
        st.tuples(st.just("withdraw"), st.integers(0, 6)),
        st.tuples(st.just("clear")),
    ),
    max_size=8,
)


@given(commands, st.lists(st.integers(1, 1500), min_size=1, max_size=6))
@settings(deadline=None)
def test_whatever_is_asked_it_plays_what_the_plain_mixer_plays_frame_by_frame(asked, sizes):
    """The plain one moves a single frame at a time; every sample and every event must be the same."""
    mixer, plain = Mixer(), PlainMixer(T0)
    out, expected, pos = [], [], 0

    def render(size):
        nonlocal pos
        out.append(mixer.render(size, T0 + pos / RATE))
        expected.extend(plain.frame(pos + n) for n in range(size))
        pos += size

    for number, command in enumerate(asked):
        if command[0] == "cue":
            _, lane, at, length, ducks = command
            scale = (number + 1) * 1e-5
            mixer.cue(str(number), lane, Ramp(length, scale), T0 + at / RATE, ducks=ducks)
            plain.cue(str(number), lane, length, scale, at, ducks)
        elif command[0] == "withdraw":
            mixer.withdraw(str(command[1]))
            plain.withdraw({str(command[1])}, pos)
        else:
            mixer.clear()
            plain.withdraw({str(n) for n in range(len(asked))}, pos)
        render(sizes[number % len(sizes)])
    for _ in range(26):
        render(1000)
    assert np.allclose(np.concatenate(out), expected, atol=2e-6)
    told = mixer.happened()
    assert [(type(e).__name__, e.key, round((e.instant - T0) * RATE)) for e in told] == plain.told
    frames = {e.key: e.frames for e in told if isinstance(e, Ended)}
    assert frames == plain.frames  # no frame lost, none doubled
    assert mixer.playing() == ()
    assert not out[-1].any()  # it always returns to silence


def test_who_wants_to_know_is_told_after_a_block_in_which_something_began_or_ended():
    told = []
    mixer = Mixer(notify=lambda: told.append([type(e).__name__ for e in mixer.happened()]))
    mixer.render(480, T0)
    mixer.cue("a", Lane.QUEUE, Ramp(1000), 0.0)
    for n in range(5):
        mixer.render(480, T0 + n / 100)
    assert told == [["Began"], ["Ended"]]
