"""Two ưu tiên items at one moment: the order that the operator stated decides, whatever order they were made in."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from broadcaster import ahead, asrun, broadcasts, plan, programmes, slots, timetable
from broadcaster.models import Broadcast
from broadcaster.models_station import StationState
from broadcaster.slots import Wanted
from tests.broadcaster.helpers import Air, approved, recording
from tests.conftest import NOON
from tests.schedules.made import NUI_THANH

FIVE = NOON.replace(hour=10)  # 17:00 in Việt Nam
FIRST, SECOND = "an-ninh-nui-thanh", "tieng-loa-an-ninh"


@pytest.mark.parametrize(
    ("ranks", "order"), [((0, 1), (FIRST, SECOND)), ((1, 0), (SECOND, FIRST)), ((0, 0), (FIRST, SECOND))]
)
def test_the_stated_order_decides_on_air(sessions, settings, clock, ranks, order):
    with sessions.begin() as session:
        for slug, rank in zip((FIRST, SECOND), ranks, strict=True):
            approved(session, "2026-W48", slug, title=slug)
            wanted = Wanted("FREQ=WEEKLY;BYDAY=TU", "17:00", klass="uu-tien", rank=rank, override="cả hai")
            slots.add(session, programmes.get(session, slug), wanted, now=NOON, tz=NUI_THANH)
        plan.store(session, NOON, NUI_THANH)
        met = timetable.all_occurrences(session, FIVE, FIVE + timedelta(seconds=1), NUI_THANH)
        assert tuple(programmes.by_id(session, o.programme).slug for o in met) == order
    clock.move_to(FIVE - timedelta(seconds=15))
    air = Air(sessions, settings, clock)
    air.run(180)
    with sessions.begin() as session:
        lines = sorted(asrun.entries(session), key=lambda e: e.began_at)
        by_id = {p.broadcast: p.programme for p in ahead.view(session, NOON, clock.now(), NUI_THANH)}
        assert tuple(by_id[e.broadcast_id] for e in lines) == order
        assert [e.outcome for e in lines] == ["aired", "aired"]
        assert lines[1].began_at == lines[0].ended_at


def test_an_edition_replaced_as_its_turn_comes_still_goes_before_the_queue(sessions, settings, clock):
    with sessions.begin() as session:
        for slug, at, klass in ((FIRST, "17:00", "uu-tien"), (SECOND, "17:00:30", "thuong")):
            approved(session, "2026-W48", slug, seconds=59.9, title=slug)
            wanted = Wanted("FREQ=WEEKLY;BYDAY=TU", at, klass=klass, override="cả hai")
            slots.add(session, programmes.get(session, slug), wanted, now=NOON, tz=NUI_THANH)
        broadcasts.play(session, recording(session, "chờ"), by="trực", now=NOON, title="chờ")
        plan.store(session, NOON, NUI_THANH)
        session.get_one(StationState, 1).held_by = "trực"
    clock.move_to(FIVE - timedelta(seconds=15))
    air = Air(sessions, settings, clock)
    air.run(5)
    with sessions.begin() as session:
        session.get_one(StationState, 1).held_by = None
        session.execute(sa.update(Broadcast).where(Broadcast.kind == "queue").values(status="planned"))
    air.run(69, step=0.25)
    with sessions.begin() as session:
        session.execute(sa.update(Broadcast).where(Broadcast.kind == "queue").values(status="ready"))
    air.run(0.75, step=0.25)
    with sessions.begin() as session:
        approved(session, "2026-W48", SECOND, title="bản mới")
    air.run(180, step=0.25)
    with sessions.begin() as session:
        lines = sorted((e for e in asrun.entries(session) if e.began_at), key=lambda e: e.began_at)
        assert [e.outcome for e in lines] == ["aired", "aired", "aired"]
        assert [e.title.split(":")[0] for e in lines] == ["An ninh Núi Thành", "Tiếng loa an ninh", "chờ"]
