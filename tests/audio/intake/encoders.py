"""The other way round: Unicode into each legacy set, written from the standards' own charts and not from our codepages.

TCVN3 comes from iconv's table of TCVN 5712 where Python has none: the test that uses it says so. Capitals that TCVN3
lacks are written with the small letter, as typing programmes did.
"""

import unicodedata

from audio.intake import codepages

SHAPES = "\u0302\u0306\u031b"
VIQR_TONE = {"\u0301": "'", "\u0300": "`", "\u0309": "?", "\u0303": "~", "\u0323": "."}
VIQR_SHAPE = {"\u0302": "^", "\u0306": "(", "\u031b": "+"}
# VNI for Windows: what follows the vowel, by (shape, tone). ơ and ư are ô and ö; i, ỵ and đ are single codes.
VNI_TONE = {"": "", "\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
VNI_CIRCUMFLEX = {"": "â", "\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
VNI_BREVE = {"": "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
VNI_I = {"": "i", "\u0301": "í", "\u0300": "ì", "\u0309": "æ", "\u0303": "ó", "\u0323": "ò"}


def parts(char):
    """(base letter in small, shape, tone, is capital) of a Vietnamese letter."""
    marks = unicodedata.normalize("NFD", char.lower())
    shape = "".join(m for m in marks[1:] if m in SHAPES)
    tone = "".join(m for m in marks[1:] if m not in SHAPES)
    return marks[0], shape, tone, char.isupper()


def vni(text):
    out = []
    for char in unicodedata.normalize("NFC", text):
        base, shape, tone, capital = parts(char)
        if char in "đĐ":
            coded = "ñ"
        elif base == "i" and not char.isascii() and tone in VNI_I:
            coded = VNI_I[tone]
        elif (base, tone) == ("y", "\u0323"):
            coded = "î"
        elif char.isascii() or base not in "aeouy" or tone not in VNI_TONE:
            out.append(char)
            continue
        elif shape == "\u031b":
            coded = {"o": "ô", "u": "ö"}[base] + VNI_TONE[tone]
        elif shape:
            coded = base + (VNI_CIRCUMFLEX if shape == "\u0302" else VNI_BREVE)[tone]
        else:
            coded = base + VNI_TONE[tone]
        out.append(coded.upper() if capital else coded)
    return "".join(out)


def viqr(text):
    out = []
    for char in unicodedata.normalize("NFC", text):
        base, shape, tone, capital = parts(char)
        if char in "đĐ":
            out.append("DD" if capital else "dd")
        elif char in "?.'" and out and out[-1][-1:].lower() in "aeiouy^(+":
            out.append("\\" + char)
        elif char.isascii() or base not in "aeiouy" or tone not in VNI_TONE:
            out.append(char)
        else:
            out.append((base.upper() if capital else base) + VIQR_SHAPE.get(shape, "") + VIQR_TONE.get(tone, ""))
    return "".join(out)


def viqr_careless(text):
    """As people typed it: no backslash before a full stop."""
    return viqr(text).replace("\\", "")


def cp1258(text):
    """Letters with their shape, then the tone as a mark of its own, as Windows stores them."""
    out = []
    for char in unicodedata.normalize("NFC", text):
        _, _, tone, _ = parts(char)
        bare = unicodedata.normalize("NFC", "".join(m for m in unicodedata.normalize("NFD", char) if m != tone))
        out.append(bare + tone if tone else char)
    return "".join(out).encode("cp1258").decode("latin-1")


def by_chart(chart, controls=None):
    first = 256 - len(chart)
    cells = {char: chr(first + i) for i, char in enumerate(chart) if not char.isascii()}
    cells |= {char: chr(code) for code, char in (controls or {}).items()}

    def encode(text):
        out = []
        for char in unicodedata.normalize("NFC", text):
            cell = cells.get(char) or cells.get(char.lower(), char)
            out.append(cell)
        return "".join(out)

    return encode


LOWER_ONLY = str.maketrans("ẰẲẴẮẦẨẪẤỀỂỄẾỒỔỖỐ", "ằẳẵắầẩẫấềểễếồổỗố")


def tcvn3(text):
    return by_chart(codepages.TCVN3)(unicodedata.normalize("NFC", text).translate(LOWER_ONLY))


def mojibake(text, times=1):
    for _ in range(times):
        text = codepages.as_stored(text.encode("utf-8"))
    return text


LEGACY = {
    "tcvn3": tcvn3,
    "vni": vni,
    "cp1258": cp1258,
    "viscii": by_chart(codepages.VISCII, codepages.VISCII_CONTROLS),
    "vps": by_chart(codepages.VPS, codepages.VPS_CONTROLS),
}
