"""The monthly sheet."""

import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from broadcaster import journal, journal_pdf, preferences, sheets
from broadcaster.asrun import entry
from broadcaster.database import migrate, open_engine
from broadcaster.errors import BroadcasterError
from broadcaster.journal import Month
from tests.broadcaster.logged import TZ, at, line

STATION = "Đài Truyền thanh xã Núi Thành"


@pytest.fixture
def november():
    engine = open_engine("sqlite://", lasting=False)
    migrate(engine)
    with Session(engine) as session:
        session.add_all(
            [
                line("2026-11-01 00:00", approved_by="minh"),
                line("2026-11-30 23:59", began=None, outcome="missed", reason="too-late"),
                line("2026-11-15 09:00", kind="queue", began=4.0, seconds=65, by="truc", remark="loa mới"),
                line("2026-11-15 09:10", kind="queue", began=None, outcome="withdrawn"),
                line("2026-10-31 23:59"),
                line("2026-12-01 00:00"),
            ]
        )
        preferences.put(session, "station.name", f"  {STATION} ", by=None, now=at("2026-11-01 00:00"))
        yield journal.of_month(session, "2026-11", TZ)
    engine.dispose()


def test_the_sheet_holds_the_month_and_nothing_else(november):
    assert [row[:2] for row in november.table()] == [
        ["01/11/2026", "00:00–00:10"],
        ["15/11/2026", "09:00–09:01"],
        ["30/11/2026", "23:59"],
    ]
    _, queued, missed = november.table()
    assert queued[3:] == ["1:05", "đã phát", "", "loa mới; người phát: truc"]
    assert missed[3:5] == ["", "bỏ lỡ"]
    assert november.summary() == ["Cộng: 3 buổi (đã phát 2, bỏ lỡ 1); thời lượng đã phát 11 phút."]


def test_december_ends_with_the_year():
    engine = open_engine("sqlite://", lasting=False)
    migrate(engine)
    with Session(engine) as session:
        session.add_all([line("2026-12-31 23:00"), line("2027-01-01 00:00")])
        assert len(journal.of_month(session, "12/2026", TZ).entries) == 1
    engine.dispose()


class MonthBad(Exception):
    """The one refusal."""


def parsed(text):
    try:
        return journal.parse(text)
    except BroadcasterError as error:
        raise (MonthBad if error.code == "month-bad" else error) from error


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "13/2026", "tháng 11", "", "26-11", "2026-11-01"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(MonthBad):
        parsed(text)


@given(st.from_regex(r"[0-9]{1,4}[-/][0-9]{1,4}", fullmatch=True) | st.text(max_size=12))
def test_any_text_is_a_month_or_refused(text):
    with suppress(MonthBad):
        year, month = parsed(text)
        assert 1970 <= year < 2200
        assert 1 <= month <= 12


def test_the_spreadsheet_prints_on_a4_with_its_signatures(november, tmp_path):
    sheets.month_xlsx(tmp_path / "a.xlsx", november)
    book = zipfile.ZipFile(tmp_path / "a.xlsx")
    words = book.read("xl/sharedStrings.xml").decode()
    assert STATION.upper() in words
    for who, _ in Month.signatures:
        assert who in words
    page = book.read("xl/worksheets/sheet1.xml").decode()
    assert 'paperSize="9"' in page
    assert 'orientation="landscape"' in page


def test_the_pdf_carries_its_own_letters_and_keeps_signatures_together(november, tmp_path):
    journal_pdf.write(tmp_path / "a.pdf", november)
    data = (tmp_path / "a.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert b"/FontFile2" in data
    assert data.count(b"/Type /Page\n") == 1
    many = Month(STATION, 2026, 11, november.entries * 60, TZ)
    journal_pdf.write(tmp_path / "b.pdf", many)
    assert (tmp_path / "b.pdf").read_bytes().count(b"/Type /Page\n") > 3


def test_a_letter_without_a_shape_does_not_stop_the_sheet(november, tmp_path):
    odd = entry(line("2026-11-01 05:30", title="Tin 📢 mới 学", id="x"))
    journal_pdf.write(tmp_path / "a.pdf", Month(STATION, 2026, 11, (odd,), TZ))
    assert (tmp_path / "a.pdf").stat().st_size > 1000
