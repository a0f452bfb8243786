"""Long lists turn pages and are looked through by filter."""

import sqlalchemy as sa

from broadcaster import library, lists
from broadcaster.models import Bulletin, Programme, SlotRow
from tests.web.conftest import NOW, SHA256, recording


def write(desk, count):
    def rows(session):
        ids = list(session.scalars(sa.select(Programme.id).order_by(Programme.name)))
        session.add_all(
            Bulletin(
                programme_id=ids[n % 2], title=f"Bản tin {n:03} <i>", text="x", author="lan", created_at=NOW,
                status="returned" if n == 7 else "draft", reason="thiếu ngày",
            )
            for n in range(count)
        )  # fmt: skip
        session.add_all(
            SlotRow(programme_id=ids[0], rrule="FREQ=DAILY", at=f"{n // 60 + 5:02}:{n % 60:02}", created_at=NOW)
            for n in range(count)
        )
        return ids

    return desk.look(rows)


def test_bulletins_turn_pages_and_keep_the_filter(enter, desk):
    ids = write(desk, 130)
    browser = enter("lan", "author")
    first = browser.get("/ban-tin/").text
    assert first.count('class="title"') == 50
    assert "Trang 1 trên 3 (132 mục)" in first
    assert "trang=2" in first
    assert browser.get("/ban-tin/?trang=3").text.count('class="title"') == 32
    chosen = browser.get(f"/ban-tin/?chuong-trinh={ids[0]}").text
    assert "Trang 1 trên 2 (66 mục)" in chosen
    assert f"trang=2&amp;chuong-trinh={ids[0]}" in chosen


def test_bulletins_are_found_by_title_and_state(enter, desk):
    write(desk, 60)
    browser = enter("lan", "author")
    assert browser.get("/ban-tin/?tim=tin+012").text.count('class="title"') == 1
    assert browser.get("/ban-tin/?trang-thai=returned").text.count('class="title"') == 1
    assert "Không có bản tin nào khớp" in browser.get("/ban-tin/?tim=%25").text
    assert "Sửa lại: Bản tin 007 &lt;i&gt;" in browser.get("/").text


def test_slots_turn_pages_too(enter, desk):
    write(desk, 120)
    browser = enter("lan", "operator")
    assert browser.get("/khung-gio/").text.count("/sua") == 50
    assert browser.get("/khung-gio/?chuong-trinh=khong-co").text.count("/sua") == 0


def test_a_page_that_is_none_is_the_nearest(enter, desk):
    write(desk, 60)
    browser = enter("lan", "author")
    for number, shown in (("0", 50), ("-3", 50), ("99", 12), ("x", 50), ("9" * 30, 12)):
        assert browser.get(f"/ban-tin/?trang={number}").text.count('class="title"') == shown


def test_pages_together_hold_every_row_once(desk):
    write(desk, 101)
    with desk.sessions.begin() as session:
        pages = [lists.bulletins(session, n, 25) for n in range(1, 6)]
        assert [page.number for page in pages] == [1, 2, 3, 4, 5]
        assert len({row.id for page in pages for row in page.rows}) == pages[0].count == 103


def test_the_library_turns_pages_by_title(enter, desk):
    def fill(session):
        session.add(recording())
        session.flush()
        for n in range(45):
            library.add(session, f"Bài {n:02}", SHA256, "lan", NOW)

    desk.look(fill)
    browser = enter("lan", "author")
    first, last = browser.get("/thu-vien/").text, browser.get("/thu-vien/?trang=3").text
    assert "Bài 00" in first
    assert "Bài 20" not in first
    assert "Bài 44" in last
    assert browser.get("/thu-vien/?tim=ài+07").text.count("<audio") == 1
