"""Amplifiers that sleep in silence, or whose relays take seconds to close: a soft tone before what comes wakes them."""

from __future__ import annotations

import numpy as np

from audio.fader import FADE
from audio.format import RATE, Samples

TONE_HZ = 80.0  # far below what a horn gives back; a signal detector hears it
PEAK = 0.05  # -26 dBFS: amplifiers that sleep wake from -40 to -50 dB below full


def tone(coming: int, frames: int, lead: int) -> Samples | None:
    """The next `frames` when something begins in `coming` frames and the amplifier needs `lead`; None for silence."""
    if coming > lead + frames or coming <= 0 or lead <= 0:
        return None
    left = coming - np.arange(frames)
    shape = np.clip(np.minimum(left, lead - left) / FADE, 0.0, 1.0)
    return np.asarray(PEAK * shape * np.sin(2 * np.pi * TONE_HZ / RATE * left), np.float32)
