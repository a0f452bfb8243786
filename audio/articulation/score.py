"""From syllables to movements of the mouth: when each sound begins, and how one glides into the next."""

import re

from audio.articulation.paper import Score
from audio.articulation.sounds import (
    AS_NASAL,
    CODA_PLACES,
    GLIDES,
    MOVING,
    ONSETS,
    PAIRS,
    PLACES,
    ROUND,
    SHORT,
    STOPPED_TONES,
    TONES,
    VOWELS,
    Formants,
    Onset,
)
from audio.articulation.syllables import Syllable, syllable
from audio.articulation.tract import NASAL_POLE

PACE = 0.89  # how much longer than in the tables everything lasts
COMMA_S = 0.12
LAST = 1.2  # how much longer the rime before a pause is
SINKING = 0.05  # semitones a syllable from the beginning of a phrase, up to SINKING_FOR syllables
SINKING_FOR = 12
SLOW_TRANSITION_S = 0.045  # after a narrowing
TRANSITION_S = 0.030  # from a consonant's locus to its vowel
VOICE_LAG_S = 0.012  # after a voiceless noise the voice comes this much later
PUSH = 1.5  # semitones that a voiceless onset raises the first 60 ms of the tone


def written(text: str) -> Score:
    """A phrase of syllables and punctuation as a score; words that aren't Vietnamese syllables are left out."""
    score = Score()
    parts: list[Syllable | None] = []
    for word in re.findall(r"\w+|[^\w\s]", text):
        if word[0].isalnum():
            if (parsed := syllable(word)) is not None:
                parts.append(parsed)
        elif parts and parts[-1] is not None:
            parts.append(None)
    since = 0
    for number, part in enumerate(parts):
        if part is None:
            if number + 1 < len(parts):
                score.now += COMMA_S
            since = 0
            continue
        last = number + 1 == len(parts) or parts[number + 1] is None
        _set(score, part, since, last=last)
        since += 1
    return score


def _set(score: Score, part: Syllable, since: int, *, last: bool) -> None:
    """One syllable at `score.now`; `since` is how many came before it in the phrase."""
    onset = ONSETS[part.onset]
    nasal_coda = AS_NASAL.get(part.coda, part.coda)
    first, second = (
        MOVING.get((part.nucleus, nasal_coda)) or MOVING.get((part.nucleus, "")) or (VOWELS[part.nucleus],) * 2
    )
    opening = GLIDES["w"] if part.medial else first
    score.now = begins = _onset(score, onset, opening)
    stopped, nosed, gliding = part.coda in AS_NASAL, part.coda in CODA_PLACES, part.coda in GLIDES
    length, tail = _lengths(part, stopped=stopped, nosed=nosed, gliding=gliding)
    if last:
        length, tail = length * LAST, tail * LAST
    length, tail = length * PACE, tail * PACE
    clear = begins
    if part.medial:
        score.shape(begins + 0.025 * PACE, GLIDES["w"])
        clear = begins + 0.060 * PACE
        score.shape(clear + 0.020, first)
        length += 0.045 * PACE
    else:
        reach = SLOW_TRANSITION_S if onset.manner == "narrow" else TRANSITION_S
        score.shape(begins + min(reach, length / 2), first)
    turn = begins + length
    end = turn + (tail if nosed or gliding else 0)
    _coda(score, part, nasal_coda, second, clear, turn, end)
    _voice(score, part, onset, begins, turn, end, last=last, nosed=nosed, stopped=stopped)
    _tone(score, part, onset, begins, end, since, stopped=stopped)
    score.now = turn + tail if stopped else end
    if part.tone == "nặng" and not stopped:
        score.now += 0.045 * PACE


def _lengths(part: Syllable, *, stopped: bool, nosed: bool, gliding: bool) -> tuple[float, float]:
    """Seconds of the vowel and of what follows it."""
    nucleus = AS_NASAL.get(part.coda, part.coda)
    short = part.nucleus in SHORT or nucleus == "nh" or (nucleus == "ng" and part.nucleus in ROUND)
    pair = part.nucleus in PAIRS
    if gliding:
        length, tail = (0.080, 0.120) if short else (0.125, 0.095)
    elif nosed:
        length, tail = (0.085, 0.105) if short else (0.145, 0.080) if pair else (0.120, 0.090)
    elif stopped:
        length, tail = (0.075, 0.080) if short else (0.115, 0.075) if pair else (0.095, 0.080)
    else:
        length, tail = 0.205, 0.0
    if not stopped:
        share = {"nặng": 0.62, "sắc": 1.05, "ngã": 1.05}.get(part.tone, 1.0)
        length, tail = length * share, tail * share
    return length, tail


def _locus(place: str, vowel: Formants) -> Formants:
    if place == "throat":
        return vowel
    at = PLACES[place]
    if place == "velum":  # where the tongue meets the roof depends on the vowel
        back = vowel[1] <= 1000
        return at.locus[0], vowel[1] + 300 if back else vowel[1] * 1.05 + 200, 2800 if vowel[1] > 1900 else 2200
    shift = (0.15, at.pull, 0.4)
    f1, f2, f3 = (low + share * (high - low) for low, share, high in zip(at.locus, shift, vowel, strict=True))
    return f1, f2, f3


