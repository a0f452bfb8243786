"""What every week owes: a column on crime prevention, one on good deeds."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from broadcaster import duties, notices, plan, preferences
from broadcaster.errors import BroadcasterError
from broadcaster.models import Broadcast
from broadcaster.topics import CRIME, DEEDS
from schedules.weeks import Week
from tests.broadcaster.helpers import approved
from tests.conftest import NOON
from tests.schedules.made import NUI_THANH

WEEK = Week(2026, 48)


def test_a_week_lacks_what_no_approved_and_planned_bulletin_is_about(session):
    assert duties.lacking(session, WEEK, NUI_THANH) == [CRIME, DEEDS]
    bulletin = approved(session, "2026-W48")
    bulletin.topics = [CRIME]
    plan.store(session, NOON, NUI_THANH)
    assert duties.lacking(session, WEEK, NUI_THANH) == [DEEDS]
    bulletin.topics = [CRIME, DEEDS]
    session.flush()
    assert duties.lacking(session, WEEK, NUI_THANH) == []


def test_a_bulletin_that_airs_twice_is_one(session):
    approved(session, "2026-W48").topics = [CRIME]
    plan.store(session, NOON, NUI_THANH)
    assert duties.met(session, WEEK, NUI_THANH)[CRIME] == 1


@pytest.mark.parametrize(
    ("crime", "deeds", "lacks"),
    [("1", "1", [DEEDS]), ("2", "1", [CRIME, DEEDS]), ("1", "0", []), ("0", "0", []), ("2", "0", [CRIME])],
)
def test_how_many_a_week_owes_is_the_station_s_choice_and_the_warning_follows_it(session, crime, deeds, lacks):
    preferences.put(session, "duty.crime", crime, by=None, now=NOON)
    preferences.put(session, "duty.deeds", deeds, by=None, now=NOON)
    approved(session, "2026-W48").topics = [CRIME]
    plan.store(session, NOON, NUI_THANH)
    assert duties.lacking(session, WEEK, NUI_THANH) == lacks
    monday = [w.code for w in notices.standing(session, NOON, NUI_THANH) if w.code.startswith("duty")]
    assert monday == [f"duty-{topic}" for topic in lacks]


@pytest.mark.parametrize("text", ["-1", "22", "một", ""])
def test_a_quota_is_a_small_number(session, text):
    with pytest.raises(BroadcasterError) as refused:
        preferences.put(session, "duty.crime", text, by=None, now=NOON)
    assert refused.value.code == "setting-bad"


def test_the_operator_is_told_once_a_week_and_sees_it_until_it_is_met(session):
    def told(day):
        return [
            w.code for w in notices.due(session, NOON + timedelta(days=day), NUI_THANH) if w.code.startswith("duty")
        ]

    plan.store(session, NOON, NUI_THANH)
    assert told(0) == ["duty-crime", "duty-deeds"]
    assert told(1) == []
    assert [w.code for w in notices.standing(session, NOON, NUI_THANH)][-2:] == ["duty-crime", "duty-deeds"]
    approved(session, "2026-W48").topics = [CRIME, DEEDS]
    plan.store(session, NOON, NUI_THANH)
    assert [w.code for w in notices.standing(session, NOON, NUI_THANH) if w.code.startswith("duty")] == []
    assert told(6) == ["duty-crime", "duty-deeds"]  # Monday of the next week


def test_last_week_s_edition_that_stands_in_does_not_meet_this_week_s_duty(session):
    approved(session, "2026-W47").topics = [CRIME, DEEDS]
    plan.store(session, NOON, NUI_THANH)
    notes = {row.note for row in session.query(Broadcast).filter(Broadcast.bulletin_id.is_not(None))}
    assert notes == {"fallback-repeat"}  # it is in the plan
    assert duties.lacking(session, WEEK, NUI_THANH) == [CRIME, DEEDS]
    monday = [w.code for w in notices.standing(session, NOON, NUI_THANH) if w.code.startswith("duty")]
    assert monday == ["duty-crime", "duty-deeds"]


def test_a_standing_notice_meets_no_duty_but_a_text_of_a_rotation_does(session):
    for note, expected in (("fallback-notice", [CRIME, DEEDS]), (None, [DEEDS])):
        approved(session, None, title=f"nhắc nhở {note}").topics = [CRIME]
        plan.store(session, NOON, NUI_THANH)
        session.execute(sa.update(Broadcast).where(Broadcast.bulletin_id.is_not(None)).values(note=note))
        assert duties.lacking(session, WEEK, NUI_THANH) == expected
