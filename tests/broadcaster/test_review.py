"""A text gone over: remarks at their sentences, and handing in what is serious."""

from datetime import date, datetime

import pytest

from audio.reading import Preferences
from audio.review.days import NAMES
from broadcaster import bulletins, phrases_text, preferences, programmes, review
from broadcaster.errors import BroadcasterError
from tests.conftest import NOON

TODAY = date(2026, 11, 24)
TEXT = """UBND XÃ TAM MỸ
Số: 12/BT-CAX
BẢN TIN
Kính thưa bà con!
Đối tượng Nguyễn Văn Anh bị bắt.
Mời bà con họp thứ Sáu, 28/11/2026 tại BXKQ.
Nơi nhận:
- Ông Trần Văn Bình, SN 1990, CCCD 049090001234"""


def sheet(text, phones=()):
    return review.go_over(text, Preferences(), phones, TODAY)


def test_every_remark_is_on_the_sentence_that_holds_its_words():
    lines = sheet(TEXT).lines
    kinds = {line.sentence.written: [r.kind for r in line.remarks] for line in lines if line.remarks}
    assert kinds == {
        "Đối tượng Nguyễn Văn Anh bị bắt.": ["name-full"],
        "Mời bà con họp thứ Sáu, 28/11/2026 tại BXKQ.": ["weekday-wrong", "unknown-abbreviation"],
    }
    assert all(r.quote in line.sentence.written for line in lines for r in line.remarks)


def test_what_is_not_voiced_is_not_asked_about():
    assert "number-identity" not in {remark.kind for remark in sheet(TEXT).remarks}


def test_an_old_text_is_a_note_on_the_whole_also_when_the_date_is_not_voiced():
    (note,) = sheet("Ngày đăng: 8:03 | 29/04/2018\nBà con chú ý khóa cửa.").notes
    assert note.kind == "text-old"
    assert "29/04/2018" in note.text


def test_a_line_of_its_own_is_gone_over_alone():
    line = review.go_over_line("đối tượng Nguyễn Văn Anh", Preferences(), (), TODAY)
    assert [(r.kind, r.severity) for r in line.remarks] == [("name-full", "serious")]


EXAMPLES = (
    "ngày 31/11; Xã sẽ họp ngày 20/11; thứ Hai, 20/11/2026; NĐ 144/2021/NĐ-CP; đối tượng Nguyễn Văn Anh; STK 0123456789"
    "\nAnh Trần Văn Tư (30 tuổi)\ncháu Lê Văn Tí (10 tuổi)\nCCCD 049090001234; 0235.3650237; 0914777888"
    "\nhuyện Núi Thành; UBND huyện"
)


def test_every_question_has_its_words():
    remarks = sheet(EXAMPLES, ("0235.3650236",)).remarks
    remarks += sheet("Ngày 10/5/2018.").notes
    assert {r.kind for r in remarks} == set(phrases_text.FINDINGS)
    assert all("{" not in r.text and r.text[-1] in ".”" for r in remarks)


def test_the_right_day_of_the_week_is_named():
    (remark,) = sheet("Họp thứ Hai, 20/11/2026 nhé.").remarks
    assert remark.severity == "serious"
    assert NAMES[4] in remark.text


@pytest.fixture
def draft(session):
    programme = programmes.get(session, "an-ninh-nui-thanh")
    return bulletins.add(session, programme, text="Tin.", week="2026-W50", title="", by="lan", now=NOON)


def test_a_bulletin_for_a_later_week_is_looked_at_with_that_week(draft, settings):
    assert review.day_of(draft, NOON, settings.tz) == date(2026, 12, 7)
    late = datetime(2026, 12, 9, 20, tzinfo=settings.tz)
    assert review.day_of(draft, late, settings.tz) == date(2026, 12, 9)


def test_the_stations_phone_numbers_are_known(session):
    text = "Gọi 0235.3650236."
    assert [r.severity for r in review.of_text(session, text, TODAY).remarks] == ["info"]
    preferences.put(session, "station.phones", "0235 365 0236", by=None, now=NOON)
    assert review.of_text(session, text, TODAY).remarks == ()


def test_serious_remarks_need_somebody_who_insists_and_are_kept(session, draft):
    with pytest.raises(BroadcasterError, match="findings-serious"):
        bulletins.submit(session, draft, by="lan", now=NOON, serious=["Lịch không có ngày này."])
    assert draft.status == "draft"
    bulletins.submit(session, draft, by="lan", now=NOON, serious=["Lịch không có ngày này."], insist=True)
    assert draft.insisted == {"by": "lan", "remarks": ["Lịch không có ngày này."]}


def test_a_corrected_bulletin_forgets_that_somebody_insisted(session, draft):
    bulletins.submit(session, draft, by="lan", now=NOON, serious=["Sai."], insist=True)
    bulletins.edit(session, draft, text="Tin đúng.", week="2026-W50", title="", by="lan", now=NOON)
    assert draft.insisted is None
    bulletins.submit(session, draft, by="lan", now=NOON, insist=True)
    assert draft.insisted is None
