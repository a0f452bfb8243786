"""The plan's page, and the calendar a phone subscribes to."""

import re
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import sqlalchemy as sa

from broadcaster import asrun, changes, hours, plan, programmes, slots, timetable
from broadcaster.broadcasts import Status
from broadcaster.changes import Said
from broadcaster.models import Broadcast
from broadcaster.slots import Wanted
from tests.schedules.made import NUI_THANH
from tests.web.conftest import NOW
from web.axis import Axis

FRIDAY = datetime(2026, 11, 27, 10, 30, tzinfo=UTC)


def cancel_friday(desk):
    def do(session):
        friday = next(row for row in timetable.slot_rows(session) if row.rrule.endswith("FR"))
        changes.cancel(session, friday, FRIDAY, Said("lan", "họp dân <script>", desk.clock.now(), NUI_THANH))

    desk.look(do)


def feed_of(browser):
    return re.search(r"/lich/\w+\.ics", browser.get("/lich-phat").text)[0]


def test_a_phone_can_subscribe_to_the_plan_without_an_account(enter, visitor, desk):
    cancel_friday(desk)
    answer = visitor.get(feed_of(enter("lan", "author")))
    assert answer.mimetype == "text/calendar"
    events = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    friday = next(e for e in events if e.decoded("DTSTART") == FRIDAY)
    assert (str(friday["SUMMARY"]), str(friday["STATUS"])) == ("An ninh Núi Thành", "CANCELLED")
    assert friday.decoded("DTEND") - FRIDAY == timedelta(minutes=10)
    assert len({str(e["UID"]) for e in events}) == len(events) > 30


def test_the_address_of_the_calendar_can_not_be_guessed(visitor):
    assert visitor.get("/lich/0123456789abcdef0123456789abcdef.ics").status_code == 404


def test_a_changed_occurrence_says_who_changed_it_and_why(enter, desk):
    cancel_friday(desk)
    page = enter("lan", "author").get("/lich-phat").text
    assert "họp dân &lt;script&gt; (lan)" in page
    assert "không phát" in section(page, "2026-11-27")


@pytest.fixture
def operator(enter):
    return enter("truc", "operator")


def section(page, day):
    return re.search(rf'<section [^>]*data-day="{day}".*?</section>', page, re.DOTALL)[0]


def test_a_week_is_seven_days_with_their_lunar_dates(operator):
    page = operator.get("/lich-phat").text
    assert page.count("<section class=") - page.count('<section class="air"') == 7
    assert "Tuần này · Tuần 48 (23/11 – 29/11/2026)" in page
    assert "19/10 âm lịch" in section(page, "2026-11-27")
    assert "Ngày Văn hóa Việt Nam" in section(page, "2026-11-24")
    assert "<b>17:30<u>–17:40</u></b> An ninh Núi Thành" in section(page, "2026-11-27")
    assert "chưa có bản tin nào được duyệt" in section(page, "2026-11-27")


def test_other_weeks_are_one_link_away(operator):
    page = operator.get("/lich-phat").text
    after = re.search(r'href="([^"]+)">Tuần sau', page)[1].replace("&amp;", "&")
    later = operator.get(after).text
    assert "Tuần 49 (30/11 – 06/12/2026)" in later
    assert "Thứ Sáu 04/12/2026" in later
    before = re.search(r'href="([^"]+)">← Tuần trước', later)[1].replace("&amp;", "&")
    assert "Tuần này · Tuần 48" in operator.get(before).text


@pytest.mark.parametrize("bad", ["2026-W54", "2026-48", "x", "<b>"])
def test_what_is_no_week_is_no_page(operator, bad):
    assert operator.get(f"/lich-phat?tuan={bad}").status_code == 404


def test_a_phone_shows_the_day_that_was_asked_for(operator):
    page = operator.get("/lich-phat?tuan=2026-W49&ngay=3").text
    assert re.search(r'class="day chosen"[^>]*data-day="2026-12-02"', page)
    assert re.search(r'class="day today chosen[^>]*data-day="2026-11-24"', operator.get("/lich-phat?ngay=x").text)


