"""The alert desk: nothing goes on air by a slip of the finger, and everything else in two steps."""

import html
import io
import re
from urllib.parse import unquote

import pytest

from broadcaster import alert_templates, alertdesk, asrun, broadcasts, uploads, zones
from broadcaster.models import Broadcast, Rendering
from broadcaster.models_station import StationState
from broadcaster.takes import AlertTake
from tests.web.conftest import NOW, SHA256, recording

TEXT = "Lũ đang về. Bà con lên chỗ cao ngay."
SURE = {"do": "send", "sure": "yes", "repeat": "3"}


@pytest.fixture
def truc(enter, desk):
    desk.beat()
    return enter("truc", "operator")


def sent(desk):
    return desk.look(lambda s: s.query(Broadcast).filter_by(kind="alert").all())


def templates(desk):
    return desk.look(alert_templates.listed)


def with_blanks(desk):
    return next(t for t in templates(desk) if t.title == "Cháy")


def sound(monkeypatch, desk):
    def imported(sessions, settings, source, name, title, now):
        def keep(session):
            row = session.merge(recording())
            row.title = title
            return row

        return desk.look(keep)

    monkeypatch.setattr(uploads, "import_sound", imported)


@pytest.mark.parametrize(("role", "seen"), [("operator", True), ("approver", True), ("admin", True), ("author", False)])
def test_the_way_to_the_desk_is_on_every_page_of_those_who_may(enter, desk, role, seen):
    browser = enter("ai.do", role)
    for path in ("/", "/ban-tin/", "/nhat-ky"):
        assert ('href="/khan-cap/"' in browser.get(path).text) == seen


def test_free_text_goes_on_air_at_once_under_the_name_of_who_sent_it(truc, desk):
    assert "Đã gửi" in truc.post("/khan-cap/loi", {"text": TEXT, **SURE}, follow_redirects=True).text
    (alert,) = sent(desk)
    assert (alert.text, alert.repeat, alert.by) == (TEXT, 3, "truc")


@pytest.mark.parametrize("missing", ["sure", "text", "repeat"])
def test_without_the_tick_a_text_or_a_number_nothing_is_sent_and_what_was_typed_stays(truc, desk, missing):
    form = {"text": TEXT, **SURE}
    del form[missing]
    if missing == "repeat":
        form["repeat"] = "rất nhiều"
    answer = truc.post("/khan-cap/loi", form)
    assert answer.status_code == 400
    assert sent(desk) == []
    assert missing == "text" or TEXT in answer.text


def test_nothing_is_sent_to_a_station_that_does_not_run(enter, desk):
    assert "Trạm chưa chạy" in enter("truc", "operator").post("/khan-cap/loi", {"text": TEXT, **SURE}).text
    assert sent(desk) == []


def test_a_template_asks_for_its_blanks_and_is_filled_with_them(truc, desk):
    template = with_blanks(desk)
    page = truc.get(f"/khan-cap/mau/{template.id}").text
    assert "Địa điểm" in page
    form = {"template": template.id, "blank-0": "chợ <b>xã</b>", "blank-1": "sân đình", **SURE}
    truc.post("/khan-cap/loi", form)
    assert "cháy tại chợ <b>xã</b>." in sent(desk)[0].text
    assert "<b>xã" not in truc.get("/khan-cap/").text


def test_an_open_blank_is_named_and_the_others_keep_what_was_typed(truc, desk):
    template = with_blanks(desk)
    answer = truc.post("/khan-cap/loi", {"template": template.id, "blank-0": "chợ xã", **SURE})
    assert answer.status_code == 400
    assert "Chưa điền “nơi tập trung”" in answer.text
    assert 'value="chợ xã"' in answer.text


def test_a_message_is_heard_first_and_then_sent_as_it_was_heard(truc, desk):
    page = truc.post("/khan-cap/loi", {"text": TEXT, "repeat": "2", "do": "hear"}).location
    assert "Đang đọc thành tiếng" in truc.get(page).text

    def done(session):
        session.add(recording())
        session.flush()
        row = session.query(Rendering).filter(Rendering.bulletin_id.is_(None)).one()
        row.status, row.recording = "done", SHA256

    desk.look(done)
    assert f"/am-thanh/{SHA256}.flac" in truc.get(page).text
    assert truc.post(f"{page}/phat", {"repeat": "2"}).status_code == 302
    assert sent(desk) == []  # without the tick
    truc.post(f"{page}/phat", {"repeat": "2", "sure": "yes"})
    assert [(a.text, a.repeat) for a in sent(desk)] == [(TEXT, 2)]


def test_a_recording_is_heard_first(truc, desk, monkeypatch):
    sound(monkeypatch, desk)
    form = {"file": (io.BytesIO(b"tieng"), "..\\..\\<i>loi nhan.webm"), "repeat": "2", "do": "hear"}
    page = truc.post("/khan-cap/ghi-am", form, follow_redirects=True).text
    assert f"/am-thanh/{SHA256}.flac" in page
    assert "&lt;i&gt;loi nhan" in page
    assert 'value="2"' in page


