"""The log in the panel: pages, downloads, the monthly sheet, the year."""

import csv
import io
import re
import zipfile

import pytest

from broadcaster import asrun, broadcasts, bulletins
from broadcaster.models import Recording
from tests.broadcaster.logged import line
from tests.web.conftest import NOW, SHA256


def add(desk, *lines):
    desk.look(lambda session: session.add_all(lines))


def test_pages_turn_back_and_forth_and_keep_the_filter(enter, desk):
    add(desk, *(line(f"2026-10-{d:02} {h:02}:30", title=f"Buổi {d}-{h}") for d in range(1, 31) for h in (5, 17)))
    add(desk, line("2026-10-15 09:00", title="Buổi lỡ", began=None, outcome="missed"))
    browser = enter("lan", "author")
    first = browser.get("/nhat-ky?ket-qua=aired").text
    assert first.count('class="slot"') == 50
    assert "Mới hơn" not in first
    older = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = browser.get(older).text
    assert second.count('class="slot"') == 10
    assert "Buổi lỡ" not in second
    newer = re.search(r'rel="prev" href="([^"]+)"', second)[1].replace("&amp;", "&")
    assert browser.get(newer).text.count('class="slot"') == 50


@pytest.mark.parametrize("day", ["hôm kìa", "31/2", "9999-12-31", "0001-01-01", "2026-02-30"])
def test_a_day_that_is_none_is_told_and_breaks_nothing(enter, day):
    answer = enter("lan", "author").get("/nhat-ky", query_string={"tu": day, "den": day})
    assert answer.status_code == 200
    assert f"Ngày “{day}” chưa đúng" in answer.text
    assert f'type="text" value="{day}"' in answer.text  # what was typed stays


def test_a_line_tells_who_approved_what_was_heard_and_when_until_the_text_is_another(enter, desk):
    browser = enter("lan", "author")
    desk.person("minh", "approver")
    bulletin_id = desk.bulletin(rendered=True)

    def air(session):
        row = bulletins.get(session, bulletin_id)
        bulletins.approve(session, row, by="minh", now=NOW)
        played = broadcasts.play(session, session.get_one(Recording, SHA256), by="minh", now=NOW)
        played.bulletin_id, played.approved_by, played.text_sha256 = row.id, "minh", row.text_sha256
        asrun.end(session, played, broadcasts.Status.MISSED, NOW)

    desk.look(air)
    assert "người duyệt minh (08:00 thứ Ba 24/11/2026)" in " ".join(browser.get("/nhat-ky").text.split())
    desk.look(
        lambda s: bulletins.edit(
            s, bulletins.get(s, bulletin_id), text="Khác.", week=None, title="A", by="lan", now=NOW
        )
    )
    page = browser.get("/nhat-ky").text
    assert "người duyệt minh" in page
    assert "08:00 thứ Ba 24/11/2026)" not in page


def test_the_download_holds_what_the_filter_lets_through(enter, desk):
    add(desk, line("2026-11-20 17:30", title="=1+1", approved_by="minh"), line("2026-11-21 17:30", title="Sau"))
    browser = enter("lan", "author")
    answer = browser.get("/nhat-ky.csv?den=2026-11-20")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Chương trình", "'=1+1"]  # no spreadsheet will calculate it
    assert rows[1][1] == "20/11/2026 17:30:00"
    book = zipfile.ZipFile(io.BytesIO(browser.get("/nhat-ky.xlsx").data))
    assert "20/11/2026 17:30:00" in book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()


def test_the_month_is_shown_and_can_be_downloaded_for_signing(enter, desk):
    add(desk, line("2026-11-20 17:30", title="An ninh: tuần 47", approved_by="minh"), line("2026-10-20 17:30"))
    browser = enter("lan", "author")
    page = browser.get("/so-thang/2026-11").text
    assert page.count("<tr><th") == 3  # the head, one day, the sum
    assert "<td>1</td><td>10</td><td>100,0 %</td>" in page
    assert "/nhat-ky?tu=2026-11-20&amp;den=2026-11-20" in page
    assert browser.get("/so-thang/2026-11.pdf").data.startswith(b"%PDF-")
    assert browser.get("/so-thang/2026-11.xlsx").data.startswith(b"PK")
    assert browser.get("/so-thang/2026-11.exe").status_code == 404
    assert browser.get("/so-thang/2026-13").status_code == 404
    assert browser.get("/so-thang?thang=11/2026").location.endswith("/so-thang/2026-11")


def test_the_year_draws_its_days_and_says_the_same_in_a_table(enter, desk):
    add(desk, line("2026-11-20 17:30", seconds=90 * 60), line("2026-11-21 17:30", began=30.0))
    page = enter("lan", "author").get("/tong-ket").text
    assert page.count('role="img"') == 2
    assert 'd="M323 100v-100h1v100M324 100v-11.11h1v11.11"' in page  # the 324th and 325th day of the year
    assert "Tháng 11: 50,0 %" in page
    assert "<td>2</td><td>100</td><td>50,0 %</td>" in page
    assert "0 / 1 tuần đủ" in page
    assert "tuần này còn thiếu" in page
    assert 'style="' not in page


@pytest.mark.parametrize("year", ["0", "99999", "hai", "²", "9" * 5000])
def test_a_year_that_is_none_is_this_one(enter, year):
    assert "Tổng kết năm 2026" in enter("lan", "author").get("/tong-ket", query_string={"nam": year}).text


@pytest.mark.parametrize("path", ["/nhat-ky", "/so-thang/2026-11", "/tong-ket"])
def test_a_title_stays_text(enter, desk, path):
    add(desk, line("2026-11-20 17:30", title="<script>alert(1)</script>", remark='"><img src=x onerror=alert(1)>'))
    page = enter("lan", "author").get(path).text
    assert "<script>alert" not in page
    assert "<img" not in page
