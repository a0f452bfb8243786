"""Letters said one by one."""

from audio.reading.letters import spell


def test_letters_have_their_names():
    assert spell("CAX") == "xê a ích"
    assert spell("Đ") == "đê"
    assert spell("中") == ""
