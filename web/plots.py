"""Bars as SVG: how high they stand. The pictures are in templates/plots.html, drawn from these numbers alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 100  # units of the picture; it is stretched to its place on the page
STEPS = (10, 20, 30, 60, 90, 120, 180, 240, 300, 360, 480, 600, 720, 960, 1440)  # minutes people count in


@dataclass(frozen=True)
class Bar:
    """One bar: where it begins, how high it is, and what it says when pointed at. `tone` is its class."""

    at: float
    height: float
    says: str
    tone: str = ""


@dataclass(frozen=True)
class Plot:
    """Bars between 0 and `top`, one unit wide each."""

    bars: tuple[Bar, ...]
    top: float

    @property
    def width(self) -> int:
        return len(self.bars)

    @property
    def outline(self) -> str:
        """All bars as one path, for rows too long to point at one of them."""
        drawn = (f"M{bar.at:g} {HEIGHT}v-{bar.height:g}h1v{bar.height:g}" for bar in self.bars if bar.height)
        return "".join(drawn)


def ceiling(most: float) -> float:
    """The lowest round number of minutes that nothing stands above."""
    return next((float(step) for step in STEPS if step >= most), most)


def bars(values: Sequence[tuple[float | None, str, str]], top: float) -> Plot:
    """From (value, what it says, tone) of each place in the row; None leaves its place empty."""
    drawn = (
        Bar(n, round(HEIGHT * min(1.0, (value or 0.0) / top), 2) if top else 0.0, says, tone)
        for n, (value, says, tone) in enumerate(values)
    )
    return Plot(tuple(drawn), top)
