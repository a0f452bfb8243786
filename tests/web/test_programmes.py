"""The editor of programmes in the panel: list, parts, settings, retirement, two people at once, rehearsals."""

import re

import pytest

from broadcaster import bulletins, editor, library, programmes, renderings, running_order, samples
from broadcaster.models import Broadcast, Recording, Rendering, SlotRow
from broadcaster.running_order import Part
from tests.web.conftest import SHA256, recording

SLUG = "an-ninh-nui-thanh"
PAGE = f"/chuong-trinh/{SLUG}"


@pytest.fixture
def operator(enter, desk):
    desk.person("lan", "author")
    return enter("truc", "operator")


@pytest.fixture
def sound(desk):
    """A recording in the library; its sha256."""

    def add(session):
        session.add(recording())
        session.flush()
        library.add(session, "Nhạc hiệu của đài", SHA256, "truc", desk.clock.now())

    desk.look(add)
    return SHA256


def programme(desk, slug=SLUG):
    return desk.look(lambda s: programmes.get(s, slug, retired=True))


def order(desk, slug=SLUG):
    return editor.order_of(programme(desk, slug))


def kinds(desk):
    return [part.kind for part in order(desk)]


def version(desk, slug=SLUG):
    return str(programme(desk, slug).version)


def part(desk, kind):
    return next(part for part in order(desk) if part.kind == kind)


def post(browser, desk, path, **form):
    return browser.post(f"{PAGE}{path}", {"version": version(desk), **form})


def settings(desk, **other):
    return {"version": version(desk), "voice": "auto", "speed": "100", "fallback": "repeat", **other}


def test_the_list_says_when_a_programme_airs_and_what_it_lacks(operator, desk):
    desk.bulletin(title="Tuần bốn tám")
    page = operator.get("/chuong-trinh/").text
    assert "An ninh Núi Thành" in page
    assert "Tiếng loa an ninh" in page
    assert "2 khung giờ" in page
    assert "Tuần bốn tám" in page
    assert "chưa phát lần nào" in page


def test_a_new_programme_has_the_usual_parts_and_says_that_it_has_no_slot(operator, desk):
    answer = operator.post("/chuong-trinh/moi", {"name": "  Bản tin   nông nghiệp "})
    assert answer.location == "/chuong-trinh/ban-tin-nong-nghiep"
    page = operator.get(answer.location).text
    assert "Bản tin nông nghiệp" in page
    assert "Chưa có khung giờ nên sẽ không phát. Hãy thêm khung giờ." in page
    made = [part.kind for part in order(desk, "ban-tin-nong-nghiep")]
    assert made == ["jingle", "call", "greeting", "bulletin", "closing", "jingle"]


@pytest.mark.parametrize("name", ["", "  ", "—", "x" * 81, "an ninh núi thành", "Chuyên mục An ninh trật tự"])
def test_a_name_that_can_not_be_is_typed_again(operator, desk, name):
    page = operator.post("/chuong-trinh/moi", {"name": name})
    assert page.status_code == 400
    assert f'value="{name}"' in page.text
    assert len(desk.look(programmes.listed)) == 2


def test_a_renamed_programme_is_found_by_its_old_name(operator, desk):
    assert post(operator, desk, "/ten", name="An ninh Tam Mỹ").status_code == 302
    assert programme(desk).name == "An ninh Tam Mỹ"
    assert desk.look(lambda s: programmes.get(s, "An ninh Núi Thành").name) == "An ninh Tam Mỹ"
    taken = post(operator, desk, "/ten", name="Tiếng loa an ninh")
    assert taken.status_code == 400
    assert 'value="Tiếng loa an ninh"' in taken.text


