"""Writing, approving and withdrawing through the pages."""

import io
import re

import pytest

from broadcaster import broadcasts, bulletins, lexicon, renderings, voices
from tests.web.conftest import SHA256

TYPED = {"programme": "an-ninh-nui-thanh", "week": "2026-W48", "title": "Tuần 48", "text": "Lúc 17h30, gọi 113."}


def plain(page):
    """The page as it is read, without its marks."""
    return re.sub(r"<[^>]+>", "", page)


def test_a_typed_bulletin_is_kept_and_read_aloud_side_by_side(enter):
    browser = enter("lan", "author")
    page = browser.post("/ban-tin/moi", TYPED, follow_redirects=True).text
    assert "Lúc 17h30, gọi 113." in plain(page)
    assert "Lúc mười bảy giờ ba mươi" in plain(page)


def test_what_is_said_otherwise_than_written_is_marked_on_both_sides(enter, desk):
    browser = enter("lan", "author")
    page = browser.get(f"/ban-tin/{desk.bulletin(text='Lúc 17h30, bà con gọi 113.')}").text
    pairs = re.findall(r'<span class="said" data-pair="(\d+)" title="([^"]+)">([^<]+)</span>', page)
    assert pairs == [
        ("1", "mười bảy giờ ba mươi phút", "17h30"),
        ("3", "một một ba", "113"),
        ("1", "17h30", "mười bảy giờ ba mươi phút"),
        ("3", "113", "một một ba"),
    ]


def test_an_uploaded_text_becomes_a_bulletin(enter, desk):
    file = (io.BytesIO("Kính thưa bà con!".encode()), "ban-tin.txt")
    form = TYPED | {"text": "", "file": file}
    page = enter("lan", "author").post("/ban-tin/moi", form, follow_redirects=True).text
    assert "Kính thưa bà con!" in page
    assert len(list(desk.settings.originals.iterdir())) == 1


def test_an_unusable_file_is_refused_and_what_was_typed_stays(enter):
    form = TYPED | {"text": "", "title": "Giữ lại nhé", "file": (io.BytesIO(b"\0\1\2" * 99), "anh.txt")}
    answer = enter("lan", "author").post("/ban-tin/moi", form)
    assert answer.status_code == 400
    assert "anh.txt không phải tệp văn bản" in answer.text
    assert 'value="Giữ lại nhé"' in answer.text


def test_a_text_both_typed_and_uploaded_is_asked_about(enter):
    form = TYPED | {"file": (io.BytesIO(b"chao"), "a.txt")}
    answer = enter("lan", "author").post("/ban-tin/moi", form)
    assert "chỉ dùng một trong hai" in answer.text
    assert "Lúc 17h30, gọi 113." in answer.text


def test_an_empty_bulletin_is_refused_in_words(enter):
    assert "Không có nội dung" in enter("lan", "author").post("/ban-tin/moi", TYPED | {"text": " "}).text


@pytest.mark.parametrize("week", ["2026-W99", "nữa", "2026-W48-2"])
def test_a_week_that_no_year_has_is_refused_in_words_and_the_text_stays(enter, week):
    page = enter("lan", "author").post("/ban-tin/moi", TYPED | {"week": week})
    assert page.status_code == 400
    assert TYPED["text"] in page.text


def test_text_fields_are_never_html(enter, desk):
    browser = enter("lan", "author")
    found = desk.bulletin(text="Chào <img src=x onerror=alert(1)>.", title="<script>alert(1)</script>")
    for path in ("/ban-tin/", f"/ban-tin/{found}", f"/ban-tin/{found}/sua"):
        page = browser.get(path).text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "&lt;script&gt;" in page


def test_submitting_asks_for_a_sound_and_shows_its_progress(enter, desk):
    browser = enter("lan", "author")
    found = desk.bulletin()
    page = browser.post(f"/ban-tin/{found}/nop", {"version": "1"}, follow_redirects=True).text
    assert "Đang thu tiếng" in page
    assert f'data-poll="/ban-tin/{found}/ban-thu"' in page
    assert desk.status_of(found) == "submitted"


SERIOUS = "Công an bắt đối tượng Nguyễn Văn Anh ngày 31/11, gọi 113."


def test_remarks_stand_at_the_words_they_concern(enter, desk):
    browser = enter("lan", "author")
    page = browser.get(f"/ban-tin/{desk.bulletin(text=SERIOUS)}").text
    assert '<mark class="serious">Nguyễn Văn Anh</mark>' in page
    assert '<mark class="said serious" data-pair="1"' in page
    assert "Lịch không có ngày “31/11”" in page
    assert "Hãy viết tắt: N.V.A." in page


def test_serious_remarks_are_asked_about_before_the_bulletin_is_handed_in(enter, desk):
    browser = enter("lan", "author")
    found = desk.bulletin(text=SERIOUS)
    page = browser.get(f"/ban-tin/{found}").text
    assert "Vẫn nộp" in page
    answer = browser.post(f"/ban-tin/{found}/nop", {"version": "1"}, follow_redirects=True).text
    assert "còn 2 điều phải xem lại" in answer
    assert desk.status_of(found) == "draft"


