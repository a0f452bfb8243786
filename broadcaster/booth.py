"""One sentence, spoken at once for whoever writes or approves a bulletin: the same voice and store as its rendering.

One thread speaks, at a low priority, and few may wait: the station next door never notices.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Hashable, Sequence
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
AT_HAND = 24  # sentences, some 100 kB each: given out without a wait for the one being spoken
LONGEST_WAIT_S = 30.0  # a voice from the internet on a bad line; the ones on the machine take a second
NICENESS = 5  # behind the station, before its recording of whole bulletins (19)


class Booth:
    """`say` may be called from any thread."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._speaker = ThreadPoolExecutor(1, "booth", initializer=_step_back)
        self._lock = threading.Lock()
        self._inside = 0
        self._at_hand: OrderedDict[Hashable, bytes] = OrderedDict()

    def say(self, voices: Sequence[str], spoken: str, speed: int = 100, *, ahead: bool = False) -> bytes:
        """A sentence in spoken form as FLAC, by the first of the voices that can. `ahead`: nobody waits for it yet, so
        it is only spoken while nobody else is here. Raises BroadcasterError sentence-busy, sentence-voices."""
        key = (*voices, spoken, speed, _touched(self._settings.voices))
        with self._lock:
            if (said := self._at_hand.get(key)) is not None:
                return said
            if self._inside >= (1 if ahead else MOST_WAITING):
                raise BroadcasterError("sentence-busy")
            self._inside += 1
        asked = self._speaker.submit(self._say, voices, spoken, speed, key)
        asked.add_done_callback(self._leave)
        try:
            return asked.result(LONGEST_WAIT_S)
        except TimeoutError as error:
            raise BroadcasterError("sentence-busy") from error
        except AudioError as error:
            raise BroadcasterError("sentence-voices", detail=words.explain(error, self._settings.tz)) from error

    def close(self) -> None:
        self._speaker.shutdown(wait=False, cancel_futures=True)

    def _leave(self, _asked: object) -> None:
        with self._lock:
            self._inside -= 1

    def _say(self, voices: Sequence[str], spoken: str, speed: int, key: Hashable) -> bytes:
        """Raises AudioError."""
        for spec in voices[:-1]:
            try:
                said = _packed(self._speak(spec, spoken, speed))
            except VoiceUnavailable:
                continue
            break
        else:
            spec, said = voices[-1], _packed(self._speak(voices[-1], spoken, speed))
        if spec == voices[0]:  # one that only stood in may be back the next time
            with self._lock:
                self._at_hand[key] = said
                while len(self._at_hand) > AT_HAND:
                    self._at_hand.popitem(last=False)
        return said

    def _speak(self, spec: str, spoken: str, speed: int) -> Samples:
        """Opened anew each time: it may have been replaced, and a model that is slow to load stays loaded."""
        settings = self._settings
        voice = CachedVoice(open_voice(spec, models=settings.voices), settings.spoken, settings.speech_cache_bytes)
        try:
            return paced(voice, speed).speak(spoken)
        finally:
            voice.close()


def _touched(folder: Path) -> int:
    """Another number once a voice in the folder was added, replaced, removed."""
    return folder.stat().st_mtime_ns if folder.is_dir() else 0


def _packed(sound: Samples) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sentence.flac"
        files.write(path, sound)
        return path.read_bytes()


def _step_back() -> None:
    """On Linux a thread has its own priority, and those it starts inherit it; elsewhere pages would wait too."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
