"""The mixer, to the sample: which frames are heard, where they begin, and that nothing is heard twice."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.format import RATE
from audio.mixer import FADE, Began, Ended, Lane, Mixer

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

    def close(self):
        self.closed = True


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


commands = st.lists(
    st.one_of(
        st.tuples(st.just("cue"), st.sampled_from(list(Lane)), st.integers(0, 4000), st.integers(1, 3000)),
        st.tuples(st.just("withdraw"), st.integers(0, 6)),
        st.tuples(st.just("clear")),
    ),
    max_size=8,
)


@given(commands, st.lists(st.integers(1, 1500), min_size=1, max_size=6))
@settings(deadline=None)
def test_whatever_is_asked_nothing_overlaps_and_it_ends_in_silence(asked, sizes):
    """Each cue has a value of its own; outside fades a frame never carries two of them."""
    mixer = Mixer()
    lengths, pos = {}, 0
    out = []

    def render(size):
        nonlocal pos
        out.append(mixer.render(size, T0 + pos / RATE))
        pos += size

    for number, command in enumerate(asked):
        if command[0] == "cue":
            lengths[str(number)] = command[3]
            mixer.cue(str(number), command[1], Ramp(command[3]), T0 + command[2] / RATE)
        elif command[0] == "withdraw":
            mixer.withdraw(str(command[1]))
        else:
            mixer.clear()
        render(sizes[number % len(sizes)])
    for _ in range(40):
        render(1000)
    told = mixer.happened()
    began = [e.key for e in told if isinstance(e, Began)]
    ended = {e.key: e for e in told if isinstance(e, Ended)}
    assert len(began) == len(set(began))
    assert set(ended) == set(lengths)  # everything that was cued ends, exactly once
    assert len([e for e in told if isinstance(e, Ended)]) == len(ended)
    for key, event in ended.items():
        assert event.gap == 0
        assert event.frames == lengths[key] if not event.cut else event.frames <= lengths[key]
    on_air = None
    for event in told:
        if isinstance(event, Began):
            assert on_air is None  # never two at once
            on_air = event.key
        elif event.key == on_air:
            on_air = None
    assert mixer.progress() is None
    assert not out[-1].any()
