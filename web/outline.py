"""The outline of a recording as a picture: bars around the middle, a line where each segment begins, a tick where each
sentence does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from broadcaster.waveform import LOUDEST

HEIGHT = 80
STEP = 2  # from one bar to the next
TICK = 14  # of HEIGHT, at the foot
COLOUR = "#4f86c6"


@dataclass(frozen=True)
class Picture:
    """Paths for an SVG of `width` by `height`."""

    width: int
    height: int
    bars: str
    marks: str
    ticks: str


def picture(
    levels: Sequence[int], starts_s: Sequence[float], seconds: float, sentences_s: Sequence[float] = ()
) -> Picture | None:
    """Of segments that begin at `starts_s`, sentences at `sentences_s`. None when there is nothing to draw."""
    if not levels or seconds <= 0:
        return None
    width = STEP * len(levels)
    marks = "".join(f"M{start / seconds * width:.1f} 0v{HEIGHT}" for start in starts_s if start > 0)
    ticks = "".join(f"M{at / seconds * width:.1f} {HEIGHT - TICK}v{TICK}" for at in sentences_s)
    return Picture(width, HEIGHT, _bars(levels), marks, ticks)


def drawing(levels: Sequence[int]) -> str | None:
    """A picture that stands by itself, in a colour that is seen by day and by night; None when there is nothing."""
    if not levels:
        return None
    box = f'viewBox="0 0 {STEP * len(levels)} {HEIGHT}" preserveAspectRatio="none"'
    bars = f'<path d="{_bars(levels)}" stroke="{COLOUR}" stroke-width="1.4" fill="none"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{bars}</svg>'


def _bars(levels: Sequence[int]) -> str:
    middle = HEIGHT / 2
    return "".join(
        f"M{STEP * n + STEP / 2:g} {middle - half:g}v{2 * half:g}"
        for n, level in enumerate(levels)
        for half in [max(0.5, round(level / LOUDEST * (middle - 2), 1))]
    )
