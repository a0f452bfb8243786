"""What an edition is made of: the parts in their order, and what the bulletin brings itself."""

from pathlib import Path

import pytest

from audio.reading import Preferences
from audio.segments import Chime, Clip, Silence, Speech
from broadcaster import assembly, running_order
from broadcaster.errors import BroadcasterError
from broadcaster.manner import spoken_sha256
from broadcaster.models import Programme
from broadcaster.running_order import Part

PLAIN = "Đêm qua trong xã mất hai xe máy."
WITH_DEEDS = """TÌNH HÌNH AN NINH
Đêm qua mất hai xe máy.
GƯƠNG NGƯỜI TỐT, VIỆC TỐT
Em Bình nhặt được của rơi trả lại người mất.
SỐ ĐIỆN THOẠI
Cần báo tin, bà con gọi 113."""


def programme(*parts, bed=None):
    return Programme(slug="x", name="X", voice="auto", speed=100, bed=bed, running_order=running_order.written(parts))


def edition(text, *parts, bed=None, **more):
    return assembly.edition(programme(*parts, bed=bed), text, Path, Preferences(), **more)


def words(parts):
    return [" ".join(said for said, _ in part.sentences) for _, part in parts if isinstance(part, Speech)]


def test_parts_come_in_their_order_whatever_it_is():
    made = edition(
        PLAIN,
        Part("recording", recording="cd", title="Bài hát"),
        Part("bulletin"),
        Part("pause", seconds=1.5),
        Part("call", text="Mời nghe tiếp.", title="Lời dẫn"),
        Part("jingle", chime="closing"),
        Part("jingle", recording="ab"),
    )
    assert [kind for kind, _ in made] == ["recording", "item", "silence", "call", "jingle", "jingle"]
    assert made[0][1] == Clip("Bài hát", Path("cd"))
    assert made[2][1] == Silence(1.5)
    assert made[3][1].title == "Lời dẫn"
    assert made[4][1] == Chime("Nhạc cắt", "closing")
    assert made[5][1] == Clip("Nhạc hiệu", Path("ab"))


def test_a_greeting_of_the_bulletins_own_takes_the_place_of_the_programmes():
    own = "Kính thưa bà con!\n" + PLAIN
    made = edition(own, Part("bulletin"), Part("greeting", text="Chào bà con."))
    assert words(made) == ["Đêm qua trong xã mất hai xe máy.", "Kính thưa bà con!"]
    assert words(edition(PLAIN, Part("greeting", text="Chào bà con."), Part("bulletin")))[0] == "Chào bà con."


def test_what_has_no_place_of_its_own_stays_in_the_bulletin():
    text = f"Kính thưa bà con!\n{PLAIN}\nCảm ơn bà con đã lắng nghe."
    (said,) = words(edition(text, Part("bulletin")))
    assert said == "Kính thưa bà con! Đêm qua trong xã mất hai xe máy. Cảm ơn bà con đã lắng nghe."


def test_good_deeds_go_where_they_have_a_place_with_their_introduction():
    made = edition(WITH_DEEDS, Part("deeds", text="Sau đây là gương tốt."), Part("bulletin"))
    deeds, news, phone = words(made)
    assert deeds.startswith("Sau đây là gương tốt.")
    assert "của rơi" in deeds
    assert "xe máy" in news
    assert "của rơi" not in news + phone
    assert [kind for kind, _ in made] == ["item"] * 3


def test_without_good_deeds_their_introduction_is_not_said():
    made = edition(PLAIN, Part("deeds", text="Sau đây là gương tốt."), Part("bulletin"))
    assert words(made) == ["Đêm qua trong xã mất hai xe máy."]


def test_without_a_place_good_deeds_stay_where_they_were_written():
    assert len(words(edition(WITH_DEEDS, Part("bulletin")))) == 3


def test_music_lies_under_the_parts_that_want_it():
    parts = (
        Part("jingle"),
        Part("call", text="Mời nghe.", bed=True),
        Part("bulletin"),
        Part("recording", recording="cd", bed=True),
        Part("pause", bed=True),
    )
    beds = [part.bed for _, part in edition(PLAIN, *parts, bed="ef")]
    assert beds == [None, Path("ef"), None, Path("ef"), Path("ef")]
    assert not any(part.bed for _, part in edition(PLAIN, *parts))


def test_blanks_are_filled_and_a_part_left_without_words_is_none():
    parts = (Part("call", text="Bản tin tuần «tuần»."), Part("bulletin"))
    assert words(edition(PLAIN, *parts, fillings={"tuần": "48"}))[0] == "Bản tin tuần bốn mươi tám."
    assert [kind for kind, _ in edition(PLAIN, *parts)] == ["item"]


def test_a_bulletin_without_a_voiced_word_is_no_edition():
    with pytest.raises(BroadcasterError) as refused:
        edition("-----", Part("call", text="Mời nghe."), Part("bulletin"))
    assert refused.value.code == "text-empty"


SOME = (Part("jingle"), Part("call", text="Mời nghe.", bed=True), Part("bulletin"), Part("pause"))


@pytest.mark.parametrize(
    "other",
    [
        (SOME[1], SOME[0], *SOME[2:]),
        SOME[1:],
        SOME[:3],
        (Part("jingle", chime="closing"), *SOME[1:]),
        (Part("jingle", recording="ab"), *SOME[1:]),
        (*SOME[:3], Part("pause", seconds=2.0)),
        (SOME[0], Part("call", text="Mời nghe."), *SOME[2:]),
        (SOME[0], Part("call", text="Xin mời nghe.", bed=True), *SOME[2:]),
    ],
)
def test_two_orders_that_sound_otherwise_are_never_taken_for_the_same(other):
    assert spoken_sha256(edition(PLAIN, *SOME, bed="ef")) != spoken_sha256(edition(PLAIN, *other, bed="ef"))


def test_another_voice_or_speed_is_another_sound_and_another_title_is_not():
    made = edition(PLAIN, *SOME)
    assert len({spoken_sha256(made, *how) for how in (("auto", 100), ("auto", 90), ("gtts", 100))}) == 3
    titled = (SOME[0], Part("call", text="Mời nghe.", bed=True, title="Tên khác"), *SOME[2:])
    assert spoken_sha256(edition(PLAIN, *titled)) == spoken_sha256(made)
