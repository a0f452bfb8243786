"""The library and the queue's order; what is put on air outside the hours says why."""

import io
import re

import numpy as np
import pytest
import soundfile

from broadcaster import broadcasts, hours, library, programmes, store, uploads, zones
from broadcaster.models import Recording
from tests.web.conftest import NOW, recording
from tests.web.test_air import queued


@pytest.fixture
def truc(enter, desk):
    desk.beat()
    return enter("truc", "operator")


@pytest.fixture(autouse=True)
def sounds(monkeypatch, desk):
    """Each upload is a recording of its own, without any decoding."""

    def imported(sessions, settings, source, name, title, now):
        def keep(session):
            row = recording()
            row.sha256, row.title = source.read_bytes().hex().ljust(64, "0"), title
            return session.merge(row)

        return desk.look(keep)

    monkeypatch.setattr(uploads, "import_sound", imported)


def open_all_day(desk):
    desk.look(lambda s: hours.set_for(s, "all", allowed="05:00-22:00"))


def put(browser, data=b"mot", name="../../loi <i>nhan.mp3", **more):
    return browser.post("/thu-vien/them", {"file": (io.BytesIO(data), name), **more}, follow_redirects=True).text


def shelf(desk):
    (found,) = desk.look(lambda s: library.shelves(s, 1, 20).rows)
    return found


def test_an_upload_is_shown_with_its_length_and_loudness(truc, desk):
    page = put(truc)
    assert "loi &lt;i&gt;nhan" in page
    assert 'Dài 0:01 · <span title="−16,0 LUFS">độ to vừa</span> · chưa phát lần nào' in page
    assert "ngắn hơn 2 giây" in page
    assert shelf(desk).title == "loi <i>nhan"


def test_a_new_version_replaces_what_is_played_and_the_old_one_can_be_heard(truc, desk):
    put(truc)
    old = shelf(desk).recording.sha256
    form = {"file": (io.BytesIO(b"hai"), "b.mp3")}
    page = truc.post(f"/thu-vien/{shelf(desk).id}/ban-moi", form, follow_redirects=True).text
    assert "1 bản cũ" in page
    assert old in page
    assert shelf(desk).recording.sha256 == b"hai".hex().ljust(64, "0")


def of_programme(desk, **sounds):
    """The first programme holds these sounds."""

    def hold(session):
        programme = programmes.listed(session)[0]
        for name, sound in sounds.items():
            setattr(programme, name, sound)
        return programme.name

    return desk.look(hold)


def test_where_an_item_is_used_is_said_with_what_it_is_there_and_what_is_to_come(truc, desk):
    open_all_day(desk)
    put(truc)
    assert "Chưa dùng ở đâu." in truc.get("/thu-vien/").text
    sound = shelf(desk).recording.sha256
    part = {"kind": "recording", "id": "p", "recording": sound}
    order = desk.look(lambda s: [part, *programmes.listed(s)[0].running_order])
    name = of_programme(desk, bed=sound, fallback_recording=sound, running_order=order)
    truc.post(f"/thu-vien/{shelf(desk).id}/phat")
    page = " ".join(truc.get("/thu-vien/").text.split())
    assert f">{name}</a> (một đoạn, nhạc nền, bản phát thay), 1 lượt sắp phát" in page
    assert "tag warn" not in page


@pytest.mark.parametrize("everywhere", [True, False])
def test_a_new_version_takes_the_place_of_the_old_one_where_it_is_used_if_so_wished(truc, desk, everywhere):
    put(truc)
    old, item = shelf(desk).recording.sha256, shelf(desk).id
    relay = {"url": "http://dai.vn", "fallback": old, "seconds": 60}
    part = {"kind": "recording", "id": "p", "recording": old}
    order = desk.look(lambda s: [part, *programmes.listed(s)[0].running_order])
    name = of_programme(desk, bed=old, fallback_recording=old, relay=relay, running_order=order)
    form = {"file": (io.BytesIO(b"hai"), "b.mp3")} | ({"everywhere": "yes"} if everywhere else {})
    page = truc.post(f"/thu-vien/{item}/ban-moi", form, follow_redirects=True).text
    new = shelf(desk).recording.sha256
    used = desk.look(lambda s: programmes.recordings(programmes.listed(s)[0]))
    assert used == ({new} if everywhere else {old})
    assert (f"Bản mới dùng từ nay ở: {name}." in page) == everywhere
    assert ('<span class="tag warn">bản cũ</span>' in page) == (not everywhere)
    if not everywhere:
        page = truc.post(f"/thu-vien/{item}/dung-ban-moi", follow_redirects=True).text
        assert f"Bản mới dùng từ nay ở: {name}." in page
        assert desk.look(lambda s: programmes.recordings(programmes.listed(s)[0])) == {new}


