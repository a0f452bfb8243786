"""What was missed is offered within a tick, with its cause, and is made up for once."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from broadcaster import asrun, broadcasts, bulletins, hours, missed, plan, words, zones
from broadcaster.broadcasts import Status
from broadcaster.cli import main
from broadcaster.errors import BroadcasterError
from broadcaster.missed import MissedAnswer
from broadcaster.models import Broadcast, Bulletin
from broadcaster.models_care import Trail
from broadcaster.models_station import StationState
from tests.broadcaster.helpers import Air, approved, recording
from tests.conftest import NOON

FRIDAY = NOON.replace(day=27, hour=10, minute=30)  # 17:30 in Việt Nam
TOO_LATE = FRIDAY + timedelta(minutes=10, seconds=1)  # past the grace of its slot


@pytest.fixture
def air(sessions, settings, clock):
    """A station that comes back when the Friday broadcast can no longer be started."""
    with sessions.begin() as session:
        hours.set_for(session, "all", allowed="00:00-23:59", quiet="")
        approved(session, "2026-W48")
        plan.store(session, NOON, settings.tz)
    clock.move_to(TOO_LATE)
    return Air(sessions, settings, clock)


def asking(air):
    with air.sessions.begin() as session:
        return [e for e in missed.asking(session, air.clock.now()) if e.planned_at == FRIDAY]


def play(air, settings, which, by="trực", **more):
    with air.sessions.begin() as session:
        return missed.play(session, which, by=by, now=air.clock.now(), tz=settings.tz, **more).id


def refusal(act, *args, **more):
    with pytest.raises(BroadcasterError) as error:
        act(*args, **more)
    return error.value.code


def test_after_one_tick_it_asks_and_says_why(air):
    assert asking(air) == []
    air.playout.tick()
    (entry,) = asking(air)
    assert (entry.outcome, entry.reason) == ("missed", "station-off")


def test_played_after_all_it_airs_the_same_edition_and_the_log_says_for_what(air, settings):
    air.playout.tick()
    (was,) = asking(air)
    replay = play(air, settings, was.broadcast_id)
    assert asking(air) == []
    air.run(70)
    with air.sessions.begin() as session:
        (entry,) = [e for e in asrun.entries(session) if e.broadcast_id == replay]
        assert session.get_one(MissedAnswer, was.broadcast_id).replay == replay
        assert session.get_one(Broadcast, replay).programme_id is not None
    assert (entry.outcome, entry.seconds, entry.approved_by, entry.by) == ("aired", 60.0, "minh", "trực")
    assert entry.remark == "phát bù cho buổi 17:30 thứ Sáu 27/11/2026"


def test_two_people_who_both_press_play_are_heard_once(air, settings):
    air.playout.tick()
    (was,) = asking(air)
    play(air, settings, was.broadcast_id, by="lan")
    assert refusal(play, air, settings, was.broadcast_id, by="hoa") == "missed-answered"
    with air.sessions.begin() as session:
        assert session.scalar(sa.select(sa.func.count()).where(Broadcast.kind == "queue")) == 1


def test_an_answer_that_slips_past_the_look_is_stopped_by_the_key(air, settings):
    air.playout.tick()
    (was,) = asking(air)
    with air.sessions.begin() as session:
        broadcast = session.get_one(Broadcast, was.broadcast_id)
        missed._answer(session, broadcast, "dismissed", "lan", NOON, "", None)
        session.expunge_all()
        code = refusal(missed._answer, session, broadcast, "played", "hoa", NOON, "", None)
        session.rollback()
    assert code == "missed-answered-now"


def test_dismissed_it_asks_no_more_and_the_trail_tells_who(air, settings):
    air.playout.tick()
    (was,) = asking(air)
    with air.sessions.begin() as session:
        session.info["actor"] = "trực"
        missed.dismiss(session, was.broadcast_id[-8:], by="trực", now=air.clock.now(), reason=" đã  đọc tay ")
    assert asking(air) == []
    assert refusal(play, air, settings, was.broadcast_id) == "missed-answered"
    with air.sessions.begin() as session:
        assert session.get_one(MissedAnswer, was.broadcast_id).reason == "đã đọc tay"
        trail = session.scalars(sa.select(Trail).where(Trail.kind == "missed_answer")).one()
        assert (trail.by, trail.after["what"]) == ("trực", "dismissed")


def test_outside_the_hours_a_reason_is_asked_for_and_stands_in_the_log(air, settings):
    air.playout.tick()
    (was,) = asking(air)
    with air.sessions.begin() as session:
        hours.set_for(session, "all", allowed="05:00-06:00")
    assert refusal(play, air, settings, was.broadcast_id) == "reason-outside"
    assert len(asking(air)) == 1
    replay = play(air, settings, was.broadcast_id, reason="Lũ lên nhanh")
    with air.sessions.begin() as session:
        assert session.get_one(Broadcast, replay).remark.endswith("27/11/2026; Lũ lên nhanh")


def test_an_edition_that_was_taken_back_is_not_played_after_all(air, settings):
    air.playout.tick()
    (was,) = asking(air)
    with air.sessions.begin() as session:
        bulletins.withdraw(
            session,
            session.scalars(sa.select(Bulletin).where(Bulletin.week == "2026-W48")).one(),
            by="minh",
        )
    assert refusal(play, air, settings, was.broadcast_id) == "missed-nothing"
    assert len(asking(air)) == 1


def test_what_had_no_edition_plays_the_one_that_was_approved_since(sessions, settings, clock):
    with sessions.begin() as session:
        hours.set_for(session, "all", allowed="00:00-23:59", quiet="")
        plan.store(session, NOON, settings.tz)
    clock.move_to(FRIDAY - timedelta(seconds=2))
    air = Air(sessions, settings, clock)
    air.run(4)
    (was,) = asking(air)
    assert was.reason == "no-edition"
    assert refusal(play, air, settings, was.broadcast_id) == "missed-nothing"
    with sessions.begin() as session:
        bulletin = approved(session, "2026-W48").id
    replay = play(air, settings, was.broadcast_id)
    with sessions.begin() as session:
        assert session.get_one(Broadcast, replay).bulletin_id == bulletin


def test_what_has_expired_is_not_played(air, settings):
    air.playout.tick()
    (was,) = asking(air)
    with air.sessions.begin() as session:
        session.scalars(sa.select(Bulletin).where(Bulletin.week == "2026-W48")).one().expires = FRIDAY.date()
    air.clock.sleep(86_400)
    assert refusal(play, air, settings, was.broadcast_id) == "missed-expired"


def test_nothing_else_can_be_made_up_for(air, settings):
    air.playout.tick()
    with air.sessions.begin() as session:
        aired = approved(session, "2026-W49").id
    for which in ("", "%", "khong-co", aired):
        assert refusal(play, air, settings, which) == "missed-unknown"


def test_after_a_week_it_asks_no_more(air):
    air.playout.tick()
    air.clock.sleep(8 * 86_400)
    assert asking(air) == []


def test_every_refusal_has_its_words(settings):
    for code in ("missed-nothing", "missed-expired", "missed-answered", "missed-answered-now", "missed-unknown"):
        values = {"title": "An ninh", "by": "lan", "at": NOON, "id": "x"}
        assert words.explain(BroadcasterError(code, **values), settings.tz).endswith(".")


def test_the_command_line_lists_skips_and_needs_a_station_to_play(air, settings, monkeypatch, capsys):
    monkeypatch.setenv("BROADCASTER_DATA", str(settings.data))
    monkeypatch.setattr("broadcaster.cli.Clock", lambda: air.clock)
    air.playout.tick()
    (was,) = asking(air)
    assert main(["missed", "list", "--json"]) == 0
    (line,) = [r for r in json.loads(capsys.readouterr().out) if r["broadcast_id"] == was.broadcast_id]
    assert line["reason"] == "máy trạm tắt hoặc mất điện lúc đó"
    assert main(["missed", "play", was.broadcast_id]) == 1
    assert "Trạm chưa chạy" in capsys.readouterr().err
    assert main(["missed", "skip", was.broadcast_id[-8:], "--reason", "mưa to"]) == 0
    assert main(["missed", "skip", was.broadcast_id]) == 1
    assert "đã xử lý" in capsys.readouterr().err
    with air.sessions.begin() as session:
        session.get_one(StationState, 1).beat_at = air.clock.now()
        late = broadcasts.play(session, recording(session, "bài"), by="trực", now=NOON, at=NOON)
        asrun.end(session, late, Status.MISSED, air.clock.now(), "no-output")
        which = late.id
    assert main(["missed", "play", which]) == 0
    assert "phát bù cho buổi 12:00 thứ Ba 24/11/2026" in capsys.readouterr().out


def test_a_relay_that_is_over_is_not_offered_and_says_why(air, settings):
    air.playout.tick()
    (was,) = asking(air)
    with air.sessions.begin() as session:
        session.get_one(Broadcast, was.broadcast_id).live = {"url": "http://127.0.0.1/vov", "seconds": 600}
    with air.sessions.begin() as session:
        found = missed.hindrance(session, was.broadcast_id, air.clock.now(), settings.tz)
        assert found.code == "missed-live"
        assert "Trực tiếp" in words.explain(found, settings.tz)
    assert refusal(play, air, settings, was.broadcast_id) == "missed-live"


def test_what_is_offered_is_what_would_be_played(air, settings):
    air.playout.tick()
    (was,) = asking(air)

    def hindered():
        with air.sessions.begin() as session:
            found = missed.hindrance(session, was.broadcast_id, air.clock.now(), settings.tz)
            return found and found.code

    assert hindered() is None
    with air.sessions.begin() as session:
        zones.save(session, "thon-1", "", ["sound:A"], [], NOON)
        session.get_one(Broadcast, was.broadcast_id).zone = "thon-9"
    assert hindered() == "zone-missing"
    with air.sessions.begin() as session:
        session.get_one(Broadcast, was.broadcast_id).zone = "all"
        row = session.scalars(sa.select(Bulletin).where(Bulletin.week == "2026-W48")).one()
        row.expires = FRIDAY.date() - timedelta(days=1)
    assert hindered() == refusal(play, air, settings, was.broadcast_id) == "missed-expired"
