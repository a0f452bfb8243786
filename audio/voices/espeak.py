"""eSpeak NG, in process, from a wheel. The only module that knows espeakng_loader.

The constants are eSpeak NG's own (speak_lib.h). Why a fresh library for every sentence: docs/decisions/0021.
"""

import ctypes
import re
import sys
import threading
import unicodedata
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import espeakng_loader
import numpy as np

from audio.dsp import joined, resample
from audio.edit import phrase, tidied
from audio.errors import VoiceUnavailable
from audio.format import RATE, Samples

if sys.platform == "win32":
    from _ctypes import FreeLibrary as unload
else:
    from _ctypes import dlclose as unload

SYNCHRONOUS = 2  # AUDIO_OUTPUT_SYNCHRONOUS: samples come to the callback before espeak_Synth returns
DONT_EXIT = 0x8000  # espeakINITIALIZE_DONT_EXIT: report missing data instead of ending our process
UTF8 = 1  # espeakCHARS_UTF8
IPA = 2  # espeakPHONEMES_IPA
VARIANT = "f2"
DIALECTS = {"north": "vi", "central": "vi-vn-x-central", "south": "vi-vn-x-south"}
SETTINGS = {  # espeak_PARAMETER number: value
    1: 150,  # espeakRATE: about 205 syllables a minute in Vietnamese, 180-200 with the pauses of a bulletin
    2: 60,  # espeakVOLUME: at the default of 100 its gain control pumps; compose sets the level anyway
    3: 50,  # espeakPITCH
    4: 99,  # espeakRANGE: the widest, because Vietnamese tones live in it
}
NOTHING_S = 0.1
LANGUAGE_SWITCH = re.compile(r"\([^)]*\)")  # "(en)", "(vi)" around words said by another language's rules

_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_one_at_a_time = threading.Lock()  # the library is one big global variable


class EspeakVoice:
    """Speaks through one library image for the whole process, loaded afresh for every sentence."""

    def __init__(
        self, lang: str = "vi", *, variant: str = VARIANT, settings: Mapping[int, int] = MappingProxyType(SETTINGS)
    ) -> None:
        self.name = next((f"espeak:{name}" for name, voice in DIALECTS.items() if voice == lang != "vi"), "espeak")
        self._voice = f"{lang}+{variant}" if variant else lang
        self._settings = settings
        with _one_at_a_time, _Image(self._voice, settings) as image:
            values = "/".join(str(value) for value in settings.values())
            self.version = f"{image.version} {self._voice} {values}"

    def speak(self, text: str) -> Samples:
        """See Voice.speak."""
        # A zero byte would end the text early; other control characters mean nothing to a listener.
        text = "".join(" " if unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in text)
        if not any(sign.isalnum() for sign in text):
            return np.zeros(round(NOTHING_S * RATE), np.float32)
        with _one_at_a_time, _Image(self._voice, self._settings) as image:
            wave, rate = image.say(unicodedata.normalize("NFC", text)), image.rate
        sound = joined(tidied([resample(wave, rate)]))
        return phrase(sound) if len(sound) else np.zeros(round(NOTHING_S * RATE), np.float32)

    def close(self) -> None:
        """Nothing is held between sentences."""


def phonemes(clauses: Sequence[str], voice: str) -> list[str]:
    """How each clause is said, in the International Phonetic Alphabet. Raises VoiceUnavailable."""
    with _one_at_a_time, _Image(voice, SETTINGS) as image:
        return [image.phonemes(clause) for clause in clauses]


class _Image:
    """The library in memory from `with` to the end of it; raises VoiceUnavailable when it can't start."""

    def __init__(self, voice: str, settings: Mapping[int, int]) -> None:
        self._voice = voice
        self._settings = settings
        self._pieces: list[bytes] = []
        self._receive = _Callback(self._take)  # kept: C holds only its address

    def __enter__(self) -> "_Image":
        try:
            self._library = ctypes.CDLL(espeakng_loader.get_library_path())
            data = espeakng_loader.get_data_path()
        except (OSError, RuntimeError) as error:
            raise VoiceUnavailable(f"eSpeak NG cannot be loaded: {error}") from error
        try:
            self._start(data)
        except BaseException:
            unload(self._library._handle)
            raise
        return self

    def _start(self, data: str) -> None:
        library = self._library
        # The C library opens files with the system's own encoding, which on Windows is the code page.
        try:
            folder = data.encode("mbcs" if sys.platform == "win32" else "utf-8")
        except UnicodeEncodeError as error:
            raise VoiceUnavailable(f"eSpeak NG cannot open a folder with this name: {data}") from error
        self.rate = library.espeak_Initialize(SYNCHRONOUS, 0, folder, DONT_EXIT)
        if self.rate <= 0:
            raise VoiceUnavailable(f"eSpeak NG finds no usable data in {data}")
        library.espeak_Info.restype = ctypes.c_char_p
        self.version = library.espeak_Info(None).decode("ascii", "replace")
        library.espeak_SetSynthCallback(self._receive)
        if library.espeak_SetVoiceByName(self._voice.encode()) != 0:
            raise VoiceUnavailable(f"eSpeak NG has no voice {self._voice}")
        for parameter, value in self._settings.items():
            library.espeak_SetParameter(parameter, value, 0)
        library.espeak_ng_SetRandSeed(ctypes.c_long(1))  # the breath in the voice is noise

    def __exit__(self, *_: object) -> None:
        self._library.espeak_Terminate()
        unload(self._library._handle)

    def say(self, text: str) -> Samples:
        """The text as float32 at `rate`."""
        data = text.encode() + b"\0"
        failed = self._library.espeak_Synth(data, ctypes.c_size_t(len(data)), 0, 0, 0, UTF8, None, None)
        if failed:
            raise VoiceUnavailable(f"eSpeak NG cannot speak (code {failed})")
        return (np.frombuffer(b"".join(self._pieces), np.int16) / 32768).astype(np.float32)

    def phonemes(self, text: str) -> str:
        """The text in IPA; what another language's rules would say is not marked."""
        ahead = ctypes.c_char_p(text.encode())
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        said: list[str] = []
        while ahead.value:  # the library moves the pointer past each clause, and to NULL at the end
            found = self._library.espeak_TextToPhonemes(ctypes.byref(ahead), UTF8, IPA)
            said.append(found.decode("utf-8", "replace"))
        return LANGUAGE_SWITCH.sub("", " ".join(said))

    def _take(self, wave: int | None, count: int, _events: object) -> int:
        if wave and count > 0:
            self._pieces.append(ctypes.string_at(wave, 2 * count))
        return 0  # go on
