"""What a bulletin is about and how long it may air: on its form, its page, and before the approver."""

import re
from datetime import date

from broadcaster import bulletins
from broadcaster.topics import CRIME, DEEDS

NEW = "/ban-tin/moi"
TYPED = {"programme": "an-ninh-nui-thanh", "week": "2026-W48", "title": "Tin", "text": "Cảnh giác với trộm cắp."}


def saved(browser, desk, form=TYPED):
    page = browser.post(NEW, form).location
    return page.split("/")[-1].split("?")[0]


def row(desk, bulletin_id):
    return desk.look(lambda s: bulletins.get(s, bulletin_id))


def shown(browser, bulletin_id):
    """The form as a browser would send it back untouched."""
    page = browser.get(f"/ban-tin/{bulletin_id}/sua").text
    fields = {name: "yes" for name in (CRIME, DEEDS) if re.search(rf'name="{name}" value="yes" checked', page)}
    at_first = re.search(r'name="at_first" value="([^"]*)"', page)[1]
    expires = re.search(r'name="expires" type="date" value="([^"]*)"', page)[1]
    version = re.search(r'name="version" value="([^"]*)"', page)[1]
    return TYPED | fields | {"at_first": at_first, "expires": expires, "version": version}


def test_what_nobody_ticked_is_guessed_and_guessed_again_when_the_text_changes(enter, desk):
    lan = enter("lan", "author")
    made = saved(lan, desk)
    form = shown(lan, made)
    assert form[CRIME] == "yes"
    assert DEEDS not in form
    assert "(máy đoán theo nội dung)" in lan.get(f"/ban-tin/{made}").text
    lan.post(f"/ban-tin/{made}/sua", form | {"text": "Tuyên dương người tốt."})
    assert row(desk, made).topics == [DEEDS]


def test_what_a_person_ticked_stays_whatever_is_written(enter, desk):
    lan = enter("lan", "author")
    made = saved(lan, desk)
    form = shown(lan, made)
    del form[CRIME]
    lan.post(f"/ban-tin/{made}/sua", form)
    assert row(desk, made).topics == []
    lan.post(f"/ban-tin/{made}/sua", shown(lan, made) | {"text": "Đối tượng lừa đảo, trộm cắp."})
    assert row(desk, made).topics == []
    page = lan.get(f"/ban-tin/{made}").text
    assert "không thuộc hai chuyên mục hằng tuần" in page
    assert "máy đoán" not in page


def test_ticked_on_a_new_bulletin_it_is_not_guessed(enter, desk):
    lan = enter("lan", "author")
    made = saved(lan, desk, TYPED | {DEEDS: "yes"})
    assert row(desk, made).topics == [DEEDS]


def test_the_last_day_is_kept_shown_and_taken_away(enter, desk):
    lan, duyen = enter("lan", "author"), enter("duyen", "approver")
    made = saved(lan, desk, TYPED | {"expires": "30/11"})
    assert row(desk, made).expires == date(2026, 11, 30)
    for page in (f"/ban-tin/{made}", f"/duyet/{made}"):
        text = duyen.get(page).text
        assert "Phát đến hết ngày 30/11/2026" in text
        assert "phòng, chống tội phạm" in text
    lan.post(f"/ban-tin/{made}/sua", shown(lan, made) | {"expires": ""})
    assert row(desk, made).expires is None
    assert "Không có hạn phát" in lan.get(f"/ban-tin/{made}").text


def test_a_day_that_is_none_comes_back_with_what_was_typed(enter):
    answer = enter("lan", "author").post(NEW, TYPED | {"expires": "mai mốt", DEEDS: "yes"})
    assert answer.status_code == 400
    assert 'value="mai mốt"' in answer.text
    assert 'name="deeds" value="yes" checked' in answer.text


def test_other_topics_leave_an_approval_and_another_last_day_takes_it(enter, desk):
    lan, duyen = enter("lan", "author"), enter("duyen", "approver")
    made = desk.bulletin(text=TYPED["text"], rendered=True)
    duyen.post(f"/ban-tin/{made}/duyet", {"version": desk.version_of(made)})
    assert desk.status_of(made) == "approved"
    as_it_is = {"title": "Tuần 48"}
    lan.post(f"/ban-tin/{made}/sua", shown(lan, made) | as_it_is | {DEEDS: "yes"})
    assert desk.status_of(made) == "approved"
    assert row(desk, made).topics == [CRIME, DEEDS]
    lan.post(f"/ban-tin/{made}/sua", shown(lan, made) | as_it_is | {"expires": "2026-12-31"})
    assert desk.status_of(made) == "draft"