def test_a_recording_is_sent_with_its_repeats(truc, desk, monkeypatch):
    sound(monkeypatch, desk)
    asked = []
    monkeypatch.setattr(alertdesk, "send_recording", lambda *args: asked.append(args[2:5]))
    truc.post("/khan-cap/ghi-am", {"file": (io.BytesIO(b"tieng"), "a.webm"), **SURE})
    truc.post(f"/khan-cap/ban-ghi/{SHA256}/phat", {"repeat": "4"})
    truc.post(f"/khan-cap/ban-ghi/{SHA256}/phat", {"repeat": "4", "sure": "yes"})
    assert asked == [(SHA256, 3, "truc"), (SHA256, 4, "truc")]


def test_a_file_that_is_no_sound_is_told(truc):
    answer = truc.post("/khan-cap/ghi-am", {"file": (io.BytesIO(b"day la chu"), "chu.mp3"), "do": "hear"})
    assert answer.status_code == 400
    assert "chu.mp3 không phải tệp âm thanh" in answer.text


def test_the_desk_says_which_templates_the_station_keeps_ready_and_orders_nothing_itself(truc, desk):
    assert "phát được ngay" not in truc.get("/khan-cap/").text
    assert desk.look(lambda s: s.query(Rendering).filter_by(bulletin_id=None).count()) == 0

    def spoken(session):
        text = alertdesk.whole(session)[0].text
        take = alertdesk.order(session, text, alertdesk.REPEATS, alertdesk.NOBODY, NOW)
        row = session.get_one(Rendering, take.rendering_id)
        row.status, row.spoken_sha256 = "done", alertdesk.would_say(session, text, alertdesk.REPEATS)

    desk.look(spoken)
    assert truc.get("/khan-cap/").text.count("đã thu sẵn, phát được ngay") == 1


def test_a_template_is_written_changed_and_removed(truc, desk):
    form = {"kind": "other", "title": "Vỡ <u>đập</u>", "text": "Vỡ đập tại «nơi»."}
    page = truc.post("/mau-khan-cap/moi", form, follow_redirects=True).text
    assert "Vỡ &lt;u&gt;đập" in page
    row = next(t for t in templates(desk) if t.kind == "other")
    changed = form | {"text": "Vỡ đập.", "version": "1"}
    truc.post(f"/mau-khan-cap/{row.id}", changed)
    assert next(t for t in templates(desk) if t.kind == "other").text == "Vỡ đập."
    assert "vừa được người khác sửa" in truc.post(f"/mau-khan-cap/{row.id}", changed).text
    truc.post(f"/mau-khan-cap/{row.id}/xoa")
    assert "other" not in {t.kind for t in templates(desk)}


def test_a_template_without_a_text_is_refused_and_keeps_its_title(truc):
    answer = truc.post("/mau-khan-cap/moi", {"kind": "storm", "title": "Bão mới", "text": " "})
    assert answer.status_code == 400
    assert 'value="Bão mới"' in answer.text


def test_an_alert_on_a_held_station_is_shown_as_heard_and_can_be_stopped(truc, desk):
    desk.beat(playing={"id": "x", "kind": "alert", "title": "Lũ về", "position_s": 5.0, "length_s": 30.0})
    desk.look(lambda s: setattr(s.get_one(StationState, 1), "held_by", "truc"))
    page = truc.get("/").text
    assert 'class="lamp on_air"' in page
    assert 'action="/dung-phat"' in page


def test_the_reason_outside_the_hours_stands_in_the_log(truc, desk):
    def air(session):
        row = broadcasts.play(
            session, session.merge(recording()), by="truc", now=NOW, facts={"remark": "tìm <i>bé</i>"}
        )
        asrun.withdraw(session, row.id, "truc", NOW)

    desk.look(air)
    page = truc.get("/nhat-ky").text
    assert "Lý do: tìm &lt;i&gt;bé" in page


def several_zones(desk):
    for slug in ("mot", "hai", "ba"):
        desk.look(lambda s, slug=slug: zones.save(s, slug, f"Thôn {slug}", [f"sound:{slug}"], [], NOW))


def test_with_one_zone_or_none_nothing_has_to_be_chosen(truc, desk):
    assert 'name="zone"' not in truc.get("/khan-cap/").text
    desk.look(lambda s: zones.save(s, "mot", "Thôn Một", ["sound:"], [], NOW))
    assert 'name="zone"' not in truc.get("/khan-cap/").text


def test_a_message_goes_to_the_zone_that_was_chosen_and_everywhere_unless_one_was(truc, desk):
    several_zones(desk)
    assert truc.get("/khan-cap/").text.count('name="zone" value="hai"> Thôn hai') == 2
    for zone in ("hai", "all"):
        truc.post("/khan-cap/loi", {"text": TEXT, "repeat": "2", "do": "send", "sure": "yes", "zone": zone})
    assert sorted(desk.look(lambda s: [b.zone for b in s.query(Broadcast)])) == ["all", "hai"]
    assert "Thôn hai" in truc.get("/khan-cap/").text