def test_who_insists_is_shown_to_the_approver_with_the_remarks(enter, desk):
    author, approver = enter("lan", "author"), enter("minh", "approver")
    found = desk.bulletin(text=SERIOUS)
    author.post(f"/ban-tin/{found}/nop", {"version": "1", "insist": "yes"})
    assert desk.status_of(found) == "submitted"
    page = plain(approver.get(f"/ban-tin/{found}").text)
    assert "lan đã nộp dù còn điều phải xem lại" in page
    assert "“Nguyễn Văn Anh” là họ tên đầy đủ" in page


def test_a_harmless_bulletin_is_handed_in_without_a_question(enter, desk):
    browser = enter("lan", "author")
    found = desk.bulletin(text="Điện thoại 0914.777.888.")
    assert "Vẫn nộp" not in browser.get(f"/ban-tin/{found}").text
    browser.post(f"/ban-tin/{found}/nop", {"version": "1"})
    assert desk.status_of(found) == "submitted"


def test_the_form_lists_what_to_look_at(enter, desk):
    page = enter("lan", "author").get(f"/ban-tin/{desk.bulletin(text=SERIOUS)}/sua").text
    assert 'data-find="Nguyễn Văn Anh"' in page
    assert "2 điều nên xem lại" in page


def test_a_sound_from_before_a_change_of_the_lexicon_is_neither_played_nor_approved(enter, desk):
    enter("lan", "author")
    browser, found = enter("minh", "approver"), desk.bulletin(text="Tin của CAX.", rendered=True)
    desk.look(lambda s: lexicon.add(s, "CAX", "Công an xã Tam Mỹ", by=None, now=desk.clock.now()))
    page = browser.get(f"/ban-tin/{found}").text
    assert "Công an xã Tam Mỹ" in page
    assert SHA256 not in page
    assert "Hãy thu lại" in page
    version = {"version": str(desk.version_of(found))}
    assert "không còn đúng" in browser.post(f"/ban-tin/{found}/duyet", version, follow_redirects=True).text
    assert "Đang thu tiếng" in browser.post(f"/ban-tin/{found}/thu-lai", version, follow_redirects=True).text


def test_an_approved_bulletin_keeps_its_sound_whatever_the_lexicon_says_now(enter, desk):
    found = approved(enter, desk)
    desk.look(lambda s: lexicon.add(s, "cửa", "cổng", by=None, now=desk.clock.now()))
    page = enter("hoa", "author").get(f"/ban-tin/{found}").text
    assert SHA256 in page
    assert desk.look(lambda s: bulletins.may_air(bulletins.get(s, found)))


def test_another_person_approves_what_was_heard(enter, desk):
    enter("lan", "author")
    browser = enter("minh", "approver")
    found = desk.bulletin(rendered=True)
    assert f"/am-thanh/{SHA256}.flac" in browser.get(f"/ban-tin/{found}").text
    browser.post(f"/ban-tin/{found}/duyet", {"version": str(desk.version_of(found))})
    assert desk.status_of(found) == "approved"


def test_nobody_approves_their_own_bulletin(enter, desk):
    browser = enter("lan", "author", "approver")
    found = desk.bulletin(rendered=True)
    assert f"/ban-tin/{found}/duyet" not in browser.get(f"/ban-tin/{found}").text
    form = {"version": str(desk.version_of(found))}
    page = browser.post(f"/ban-tin/{found}/duyet", form, follow_redirects=True).text
    assert "không được tự duyệt" in page
    assert desk.status_of(found) == "submitted"


def test_a_bulletin_nobody_could_listen_to_is_not_approved(enter, desk):
    author, browser = enter("lan", "author"), enter("minh", "approver")
    found = desk.bulletin()
    author.post(f"/ban-tin/{found}/nop", {"version": "1"})
    browser.post(f"/ban-tin/{found}/duyet", {"version": "2"})
    assert desk.status_of(found) == "submitted"


def approved(enter, desk):
    enter("lan", "author")
    found = desk.bulletin(rendered=True)
    enter("minh", "approver").post(f"/ban-tin/{found}/duyet", {"version": str(desk.version_of(found))})
    return found


def test_a_changed_text_voids_the_approval(enter, desk):
    found = approved(enter, desk)
    form = TYPED | {"text": "Nội dung khác.", "version": str(desk.version_of(found))}
    enter("hoa", "author").post(f"/ban-tin/{found}/sua", form)
    assert desk.status_of(found) == "draft"
    assert desk.look(lambda s: bulletins.get(s, found).audio_sha256) is None


def test_an_approval_holds_only_for_the_version_that_was_on_the_screen(enter, desk):
    enter("lan", "author")
    browser, found = enter("minh", "approver"), desk.bulletin(rendered=True)
    page = browser.post(f"/ban-tin/{found}/duyet", {"version": "1"}, follow_redirects=True).text
    assert "vừa được người khác sửa" in page
    assert desk.status_of(found) == "submitted"