def test_blocks_can_be_moved_by_those_who_may(operator, enter):
    assert 'data-move="1050,10"' in section(operator.get("/lich-phat").text, "2026-11-27")
    page = enter("lan", "author").get("/lich-phat").text
    assert "data-move" not in page
    assert "week.js" not in page
    assert "/doi?" not in page


def test_what_was_missed_is_listed_with_its_reason_and_what_aired_leads_to_the_log(operator, desk):
    def write(session):
        plan.store(session, NOW - timedelta(days=7), NUI_THANH)
        rows = list(
            session.scalars(sa.select(Broadcast).where(Broadcast.starts_at < NOW).order_by(Broadcast.starts_at))
        )
        missed, *heard = rows
        asrun.end(session, missed, Status.MISSED, NOW, "too-late")
        for row in heard:
            row.status, row.began_at, row.checked_at = Status.ON_AIR, row.starts_at, row.starts_at
            asrun.end(session, row, Status.AIRED, NOW)
        return missed.id, len(heard)

    missed, heard = desk.look(write)
    page = operator.get("/lich-phat?tuan=2026-W47").text
    assert f'href="#b-{missed}"' in page
    assert re.search(rf'<li id="b-{missed}".*?bỏ lỡ.*?quá giờ cho phép', page, re.DOTALL)
    assert page.count('href="/nhat-ky?tu=2026-11-') == heard > 0
    assert f"/bo-lo/{missed}/phat" not in page  # nothing is approved that could be played: it says so instead
    assert "không có bản thu nào được duyệt để phát bù" in page
    assert f"/bo-lo/{missed}/bo" in page
    operator.post(f"/bo-lo/{missed}/bo", {"reason": "đã đọc trực tiếp"})
    page = operator.get("/lich-phat?tuan=2026-W47").text
    assert f"/bo-lo/{missed}/phat" not in page
    assert "(đã đọc trực tiếp)" in page


def test_a_zone_is_shown_alone_with_what_is_for_all(operator, desk):
    def zone(session):
        programme = programmes.get(session, "tieng-loa-an-ninh")
        for name in ("thon-1", "thon-2"):
            wanted = Wanted("FREQ=WEEKLY;BYDAY=TH", "17:30", override="thử")
            slots.add(session, programme, wanted, now=NOW, tz=NUI_THANH).zone = name

    desk.look(zone)
    both = section(operator.get("/lich-phat").text, "2026-11-26")
    assert (both.count(">thon-1<"), both.count(">thon-2<")) == (1, 1)
    assert both.count(" w2") == 2
    page = operator.get("/lich-phat?cum=thon-1").text
    one = section(page, "2026-11-26")
    assert (one.count(">thon-1<"), one.count(">thon-2<")) == (1, 0)
    assert "An ninh Núi Thành" in section(page, "2026-11-27")


def test_the_hours_of_the_zone_are_marked_and_quiet_ones_darkened(operator, desk):
    desk.look(lambda s: hours.set_for(s, "all", allowed="CN 23:00-01:00", quiet="02:00-04:00"))
    page = operator.get("/lich-phat?gio=24").text
    axis = Axis.of([], whole=True)
    assert f'<i class="quiet{axis.band(120, 240)}"></i>' in section(page, "2026-11-25")
    assert f'<i class="allowed{axis.band(0, 60)}"></i>' in section(page, "2026-11-23")  # since the Sunday before
    assert f'<i class="allowed{axis.band(23 * 60, 24 * 60)}"></i>' in section(page, "2026-11-29")
    assert "allowed" not in section(page, "2026-11-25")


