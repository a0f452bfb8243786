"""Two ưu tiên items at one moment: the order that the operator stated decides, whatever order they were made in."""

from datetime import timedelta

import pytest

from broadcaster import asrun, plan, programmes, slots, timetable
from broadcaster.slots import Wanted
from tests.broadcaster.helpers import Air, approved
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
        by_id = {p.broadcast: p.programme for p in plan.view(session, NOON, clock.now(), NUI_THANH)}
        assert tuple(by_id[e.broadcast_id] for e in lines) == order
        assert [e.outcome for e in lines] == ["aired", "aired"]
        assert lines[1].began_at == lines[0].ended_at
