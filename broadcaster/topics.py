"""What a bulletin is about, as far as the weekly duties of a station go."""

from __future__ import annotations

import re
from collections.abc import Iterable

CRIME, DEEDS = "crime", "deeds"  # phòng, chống tội phạm; gương người tốt, việc tốt
SIGNS = {
    CRIME: re.compile(
        r"tội phạm|trộm cắp|lừa đảo|an ninh,? trật tự|thủ đoạn|cảnh giác|ma túy|đối tượng", re.IGNORECASE
    ),
    DEEDS: re.compile(
        r"gương người tốt|việc tốt|tuyên dương|biểu dương|khen thưởng|giấy khen|bằng khen", re.IGNORECASE
    ),
}


def known(topics: Iterable[str]) -> list[str]:
    """In the order of the duties, each once; what is none is left out."""
    asked = set(topics)
    return [topic for topic in SIGNS if topic in asked]


def guessed(text: str) -> list[str]:
    """The topics a text seems to be about, until a person says (Bulletin.topics_set)."""
    return [topic for topic, signs in SIGNS.items() if signs.search(text)]
