"""The lexicon page: looking up, adding, changing, removing, trying out, and the station's choices."""

import html

import pytest

from broadcaster import lexicon


@pytest.fixture
def author(enter):
    return enter("lan", "author")


def entries(desk):
    return desk.look(lambda s: {row.written: row.spoken for row in lexicon.listed(s)})


def id_of(desk, written):
    return desk.look(lambda s: lexicon.get(s, written).id)


def test_a_new_entry_is_listed_and_heard_at_once(author, desk):
    form = {"written": "CAX", "spoken": "Công an xã Tam Mỹ"}
    assert "đọc là “Công an xã Tam Mỹ”" in author.post("/tu-dien/them", form, follow_redirects=True).text
    assert entries(desk) == {"CAX": "Công an xã Tam Mỹ"}
    assert "Công an xã Tam Mỹ" in author.get("/tu-dien/?thu=CAX+họp").text


@pytest.mark.parametrize(
    ("written", "spoken", "words"),
    [
        ("CAX", "công an 24", "viết hoàn toàn bằng chữ".capitalize()),
        ("", "công an", "Chưa đủ hai phần"),
        ("CAX", " ", "Chưa đủ hai phần"),
        ("x" * 81, "công an", "quá dài"),
    ],
)
def test_an_unusable_entry_is_refused_in_words_and_what_was_typed_stays(author, desk, written, spoken, words):
    answer = author.post("/tu-dien/them", {"written": written, "spoken": spoken})
    assert answer.status_code == 400
    assert words.lower() in answer.text.lower()
    assert f'value="{spoken}"' in answer.text
    assert entries(desk) == {}


def test_a_word_that_is_there_already_is_not_added_twice(author, desk):
    author.post("/tu-dien/them", {"written": "CAX", "spoken": "Công an xã"})
    answer = author.post("/tu-dien/them", {"written": "CAX", "spoken": "khác"})
    assert "Từ điển đã có “CAX”" in answer.text


def test_an_entry_is_changed_by_the_person_who_saw_its_newest_version(author, desk):
    author.post("/tu-dien/them", {"written": "CAX", "spoken": "Công an xã"})
    path = f"/tu-dien/{id_of(desk, 'CAX')}"
    assert 'value="Công an xã"' in author.get(path).text
    author.post(path, {"written": "CAX", "spoken": "Công an xã nhà", "version": "1"})
    answer = author.post(path, {"written": "CAX", "spoken": "Công an xã ta", "version": "1"})
    assert answer.status_code == 400
    assert "vừa được người khác sửa" in answer.text
    assert "Công an xã ta" in answer.text
    assert entries(desk) == {"CAX": "Công an xã nhà"}


def test_a_removed_entry_gives_the_word_back_to_the_common_lexicon(author, desk):
    author.post("/tu-dien/them", {"written": "CAX", "spoken": "Cá"})
    author.post(f"/tu-dien/{id_of(desk, 'CAX')}/bo")
    assert entries(desk) == {}
    assert "Công an xã" in author.get("/tu-dien/?thu=CAX+họp").text


def test_the_common_lexicon_can_be_searched_and_taken_over(author):
    page = author.get("/tu-dien/?tim=UBND").text
    assert "Ủy ban nhân dân" in page
    assert "/tu-dien/?viet=UBND" in html.unescape(page)
    assert 'name="written" value="UBND"' in author.get("/tu-dien/?viet=UBND").text


def test_a_long_lexicon_is_shown_in_part_and_found_by_searching(author, desk):
    def fill(session):
        for number in range(250):
            lexicon.add(session, f"XÓM{number:03}", "xóm", by=None, now=desk.clock.now())

    desk.look(fill)
    assert "Còn 50 mục nữa" in author.get("/tu-dien/").text
    assert "XÓM249" in author.get("/tu-dien/?tim=xóm249").text


def test_entries_are_never_html(author):
    page = author.post("/tu-dien/them", {"written": "<b>x</b>", "spoken": "đậm"}, follow_redirects=True).text
    assert "<b>x" not in page
    assert "&lt;b&gt;x" in page