def _onset(score: Score, onset: Onset, vowel: Formants) -> float:
    """The consonant before the vowel; returns when the vowel begins."""
    locus = _locus(onset.place, vowel)
    begins = score.now
    opens = begins + onset.hold * PACE
    if onset.voice is not None:
        rise = 0.020 if onset.manner == "walls" else 0.012
        score.span("voice", begins, opens, *onset.voice, rise=rise, fall=0.003)
        if onset.manner == "walls":
            score.span("walls", begins, opens, 0, rise=0.003, fall=0.003)
            held: Formants = (220, locus[1], locus[2])
        elif onset.manner == "side":
            held = (340, 780 + 0.4 * vowel[1], 2700)
        else:
            held = (280, locus[1], locus[2])
        if onset.manner == "nose":
            _through_nose(score, begins, opens, onset.place)
        else:
            score.shape(begins, held)
            score.shape(opens - 0.005, held)
        if onset.rasp is not None:
            score.noise(onset.rasp, begins, opens, rise=0.020, fall=0.010)
        score.shape(opens + 0.004, locus)
        return opens
    score.shape(opens, locus)
    voice = opens
    if onset.burst is not None:
        score.noise(onset.burst, opens, opens + onset.burst.seconds, rise=0.002, fall=0.006)
    if onset.noise is not None:
        voice = opens + onset.noise.seconds * PACE
        abrupt = onset.hold > 0
        score.noise(onset.noise, opens, voice, rise=0.003 if abrupt else 0.030, fall=0.015)
    score.shape(voice, locus)
    return voice


def _coda(
    score: Score, part: Syllable, coda: str, vowel: Formants, clear: float, turn: float, end: float
) -> None:  # fmt: skip
    """How the vowel ends: into a closure, into a glide, or just so."""
    if coda in CODA_PLACES:
        labial = coda == "ng" and part.nucleus in ROUND  # the lips close too
        place = CODA_PLACES[coda]
        score.shape(max(turn - 0.050, clear + (turn - clear) * 0.55), vowel)
        closed: Formants = (260, 750, 2200) if labial else _locus(place, vowel)
        score.shape(turn, closed)
        if end == turn:
            score.shape(turn + 0.030, closed)
        else:
            _through_nose(score, turn, end, "lips" if labial else place)
    elif coda in GLIDES:
        score.shape(turn - 0.030, vowel)
        score.shape(turn + (end - turn) * 0.6, GLIDES[coda])
        score.shape(end, GLIDES[coda])
    else:
        score.shape(turn - 0.020, vowel)
        score.shape(turn, vowel)


def _through_nose(score: Score, begins: float, ends: float, place: str) -> None:
    at = PLACES[place]
    for moment in (begins + 0.004, ends - 0.004):
        score.shape(moment, (270, at.murmur, 2450))
        score.point("zero", moment, at.zero)
        score.point("nasal", moment, 1)
    for moment in (begins - 0.004, ends + 0.004):
        score.point("zero", moment, NASAL_POLE)
        score.point("nasal", moment, 0.5)
    score.point("nasal", begins - 0.050, 0)
    score.point("nasal", ends + 0.050, 0)


def _voice(
    score: Score, part: Syllable, onset: Onset, begins: float, turn: float, end: float, *,
    last: bool, nosed: bool, stopped: bool,
) -> None:  # fmt: skip
    lag = VOICE_LAG_S if onset.noise is not None and onset.noise.seconds > 0.04 else 0
    rise = 0.004 if onset.voice is not None else 0.012
    if nosed:
        score.span("voice", begins + lag, turn, 0, -1, rise=rise, fall=0.003)
        score.span("voice", turn, end, -3, -11 if last else -6, rise=0.003, fall=0.030)
        return
    fall = 0.006 if stopped else 0.012 if part.tone == "nặng" else 0.030
    sooner = 0 if last else 0.008
    score.span("voice", begins + lag, end - sooner, 0, -2 if stopped else -5, rise=rise, fall=fall)


def _tone(
    score: Score, part: Syllable, onset: Onset, begins: float, end: float, since: int, *, stopped: bool
) -> None:  # fmt: skip
    contour = STOPPED_TONES.get(part.tone, STOPPED_TONES["sắc"]) if stopped else TONES[part.tone]
    sunk = SINKING * min(since, SINKING_FOR)
    for share, semitones in contour:
        score.point("tone", begins + (end - begins) * share, semitones - sunk)
    push = (
        PUSH if onset.voiceless else -PUSH / 2 if onset.voice is not None and onset.manner in ("walls", "narrow") else 0
    )
    score.point("push", begins - 0.001, push)
    score.point("push", begins + 0.060, 0)
    score.point("push", end, 0)
    if stopped:
        return
    if part.tone == "ngã":  # the voice breaks in the middle
        middle = begins + (end - begins) * 0.45
        for offset, level in ((-0.035, 0), (-0.010, -12), (0.010, -12), (0.035, 0)):
            score.point("creak", middle + offset, level)
    elif part.tone == "nặng":  # and is pressed shut at the end
        for offset, level in ((-0.050, 0), (-0.012, -10), (0.020, -10), (0.021, 0)):
            score.point("creak", end + offset, level)