def test_what_goes_on_after_midnight_is_drawn_on_both_days(operator, desk):
    def write(session):
        row = next(row for row in timetable.slot_rows(session) if row.rrule.endswith("FR"))
        row.at, row.override_reason, row.overruled = "23:55", "giao thừa", ["quiet", "outside-allowed"]

    desk.look(write)
    page = operator.get("/lich-phat").text
    first, second = section(page, "2026-11-27"), section(page, "2026-11-28")
    assert "<b>23:55<u>–00:05</u></b> An ninh Núi Thành" in first
    assert "<b>23:55<u>–00:05</u></b> An ninh Núi Thành" in second
    assert "tiếp từ hôm trước" in second
    assert "tiếp từ hôm trước" not in first
    rest = re.search(r'<li class="b [^"]* rest"><a[^>]*>', second)[0]
    assert "data-move" not in rest  # it is moved where it begins
    assert "doi?original=" in rest


def test_a_week_begins_with_the_rest_of_sunday_night(operator, desk):
    def write(session):
        row = next(row for row in timetable.slot_rows(session) if row.rrule.endswith("FR"))
        row.rrule, row.at = "FREQ=WEEKLY;BYDAY=SU", "23:55"

    desk.look(write)
    monday = section(operator.get("/lich-phat?tuan=2026-W49").text, "2026-11-30")
    assert "<b>23:55<u>–00:05</u></b>" in monday
    assert "23:55" not in section(operator.get("/lich-phat?tuan=2026-W49").text, "2026-12-01")


def ask(browser, tag=None, query=""):
    return browser.get(f"/lich-phat/moi{query}", headers={"X-Fragment": "1"} | ({"If-None-Match": tag} if tag else {}))


def test_an_open_week_is_told_that_nothing_has_happened(operator):
    page = operator.get("/lich-phat").text
    tag = re.search(r'data-tag="(\w+)"', page)[1]
    assert ask(operator, f'W/"{tag}"').status_code == 304
    answer = ask(operator)
    assert answer.headers["ETag"] == f'W/"{tag}"'
    assert section(answer.text, "2026-11-27") == section(page, "2026-11-27")
    assert "<html" not in answer.text


def test_an_open_week_is_told_of_what_somebody_changed_what_began_and_what_time_brings(operator, desk):
    tag = ask(operator).headers["ETag"]
    cancel_friday(desk)
    answer = ask(operator, tag)
    assert answer.status_code == 200
    assert "không phát" in section(answer.text, "2026-11-27")
    tag = answer.headers["ETag"]

    def begin(session):
        plan.store(session, NOW, NUI_THANH)
        row = session.scalars(sa.select(Broadcast).order_by(Broadcast.starts_at)).first()
        row.status, row.began_at = Status.ON_AIR, row.starts_at

    desk.look(begin)
    answer = ask(operator, tag)
    assert (answer.status_code, "đang phát" in answer.text) == (200, True)
    tag = answer.headers["ETag"]
    assert ask(operator, tag).status_code == 304
    desk.clock.sleep(86_400 * 4)  # what was to come is past
    assert ask(operator, tag).status_code == 200


def test_each_sees_their_own_week(operator, enter):
    tag = ask(operator).headers["ETag"]
    assert ask(operator, tag, "?tuan=2026-W49").status_code == 200
    assert ask(enter("lan", "author"), tag).status_code == 200
    assert ask(operator, query="?endpoint=x&_external=1").status_code == 200


def test_a_week_that_was_drawn_is_drawn_anew_for_others_and_once_it_has_changed(operator, enter, desk):
    def friday(browser, query=""):
        return section(browser.get(f"/lich-phat{query}").text, "2026-11-27")

    page = friday(operator)
    assert "data-move" in page
    assert friday(operator) == page
    assert "data-move" not in friday(enter("lan", "author"))
    assert friday(operator, "?gio=24") != page
    cancel_friday(desk)
    assert "không phát" in friday(operator)


def test_folded_hours_are_named_from_where_to_where(enter):
    page = enter("truc", "operator").get("/lich-phat").text
    scale = re.search(r'class="scale".*?</div></div>', page, re.DOTALL)[0]
    labels = re.findall(r">([\d:–]+)</span>", scale)
    assert labels[0] == "00–05"
    assert labels[-1] == "18–24"
    assert "05:00" in labels
