"""The natural voice without a network: a Piper model (VITS) that the station owns. The only module that knows
onnxruntime. Why not the piper-tts package: docs/decisions/0061.

A model is two files: NAME.onnx, and NAME.onnx.json which says how letters become its numbers.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as engine

from audio.disk import open_binary
from audio.dsp import joined, resample
from audio.edit import phrase, tidied
from audio.errors import BadAudio, VoiceUnavailable
from audio.format import RATE, Samples
from audio.voices.espeak import phonemes
from audio.voices.models import config_path
from audio.voices.onnxnoise import NOISE, ORIGIN, with_noise_as_input

START, END, BETWEEN = "^", "$", "_"  # what a Piper model hears around and between phonemes
CLAUSE = re.compile(r"([^,;:.!?…]+)([,;:.!?…]*)")
ENDS = ".!?…"
CHANNELS, FRAMES = 192, 4096  # of the noise that is drawn once; longer sentences hear it again
SEED = 1
LONGEST = 2000  # phoneme numbers at once, about a minute; a longer sentence is cut at its clauses
BETWEEN_S = 0.25
NOTHING_S = 0.1
SPREAD = 12  # frames of noise for each number; models dwell on one for three on average
ENGINE_ERRORS = (  # they share no root but Exception
    engine.Fail,
    engine.InvalidArgument,
    engine.InvalidGraph,
    engine.InvalidProtobuf,
    engine.NoModel,
    engine.NotImplemented,
    engine.RuntimeException,
)
DEFAULTS = {"noise_scale": 0.667, "length_scale": 1.0, "noise_w": 0.8}  # Piper's, for models that don't say


class PiperVoice:
    """A model is loaded once a process, and again when its file has changed."""

    def __init__(self, path: Path) -> None:
        """Raises VoiceUnavailable: no such file, not a Piper model."""
        try:
            stamps = [(file.stat().st_mtime_ns, file.stat().st_size) for file in (path, config_path(path))]
        except OSError as error:
            raise VoiceUnavailable(f"Piper model: {path}: {error.strerror}", "model") from error
        self._model = _load(path, tuple(stamps))
        self.name = f"piper:{path.name.removesuffix('.onnx')}"
        settings = "/".join(f"{value:g}" for value in self._model.scales)
        self.version = f"{stamps[0][1]} {self._model.fingerprint} {settings}"

    def speak(self, text: str) -> Samples:
        """See Voice.speak."""
        text = "".join(" " if unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in text)
        model = self._model
        parts = [model.say(numbers) for numbers in model.numbers(unicodedata.normalize("NFC", text))]
        sounds = [sound for part in parts if len(sound := joined(tidied([resample(part, model.rate)])))]
        if not sounds:
            return np.zeros(round(NOTHING_S * RATE), np.float32)
        return joined([*(phrase(sound, BETWEEN_S) for sound in sounds[:-1]), phrase(sounds[-1])])

    def close(self) -> None:
        """The model stays in memory for the next rendering of this process."""


@dataclass(frozen=True)
class _Model:
    """A loaded model; `scales` are its noise, its slowness and the unevenness of its rhythm."""

    session: Any
    rate: int
    lang: str
    spells: bool
    scales: tuple[float, float, float]
    ids: Mapping[str, Sequence[int]]
    speaker: int | None
    fingerprint: str
    noise: Samples

    def numbers(self, text: str) -> list[list[int]]:
        """The text as the model hears it: one list a sentence, of at most about LONGEST numbers."""
        clauses = [(said.strip(), stop) for said, stop in CLAUSE.findall(text)]
        clauses = [(said, stop) for said, stop in clauses if any(sign.isalnum() for sign in said)]
        said = [said for said, _ in clauses]
        sounds = said if self.spells else phonemes(said, self.lang)
        sentences: list[list[int]] = [[]]
        for sound, (_, stop) in zip(sounds, clauses, strict=True):
            end = "." if stop[:1] == "…" else stop[:1]
            heard = self._ids(f"{sound}{end}" if end in ENDS else f"{sound}{end} ")
            if sentences[-1] and len(sentences[-1]) + len(heard) > LONGEST:
                sentences.append([])
            sentences[-1] += heard
            if end and end in ENDS:
                sentences.append([])
        pad = list(self.ids[BETWEEN])
        return [[*self.ids[START], *pad, *sentence, *self.ids[END]] for sentence in sentences if sentence]

    def _ids(self, heard: str) -> list[int]:
        pad = self.ids[BETWEEN]
        known = (self.ids[sign] for sign in unicodedata.normalize("NFD", heard) if sign in self.ids)
        return [number for numbers in known for number in (*numbers, *pad)]

    def say(self, numbers: list[int]) -> Samples:
        """Samples at `rate`. Raises VoiceUnavailable."""
        feed: dict[str, npt.NDArray[Any]] = {
            "input": np.array([numbers], np.int64),
            "input_lengths": np.array([len(numbers)], np.int64),
            "scales": np.array(self.scales, np.float32),
        }
        if self.speaker is not None:
            feed["sid"] = np.array([self.speaker], np.int64)
        if any(put.name == NOISE for put in self.session.get_inputs()):
            times = 1 + int(SPREAD * max(1.0, self.scales[1]) * len(numbers)) // FRAMES
            feed[NOISE] = np.tile(self.noise, (1, 1, times))
            feed[ORIGIN] = np.zeros(3, np.int64)
        try:
            (sound, *_) = self.session.run(None, feed)
        except ENGINE_ERRORS as error:
            raise VoiceUnavailable(f"Piper model cannot speak: {error}", "model") from error
        return np.asarray(sound, np.float32).reshape(-1)


@lru_cache(maxsize=1)
def _load(path: Path, _stamps: tuple[tuple[int, int], ...]) -> _Model:
    try:
        with open_binary(path) as file, open_binary(config_path(path)) as beside:
            model, written = file.read(), beside.read()
        config = json.loads(written)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3  # errors only: the graph's own warnings mean nothing to an operator
        # Waiting threads sleep: spinning, they would take the processor from the stream that is on air.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        session = onnxruntime.InferenceSession(with_noise_as_input(model), options, providers=["CPUExecutionProvider"])
        scales = DEFAULTS | {name: value for name, value in config.get("inference", {}).items() if name in DEFAULTS}
        return _Model(
            session=session,
            rate=int(config["audio"]["sample_rate"]),
            lang=str(config["espeak"]["voice"]),
            spells=config.get("phoneme_type") == "text",
            scales=(float(scales["noise_scale"]), float(scales["length_scale"]), float(scales["noise_w"])),
            ids={
                sign: numbers
                for sign, numbers in config["phoneme_id_map"].items()
                if max(numbers) < config["num_symbols"]  # some maps name more than the model has learnt
            },
            speaker=0 if config.get("num_speakers", 1) > 1 else None,
            fingerprint=f"{hash_of(model)}{hash_of(written)}",
            noise=np.random.default_rng(SEED).standard_normal((1, CHANNELS, FRAMES), np.float32),
        )
    except BadAudio as error:
        raise VoiceUnavailable(f"Piper model: {error}", "model") from error
    except (*ENGINE_ERRORS, ValueError, TypeError, KeyError, AttributeError) as error:
        raise VoiceUnavailable(f"not a Piper model: {path.name} ({type(error).__name__}: {error})", "model") from error


def hash_of(data: bytes) -> str:
    """Enough of a hash to tell models apart."""
    return hashlib.sha256(data).hexdigest()[:12]
