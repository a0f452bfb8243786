"""One sentence, spoken at once for whoever writes or approves a bulletin: the same voice and store as its rendering.

One thread speaks, at a low priority, and few may wait: the station next door never notices.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from audio import files
from audio.errors import AudioError, VoiceUnavailable
from audio.format import Samples
from audio.voices import open_voice
from audio.voices.cache import CachedVoice
from audio.voices.pace import paced
from broadcaster import words
from broadcaster.errors import BroadcasterError
from broadcaster.settings import Settings

MOST_WAITING = 4  # people who press at the same moment; the panel's other threads stay free for pages
LONGEST_WAIT_S = 30.0  # a voice from the internet on a bad line; the ones on the machine take a second
NICENESS = 5  # behind the station, before its recording of whole bulletins (19)


class Booth:
    """`say` may be called from any thread."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._speaker = ThreadPoolExecutor(1, "booth", initializer=_step_back)
        self._places = threading.BoundedSemaphore(MOST_WAITING)

    def say(self, voices: Sequence[str], spoken: str, speed: int = 100) -> bytes:
        """A sentence in spoken form as FLAC, by the first of the voices that can. Raises BroadcasterError
        sentence-busy, sentence-voices."""
        if not self._places.acquire(blocking=False):
            raise BroadcasterError("sentence-busy")
        asked = self._speaker.submit(self._say, voices, spoken, speed)
        asked.add_done_callback(lambda _: self._places.release())
        try:
            return asked.result(LONGEST_WAIT_S)
        except TimeoutError as error:
            raise BroadcasterError("sentence-busy") from error
        except AudioError as error:
            raise BroadcasterError("sentence-voices", detail=words.explain(error, self._settings.tz)) from error

    def close(self) -> None:
        self._speaker.shutdown(wait=False, cancel_futures=True)

    def _say(self, voices: Sequence[str], spoken: str, speed: int) -> bytes:
        """Raises AudioError."""
        for spec in voices[:-1]:
            try:
                return _packed(self._speak(spec, spoken, speed))
            except VoiceUnavailable:
                continue
        return _packed(self._speak(voices[-1], spoken, speed))

    def _speak(self, spec: str, spoken: str, speed: int) -> Samples:
        """Opened anew each time: it may have been replaced, and a model that is slow to load stays loaded."""
        settings = self._settings
        voice = CachedVoice(open_voice(spec, models=settings.voices), settings.spoken, settings.speech_cache_bytes)
        try:
            return paced(voice, speed).speak(spoken)
        finally:
            voice.close()


def _packed(sound: Samples) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sentence.flac"
        files.write(path, sound)
        return path.read_bytes()


def _step_back() -> None:
    """On Linux a thread has its own priority, and those it starts inherit it; elsewhere pages would wait too."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