def test_a_part_is_added_where_it_is_wanted(operator, desk, sound):
    page = operator.get(f"{PAGE}/doan/moi?loai=recording").text
    assert f'value="ban-ghi:{SHA256}"' in page
    post(operator, desk, "/doan/moi", loai="recording", sound=f"ban-ghi:{sound}", title="Bài hát", place="3", bed="on")
    assert kinds(desk) == ["jingle", "call", "recording", "greeting", "bulletin", "closing", "jingle"]
    added = part(desk, "recording")
    assert (added.recording, added.title, added.bed) == (sound, "Bài hát", True)
    assert "Nhạc hiệu của đài" in operator.get(PAGE).text
    assert "An ninh Núi Thành</a> (một đoạn)" in operator.get("/thu-vien/").text


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"loai": "call", "text": " "}, "chưa có lời"),
        ({"loai": "call", "text": "Tuần «thang»"}, "Không có ô trống «thang»"),
        ({"loai": "call", "text": "Tuần «tuần"}, "chưa đóng"),
        ({"loai": "call", "text": "á " * 501}, "quá dài"),
        ({"loai": "recording", "title": "Giữ lại"}, "Chưa chọn bản ghi"),
        ({"loai": "recording", "sound": "ban-ghi:" + "0" * 64}, "Bản ghi này không còn"),
        ({"loai": "pause", "seconds": "60"}, "Quãng nghỉ này không dùng được"),
        ({"loai": "pause", "seconds": "nan"}, "Quãng nghỉ này không dùng được"),
        ({"loai": "greeting", "text": "Chào bà con."}, "chỉ có một đoạn “Lời chào”"),
        ({"loai": "call", "text": "Mời bà con nghe.", "title": "x" * 81}, "Tên đoạn quá dài"),
    ],
)
def test_a_part_that_can_not_be_is_refused_in_words_and_kept_as_typed(operator, desk, form, said):
    before = order(desk)
    page = post(operator, desk, "/doan/moi", **form)
    assert page.status_code == 400
    assert said in page.text
    for typed in ("title", "text"):
        assert form.get(typed, "").strip() in page.text
    assert order(desk) == before


def test_a_kind_nobody_knows_is_no_page(operator):
    assert operator.get(f"{PAGE}/doan/moi?loai=x").status_code == 404


def test_words_of_a_part_are_changed_and_blanks_kept_as_they_are_shown(operator, desk):
    call = part(desk, "call")
    post(operator, desk, f"/doan/{call.id}", text="Bản tin {tuần} của\n\n  đài.", title="Mời nghe")
    changed = part(desk, "call")
    assert (changed.text, changed.title, changed.id) == ("Bản tin «tuần» của\nđài.", "Mời nghe", call.id)
    assert not changed.bed
    assert "Mời nghe" in operator.get(PAGE).text


def test_a_jingle_takes_a_recording_and_gives_it_back(operator, desk, sound):
    jingle = part(desk, "jingle")
    post(operator, desk, f"/doan/{jingle.id}", sound=f"ban-ghi:{sound}")
    assert part(desk, "jingle").recording == sound
    post(operator, desk, f"/doan/{jingle.id}", sound="closing")
    assert (part(desk, "jingle").recording, part(desk, "jingle").chime) == (None, "closing")


def test_parts_move_by_buttons_and_by_dropping_and_the_button_keeps_the_focus(operator, desk):
    call = part(desk, "call")
    answer = post(operator, desk, f"/doan/{call.id}/xuong")
    assert kinds(desk)[:3] == ["jingle", "greeting", "call"]
    assert answer.location.endswith(f"?doan={call.id}&nut=xuong")
    assert re.search(
        r"lên trước\"(?! autofocus)|Đưa Lời xướng xuống sau\" autofocus", operator.get(answer.location).text
    )
    post(operator, desk, f"/doan/{call.id}/len")
    assert kinds(desk)[:3] == ["jingle", "call", "greeting"]
    post(operator, desk, f"/doan/{call.id}/cho", place="6")
    assert kinds(desk)[-1] == "call"
    post(operator, desk, f"/doan/{call.id}/cho", place="-4")
    assert kinds(desk)[0] == "call"
    post(operator, desk, f"/doan/{call.id}/cho", place="x")
    assert kinds(desk)[0] == "call"


def test_a_part_is_taken_out_but_never_the_bulletin(operator, desk):
    post(operator, desk, f"/doan/{part(desk, 'greeting').id}/bo")
    assert "greeting" not in kinds(desk)
    post(operator, desk, f"/doan/{part(desk, 'bulletin').id}/bo")
    assert "bulletin" in kinds(desk)
    assert "phải có đoạn “Bản tin tuần này”" in operator.get(PAGE).text


