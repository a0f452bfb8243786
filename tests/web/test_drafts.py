"""What is being typed reaches the station, and comes back in the form, with and without a script."""

import re

import sqlalchemy as sa

from broadcaster import bulletins
from broadcaster.models import Bulletin
from broadcaster.models_care import Trail

TYPED = {"programme": "an-ninh-nui-thanh", "week": "2026-W48", "title": "Tuần 48", "text": "Lúc 17h30, gọi 113."}
KEEP, NEW = "/ban-tin/tu-luu/", "/ban-tin/moi"


def keep(browser, place="moi", version="", name="trangmot1", turn=1, **typed):
    """As the script does: the token in a header, or the panel would take it for a form that is pressed twice."""
    form = TYPED | {"draft": name, "turn": turn, "place": place, "version": version} | typed
    return browser.client.post(KEEP, data=form, headers={"X-CSRFToken": browser.token()})


def text_in(page):
    return re.search(r"<textarea id=\"text\"[^>]*>\n(.*?)</textarea>", page, re.DOTALL)[1]


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page[page.index("data-draft=") :])[1]


def test_a_new_bulletin_comes_back_on_any_machine_until_it_is_saved(app, enter):
    one = enter("lan", "author")
    assert keep(one).status_code == 204
    other = type(one)(app)
    other.log_in("lan")
    page = other.get(NEW).text
    assert "Đã lấy lại chữ tự lưu" in page
    assert text_in(page) == TYPED["text"]
    assert 'value="Tuần 48"' in page
    other.post(NEW, TYPED | {"draft": hidden(page, "draft")})  # without a script the page sends what it was given
    assert "chữ tự lưu lúc 2" not in one.get(NEW).text
    assert text_in(one.get(NEW).text) == ""


def test_it_is_nobody_elses_no_version_and_no_approval_is_lost(enter, desk):
    lan, mai = enter("lan", "author"), enter("mai", "author")
    written = desk.bulletin(rendered=True)
    version = desk.version_of(written)
    assert keep(lan, written, version, text="Một câu dở dang").status_code == 204
    for page in (f"/ban-tin/{written}", f"/ban-tin/{written}/sua", f"/ban-tin/{written}/cac-ban", "/ban-tin/", NEW):
        assert "dở dang" not in mai.get(page).text
    assert "dở dang" not in lan.get(f"/ban-tin/{written}").text
    assert text_in(lan.get(f"/ban-tin/{written}/sua").text) == "Một câu dở dang"
    assert (desk.status_of(written), desk.version_of(written)) == ("submitted", version)
    trail = desk.look(lambda s: list(s.scalars(sa.select(Trail.kind))))
    assert "draft" not in trail


def test_what_was_typed_over_an_older_bulletin_is_only_offered(enter, desk):
    lan = enter("lan", "author")
    written = desk.bulletin()
    keep(lan, written, desk.version_of(written), text="Của lan.")
    desk.look(lambda s: setattr(s.get_one(Bulletin, written), "text", "Của mai."))
    edit = f"/ban-tin/{written}/sua"
    page = lan.get(edit).text
    assert "đã được sửa sau đó" in page
    assert text_in(page) == "Của mai."
    used = lan.get(re.search(r'href="([^"]+)">Dùng chữ tự lưu', page)[1]).text
    assert text_in(used) == "Của lan."
    assert hidden(used, "version") == str(desk.version_of(written))
    form = TYPED | {"text": "Của lan.", "version": hidden(used, "version"), "draft": hidden(used, "draft")}
    assert lan.post(edit, form).status_code == 302
    assert desk.look(lambda s: bulletins.get(s, written).text) == "Của lan."
    assert "tự lưu lúc 2" not in lan.get(edit).text


def test_a_text_that_was_not_used_is_still_offered_after_another_was_saved(enter, desk):
    lan = enter("lan", "author")
    written = desk.bulletin()
    keep(lan, written, desk.version_of(written), text="Nửa giờ gõ ở nhà.")
    desk.look(lambda s: setattr(s.get_one(Bulletin, written), "text", "Của mai."))
    edit = f"/ban-tin/{written}/sua"
    lan.post(edit, TYPED | {"version": desk.version_of(written), "draft": "tranghai2", "text": "Sửa nhỏ."})
    assert "Dùng chữ tự lưu" in lan.get(edit).text


def test_what_is_dropped_does_not_come_back(enter):
    lan = enter("lan", "author")
    keep(lan)
    answer = lan.post("/ban-tin/tu-luu/bo", {"place": "moi", "draft": "trangmot1"})
    assert answer.location == NEW
    assert text_in(lan.get(NEW).text) == ""


def test_a_copy_that_comes_after_the_form_was_saved_is_refused(enter):
    lan = enter("lan", "author")
    lan.post(NEW, TYPED | {"draft": "trangmot1"})
    assert keep(lan, turn=7).status_code == 409
    assert text_in(lan.get(NEW).text) == ""


def test_only_a_form_that_there_is_can_be_kept_and_only_with_its_token(enter, desk, visitor):
    lan = enter("lan", "author")
    assert keep(lan, "khong-co").status_code == 404
    assert keep(lan, name="x").status_code == 400
    assert keep(lan, turn="-3").status_code == 400
    assert keep(lan, text="ộ" * 200_001).status_code == 400
    assert lan.client.post(KEEP, data=TYPED | {"draft": "trangmot1", "turn": 1, "place": "moi"}).status_code == 400
    assert visitor.client.post(KEEP, data=TYPED, headers={"X-Fragment": "draft"}).status_code == 401
    assert text_in(lan.get(NEW).text) == ""
