"""Is this word Vietnamese? Onset, rime and tone decide; abbreviations and foreign words fail."""

import re
import unicodedata
from functools import lru_cache

TONES = dict(zip("\u0300\u0301\u0303\u0309\u0323", ("huyền", "sắc", "ngã", "hỏi", "nặng"), strict=True))
ONSETS = (
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip
RIME_TABLE = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et
    ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang
    oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt
    ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôp uôt uơ up ut uy uya
    uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu
    ynh
"""
RIMES = frozenset(RIME_TABLE.split())
STOPPED = re.compile(r"(?:c|ch|p|t)$")
LETTERS = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """True for one well-formed Vietnamese syllable in any capitals: "Việt", "DI"; not "CAP", "TNGT"."""
    if len(word) > 7:
        return False
    marks = unicodedata.normalize("NFD", word.lower())
    tones = [TONES[mark] for mark in marks if mark in TONES]
    plain = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES))
    if len(tones) > 1 or (STOPPED.search(plain) and tones not in (["sắc"], ["nặng"])):
        return False
    return any(plain.startswith(onset) and plain[len(onset) :] in RIMES for onset in ONSETS) or plain == "gi"