def test_of_two_people_at_one_programme_the_second_is_told(operator, desk):
    seen = version(desk)
    call, greeting = part(desk, "call"), part(desk, "greeting")
    post(operator, desk, f"/doan/{greeting.id}/bo")
    late = operator.post(f"{PAGE}/doan/{call.id}", {"version": seen, "text": "Mời nghe lời tôi vừa gõ."})
    assert late.status_code == 400
    assert "vừa được người khác sửa" in late.text
    assert "Mời nghe lời tôi vừa gõ." in late.text
    assert part(desk, "call") == call
    again = operator.post(f"{PAGE}/doan/{call.id}/len", {"version": seen})
    assert again.status_code == 302
    assert "vừa được người khác sửa" in operator.get(PAGE).text
    assert operator.post(f"{PAGE}/thiet-lap", settings(desk, version=seen, speed="90")).status_code == 400
    assert operator.post(f"{PAGE}/ten", {"version": seen, "name": "Tên khác"}).status_code == 400
    operator.post(f"{PAGE}/ngung", {"version": seen})
    assert programme(desk).retired_at is None
    assert programme(desk).name == "An ninh Núi Thành"


def test_voice_speed_music_and_what_stands_in_are_set(operator, desk, sound):
    form = settings(desk, voice="espeak:south", speed="90", bed=sound, fallback="recording", fallback_recording=sound)
    assert operator.post(f"{PAGE}/thiet-lap", form).status_code == 302
    row = programme(desk)
    assert (row.voice, row.speed, row.bed) == ("espeak:south", 90, sound)
    assert (row.fallback, row.fallback_recording) == ("recording", sound)
    page = operator.get(PAGE).text
    assert re.search(r'value="90" selected', page)
    assert "Tệp âm thanh của một bản ghi không còn trên máy" in page  # no file lies behind the row of this test


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"speed": "200"}, "Tốc độ đọc phải từ 80 đến 120"),
        ({"speed": "91"}, "Tốc độ đọc phải từ 80 đến 120"),
        ({"speed": "x"}, "Tốc độ đọc phải từ 80 đến 120"),
        ({"voice": "piper:khong-co"}, "Không có giọng đọc"),
        ({"fallback": "hat"}, "Cách thay thế này không có"),
        ({"fallback": "recording"}, "Chưa chọn bản ghi phát thay"),
        ({"bed": "f" * 64}, "Bản ghi này không còn"),
    ],
)
def test_settings_that_can_not_be_are_refused_in_words(operator, desk, wrong, said):
    page = operator.post(f"{PAGE}/thiet-lap", settings(desk, **wrong))
    assert page.status_code == 400
    assert said in page.text
    assert (programme(desk).voice, programme(desk).speed, programme(desk).fallback) == ("auto", 100, "repeat")


def test_a_retired_programme_keeps_its_history_and_can_come_back(operator, desk):
    bulletin = desk.bulletin(rendered=True)
    post(operator, desk, "/ngung")
    gone = operator.get("/chuong-trinh/").text
    assert "Đã ngừng (1)" in gone
    assert "2 khung giờ cũng thôi" in gone
    assert desk.status_of(bulletin) == "submitted"
    assert SLUG not in operator.get("/khung-gio/moi").text
    assert SLUG not in operator.get("/ban-tin/moi").text
    assert "An ninh Núi Thành" in operator.get("/nhat-ky").text
    page = operator.get(PAGE).text
    assert "Chương trình đã ngừng từ" in page
    assert "lên trước" not in page
    post(operator, desk, f"/doan/{part(desk, 'call').id}/len")
    assert kinds(desk)[0] == "jingle"
    post(operator, desk, "/dung-lai")
    assert programme(desk).retired_at is None
    assert "Chưa có khung giờ nên sẽ không phát. Hãy thêm khung giờ." in operator.get(PAGE).text
    left = desk.look(lambda s: s.query(SlotRow).filter_by(programme_id=programme(desk).id).count())
    assert left == 2  # removed from use, not from the table


def test_who_may_not_edit_sees_the_parts_without_buttons(enter, desk):
    page = enter("lan", "author").get(PAGE).text
    assert "Lời xướng" in page
    assert "lên trước" not in page
    assert 'name="voice"' not in page
    assert "Giọng đọc: giọng chung của trạm, bình thường." in page