def test_silence_that_was_taken_out_is_told(truc, desk):
    put(truc)
    assert "im lặng" not in truc.get("/thu-vien/").text
    sound = shelf(desk).recording.sha256
    desk.look(lambda s: setattr(s.get(Recording, sound), "silence_s", 2.345))
    assert "đã cắt 2,3 giây im lặng" in truc.get("/thu-vien/").text


def test_a_recording_has_a_picture_that_is_kept_for_ever(truc, desk):
    put(truc)
    sound = shelf(desk).recording.sha256
    assert f'src="/am-thanh/{sound}.svg"' in truc.get("/thu-vien/").text
    assert truc.get(f"/am-thanh/{sound}.svg").status_code == 404  # its file is gone
    path = store.path_of(desk.settings, sound)
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, np.sin(np.arange(48_000) / 9) * np.linspace(0, 1, 48_000), 48_000)
    answer = truc.get(f"/am-thanh/{sound}.svg")
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert "immutable" in answer.headers["Cache-Control"]
    heights = [float(h) for h in re.findall(r"v([\d.]+)", answer.text)]
    assert len(heights) > 50
    assert heights[-1] > heights[len(heights) // 2] > heights[0]
    assert truc.get("/am-thanh/xyz.svg").status_code == 404


def test_an_item_goes_to_the_queue_and_leaves_the_library(truc, desk):
    open_all_day(desk)
    put(truc, title="Lời nhắn")
    truc.post(f"/thu-vien/{shelf(desk).id}/phat")
    assert [(b.title, b.by, b.remark) for b in desk.look(broadcasts.queue)] == [("Lời nhắn", "truc", None)]
    truc.post(f"/thu-vien/{shelf(desk).id}/xoa")
    assert desk.look(lambda s: library.shelves(s, 1, 20).rows) == ()


def test_what_is_queued_for_some_zones_stands_there_once_for_each_with_its_name(truc, desk):
    open_all_day(desk)
    put(truc, title="Tiếng Co")
    assert 'name="zone"' not in truc.get("/thu-vien/").text + truc.get("/hang-cho/").text
    for slug in ("mot", "hai", "ba"):
        desk.look(lambda s, slug=slug: zones.save(s, slug, f"Thôn {slug}", [f"sound:{slug}"], [], NOW))
    path = f"/thu-vien/{shelf(desk).id}/phat"
    assert "Chưa chọn cụm loa nào" in truc.post(path, {"where": "some"}, follow_redirects=True).text
    truc.post(path, {"where": "some", "zone": ["mot", "ba"]})
    truc.post("/hang-cho/them", {"file": (io.BytesIO(b"mot"), "a.mp3"), "where": "all", "zone": "hai"})
    assert [b.zone for b in desk.look(broadcasts.queue)] == ["mot", "ba", "all"]
    page = truc.get("/hang-cho/").text
    assert "Thôn mot</span>" in page
    assert "Thôn ba</span>" in page


def test_where_the_hours_differ_between_zones_a_reason_can_be_given_and_is_asked_for_by_the_zone(truc, desk):
    open_all_day(desk)
    put(truc)
    for slug in ("mot", "hai"):
        desk.look(lambda s, slug=slug: zones.save(s, slug, f"Thôn {slug}", [f"sound:{slug}"], [], NOW))
    assert "Lý do" not in truc.get("/thu-vien/").text
    desk.look(lambda s: hours.set_for(s, "mot", allowed="17:00-18:00"))
    assert "Lý do phát, nếu ngoài giờ hoặc quá mức trong ngày" in truc.get("/thu-vien/").text
    path = f"/thu-vien/{shelf(desk).id}/phat"
    assert "hãy ghi lý do" in truc.post(path, {"where": "some", "zone": "mot"}, follow_redirects=True).text
    truc.post(path, {"where": "some", "zone": "hai"})
    truc.post(path, {"where": "some", "zone": "mot", "reason": "Tìm trẻ lạc"})
    assert [(b.zone, b.remark) for b in desk.look(broadcasts.queue)] == [("hai", None), ("mot", "Tìm trẻ lạc")]


def test_outside_the_hours_nothing_is_queued_without_a_reason_and_the_reason_is_kept(truc, desk):
    put(truc)
    assert "Lý do phát bây giờ" in truc.get("/thu-vien/").text  # it is eight in the morning
    path = f"/thu-vien/{shelf(desk).id}/phat"
    assert "hãy ghi lý do" in truc.post(path, {"reason": " "}, follow_redirects=True).text
    assert desk.look(broadcasts.queue) == []
    truc.post(path, {"reason": "Tìm cháu bé <b>lạc</b>"})
    assert desk.look(broadcasts.queue)[0].remark == "Tìm cháu bé <b>lạc</b>"
    assert "<b>lạc" not in truc.get("/hang-cho/").text


def test_beyond_what_the_day_may_carry_the_reason_is_asked_for_and_kept(truc, desk):
    open_all_day(desk)
    put(truc)
    desk.look(lambda s: hours.set_for(s, "all", max_repeats=0))
    path = f"/thu-vien/{shelf(desk).id}/phat"
    truc.post(path)
    assert "Lý do phát" not in truc.get("/thu-vien/").text
    page = truc.post(path, follow_redirects=True).text
    assert "Ngày này sẽ phát lại cùng một bản tin hay bản ghi quá 0 lần." in page
    assert "Lý do phát, nếu ngoài giờ hoặc quá mức trong ngày" in page
    assert "Lý do phát" not in truc.get("/thu-vien/").text  # asked once
    truc.post(path, {"reason": "bà con yêu cầu"})
    assert [row.remark for row in desk.look(broadcasts.queue)] == [None, "bà con yêu cầu"]
    desk.look(lambda s: hours.set_for(s, "all", max_minutes=0))
    answer = truc.post("/hang-cho/them", {"file": (io.BytesIO(b"mot"), "a.mp3"), "title": "Lời nhắn"})
    assert (answer.status_code, "Lý do phát" in answer.text) == (400, True)
    assert "Ngày này sẽ vượt quá 0 phút" in answer.text
    assert len(desk.look(broadcasts.queue)) == 2


def test_an_upload_to_the_queue_asks_for_the_reason_too(truc, desk):
    form = {"file": (io.BytesIO(b"mot"), "a.mp3"), "title": "Lời nhắn"}
    answer = truc.post("/hang-cho/them", form)
    assert answer.status_code == 400
    assert 'value="Lời nhắn"' in answer.text


def test_inside_the_hours_nobody_is_asked(truc, desk):
    open_all_day(desk)
    assert "Lý do phát" not in truc.get("/hang-cho/").text


def test_what_is_no_item_is_told(truc):
    for step in ("phat", "xoa", "ban-moi"):
        assert "Không còn bản ghi này" in truc.post(f"/thu-vien/khong-co/{step}", follow_redirects=True).text


def test_the_queue_is_ordered_by_buttons_and_by_dropping(truc, desk):
    one, two, three = queued(desk, "Một", "Hai", "Ba")

    def order():
        return [b.id for b in desk.look(broadcasts.queue)]

    page = truc.post(f"/hang-cho/{one}/xuong", follow_redirects=True).text
    assert order() == [two, one, three]
    assert re.findall(r'aria-label="([^"]*)" autofocus', page) == ["Đưa xuống: Một"]
    truc.post(f"/hang-cho/{two}/len")  # it is the first already
    assert order() == [two, one, three]
    truc.post(f"/hang-cho/{three}/cho", {"place": "1"})
    assert order() == [three, two, one]
    truc.post(f"/hang-cho/{three}/cho", {"place": "99"})
    assert order() == [two, one, three]
    truc.post(f"/hang-cho/{three}/cho", {"place": "đầu"})
    assert order() == [two, one, three]


def test_a_recording_is_marked_as_music_and_back_and_its_new_version_stays_so(truc, desk):
    put(truc)
    item = shelf(desk)
    page = truc.post(f"/thu-vien/{item.id}/loai", {"music": "yes"}, follow_redirects=True).text
    assert "Đã đánh dấu là nhạc" in page
    assert shelf(desk).recording.music
    truc.post(f"/thu-vien/{item.id}/ban-moi", {"file": (io.BytesIO(b"hai"), "hai.mp3")})
    assert shelf(desk).recording.music
    truc.post(f"/thu-vien/{item.id}/loai", {"music": "no"})
    assert shelf(desk).recording.music is False