def test_the_second_of_two_editors_is_told_and_keeps_the_text(enter, desk):
    first, second = enter("lan", "author"), enter("hoa", "author")
    found = desk.bulletin()
    first.post(f"/ban-tin/{found}/sua", TYPED | {"text": "Bản của Lan.", "version": "1"})
    answer = second.post(f"/ban-tin/{found}/sua", TYPED | {"text": "Bản của Hoa.", "version": "1"})
    assert "vừa được người khác sửa" in answer.text
    assert "Bản của Hoa." in answer.text
    assert desk.look(lambda s: bulletins.get(s, found).text) == "Bản của Lan."


def test_a_return_needs_a_reason_and_shows_it_to_the_author(enter, desk):
    author, browser = enter("lan", "author"), enter("minh", "approver")
    found = desk.bulletin(rendered=True)
    version = str(desk.version_of(found))
    assert (
        "Chưa ghi lý do"
        in browser.post(f"/ban-tin/{found}/tra-lai", {"version": version, "reason": " "}, follow_redirects=True).text
    )
    browser.post(f"/ban-tin/{found}/tra-lai", {"version": version, "reason": "Thiếu số điện thoại"})
    assert "Thiếu số điện thoại" in author.get("/").text


def test_a_withdrawn_bulletin_is_out_of_use(enter, desk):
    browser, found = enter("lan", "author"), desk.bulletin()
    browser.post(f"/ban-tin/{found}/rut", {"version": "1"})
    assert desk.status_of(found) == "withdrawn"
    assert "/sua" not in browser.get(f"/ban-tin/{found}").text


def test_an_operator_plays_an_approved_bulletin_now(enter, desk):
    found = approved(enter, desk)
    desk.beat()
    form = {"version": str(desk.version_of(found)), "reason": "họp dân"}  # it is eight in the morning
    enter("truc", "operator").post(f"/ban-tin/{found}/phat", form)
    (item,) = desk.look(broadcasts.queue)
    assert (item.by, item.approved_by, item.recording) == ("truc", "minh", SHA256)


def test_an_unapproved_bulletin_is_never_played(enter, desk):
    enter("lan", "author")
    found = desk.bulletin(rendered=True)
    desk.beat()
    enter("truc", "operator").post(f"/ban-tin/{found}/phat", {"version": str(desk.version_of(found))})
    assert desk.look(broadcasts.queue) == []


def test_an_unknown_bulletin_is_a_page_not_a_crash(enter):
    assert enter("lan", "author").get("/ban-tin/khong-co").status_code == 404


def test_an_empty_list_says_what_to_do(enter, desk):
    desk.look(lambda s: [s.delete(b) for b in bulletins.newest(s)])
    assert "Bấm “Soạn bản tin”" in enter("lan", "author").get("/ban-tin/").text


def rendering_of(desk, found):
    return desk.look(lambda s: renderings.of(s, bulletins.get(s, found)))


def test_a_sound_being_made_can_be_cancelled_and_asked_for_again(enter, desk):
    browser = enter("lan", "author")
    found = desk.bulletin()
    browser.post(f"/ban-tin/{found}/nop", {"version": "1"})
    form = {"version": str(desk.version_of(found))}
    page = browser.post(f"/ban-tin/{found}/huy-thu", form, follow_redirects=True).text
    assert "Đã hủy thu tiếng" in page
    assert rendering_of(desk, found).status == "cancelled"
    page = browser.post(f"/ban-tin/{found}/thu-lai", form, follow_redirects=True).text
    assert "Hủy thu" in page
    assert rendering_of(desk, found).status == "waiting"


def test_the_page_says_which_voice_gave_up_and_which_sentences_to_hear(enter, desk):
    browser = enter("lan", "author")
    found = desk.bulletin(rendered=True)

    def spoil(session):
        rendering = renderings.of(session, bulletins.get(session, found))
        rendering.passed_over = [{"voice": "gtts", "reason": "offline", "detail": "x"}]
        rendering.faulty = [{"text": "Hãy khóa cửa.", "seconds": 1.0, "faults": [{"code": "cut-off", "figure": 1.0}]}]

    desk.look(spoil)
    page = browser.get(f"/ban-tin/{found}/ban-thu").text
    assert "Không đọc được bằng giọng Google (cần mạng): không vào được mạng. Đã đổi giọng cho cả bài" in page
    assert "Nên nghe lại câu “Hãy khóa cửa.”: có thể bị cụt ở cuối" in page


def test_a_natural_voice_is_recommended_to_the_administrator_until_there_is_one(enter, desk):
    admin, author = enter("quan", "admin"), enter("lan", "author")
    assert "Cài giọng đọc" in admin.get("/").text
    assert "Cài giọng đọc" not in author.get("/").text
    desk.look(lambda s: voices.use(s, desk.settings, ["gtts"], desk.clock.now()))
    assert "Cài giọng đọc" not in admin.get("/").text