def test_a_zone_that_is_gone_meanwhile_sends_nothing_anywhere(truc, desk):
    several_zones(desk)
    answer = truc.post("/khan-cap/loi", {"text": TEXT, "repeat": "2", "do": "send", "sure": "yes", "zone": "bon"})
    assert "Không có cụm loa" in answer.text
    assert desk.look(lambda s: s.query(Broadcast).count()) == 0


def test_the_zones_are_still_chosen_after_hearing_it_first(truc, desk):
    several_zones(desk)
    form = {"text": TEXT, "repeat": "2", "do": "hear", "where": "some", "zone": ["hai", "mot"]}
    page = truc.post("/khan-cap/loi", form).location
    assert ticked(truc.get(page).text) == ["some", "hai", "mot"]
    path, _, asked = page.partition("?")
    truc.post(f"{path}/phat?{asked}", {"repeat": "2", "sure": "yes"})
    assert sorted(desk.look(lambda s: [b.zone for b in s.query(Broadcast)])) == ["hai", "mot"]


def test_a_message_for_some_zones_is_one_broadcast_each_at_one_moment_and_pressed_twice_still_is(truc, desk):
    several_zones(desk)
    form = {"text": TEXT, "repeat": "2", "do": "send", "sure": "yes", "where": "some", "zone": ["mot", "hai"]}
    truc.post("/khan-cap/loi", form)
    truc.post("/khan-cap/loi", form)
    assert desk.look(lambda s: [(b.zone, b.starts_at) for b in s.query(Broadcast)]) == [("mot", NOW), ("hai", NOW)]


@pytest.mark.parametrize(
    "chosen", [{"where": "all", "zone": ["mot"]}, {"where": "some", "zone": ["mot", "hai", "ba"]}, {}]
)
def test_everywhere_is_one_broadcast_also_when_every_zone_is_ticked(truc, desk, chosen):
    several_zones(desk)
    truc.post("/khan-cap/loi", {"text": TEXT, "repeat": "2", "do": "send", "sure": "yes"} | chosen)
    assert desk.look(lambda s: [b.zone for b in s.query(Broadcast)]) == ["all"]


def test_some_zones_without_one_ticked_sends_nothing_and_says_what_to_do(truc, desk):
    several_zones(desk)
    for do in ("send", "hear"):
        form = {"text": TEXT, "repeat": "2", "do": do, "sure": "yes", "where": "some"}
        answer = truc.post("/khan-cap/loi", form)
        assert "Chưa chọn cụm loa nào" in answer.text
        assert TEXT in answer.text
    assert sent(desk) == []
    assert desk.look(lambda s: s.query(AlertTake).filter_by(text=TEXT).count()) == 0


def ticked(page):
    return re.findall(r'value="([^"]*)" checked', page)


def reworded(browser, heard):
    """Where the way back from a page that lets one hear it leads."""
    address = re.search(r'href="([^"]*/sua[^"]*)"', heard)
    return browser.get(html.unescape(address[1])).text


def test_after_hearing_it_the_words_can_be_changed_and_nothing_else_is_lost(truc, desk):
    several_zones(desk)
    form = {"text": TEXT, "repeat": "5", "do": "hear", "where": "some", "zone": ["mot", "ba"]}
    page = truc.post("/khan-cap/loi", form).location
    assert TEXT not in unquote(page)
    back = reworded(truc, truc.get(page).text)
    assert f">{TEXT}</textarea>" in back
    assert 'value="5"' in back
    assert ticked(back)[:3] == ["some", "ba", "mot"]


def test_the_blanks_of_a_template_are_as_they_were_filled(truc, desk):
    template = with_blanks(desk)
    blanks = {"blank-0": "kho gỗ <b>Thôn 2</b>", "blank-1": "sân Ủy ban. Cổng sau"}
    page = truc.post("/khan-cap/loi", {"template": template.id, "repeat": "2", "do": "hear"} | blanks).location
    back = reworded(truc, truc.get(page).text)
    assert f"<h1>{template.title}</h1>" in back
    assert 'value="kho gỗ &lt;b&gt;Thôn 2&lt;/b&gt;"' in back
    assert 'value="sân Ủy ban. Cổng sau"' in back
    desk.look(lambda s: alert_templates.remove(s, template.id, "truc", NOW))
    assert "kho gỗ &lt;b&gt;Thôn 2" in reworded(truc, truc.get(page).text).partition("<textarea")[2]


def test_a_form_that_comes_back_without_a_number_shows_the_usual_one(truc):
    page = truc.post("/khan-cap/loi", {"text": "", "repeat": "", "do": "hear"}).text
    assert page.count('name="repeat"') == page.count('value="3"') == 2
