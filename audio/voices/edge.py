"""The other online voice: Microsoft Edge's reading aloud, as the edge-tts package speaks to it (an optional extra).

The service is unofficial. The package builds the requests and keeps its token fresh; retries and checks are ours.
"""

import asyncio
import time
import unicodedata
from collections.abc import Callable

import aiohttp
import edge_tts
import numpy as np
from edge_tts.exceptions import EdgeTTSException

from audio.disk import decode
from audio.dsp import joined
from audio.edit import phrase, tidied
from audio.errors import BadAudio, VoiceUnavailable
from audio.format import RATE, Samples
from audio.listen import faults

DEFAULT = "vi-VN-HoaiMyNeural"  # the other Vietnamese one is vi-VN-NamMinhNeural
BACK_OFF_S = (1.0, 2.0, 4.0)
LARGEST = 20_000_000  # bytes; at 48 kbit/s a sentence of ten minutes is 3.6 MB
NOTHING_S = 0.1
UNUSABLE = {"silent", "too-short", "too-long"}


class EdgeVoice:
    """Needs the network; a sentence waits at most `timeout_s` for each piece of an answer and is tried four times."""

    def __init__(
        self, voice: str = DEFAULT, *, timeout_s: int = 10, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.name = f"edge:{voice}"
        self.version = f"edge-tts {edge_tts.__version__}"
        self._voice, self._timeout_s, self._sleep = voice, timeout_s, sleep

    def speak(self, text: str) -> Samples:
        """See Voice.speak."""
        text = unicodedata.normalize("NFC", text.encode("utf-8", "ignore").decode())
        if not any(sign.isalnum() for sign in text):
            return np.zeros(round(NOTHING_S * RATE), np.float32)
        reason = VoiceUnavailable("never asked")
        for pause in (*BACK_OFF_S, None):
            try:
                return self._sound(text)
            except VoiceUnavailable as error:
                reason = error
            if reason.code == "refused" or pause is None:
                break
            self._sleep(pause)
        raise reason

    def close(self) -> None:
        """Every sentence has its own connection."""

    def _sound(self, text: str) -> Samples:
        """One try. Raises VoiceUnavailable."""
        try:
            data = asyncio.run(self._ask(text))
            sound = joined(tidied([decode(data, "answer of the speech service")]))
        except aiohttp.WSServerHandshakeError as error:
            code = "busy" if error.status == 429 or error.status >= 500 else "refused"
            raise VoiceUnavailable(f"the speech service refuses: HTTP {error.status}", code) from error
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise VoiceUnavailable(f"the speech service is not reached ({error})", "offline") from error
        except ValueError as error:
            raise VoiceUnavailable(f"the speech service has no voice {self._voice} ({error})", "refused") from error
        except (EdgeTTSException, BadAudio) as error:
            raise VoiceUnavailable(f"unusable answer of the speech service ({error})", "answer") from error
        wrong = {fault.code for fault in faults(sound, text)} & UNUSABLE
        if not len(sound) or wrong:
            raise VoiceUnavailable(f"unusable audio in the answer ({', '.join(sorted(wrong)) or 'silence'})", "answer")
        return phrase(sound)

    async def _ask(self, text: str) -> bytes:
        talk = edge_tts.Communicate(text, self._voice, connect_timeout=self._timeout_s, receive_timeout=self._timeout_s)
        heard = bytearray()
        now = asyncio.get_running_loop().time
        async with asyncio.timeout(self._timeout_s) as limit:  # the package's own does not hold for a web socket
            async for message in talk.stream():
                limit.reschedule(now() + self._timeout_s)
                if message["type"] == "audio":
                    heard += message["data"]
                if len(heard) > LARGEST:
                    break
        return bytes(heard)
