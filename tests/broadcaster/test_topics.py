"""What a text is about."""

from broadcaster import topics
from broadcaster.topics import CRIME, DEEDS


def test_what_a_text_is_about_is_guessed(session):
    assert topics.guessed("Cảnh giác với thủ đoạn lừa đảo qua mạng.") == [CRIME]
    assert topics.guessed("Gương người tốt, việc tốt: anh Nam trả lại của rơi.") == [DEEDS]
    assert topics.guessed("Thông báo lịch cắt điện.") == []
