"""The legacy Vietnamese character sets: text as cp1252 characters → Unicode (NFC), one function a set.

Sources: TCVN 5712:1993 (VN3, called TCVN3 or ABC, is the part above A0 with lower-case letters and seven capitals),
VNI for Windows, RFC 1456 (VISCII), VPS, Microsoft's code page 1258. Checked against iconv (TCVN, VISCII, CP1258)
and viparse 0.1.31 (VPS; VNI without ẳ and ỵ, which it lacks).
"""

import re
import unicodedata
from collections.abc import Callable, Mapping

Decoder = Callable[[str], str]


def _as_stored(byte: int) -> str:
    return bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte))


STORED = "".join(map(_as_stored, range(256)))  # byte → its cp1252 character, or the C1 control where cp1252 has none
CELLS = {ord(char): byte for byte, char in enumerate(STORED) if ord(char) != byte}


def as_stored(data: bytes) -> str:
    """Bytes as cp1252 characters, one each; nothing is lost."""
    return data.decode("latin-1").translate({byte: char for char, byte in zip(STORED, range(256), strict=True)})


def _table(upper_half: str, controls: dict[int, str] | None = None) -> dict[int, str]:
    """Keyed by the stored character; `upper_half` ends at FF."""
    first = 256 - len(upper_half)
    cells = {first + i: char for i, char in enumerate(upper_half)} | (controls or {})
    return {code: char for cell, char in cells.items() for code in {cell, ord(STORED[cell])}}


TCVN3 = (
    "\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ" "°±²³´àảãáạẲằẳẵắẴ" "ẮẦẨẪẤỀặầẩẫấậèỂẻẽ"
    "éẹềểễếệìỉỄẾỒĩíịò" "Ổỏõóọồổỗốộờởỡớợù" "ỖủũúụừửữứựỳỷỹýỵỐ"
)  # fmt: skip
VN1_CAPITALS = "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"
VN1_CONTROLS = dict(zip((1, 2, 4, 5, 6, 17, 18, 19, 20, 21, 22, 23), "ÚỤỪỬỮỨỰỲỶỸÝỴ", strict=True))
VN1_MARKS = str.maketrans("°±²³´", "\u0300\u0309\u0303\u0301\u0323")
VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ" "ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ" "Õắằặấầẩậẽẹếềểễệố" "ồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ" "ĐứÒÓÔạỷừửÙÚỹỵÝỡư" "àáâãảăữẫèéêẻìíĩỉ" "đựòóôõỏọụùúũủýợỮ"
)  # fmt: skip
VISCII_CONTROLS = {2: "Ẳ", 5: "Ẵ", 6: "Ẫ", 20: "Ỷ", 25: "Ỹ", 30: "Ỵ"}
VPS = (
    "ÀẢÃẤẦẨọỗĂếềểệẮẰẲ" "Ế‘’ỀỂỄỐỒỔỖýỷỵỚỜỞ" "\u00a0ắằẳẵặỠớÙờởỡŨỨợỪ" "ổỬỲỸÍÌộỈĨÓửữÒỎÕự"
    "ầÁÂấẩẫậđẻÉÊẹỉễịỹ" "ƯỦồốÔỏơÈừứÚũưÝẺß" "àáâãảạăçèéêẽìíîĩ" "ẴĐòóôõöƠụùúủüỶẼỳ"
)  # fmt: skip
VPS_CONTROLS = dict(zip((2, 3, 4, 5, 6, 16, 17, 18, 19, 20, 21, 25, 28, 29), "ẠẬẶẸỆỊỌỘỢỤỰỴẪỮ", strict=True))
CP1258 = str.maketrans(
    "ÃãÐðÕõÝýþÌÒÞìò", "ĂăĐđƠơƯư₫\u0300\u0309\u0303\u0301\u0323"
)  # where it differs from cp1252: letters of their own, and five tone marks that follow their letter

ACUTE, GRAVE, HOOK, TILDE, DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
VNI_MARKS = {  # the second character of a VNI pair: (vowels it follows, what it adds)
    **{c: ("aeouyôö", tone) for c, tone in zip("ùøûõï", (ACUTE, GRAVE, HOOK, TILDE, DOT), strict=True)},
    **{c: ("aeo", f"\u0302{t}") for c, t in zip("âáàåãä", ("", ACUTE, GRAVE, HOOK, TILDE, DOT), strict=True)},
    **{c: ("a", f"\u0306{t}") for c, t in zip("êéèúüë", ("", ACUTE, GRAVE, HOOK, TILDE, DOT), strict=True)},
}
VNI_SINGLES = dict(zip("ôöñíìæóòîÔÖÑÍÌÆÓÒÎ", "ơưđíìỉĩịỵƠƯĐÍÌỈĨỊỴ", strict=True))


def _vni() -> dict[str, str]:
    pairs = dict(VNI_SINGLES)
    for mark, (vowels, added) in VNI_MARKS.items():
        for vowel in vowels + vowels.upper():
            letter = unicodedata.normalize("NFC", VNI_SINGLES.get(vowel, vowel) + added)
            pairs[vowel + mark] = pairs[vowel + mark.upper()] = letter
    return pairs


VNI = _vni()
VNI_LETTER = re.compile("|".join(sorted(VNI, key=len, reverse=True)))
# Old text files have no capital font: "C¤NG AN TØNH" holds capitals where the set has them, small letters elsewhere.
WORD = re.compile(r"[^\W\d_]+")
SMALL_ONLY = "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
SURE_CASE = str.maketrans("", "", SMALL_ONLY)


def _capitals(word: re.Match[str]) -> str:
    sure = word[0].translate(SURE_CASE)
    shouted = sure.isupper() and (len(sure) > 1 or (bool(sure) and word[0][0] != sure))
    return word[0].upper() if shouted else word[0]


def _translated(table: Mapping[int, int | str]) -> Decoder:
    return lambda text: unicodedata.normalize("NFC", text.translate(table))


_tcvn3 = _table(TCVN3)
_vn1 = _translated(_table(VN1_CAPITALS + TCVN3.translate(VN1_MARKS), VN1_CONTROLS))


def tcvn3(text: str) -> str:
    """Also the case is restored where the set could not write it: "TØNH" is "TỈNH"."""
    return WORD.sub(_capitals, text.translate(_tcvn3))


DECODERS: dict[str, Decoder] = {
    "tcvn3": tcvn3,
    "vni": lambda text: VNI_LETTER.sub(lambda m: VNI[m[0]], text),
    "cp1258": _translated(CP1258),
    "viscii": _translated(_table(VISCII, VISCII_CONTROLS)),
    "vps": _translated(_table(VPS, VPS_CONTROLS)),
    "tcvn5712": _vn1,
}