def test_the_page_says_what_a_change_means_for_what_is_recorded(operator, enter, desk):
    waiting = desk.bulletin(rendered=True, title="Đang chờ")
    assert "phải thu lại" not in operator.get(PAGE).text.split("thu-tu")[0]
    post(operator, desk, f"/doan/{part(desk, 'call').id}", text="Mời bà con nghe chương trình mới.", bed="on")
    page = operator.get(PAGE).text
    assert "phải thu lại trước khi duyệt" in page
    assert f"/duyet/{waiting}" in page
    approver = enter("minh", "approver")
    approver.post(f"/ban-tin/{waiting}/duyet", {"version": desk.version_of(waiting)})
    assert desk.status_of(waiting) == "submitted"


def test_an_approved_sound_stays_whatever_becomes_of_the_programme(operator, enter, desk):
    approved = desk.bulletin(rendered=True, title="Đã duyệt")
    enter("minh", "approver").post(f"/ban-tin/{approved}/duyet", {"version": desk.version_of(approved)})
    assert desk.status_of(approved) == "approved"
    post(operator, desk, f"/doan/{part(desk, 'greeting').id}/bo")
    operator.post(f"{PAGE}/thiet-lap", settings(desk, speed="85"))
    page = operator.get(PAGE).text
    assert "1 bản tin đã duyệt giữ nguyên âm thanh đã duyệt" in page
    row = desk.look(lambda s: bulletins.get(s, approved))
    assert row.audio_sha256 == SHA256
    assert bulletins.may_air(row)


def test_a_rehearsal_is_recorded_beside_what_is_approved_and_never_queued(operator, enter, desk):
    desk.beat()
    approved = desk.bulletin(rendered=True)
    enter("minh", "approver").post(f"/ban-tin/{approved}/duyet", {"version": desk.version_of(approved)})
    operator.post(f"{PAGE}/thiet-lap", settings(desk, speed="85"))
    answer = post(operator, desk, "/nghe-thu/", bulletin=approved)
    page = operator.get(answer.location).text
    assert "Đang thu tiếng, xin chờ" in page
    assert "data-poll" in page
    asked = answer.location.rsplit("/", 1)[1]
    waiting = desk.look(lambda s: s.get(Rendering, asked))
    assert (waiting.status, waiting.bulletin_id) == ("waiting", approved)
    row = desk.look(lambda s: bulletins.get(s, approved))
    assert (row.status, row.audio_sha256) == ("approved", SHA256)
    assert desk.look(lambda s: renderings.of(s, bulletins.get(s, approved)).id) != asked
    assert desk.look(lambda s: s.query(Broadcast).count()) == 0


def test_a_rehearsal_of_the_sample_shows_its_progress_and_then_its_sound(operator, desk):
    desk.beat()
    answer = post(operator, desk, "/nghe-thu/", bulletin="mau")
    again = post(operator, desk, "/nghe-thu/", bulletin="mau")
    assert again.location == answer.location
    asked = answer.location.rsplit("/", 1)[1]

    def halfway(session):
        row = session.get(Rendering, asked)
        row.status, row.done, row.total = "working", 3, 20

    desk.look(halfway)
    assert "Đang thu tiếng: 3/20 câu" in operator.get(f"{answer.location}/tien-do").text

    def done(session):
        sound = recording()
        sound.segments = [{"kind": "call", "title": "Xướng", "start_s": 0.0, "end_s": 1.0}]
        sound.said = [{"text": "mời bà con nghe", "start_s": 0.1, "end_s": 0.9}]
        session.add(sound)
        session.flush()
        row = session.get(Rendering, asked)
        row.status, row.recording = "done", SHA256

    desk.look(done)
    assert "data-reload" in operator.get(f"{answer.location}/tien-do").text
    page = operator.get(answer.location).text
    assert f"/am-thanh/{SHA256}.flac" in page
    assert "mời bà con nghe" in page
    assert "đã đổi sau lần thu này" not in page
    post(operator, desk, f"/doan/{part(desk, 'greeting').id}/bo")
    assert "đã đổi sau lần thu này" in operator.get(answer.location).text


