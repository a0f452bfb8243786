"""The approver's desk: what waits, the sound with its text, two taps."""

import re
from datetime import timedelta

import numpy as np
import pytest

from audio import files
from audio.format import RATE
from broadcaster import bulletins, store
from broadcaster.models import Recording, Rendering
from tests.web.conftest import NOW, SHA256, recording
from web.outline import picture


@pytest.fixture
def minh(enter):
    enter("lan", "author")
    return enter("minh", "approver")


def give_sound(desk, said=True):
    """A second of sound, with its segments and sentences noted as a rendering does."""
    files.write(store.path_of(desk.settings, SHA256), np.full(RATE, 0.5, np.float32))

    def note(session):
        row = session.get_one(Recording, SHA256)
        row.segments = [
            {"kind": "jingle", "title": "Nhạc hiệu", "start_s": 0.0, "end_s": 0.2},
            {"kind": "item", "title": "Tin trong xã", "start_s": 0.2, "end_s": 1.0},
        ]
        if said:
            row.said = [
                {"text": "Kính thưa bà con!", "start_s": 0.2, "end_s": 0.5},
                {"text": "Lời của chương trình.", "start_s": 0.6, "end_s": 0.9},
            ]

    desk.look(note)


def test_what_waits_is_listed_oldest_first_with_its_length(minh, desk):
    first = desk.bulletin(title="Nộp trước", rendered=True)
    desk.clock.sleep(60)
    second = desk.bulletin(title="Nộp sau")
    desk.look(lambda s: bulletins.submit(s, bulletins.get(s, second), by="lan", now=desk.clock.now()))
    page = minh.get("/duyet/").text
    assert page.index("Nộp trước") < page.index("Nộp sau")
    assert f"/duyet/{first}" in page
    assert "dài 0:01" in page
    assert "đang thu tiếng" in page


def test_the_text_stands_at_its_place_in_the_sound(minh, desk):
    found = desk.bulletin(rendered=True)
    give_sound(desk)
    page = minh.get(f"/duyet/{found}").text
    assert f'<audio id="whole" controls preload="metadata" src="/am-thanh/{SHA256}.flac">' in page
    assert f'href="/am-thanh/{SHA256}.flac#t=0.20" data-at="0.200"' in page
    assert '<li data-at="0.600" data-to="0.900">' in page
    assert "Lời của chương trình." in page
    assert '<path class="bars" d="M1 2v76' not in page  # half of full scale is half of the picture
    assert '<path class="bars" d="M1 21v38' in page


def test_a_recording_without_sentences_is_followed_by_its_segments(minh, desk):
    found = desk.bulletin(text="Mời bà con họp.", rendered=True)
    give_sound(desk, said=False)
    page = minh.get(f"/duyet/{found}").text
    assert 'data-at="0.200" data-to="1.000"' in page
    assert "<p>Mời bà con họp.</p>" in page


def test_one_tap_approves_and_leads_to_the_next(minh, desk):
    found = desk.bulletin(rendered=True)
    give_sound(desk)
    form = {"version": str(desk.version_of(found)), "next": "/duyet/"}
    assert 'name="next" value="/duyet/"' in minh.get(f"/duyet/{found}").text
    answer = minh.post(f"/ban-tin/{found}/duyet", form)
    assert answer.location == "/duyet/"
    page = minh.get("/duyet/").text
    assert "Không có bản tin nào chờ duyệt" in page
    assert "minh, " in page
    assert "đã duyệt" in page


def test_a_form_never_leads_off_the_panel(minh, desk):
    found = desk.bulletin(rendered=True)
    form = {"version": str(desk.version_of(found)), "next": "https://example.com/"}
    assert minh.post(f"/ban-tin/{found}/duyet", form).location == f"/ban-tin/{found}"


def test_a_ready_reason_returns_in_one_tap_and_a_typed_one_adds_to_it(minh, desk):
    one, other = desk.bulletin(rendered=True), desk.bulletin(title="Khác")
    desk.look(lambda s: bulletins.submit(s, bulletins.get(s, other), by="lan", now=desk.clock.now()))
    assert 'name="because" value="Còn lỗi đọc"' in minh.get(f"/duyet/{one}").text
    minh.post(f"/ban-tin/{one}/tra-lai", {"version": str(desk.version_of(one)), "because": "Còn lỗi đọc"})
    form = {"version": str(desk.version_of(other)), "because": "Sai nội dung", "reason": " Số nhà sai "}
    minh.post(f"/ban-tin/{other}/tra-lai", form)
    reasons = [desk.look(lambda s, b=b: bulletins.get(s, b).reason) for b in (one, other)]
    assert reasons == ["Còn lỗi đọc", "Sai nội dung. Số nhà sai"]


