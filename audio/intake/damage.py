"""Letters that are gone: no decoding brings them back, so the places are named and nothing of it may be read out.

Every known syllable is worn down in the ways texts lose letters; a word that is such a remnant, and no word, tells.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from audio.intake.frequency import LETTERS, chance, is_known, syllables, well_formed

MOST = 20  # places named; the rest is counted
WORDS = re.compile(r"[^\W\d_]+")
PIECES = re.compile(r"\S+")
QUESTION = re.compile(r"[^\W\d_]*\?+[^\W\d_]+")
LAST = re.compile(r"\W*([^\W\d_]+)\?+")
LONGEST = 60  # letters; what is longer without a space is no prose
ADDRESS = re.compile(r"://|www\.|[=&/@]")
# What people write short on purpose: chat language and units hold no vowels either.
SHORT = """
    ng nh ngh th tr ch kh ph gi qu trc trg thg nhg ngta bt dc đc mn mk mik bn vs ms ns nc kg km cm mm ml dm tp kp tt kt
    ht pt gt lm hm hs sv gv tl sp st stt dt đt vn hn hcm tv pc vp cp cb cs cv nv nt nk tk ck vk cx cg rg
"""
SHORTENED = frozenset(SHORT.split())
CHAT = frozenset("hkrv")  # "gì v?", "đc k?"
VOWELS = frozenset("aeiouy")
ONSETS_TABLE = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
CODAS_TABLE = "c ch m n ng nh p t i u y"
ONSETS, CODAS = frozenset(ONSETS_TABLE.split()), frozenset(CODAS_TABLE.split())


def found(text: str, horns_lost: bool = False) -> list[str]:
    """A Vietnamese line for each place. `horns_lost`: the text is TCVN3 that held no U+00AD, the code of "ư"."""
    lines = text.split("\n")
    everything = WORDS.findall(text)
    places = [
        *_unknown(lines),
        *_questions(lines),
        *_dropped(lines, everything),
        *_horns(lines, everything, horns_lost),
        *_garbled(lines),
    ]
    if len(places) > MOST:
        places = [*places[:MOST], f"và {len(places) - MOST} chỗ khác"]
    return places


def _said(number: int, words: str, what: str) -> str:
    return f"dòng {number}: “{words}” {what}"


def _unknown(lines: list[str]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        for piece in PIECES.finditer(line) if "\ufffd" in line else ():
            if "\ufffd" in piece[0]:
                yield _said(number, piece[0], "có chữ đã mất (�)")


def _questions(lines: list[str]) -> Iterator[str]:
    """ "b?o v?", "?ược": a question mark where a letter was."""
    sure: list[str] = []
    for number, line in enumerate(lines, 1):
        for piece in PIECES.finditer(line) if "?" in line else ():
            if "?" not in piece[0] or len(piece[0]) > LONGEST or ADDRESS.search(piece[0]):
                continue
            place = _said(number, piece[0], "có chữ đã thành dấu hỏi")
            cores = [re.sub(r"\?+", "?", core).lower() for core in QUESTION.findall(piece[0])]
            if any(core in _remnants("?") for core in cores):
                sure.append(place)
            elif (last := LAST.fullmatch(piece[0])) and line[piece.end() + 1 : piece.end() + 2].islower():
                stem = last[1].lower()
                if stem + "?" in _remnants("?") and not well_formed(stem) and stem not in CHAT:
                    sure.append(place)
    yield from sure


def _dropped(lines: list[str], words: list[str]) -> Iterator[str]:
    """ "ph ng ch ng", "phng", "cn thn": letters outside ASCII or Latin-1 left out, or made spaces.

    Nearly every second Vietnamese word has a letter outside Latin-1; without any, small signs are enough.
    """
    places: list[str] = []
    strong, weight, alone = 0, 0.0, 0
    for number, line in enumerate(lines, 1):
        parts = list(WORDS.finditer(line))
        for part, beside in zip(parts, [*parts, None][1:], strict=True):
            word = part[0].lower()
            if not part[0][1:].islower() and not part[0].islower():
                continue
            if beside and _split(word, beside[0], line[part.end() : beside.start()]):
                strong, weight = strong + 1, weight + 1
                places.append(_said(number, f"{part[0]} {beside[0]}", "thiếu chữ"))
                continue
            around = line[max(part.start() - 1, 0) : part.start()] + line[part.end() : part.end() + 1]
            if len(word) == 1 and around.strip(" ,"):  # "a)", "v.v.", "it's"
                continue
            sign = _remnant(word)
            if sign:
                strong, weight, alone = strong + (sign == 1), weight + sign, alone + (len(word) == 1)
                places.append(_said(number, part[0], "thiếu chữ"))
    beyond = sum(any(c > "\xff" for c in word) for word in words)
    accented = sum(not word.isascii() for word in words)
    if beyond:
        lost = weight >= 2 and strong and weight > (0.1 if strong > 2 else 0.2) * len(words)
    elif len(words) >= 8 and accented >= 3:
        lost = weight >= 0.8
    else:
        lost = weight > 0.12 * len(words) and (strong > (len(words) > 8) or (alone > 2 and alone > 0.2 * len(words)))
    if lost:
        yield from places


def _remnant(word: str) -> float:
    """How much a small-letter word speaks for lost letters, 0 to 1."""
    if len(word) == 1:
        return 0.4 if word in "bcdghklmnpqrstvxiu" else 0.0
    if well_formed(word) or word not in _remnants(""):
        return 0.0
    if word in SHORTENED:
        return 0.4
    return 0.7 if VOWELS & set(word) else 1.0


def _split(first: str, second: str, between: str) -> bool:
    """ "ph ng": an onset and a coda with nothing but space where the vowel was."""
    if between.strip() or first not in ONSETS or second not in CODAS:
        return False
    return len(first) + len(second) > 2 and second != first and not (first in SHORTENED and second in {"i", "u", "y"})


def _horns(lines: list[str], words: list[str], lost: bool) -> Iterator[str]:
    """ "trờng", "đợc", "nhng": TCVN3 whose "ư" went away as a soft hyphen."""
    if "ư" in {c for word in words for c in word.lower()} and not lost:
        return
    places = []
    for number, line in enumerate(lines, 1):
        for word in WORDS.findall(line):
            source = _hornless().get(word.lower())
            if source is None or word.isupper() or word.lower() in SHORTENED - {"nh", "t"}:
                continue
            far = chance(source) - chance(word.lower())
            if (not well_formed(word) and (lost or "ơ" in _toneless(word))) or (lost and far > 3.5):
                places.append(_said(number, word, f"có thể mất chữ “ư” (“{source}”?)"))
    if lost or len(places) > 1:
        yield from places


def _garbled(lines: list[str]) -> Iterator[str]:
    """Accented words of a line that are hardly Vietnamese: decoded wrongly, perhaps twice ("cỏch phũng trỏnh")."""
    for number, line in enumerate(lines, 1):
        if line.isascii():
            continue
        # A capital may be a foreign name.
        accented = [word for word in WORDS.findall(line) if not word.isascii() and word[0].islower()]
        bad = [word for word in accented if not well_formed(word) and word not in SHORTENED]
        rare = [word for word in accented if well_formed(word) and not is_known(word)]
        weight = len(bad) + 0.5 * len(rare)
        if bad and weight >= 2.5 and weight > 0.4 * len(accented):
            yield _said(number, " ".join((bad + rare)[:6]), "không thành chữ tiếng Việt")


@cache
def _remnants(instead: str) -> frozenset[str]:
    """Known syllables with the letters outside ASCII, or outside cp1252, replaced; runs of them by one."""
    worn: set[str] = set()
    for word in syllables():
        for last in ("\x7f", "\xff"):
            remnant = re.sub(r"\?+", "?", "".join(instead if c > last else c for c in word))
            if remnant not in ("", "?", word):
                worn.add(remnant)
        if instead:
            worn |= {
                word[:i] + instead + word[i + 1 :] for i, c in enumerate(word) if not c.isascii() and len(word) > 1
            }
    return frozenset(worn)


@cache
def _hornless() -> dict[str, str]:
    """Remnant without its plain "ư" → the commonest syllable it comes from."""
    worn: dict[str, str] = {}
    for word in sorted(syllables(), key=chance):
        if "ư" in word and word != "ư":
            worn[word.replace("ư", "")] = word
    return worn


def _toneless(word: str) -> str:
    return "".join("ơ" if c in "ơờớởỡợ" else c for c in word.lower())


def unaccented(text: str) -> bool:
    """True for a text of some length in Vietnamese without any accent."""
    words = [word.lower() for word in WORDS.findall(text) if len(word) > 1]
    if len(words) < 8 or any(c in LETTERS and c > "\x7f" for c in text):
        return False
    return sum(word in _skeletons() for word in words) > 0.8 * len(words)


@cache
def _skeletons() -> frozenset[str]:
    """Known syllables without any mark; "đ" has none that comes off."""
    marks = re.compile("[\u0300-\u036f]")
    return frozenset(marks.sub("", unicodedata.normalize("NFD", word)).replace("đ", "d") for word in syllables())