def test_a_rehearsal_needs_a_living_station_and_a_bulletin_of_this_programme(operator, desk):
    post(operator, desk, "/nghe-thu/", bulletin="mau")
    assert "Trạm chưa chạy" in operator.get(PAGE).text
    desk.beat()
    bulletin = desk.bulletin()
    answer = operator.post("/chuong-trinh/tieng-loa-an-ninh/nghe-thu/", {"bulletin": bulletin})
    assert "/nghe-thu/" not in answer.location
    assert desk.look(lambda s: s.query(Rendering).count()) == 0
    assert operator.get(f"{PAGE}/nghe-thu/khong-co").status_code == 404


def test_the_sample_belongs_to_no_list(operator, desk):
    desk.look(lambda s: samples.bulletin(s, programmes.get(s, SLUG), desk.clock.now()))
    assert samples.TITLE not in operator.get("/chuong-trinh/").text
    assert samples.TITLE not in operator.get("/ban-tin/").text


def test_an_older_version_of_a_recording_is_marked(operator, desk, sound):
    post(operator, desk, f"/doan/{part(desk, 'jingle').id}", sound=f"ban-ghi:{sound}")

    def newer(session):
        row = recording()
        row.sha256, row.title = "cd" * 32, "Nhạc mới"
        session.add(row)
        session.flush()
        (item,) = session.query(library.LibraryItem)
        library.replace(session, item.id, row.sha256, "truc", desk.clock.now())

    desk.look(newer)
    assert "bản cũ" in operator.get(PAGE).text
    assert "bản cũ" in operator.get(f"{PAGE}/doan/{part(desk, 'jingle').id}").text
    assert desk.look(lambda s: s.get(Recording, sound)) is not None


def test_what_is_typed_is_shown_as_text(operator, desk):
    post(operator, desk, "/ten", name="<b>An ninh</b>")
    post(operator, desk, f"/doan/{part(desk, 'call').id}", text="<i>Mời</i> nghe", title="<u>Xướng</u>")
    for path in ("/chuong-trinh/", PAGE, f"{PAGE}/doan/{part(desk, 'call').id}", f"{PAGE}/doan/moi?loai=call"):
        page = operator.get(path).text
        assert "<b>An" not in page
        assert "<i>Mời" not in page
        assert "<u>Xướng" not in page


def test_every_step_stands_in_the_trail_with_its_parts_in_words(operator, enter, desk):
    post(operator, desk, f"/doan/{part(desk, 'greeting').id}/bo")
    page = enter("sep", "admin").get("/ai-da-doi-gi?gi=programme").text
    assert "truc" in page
    assert "các đoạn" in page
    assert "3. Lời chào: Kính chào toàn thể bà con nhân dân trong xã! · có nhạc nền" in page


def test_a_relay_has_a_page_without_parts(operator, desk):
    facts = {"url": "http://vov.vn/1", "fallback": None, "seconds": 1800}
    desk.look(lambda s: setattr(programmes.get(s, SLUG), "relay", facts))
    page = operator.get(PAGE).text
    assert "http://vov.vn/1" in page
    assert "Thêm đoạn" not in page


def test_thirty_parts_are_enough(operator, desk):
    def fill(session):
        row = programmes.get(session, SLUG)
        rest = running_order.MOST - len(row.running_order)
        row.running_order = row.running_order + running_order.written(tuple(Part("pause") for _ in range(rest)))

    desk.look(fill)
    page = post(operator, desk, "/doan/moi", loai="pause", seconds="1.0")
    assert page.status_code == 400
    assert "đã có 30 đoạn" in page.text


def test_the_pages_are_english_for_who_asked_for_it(operator, desk, sound):
    desk.bulletin(title="Bulletin")
    operator.post("/ngon-ngu", {"tieng": "en"})
    for path in ("/chuong-trinh/", PAGE, f"{PAGE}/doan/moi?loai=call", f"{PAGE}/doan/moi?loai=jingle"):
        page = operator.get(path).text
        assert '<html lang="en">' in page
        written = "“[^”]*”|<textarea.*?</textarea>|<code>.*?</code>"  # by people, not by the panel
        named = "An ninh Núi Thành|Nhạc hiệu của đài|(Chuyên mục|Lời nhắn) [^<]*"
        left = re.sub(f"{written}|{named}", "", page, flags=re.DOTALL)
        for word in ("đoạn", "hương trình", "hung giờ", "hạc", "iọng", "ản tin"):
            assert word not in left, (path, word)
    assert "Somebody else has just changed" in operator.post(f"{PAGE}/ten", {"version": "0", "name": "x"}).text
