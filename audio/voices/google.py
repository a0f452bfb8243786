"""The online voice: Google Translate's speech service, as the gTTS package speaks to it.

gTTS cuts the text and builds the request bodies; sending is ours, because gTTS neither retries nor checks the
server's certificate, and joins the answers as they come.
"""

import base64
import binascii
import http.client
import json
import os
import re
import time
import unicodedata
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable

import gtts
import numpy as np

from audio.disk import decode
from audio.dsp import joined
from audio.edit import phrase, tidied
from audio.errors import BadAudio, VoiceUnavailable
from audio.format import RATE, Samples
from audio.listen import faults

BASE_URL = "https://translate.google.com"
ENVIRONMENT = "BROADCASTER_GTTS_URL"
PATH = "/_/TranslateWebserverUi/data/batchexecute"
ANSWER = re.compile(rb'jQ1olc","\[\\"(.*?)\\"')  # the audio in the remote call's answer, as base64
BACK_OFF_S = (1.0, 2.0, 4.0)
LARGEST = 4_000_000  # bytes of an answer; 100 characters are some 50 kB
BETWEEN_S = 0.12  # the service cuts at commas, or at a space when a clause is too long
NOTHING_S = 0.1
UNUSABLE = {"silent", "too-short", "too-long", "hole"}  # what must be asked for again


class _TryAgain(VoiceUnavailable):
    """A failure that may pass: busy, broken off, not reached."""


class GoogleVoice:
    """Needs the network; each request waits at most `timeout_s` and is tried four times."""

    name = "gtts"

    def __init__(
        self,
        lang: str = "vi",
        *,
        base_url: str | None = None,
        timeout_s: float = 10.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        base = base_url or os.environ.get(ENVIRONMENT) or BASE_URL
        if not base.startswith(("http://", "https://")):
            raise VoiceUnavailable(f"the address of the speech service is no web address: {base}", "address")
        self.version = f"gTTS {gtts.__version__} {lang}"
        self._lang = lang
        self._url = base.rstrip("/") + PATH
        self._timeout_s = timeout_s
        self._sleep = sleep

    def speak(self, text: str) -> Samples:
        """See Voice.speak."""
        text = unicodedata.normalize("NFC", text)
        if not any(sign.isalnum() for sign in text):
            return np.zeros(round(NOTHING_S * RATE), np.float32)
        bodies = gtts.gTTS(text, lang=self._lang, lang_check=False).get_bodies()
        parts = [self._part(body if isinstance(body, bytes) else body.encode()) for body in bodies]
        return joined([*(phrase(part, BETWEEN_S) for part in parts[:-1]), phrase(parts[-1])])

    def close(self) -> None:
        """Every request has its own connection."""

    def _part(self, body: bytes) -> Samples:
        """Sound for one request, tried again while there is hope. Raises VoiceUnavailable."""
        reason = VoiceUnavailable("never asked")
        for pause in (*BACK_OFF_S, None):
            try:
                return _sound(self._ask(body), _text(body))
            except _TryAgain as error:
                reason = error
            if pause is not None:
                self._sleep(pause)
        times = len(BACK_OFF_S) + 1
        raise VoiceUnavailable(f"the speech service failed {times} times: {reason}", reason.code) from reason

    def _ask(self, body: bytes) -> bytes:
        request = urllib.request.Request(self._url, body, gtts.gTTS.GOOGLE_TTS_HEADERS)
        try:
            with urllib.request.urlopen(request, timeout=self._timeout_s) as answer:
                data = bytes(answer.read(LARGEST))
                if answer.length:  # bytes announced that didn't come; a limited read doesn't tell
                    raise http.client.IncompleteRead(data, answer.length)
                return data
        except urllib.error.HTTPError as error:
            error.close()
            if error.code == 429 or error.code >= 500:
                raise _TryAgain(f"HTTP {error.code}", "busy") from error
            raise VoiceUnavailable(f"the speech service refuses: HTTP {error.code}", "refused") from error
        except (OSError, http.client.HTTPException) as error:
            raise _TryAgain(f"not reached ({error})", "offline") from error


def _text(body: bytes) -> str:
    """The text that a request asks for."""
    [[[_, parameters, *_]]] = json.loads(urllib.parse.parse_qs(body.decode())["f.req"][0])
    return str(json.loads(parameters)[0])


def _sound(answer: bytes, text: str) -> Samples:
    """The audio in an answer, decoded and without the silence MP3 adds at its ends; it must be as long as the text."""
    if answer.lstrip()[:1] == b"<":
        raise VoiceUnavailable("the speech service answers with a web page: blocked, or asks for consent", "refused")
    found = ANSWER.search(answer)
    if not found:
        raise _TryAgain("no audio in the answer", "answer")
    try:
        data = base64.b64decode(found[1].replace(rb"\\u003d", b"="), validate=True)
        sound = joined(tidied([decode(data, "answer of the speech service")]))
    except (binascii.Error, BadAudio) as error:
        raise _TryAgain(f"damaged audio in the answer ({error})", "answer") from error
    wrong = {fault.code for fault in faults(sound, text)} & UNUSABLE
    if not len(sound) or wrong:
        raise _TryAgain(f"unusable audio in the answer ({', '.join(sorted(wrong)) or 'silence'})", "answer")
    return sound
