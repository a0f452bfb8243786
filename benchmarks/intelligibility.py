"""How much of our offline voice a Vietnamese recogniser understands, beside plain eSpeak NG, in one run.

The share of syllables in error, of sentences that were not used in tuning (sentences/held-out.txt) and of those that
were; as the voice comes, and through a horn (200-5,000 Hz, with noise 30 dB below the speech).

.venv/bin/pip install '.[listen]'
nice .venv/bin/python -m benchmarks.intelligibility [held-out|tuning ...]
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from audio.format import RATE, Samples
from audio.recogniser import LEVEL, errors, heard, installed, syllables
from audio.voices import Voice
from audio.voices.espeak import EspeakVoice
from audio.voices.offline import OfflineVoice
from benchmarks.table import row

LOW, HIGH = 200.0, 5000.0  # Hz
NOISE_DB = -30.0
SENTENCES = Path(__file__).parent / "sentences"
TARGET = 0.70  # share of syllables in error, of sentences that were not used in tuning
PLAIN = {1: 175}  # eSpeak NG's own default rate, and no other setting

VOICES: dict[str, Callable[[], Voice]] = {
    "eSpeak NG as it comes": lambda: EspeakVoice(variant="", settings=PLAIN),
    "eSpeak NG, tuned": EspeakVoice,
    "ours": OfflineVoice,
}


def plain(samples: Samples) -> Samples:
    """The signal as the voice gives it."""
    return samples


def horn(samples: Samples) -> Samples:
    """What a horn loudspeaker lets through: a Butterworth band of 4th order, without its delay."""
    frequencies = np.fft.rfftfreq(len(samples), 1 / RATE)[1:]
    gain = 1 / np.sqrt((1 + (LOW / frequencies) ** 8) * (1 + (frequencies / HIGH) ** 8))
    return np.asarray(np.fft.irfft(np.fft.rfft(samples) * np.concatenate([[0], gain]), len(samples)), np.float32)


def through_horn(samples: Samples) -> Samples:
    """The signal as it reaches the field."""
    narrow = horn(samples)
    narrow *= LEVEL / np.sqrt(np.mean(narrow**2))
    noise = np.random.default_rng(2).standard_normal(len(narrow)).astype(np.float32)
    return np.asarray(narrow + LEVEL * 10 ** (NOISE_DB / 20) * noise, np.float32)


def main(sets: list[str]) -> None:
    """Prints a line a voice and set."""
    if not installed():
        row("what a recogniser understands", "not measured: pip install '.[listen]'")
        return
    print(f"{'':24}{'':10}{'plain':>8}{'horn':>8}{'syll/min':>10}{'× real time':>13}")
    for name, opened in VOICES.items():
        voice = opened()
        for chosen in sets:
            texts = (SENTENCES / f"{chosen}.txt").read_text(encoding="utf-8").splitlines()
            meant = sum(len(syllables(text)) for text in texts)
            began = time.process_time()
            spoken = [voice.speak(text) for text in texts]
            took = time.process_time() - began
            seconds = sum(len(sound) for sound in spoken) / RATE
            rates = [
                sum(errors(text, heard(way(sound))) for text, sound in zip(texts, spoken, strict=True)) / meant
                for way in (plain, through_horn)
            ]
            print(
                f"{name:24}{chosen:10}{rates[0]:8.1%}{rates[1]:8.1%}{meant / seconds * 60:10.0f}{seconds / took:13.0f}",
                flush=True,
            )
            goal = TARGET if name == "ours" and chosen == "held-out" else None
            for way, rate in zip(("plain", "horn"), rates, strict=True):
                target = f"≤ {goal:.0%}" if goal else ""
                row(f"syllable errors: {name}, {chosen}, {way}", f"{rate:.1%}", target, rate <= goal if goal else None)
        voice.close()


if __name__ == "__main__":
    main(sys.argv[1:] or ["held-out", "tuning"])
