"""Segments in, one finished programme out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from audio.chimes import CHIMES
from audio.edit import phrase
from audio.errors import BadAudio
from audio.format import RATE, Samples
from audio.mastering import LONGEST_SILENCE_S, MAX_TRUE_PEAK, TARGET_LUFS, Master, boundaries, clip, label
from audio.segments import Chime, Clip, Composed, Said, Segment, Silence, Speech
from audio.voices import Voice

__all__ = ["BETWEEN_S", "LONGEST_SILENCE_S", "Composed", "boundaries", "compose"]

BETWEEN_S = 0.4  # at least this much air between two segments

Progress = Callable[[int, int], None]


def compose(
    segments: Sequence[Segment],
    out: Path,
    *,
    voice: Voice,
    target_lufs: float = TARGET_LUFS,
    max_true_peak: float = MAX_TRUE_PEAK,
    progress: Progress | None = None,
) -> Composed:
    """Speak, level and join the segments into the FLAC file `out` (48 kHz, mono, 16 bits).

    The same segments and the same voice give the same bytes. `progress` is told (sentences and other segments
    done, all of them). Raises VoiceUnavailable, BadAudio (a clip that can't be read, nothing audible); `out`
    is then as it was.
    """
    work = _Work(voice, sum(_steps(segment) for segment in segments), progress)
    with Master(out.parent) as master:
        for number, segment in enumerate(segments, 1):
            work.begin(number - 1)
            kind, title = type(segment).__name__.lower(), "" if isinstance(segment, Silence) else segment.title
            last = number == len(segments)
            if isinstance(segment, Clip) and (known := label(segment.path)):
                master.add_finished(kind, title, segment.path, known, work.passed(last=last), segment.bed)
            else:
                master.add(kind, title, work.render(segment, last=last), segment.bed)
        spoken = f"{voice.name} {voice.version}"
        composed = master.write(out, voice=spoken, target_lufs=target_lufs, max_true_peak=max_true_peak)
    return replace(composed, said=work.said([boundary.start_s for boundary in composed.segments]))


def _steps(segment: Segment) -> int:
    return len(segment.sentences) if isinstance(segment, Speech) else 1


class _Work:
    """What must be remembered from one segment to the next: the silence so far, the progress, who said what where."""

    def __init__(self, voice: Voice, total: int, progress: Progress | None) -> None:
        self._voice = voice
        self._total = total
        self._done = 0
        self._progress = progress
        self._quiet_s = 0.0
        self._segment = 0
        self._said: list[tuple[int, str, int, int]] = []  # segment, text, first and last frame in it

    def begin(self, segment: int) -> None:
        self._segment = segment

    def said(self, starts: Sequence[float]) -> tuple[Said, ...]:
        """Every audible sentence; `starts` are those of the segments in the finished file."""
        return tuple(
            Said(text, starts[segment] + first / RATE, starts[segment] + last / RATE)
            for segment, text, first, last in self._said
        )

    def render(self, segment: Segment, *, last: bool) -> Iterator[Samples]:
        """The sound of one segment, and the air after it unless it is the last."""
        if isinstance(segment, Speech):
            at = 0
            for text, pause_s in segment.sentences:
                sound = self._sound(self._voice.speak(text))
                rest = self._rest(pause_s)
                if sound.any():
                    self._said.append((self._segment, text, at, at + len(sound)))
                at += len(sound) + len(rest)
                yield sound
                yield rest
                self._step()
        elif isinstance(segment, Silence):
            yield self._rest(segment.seconds)
            self._step()
        else:
            for block in _chime(segment) if isinstance(segment, Chime) else clip(segment.path):
                yield self._sound(block)
            self._step()
        yield self._air(last)

    def passed(self, *, last: bool) -> Samples:
        """A finished recording goes by unread; returns the air after it."""
        self._quiet_s = 0.0
        self._step()
        return self._air(last)

    def _air(self, last: bool) -> Samples:
        return self._rest(0.0 if last else BETWEEN_S - self._quiet_s)

    def _sound(self, block: Samples) -> Samples:
        if not block.any():  # a sentence with nothing to say
            return self._rest(len(block) / RATE)
        self._quiet_s = 0.0
        return block

    def _rest(self, seconds: float) -> Samples:
        """Silence, cut so that no listener waits longer than LONGEST_SILENCE_S, whoever asks for it."""
        seconds = max(0.0, min(seconds, LONGEST_SILENCE_S - self._quiet_s))
        self._quiet_s += seconds
        return np.zeros(round(seconds * RATE), np.float32)

    def _step(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total)


def _chime(segment: Chime) -> Iterator[Samples]:
    if segment.name not in CHIMES:
        raise BadAudio(f"no chime called {segment.name!r} (known: {', '.join(CHIMES)})")
    yield phrase(CHIMES[segment.name]())
