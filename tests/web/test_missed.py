"""What was missed, in the panel: it asks on every open page, and two buttons answer it once."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from broadcaster import asrun, hours
from broadcaster.broadcasts import Status
from broadcaster.missed import MissedAnswer
from broadcaster.models import Broadcast, Programme
from tests.web.conftest import NOW, recording


@pytest.fixture
def missed(desk):
    """A broadcast of an hour ago that found no device."""

    def write(session):
        session.add(recording())
        session.flush()
        row = Broadcast(
            kind="scheduled", title="An ninh: <b>tuần 48</b>", starts_at=NOW - timedelta(hours=1), zone="all",
            recording="ab" * 32, approved_by="minh", created_at=NOW, status="ready",
            programme_id=session.scalar(sa.select(Programme.id).limit(1)),
        )  # fmt: skip
        session.add(row)
        hours.set_for(session, "all", allowed="00:00-23:59", quiet="")
        session.flush()
        row.programme_id = None  # an operator's recording for that hour: no edition to be looked for
        asrun.end(session, row, Status.MISSED, NOW, "no-output")
        return row.id

    desk.beat()
    return desk.look(write)


def queued(desk):
    return desk.look(lambda s: list(s.scalars(sa.select(Broadcast).where(Broadcast.kind == "queue"))))


def test_it_asks_on_the_first_page_in_words_and_in_the_bar_of_every_page(enter, missed):
    browser = enter("lan", "operator")
    page = browser.get("/").text
    assert "Buổi bị lỡ" in page
    assert "An ninh: &lt;b&gt;tuần 48&lt;/b&gt;" in page
    assert "Không có thiết bị âm thanh" in page
    assert f"/bo-lo/{missed}/phat" in page
    assert f"/bo-lo/{missed}/bo" in page
    assert "1 buổi bị lỡ" in browser.get("/ban-tin/").text
    assert f"/bo-lo/{missed}/phat" in browser.get("/trang-thai").text  # so an open page shows it by itself
    assert f"/bo-lo/{missed}/phat" in browser.get("/nhat-ky").text


def test_who_may_not_play_sees_it_without_buttons(enter, missed):
    page = enter("minh", "author").get("/").text
    assert "Buổi bị lỡ" in page
    assert "/bo-lo/" not in page


def test_play_puts_it_into_the_queue_once_and_asks_no_more(enter, desk, missed):
    lan, hoa = enter("lan", "operator"), enter("hoa", "operator")
    assert lan.post(f"/bo-lo/{missed}/phat").status_code == 302
    answer = hoa.post(f"/bo-lo/{missed}/phat", follow_redirects=True)
    assert "lan đã xử lý buổi bị lỡ này lúc 08:00" in answer.text
    (replay,) = queued(desk)
    assert replay.remark == "phát bù cho buổi 07:00 thứ Ba 24/11/2026"
    assert "Buổi bị lỡ" not in lan.get("/").text
    assert "Đã phát bù: lan" in re.sub(r"\s+", " ", lan.get("/nhat-ky").text)


def test_dismissed_with_a_reason_the_log_keeps_who_and_why(enter, desk, missed):
    browser = enter("lan", "operator")
    browser.post(f"/bo-lo/{missed}/bo", {"reason": "đã đọc qua loa cầm tay"})
    answer = desk.look(lambda s: s.get_one(MissedAnswer, missed))
    assert (answer.what, answer.by, answer.answered_at) == ("dismissed", "lan", NOW)
    assert queued(desk) == []
    page = browser.get("/nhat-ky").text
    assert "đã đọc qua loa cầm tay" in page
    assert "/bo-lo/" not in page


def test_outside_the_hours_the_form_asks_for_the_reason(enter, desk, missed):
    desk.look(lambda s: hours.set_for(s, "all", allowed="17:00-18:00"))
    browser = enter("lan", "operator")
    assert f'id="reason-{missed}"' in browser.get("/").text
    assert "Lý do phát" in browser.post(f"/bo-lo/{missed}/phat", follow_redirects=True).text
    assert queued(desk) == []
    browser.post(f"/bo-lo/{missed}/phat", {"reason": "báo bão"})
    assert queued(desk)[0].remark.endswith("; báo bão")


def test_nothing_is_queued_for_a_station_that_is_dead(enter, desk, missed):
    desk.clock.sleep(60)
    browser = enter("lan", "operator")
    assert "Trạm chưa chạy" in browser.post(f"/bo-lo/{missed}/phat", follow_redirects=True).text
    assert queued(desk) == []
