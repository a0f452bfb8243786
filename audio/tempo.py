"""Speech slower or faster at the same pitch: pieces of it are laid over each other where their waves agree (WSOLA).

W. Verhelst, M. Roelands: An overlap-add technique based on waveform similarity, ICASSP 1993.
"""

import numpy as np

from audio.format import RATE, Samples

PIECE_S = 0.030  # two to six periods of a voice
SEARCH_S = 0.008  # either way: the longest period of a low voice, 70 Hz, lies within
COARSE = 4  # the best place is looked for in every fourth frame; a voice has its strength below 6 kHz


def stretched(samples: Samples, factor: float) -> Samples:
    """`factor` times as long, to a frame. `factor` from 0.5 to 2."""
    piece = round(PIECE_S * RATE) // (2 * COARSE) * (2 * COARSE)
    hop, reach = piece // 2, round(SEARCH_S * RATE) // COARSE * COARSE
    length = round(len(samples) * factor)
    padded = np.pad(samples, (reach + COARSE, 2 * (piece + reach) + COARSE))
    begin = reach + COARSE
    coarse = padded[::COARSE]
    window = np.hanning(piece + 1)[:-1].astype(np.float32)
    out = np.zeros(length + 2 * piece, np.float32)
    out[:hop] = padded[begin : begin + hop] * (1 - window[:hop])  # nothing lies before the first piece
    last = begin
    for at in range(0, length, hop):
        start = begin + min(round(at / factor), len(samples))
        if at:
            wanted = last + hop  # where the piece before would go on
            near = _alike(coarse, wanted // COARSE, start // COARSE, piece // COARSE, reach // COARSE) * COARSE
            start = _alike(padded, wanted, near, piece, COARSE)
        out[at : at + piece] += padded[start : start + piece] * window
        last = start
    return out[:length]


def _alike(samples: Samples, wanted: int, near: int, length: int, reach: int) -> int:
    """Where, at most `reach` from `near`, a stretch begins that is most like the one at `wanted`."""
    first = near - reach
    field = samples[first : near + reach + length]
    likeness = np.correlate(field, samples[wanted : wanted + length], "valid")
    sums = np.concatenate(([0.0], np.cumsum(field.astype(np.float64) ** 2)))
    energy = sums[length:] - sums[:-length]
    return first + int(np.argmax(likeness / np.sqrt(energy + 1e-9)))
