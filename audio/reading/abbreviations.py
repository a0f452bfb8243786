"""Abbreviations with one meaning, looked up in the lexicon; the station's own entries come before everything."""

import re
from functools import lru_cache

from audio.reading.contexts import among_capitals
from audio.reading.engine import Rule, Say, before, rule
from audio.reading.letters import spell
from audio.reading.lexicon import Lexicon
from audio.reading.syllables import is_syllable
from audio.reading.vocabulary import LOW, UP, L, U

PART = rf"{UP}[{U}{L}]{{0,9}}"


@rule(rf"(?<![^\W_]){PART}(?:(?: ?[&/–+-] ?|, ?){PART}){{1,4}}(?![^\W_])")
def compound(m: re.Match[str], say: Say) -> str | None:
    """ "KT-XH", "GD&ĐT", "VH, TT&DL": the whole is one entry."""
    return say.lexicon.abbreviations.get(re.sub(r" ?([&/–+,-]) ?", r"\1", m[0]).replace("–", "-"))


@rule(rf"(?<![^\W_]){UP}{{1,6}}\d{{1,4}}(?!\w|[.,]\d)")
def numbered_entry(m: re.Match[str], say: Say) -> str | None:
    """ "KT3", "BCĐ138": the whole is one entry, its letters mean nothing by themselves."""
    return say.lexicon.abbreviations.get(m[0])


@rule(rf"(?<![^\W_]){PART} ?[&/–-] ?{PART}(?![^\W_])")
def compound_pair(m: re.Match[str], say: Say) -> str | None:
    """The same for the first two of a longer chain."""
    return compound.speak(m, say)


TITLES = {
    "PGS": "phó giáo sư", "GS": "giáo sư", "TS": "tiến sĩ", "ThS": "thạc sĩ", "Ths": "thạc sĩ", "KS": "kỹ sư",
    "LS": "luật sư", "BS": "bác sĩ", "Bs": "bác sĩ", "CKI": "chuyên khoa một", "CKII": "chuyên khoa hai",
    "CK1": "chuyên khoa một", "CK2": "chuyên khoa hai", "BSCKI": "bác sĩ chuyên khoa một",
    "BSCKII": "bác sĩ chuyên khoa hai", "KTS": "kiến trúc sư", "CN": "cử nhân", "NSƯT": "nghệ sĩ ưu tú",
    "NSND": "nghệ sĩ nhân dân", "NGƯT": "nhà giáo ưu tú", "NGND": "nhà giáo nhân dân",
}  # fmt: skip
TITLE = f"(?:{'|'.join(sorted(TITLES, key=len, reverse=True))}|Th\\.[Ss])"


@rule(
    rf"(?<!\w)(?:(?:{TITLE}[.,]{{1,2}} ?){{1,4}}{TITLE}(?!\w)(?:\.(?= ?{UP}))?|(?:{TITLE}\. ?){{1,4}}(?={UP})"
    rf"|(?:PGS|GS|TS|Th\.?[Ss]|KTS)(?= {UP}{LOW}))"
)
def academic(m: re.Match[str], _: Say) -> str:
    """ "PGS.TS. Nguyễn": titles one after another."""
    written = re.sub(r"Th\.[Ss]", "ThS", m[0])
    return " ".join(TITLES[title] for title in re.findall(r"\w+", written))


@rule(rf"(?<![^\W_])(?P<w>(?P<x>{UP}[{U}{L}Đđ]{{1,13}}))(?![^\W\d_])")
def abbreviation(m: re.Match[str], say: Say) -> str | None:
    """ "ANTT", "CAX", also "Ubnd"; never a syllable inside a heading in capitals."""
    if is_syllable(m["x"]) and (among_capitals(m) or not m["x"].isupper()):
        return None
    return say.lexicon.abbreviation(m["x"])


@rule(rf"(?<![^\W_])(?P<a>{UP}{{1,2}})(?P<n>\d{{1,3}})-(?P<k>\d{{1,3}})(?!\w|[-.,/]\d)", needs="-")
def lot(m: re.Match[str], say: Say) -> str | None:
    """ "lô A5-12", "B3-07": row and number; "các lô A1-5" and "T4-6" are ranges."""
    if m["a"] in ("T", "KM", "QL", "ĐT") or before(m, SEVERAL):
        return None
    ends = [say.numbers.digits(part) if part[0] == "0" else say.numbers.whole(part) for part in (m["n"], m["k"])]
    return f"{spell(m['a'])} {', '.join(ends)}"


SEVERAL = re.compile(r"(?i:(?<!\w)(?:từ|các|những|nhiều|mấy|gồm)(?: \w+){0,2} $)")


@rule(rf"(?<![^\W_])(?P<a>{UP}{{1,6}}) ?-?(?P<n>\d{{1,4}})(?P<b>{UP}?)(?!\w|[.,]\d)")
def coded(m: re.Match[str], say: Say) -> str | None:
    """ "PC04", "U23", "F0": letters by name; a leading zero says the digits are a code."""
    if " " in m[0] and (len(m["a"]) > 1 or m["n"][0] != "0"):
        return None
    if len(m["a"]) > 1 and is_syllable(m["a"]) and "-" not in m[0] and len(m["a"]) > 2:
        return None
    digits = say.numbers.digits(m["n"]) if m["n"][0] == "0" else say.numbers.whole(m["n"])
    variety = len(m["a"]) < 2 or before(m, VARIETY)
    known = None if variety else say.lexicon.abbreviations.get(m["a"])
    return " ".join(filter(None, (known or spell(m["a"]), digits, spell(m["b"]))))


# Seed is named by letters that mean nothing else: "giống lúa HT1, ĐV108".
VARIETY = re.compile(r"(?i:(?<!\w)(?:giống|lúa|ngô|lạc|đậu|sắn|khoai|dưa|cây)(?!\w)[^.;!?]{0,24}$)")


@lru_cache(maxsize=4)
def own_rules(lexicon: Lexicon) -> tuple[Rule, ...]:
    """The station's entries, longest first, exactly as written and as whole words."""
    if not lexicon.own:
        return ()
    words = "|".join(re.escape(word) for word in sorted(lexicon.own, key=len, reverse=True))
    pattern = re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])")
    return (Rule("station", pattern, lambda m, say: say.lexicon.own[m[0]]),)


RULES = (academic, compound, compound_pair, numbered_entry)
SINGLE = (lot, coded, abbreviation)
