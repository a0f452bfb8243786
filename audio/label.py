"""What a finished file carries in its comment tag: its segments, and its level so that nobody need measure it again."""

import json
from dataclasses import astuple, dataclass

from audio.format import RATE
from audio.segments import Boundary


@dataclass(frozen=True)
class Label:
    """`lufs` to 0.2 LU, `ceiling` in dBTP: no peak is higher."""

    frames: int
    lufs: float
    ceiling: float
    segments: tuple[Boundary, ...]

    def text(self) -> str:
        """For the tag."""
        facts = {"lufs": self.lufs, "ceiling": self.ceiling, "segments": [astuple(s) for s in self.segments]}
        return json.dumps(facts, ensure_ascii=False)

    @staticmethod
    def read(text: str, frames: int) -> "Label | None":
        """From the tag of a file that holds `frames`. None when it isn't ours, or somebody has cut it since."""
        try:
            held = json.loads(text)
            segments = tuple(Boundary(*one) for one in held["segments"])
            found = Label(frames, float(held["lufs"]), float(held["ceiling"]), segments)
        except (ValueError, KeyError, TypeError):
            return None
        return found if segments and round(segments[-1].end_s * RATE) == frames else None
