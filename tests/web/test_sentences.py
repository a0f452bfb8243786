"""Hearing a sentence, putting it right, teaching the station a word."""

from io import BytesIO

import pytest
import soundfile

from broadcaster import bulletins, lexicon
from tests.web.test_bulletins import plain

TEXT = "Kính thưa bà con! Lúc 17h30 BQLC họp."
SAID = "Lúc mười bảy giờ rưỡi ban quản lý chợ họp."


@pytest.fixture
def lan(enter):
    return enter("lan", "author")


@pytest.fixture
def found(desk, lan):
    return desk.bulletin(text=TEXT)


def correct(browser, desk, found, number=2, **form):
    form = {"version": str(desk.version_of(found)), "spoken": SAID} | form
    return browser.post(f"/ban-tin/{found}/cau/{number}", form, follow_redirects=True)


def test_every_sentence_has_its_sound(lan, found):
    page = lan.get(f"/ban-tin/{found}").text
    for number in (1, 2):
        assert f'href="/ban-tin/{found}/cau/{number}.flac"' in page
        answer = lan.get(f"/ban-tin/{found}/cau/{number}.flac")
        assert answer.mimetype == "audio/flac"
        sound, rate = soundfile.read(BytesIO(answer.data))
        assert len(sound) > rate / 2


def test_browsers_may_ask_for_a_part_and_for_what_is_new(lan, found):
    address = f"/ban-tin/{found}/cau/1.flac"
    answer = lan.get(address)
    part = lan.get(address, headers={"Range": "bytes=0-99"})
    assert (part.status_code, part.data) == (206, answer.data[:100])
    assert lan.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("number", ["0", "3", "-1", "9" * 30, "²", "x"])
def test_there_is_no_sound_without_a_sentence(lan, found, number):
    assert lan.get(f"/ban-tin/{found}/cau/{number}.flac").status_code == 404
    assert lan.get(f"/ban-tin/{found}/cau/{number}").status_code == 404


def test_a_voice_that_fails_is_said_in_words(lan, found, desk, monkeypatch):
    monkeypatch.setattr("broadcaster.voices.LAST_RESORT", "piper:khong-co")
    answer = lan.get(f"/ban-tin/{found}/cau/1.flac")
    assert answer.status_code == 503
    assert "Chưa đọc được câu này" in answer.text


def test_a_correction_is_heard_before_it_is_kept(lan, found, enter):
    address = f"/ban-tin/{found}/cau/1.flac"
    as_read, tried = lan.get(address).data, lan.get(f"{address}?doc=Xin chào").data
    assert tried != as_read
    assert lan.get(f"{address}?doc=113").status_code == 400
    assert enter("truc", "operator").get(f"{address}?doc=Xin chào").data == as_read


def test_a_corrected_sentence_is_shown_heard_and_kept_with_the_bulletin(lan, found, desk):
    before = lan.get(f"/ban-tin/{found}/cau/2.flac").data
    page = plain(correct(lan, desk, found).text)
    assert SAID in page
    assert "đã sửa cách đọc" in page
    assert lan.get(f"/ban-tin/{found}/cau/2.flac").data != before
    assert desk.look(lambda s: bulletins.get(s, found).corrections) == {"Lúc 17h30 BQLC họp.": SAID}


def test_a_correction_can_be_taken_back(lan, found, desk):
    correct(lan, desk, found)
    assert "Đọc như máy" in lan.get(f"/ban-tin/{found}/cau/2").text
    page = correct(lan, desk, found, auto="yes").text
    assert "lại đọc như máy" in page
    assert desk.look(lambda s: bulletins.get(s, found).corrections) == {}


def test_what_can_not_be_said_is_refused_and_stays_in_the_field(lan, found, desk):
    answer = correct(lan, desk, found, spoken="Lúc 17 giờ <b>")
    assert answer.status_code == 400
    assert "Hãy viết hoàn toàn bằng chữ" in answer.text
    assert "Lúc 17 giờ &lt;b&gt;" in answer.text


def test_a_correction_holds_only_for_the_version_on_the_screen(lan, found, desk):
    page = correct(lan, desk, found, version="99").text
    assert "vừa được người khác sửa" in page
    assert desk.look(lambda s: bulletins.get(s, found).corrections) == {}


def test_correcting_an_approved_bulletin_makes_it_a_draft(lan, enter, desk):
    found = desk.bulletin(text=TEXT, rendered=True)
    enter("minh", "approver").post(f"/ban-tin/{found}/duyet", {"version": str(desk.version_of(found))})
    assert desk.status_of(found) == "approved"
    assert "phải duyệt lại" in lan.get(f"/ban-tin/{found}/cau/1").text
    correct(lan, desk, found)
    assert desk.status_of(found) == "draft"


def test_a_word_can_go_to_the_lexicon_of_the_station(lan, found, desk):
    form = {"word": "BQLC", "said": "Ban quản lý chợ"}
    page = lan.post(f"/ban-tin/{found}/cau/2/tu-dien", form, follow_redirects=True).text
    assert "ở mọi bản tin" in page
    assert "Ban quản lý chợ" in page
    assert [row.written for row in desk.look(lexicon.listed)] == ["BQLC"]


def test_a_word_the_lexicon_refuses_stays_in_its_field(lan, found, desk):
    answer = lan.post(f"/ban-tin/{found}/cau/2/tu-dien", {"word": "BQLC", "said": "3"})
    assert answer.status_code == 400
    assert 'value="BQLC"' in answer.text
    assert desk.look(lexicon.listed) == []


def test_a_draft_tells_how_long_it_will_be_and_can_be_recorded_for_a_trial(lan, found):
    page = lan.get(f"/ban-tin/{found}").text
    assert "dài khoảng 30 giây (ước tính)" in page
    assert "Thu thử để nghe cả bài" in page


def test_a_saved_text_tells_the_browser_which_draft_to_forget(lan, found, desk):
    form = {"week": "2026-W48", "title": "Tin", "text": "Chào.", "version": "1", "draft": "abcd1234"}
    page = lan.post(f"/ban-tin/{found}/sua", form, follow_redirects=True).text
    assert 'data-draft-saved="abcd1234"' in page
    form |= {"text": "Chào bà con.", "version": str(desk.version_of(found)), "draft": '"><script>'}
    assert "data-draft-saved" not in lan.post(f"/ban-tin/{found}/sua", form, follow_redirects=True).text


def test_a_refused_form_is_marked_as_saved_nowhere(lan, found):
    assert "data-unsaved" not in lan.get(f"/ban-tin/{found}/sua").text
    form = {"week": "2026-W48", "title": "Tin", "text": "Chào.", "version": "99"}
    assert 'data-unsaved="yes"' in lan.post(f"/ban-tin/{found}/sua", form).text
