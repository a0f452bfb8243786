"""What single letters are called."""

import unicodedata

# The names of the alphabet as radio uses them (Bộ GDĐT's table; H is "hát", X is said short).
NAMES = {
    "a": "a", "ă": "á", "â": "ớ", "b": "bê", "c": "xê", "d": "dê", "đ": "đê", "e": "e", "ê": "ê", "f": "ép",
    "g": "giê", "h": "hát", "i": "i", "j": "gi", "k": "ca", "l": "e-lờ", "m": "em-mờ", "n": "en-nờ", "o": "o",
    "ô": "ô", "ơ": "ơ", "p": "pê", "q": "quy", "r": "e-rờ", "s": "ét-sì", "t": "tê", "u": "u", "ư": "ư", "v": "vê",
    "w": "vê kép", "x": "ích", "y": "i dài", "z": "dét",
}  # fmt: skip
VIETNAMESE = frozenset("aăâbcdđeêghiklmnoôơpqrstuưvxy")


def base(letter: str) -> str:
    """The letter without its tone, lower case: "Ấ" is "â", "É" is "e"."""
    letter = letter.lower()
    if letter in NAMES:
        return letter
    parts = unicodedata.normalize("NFD", letter)
    shaped = unicodedata.normalize("NFC", parts[:1] + "".join(p for p in parts[1:] if p in "\u0302\u0306\u031b"))
    return shaped if shaped in NAMES else parts[:1]


def spell(word: str) -> str:
    """Every letter by its name: "CAX" is "xê a ích". Letters of other alphabets are left out."""
    return " ".join(NAMES[b] for b in map(base, word) if b in NAMES)