def test_a_writer_finds_no_button_to_approve_with(enter, desk):
    browser = enter("lan", "author", "approver")
    found = desk.bulletin(rendered=True)
    give_sound(desk)
    page = browser.get(f"/duyet/{found}").text
    assert "Đã nghe, duyệt phát" not in page
    assert "Hãy nhờ người khác duyệt" in page


def test_without_a_sound_the_page_says_what_to_do(minh, desk):
    found = desk.bulletin()
    rendering = desk.look(lambda s: bulletins.submit(s, bulletins.get(s, found), by="lan", now=desk.clock.now()).id)
    page = minh.get(f"/duyet/{found}").text
    assert "Đang thu tiếng" in page
    assert "Đã nghe, duyệt phát" not in page
    assert "Trả lại" in page
    assert rendering


def test_the_first_page_leads_to_the_desk(minh, desk):
    found = desk.bulletin(rendered=True)
    assert f'href="/duyet/{found}"' in minh.get("/").text


def test_decisions_are_listed_the_latest_first(minh, desk):
    enter_at = desk.clock.now()
    for number, title in enumerate(["Đầu", "Cuối"]):
        found = desk.bulletin(title=title)
        desk.look(
            lambda s, f=found, n=number: (
                bulletins.submit(s, bulletins.get(s, f), by="lan", now=enter_at),
                bulletins.send_back(
                    s, bulletins.get(s, f), by="minh", reason="sai", now=enter_at + timedelta(minutes=n)
                ),
            )
        )
    page = minh.get("/duyet/").text
    assert page.index("Cuối") < page.index("Đầu")


def test_a_picture_needs_levels():
    assert picture([], [0.0], 1.0) is None
    drawn = picture([0, 100], [0.0, 0.5], 1.0, [0.25, 0.75])
    assert (drawn.width, drawn.bars, drawn.marks) == (4, "M1 39.5v1M3 2v76", "M2.0 0v80")
    assert drawn.ticks == "M1.0 66v14M3.0 66v14"


def test_the_list_of_bulletins_tells_who_decided_and_when(enter, desk):
    desk.person("lan", "author")
    operator = enter("truc", "operator")
    desk.person("minh", "approver")
    bulletin_id = desk.bulletin(rendered=True)
    assert "minh" not in operator.get("/ban-tin/").text
    desk.look(lambda s: bulletins.approve(s, bulletins.get(s, bulletin_id), by="minh", now=NOW))
    assert "duyệt: minh, 08:00" in operator.get("/ban-tin/").text
    assert "minh, 08:00" in operator.get("/duyet/").text


def test_the_outline_has_a_line_for_each_part_and_a_tick_for_each_sentence(minh, desk):
    found = desk.bulletin(rendered=True)
    give_sound(desk)
    page = minh.get(f"/duyet/{found}").text
    marks, ticks = (re.search(f'class="{kind}" d="([^"]*)"', page)[1] for kind in ("marks", "ticks"))
    assert marks.count("M") == 1  # where the recording begins needs none
    assert ticks.count("M") == 2


def test_who_waits_for_the_recording_is_told_how_far_it_is_and_shown_the_page_anew_once_it_is_there(minh, desk):
    found = desk.bulletin()
    desk.look(lambda s: bulletins.submit(s, bulletins.get(s, found), by="lan", now=desk.clock.now()))

    def working(session):
        row = session.query(Rendering).filter_by(bulletin_id=found).one()
        row.status, row.done, row.total = "working", 3, 9

    desk.look(working)
    page = minh.get(f"/duyet/{found}").text
    assert f'id="progress" data-poll="/duyet/{found}"' in page
    assert "Đang thu tiếng: 3/9 câu." in page

    def done(session):
        session.merge(recording())
        session.flush()
        row = session.query(Rendering).filter_by(bulletin_id=found).one()
        row.status, row.recording = "done", SHA256

    desk.look(done)
    part = minh.get(f"/duyet/{found}", headers={"X-Fragment": "1"}).text
    assert 'id="progress" data-reload' in part
    assert "<h1>" not in part
    assert 'id="whole"' in minh.get(f"/duyet/{found}").text
