"""Paper for a score: points that lines run through and levels that are held, and their way into frames."""

from dataclasses import dataclass, field

import numpy as np

from audio.articulation.sounds import HISSES, Formants, Noise
from audio.articulation.tract import ANSWER, NASAL_POLE, RATE, STEP, Frames, Movement

FRAME_S = STEP / RATE
PITCH = 200.0  # Hz, the middle of the voice
GLIDING_S = 0.025  # formants are drawn with a brush this broad
BREATHY = 10 ** (-28 / 20)  # breath in the voice


@dataclass(frozen=True)
class Span:
    """A level (dB) held from one moment to another, with ramps centred on both."""

    begins: float
    ends: float
    level: float
    last: float
    rise: float
    fall: float


@dataclass
class Score:
    """What is written down while syllables are set one after another; `movement` turns it into frames."""

    now: float = 0.03
    points: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    spans: dict[str, list[Span]] = field(default_factory=dict)

    def point(self, name: str, at: float, value: float) -> None:
        self.points.setdefault(name, []).append((at, value))

    def shape(self, at: float, formants: Formants) -> None:
        for name, value in zip(("F1", "F2", "F3"), formants, strict=True):
            self.point(name, at, value)

    def span(
        self, name: str, begins: float, ends: float, level: float, last: float | None = None, *,
        rise: float = 0.005, fall: float = 0.005,
    ) -> None:  # fmt: skip
        spans = self.spans.setdefault(name, [])
        spans.append(Span(begins, ends, level, level if last is None else last, rise, fall))

    def noise(self, noise: Noise, begins: float, ends: float, *, rise: float, fall: float) -> None:
        self.span(noise.kind, begins, ends, noise.level, rise=rise, fall=fall)

    def movement(self) -> Movement:
        """Everything as frames, until 50 ms after the last sound."""
        clock = np.arange(round((self.now + 0.05) / FRAME_S), dtype=np.float64) * FRAME_S
        formants = [_brushed(self._line(name, clock, 1500), GLIDING_S) for name in ("F1", "F2", "F3")]
        pitch = _brushed(self._line("tone", clock, 0), 0.030) + self._line("push", clock, 0)
        hiss = np.zeros((len(clock), ANSWER // 2 + 1))
        for name, spectrum in HISSES.items():
            if name in self.spans:
                hiss += self._level(name, clock)[:, None] * spectrum
        voice = self._level("voice", clock) * 10 ** (self._line("creak", clock, 0) / 20)
        return Movement(
            formants=np.stack(formants, axis=1),
            pitch=PITCH * 2 ** (pitch / 12),
            voice=voice,
            bar=np.minimum(self._level("walls", clock), 1),
            nasal=_brushed(self._line("nasal", clock, 0), 0.020),
            zero=_brushed(self._line("zero", clock, NASAL_POLE), 0.008),
            breath=np.hypot(self._level("breath", clock), voice * BREATHY),
            mouth=self._level("mouth", clock),
            hiss=hiss,
        )

    def _line(self, name: str, clock: Frames, otherwise: float) -> Frames:
        points = sorted(self.points.get(name, [(0, otherwise)]), key=lambda point: point[0])
        return np.interp(clock, [at for at, _ in points], [value for _, value in points])

    def _level(self, name: str, clock: Frames) -> Frames:
        level = np.zeros(len(clock))
        for span in self.spans.get(name, []):
            first = max(0, int((span.begins - span.rise / 2) / FRAME_S) - 1)
            frames = slice(first, int((span.ends + span.fall / 2) / FRAME_S) + 2)
            at = clock[frames]
            ramps = np.minimum((at - span.begins) / span.rise, (span.ends - at) / span.fall) + 0.5
            share = np.clip((at - span.begins) / max(span.ends - span.begins, FRAME_S), 0, 1)
            held = np.clip(ramps, 0, 1) * 10 ** ((span.level + (span.last - span.level) * share) / 20)
            level[frames] = np.maximum(level[frames], held)
        return level


def _brushed(line: Frames, seconds: float) -> Frames:
    size = round(seconds / FRAME_S) | 1
    brush = np.hanning(size + 2)[1:-1]
    return np.convolve(np.pad(line, size // 2, mode="edge"), brush / brush.sum(), "valid")
