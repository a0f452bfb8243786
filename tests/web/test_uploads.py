"""Uploads and pastes that can't be trusted: shown to their author, who must choose; nothing is kept before."""

import io

import pytest

from broadcaster import bulletins, uploads
from tests.audio.intake import made
from tests.audio.intake.corpus import SENTENCES

FORM = {"programme": "an-ninh-nui-thanh", "week": "2026-W48", "title": "Tuần 48", "text": ""}
EITHER = "ra mét vô"  # as Unicode, or "ra một vụ" in TCVN3
DAMAGED = "Công an xã b?o v? bình yên"


def uploaded(data, name):
    return FORM | {"file": (io.BytesIO(data), name)}


def kept(desk):
    return desk.look(lambda s: [b.text for b in bulletins.newest(s) if b.author == "lan"])


def test_a_word_file_in_an_old_font_becomes_a_bulletin_and_its_original_is_kept(enter, desk):
    data = made.as_docx(made.paragraphs("tcvn3", SENTENCES[:2]))
    page = enter("lan", "author").post("/ban-tin/moi", uploaded(data, "tin.docx"), follow_redirects=True).text
    assert SENTENCES[0] in page
    assert kept(desk) == ["\n".join(SENTENCES[:2])]
    assert [path.read_bytes() for path in desk.settings.originals.iterdir()] == [data]


def test_of_two_readings_the_author_chooses_one(enter, desk):
    browser = enter("lan", "author")
    answer = browser.post("/ban-tin/moi", uploaded(EITHER.encode(), "tin.txt"))
    assert answer.status_code == 400
    assert "Cách đọc 2" in answer.text
    assert kept(desk) == []
    (original,) = desk.settings.originals.iterdir()
    choice = {"choose": "2", "reading-1": EITHER, "reading-2": "ra một vụ", "kept": original.name}
    browser.post("/ban-tin/moi", FORM | {"text": EITHER} | choice)
    assert kept(desk) == ["ra một vụ"]
    assert desk.look(lambda s: bulletins.newest(s)[0].original) == original.name


def test_lost_letters_are_named_until_they_are_mended_or_vouched_for(enter, desk):
    browser = enter("lan", "author")
    answer = browser.post("/ban-tin/moi", FORM | {"text": DAMAGED})
    assert "dòng 1: “b?o”" in answer.text
    assert kept(desk) == []
    browser.post("/ban-tin/moi", FORM | {"text": "Công an xã bảo vệ bình yên"})
    browser.post("/ban-tin/moi", FORM | {"text": DAMAGED, "sure": "on"})
    assert sorted(kept(desk)) == sorted(["Công an xã bảo vệ bình yên", DAMAGED])


def test_an_edit_that_brings_doubt_is_asked_about_and_an_untouched_text_is_not(enter, desk):
    browser, found = enter("lan", "author"), desk.bulletin(text=DAMAGED)
    form = FORM | {"text": DAMAGED, "title": "Tên mới", "version": "1"}
    assert browser.post(f"/ban-tin/{found}/sua", form).status_code == 302
    form |= {"text": DAMAGED + "\nthêm b?o v?", "version": str(desk.version_of(found))}
    assert browser.post(f"/ban-tin/{found}/sua", form).status_code == 400
    assert kept(desk) == [DAMAGED]


def test_what_was_set_aside_is_said(enter, desk):
    form = FORM | {"text": "Bắt trộm cau\nChia sẻ Facebook Zalo\nTối qua công an bắt quả tang."}
    page = enter("lan", "author").post("/ban-tin/moi", form, follow_redirects=True).text
    assert "Lưu ý: dòng 2: “Chia sẻ Facebook Zalo”" in page
    assert kept(desk) == ["Bắt trộm cau\nTối qua công an bắt quả tang."]


def test_a_name_that_is_no_kept_original_is_not_believed(enter, desk):
    browser = enter("lan", "author")
    for name in ("../station.db", "x" * 64, "0" * 64):
        browser.post("/ban-tin/moi", FORM | {"text": "Kính thưa bà con!", "kept": name})
    assert desk.look(lambda s: {b.original for b in bulletins.newest(s)}) == {None}


def test_a_picture_is_refused_with_what_to_do(enter):
    answer = enter("lan", "author").post("/ban-tin/moi", uploaded(made.zipped({"xl/a.xml": "<a/>"}), "bang.docx"))
    assert answer.status_code == 400
    assert "bang.docx là bảng tính" in answer.text


def test_a_paste_longer_than_any_bulletin_is_refused_before_it_is_read(enter, monkeypatch):
    monkeypatch.setattr(uploads.intake, "take_paste", lambda text: pytest.fail("read, while everybody waits"))
    answer = enter("lan", "author").post("/ban-tin/moi", FORM | {"text": "Kính thưa bà con. " * 12_000})
    assert answer.status_code == 400
    assert "Văn bản quá dài" in answer.text
