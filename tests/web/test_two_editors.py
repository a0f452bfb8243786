"""Two people edit a schedule of 400 slots at the same moment, one in the panel and one on the command line, while the
station plans: every edit is kept or its author told, and the plan is that of the schedule as it is in the end."""

import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from broadcaster import plan, programmes, timetable
from broadcaster.models import Broadcast, SlotRow
from tests.schedules.made import NUI_THANH
from tests.web.conftest import NOW

EDITED = 20  # of the 400, by both
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
COMMANDS = """
import sys
from broadcaster.cli import main
print("ready", flush=True)
for slot in map(str.strip, sys.stdin):
    code = main(["slot", "edit", slot, "--data", sys.argv[1], "--version", "1", "--at", "21:07", "--override", "lệnh"])
    print(slot, code, flush=True)
"""


ALL = ["quiet", "outside-allowed", "too-many-minutes", "too-many-repeats", "clash"]


@pytest.fixture
def schedule(desk):
    """400 slots, a minute apart."""

    def write(session):
        programme = programmes.listed(session)[0]
        for n in range(400):
            rule, at = f"FREQ=WEEKLY;BYDAY={DAYS[n % 7]}", f"{6 + n // 60:02d}:{n % 60:02d}"
            session.add(
                SlotRow(programme_id=programme.id, rrule=rule, at=at, zone="all", klass="thuong",
                        late="skip", override_reason="thử", overruled=ALL,
                        created_at=NOW)
            )  # fmt: skip

    desk.look(write)
    return desk.look(lambda s: [row.id for row in timetable.slot_rows(s) if row.override_reason])


def panel_edit(operator, slot):
    """Whether the panel kept it; who was too late is told so."""
    answer = operator.post(
        f"/khung-gio/{slot}/sua",
        {"version": "1", "repeat": "weekly", "weekday": "FR", "at": "21:08", "override": "bảng"},
    )
    assert answer.status_code == 302 or "vừa được người khác sửa" in answer.text
    return answer.status_code == 302


@pytest.mark.slow
def test_no_edit_is_lost_and_no_plan_is_stale(desk, enter, schedule):
    operator = enter("truc", "operator")
    command = subprocess.Popen(
        [sys.executable, "-c", COMMANDS, str(desk.settings.data)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert command.stdout.readline() == "ready\n"
    done = threading.Event()

    def station():
        while not done.is_set():
            desk.look(lambda s: plan.store(s, NOW, NUI_THANH))
            done.wait(3.0)

    def ask(slot):
        command.stdin.write(f"{slot}\n")
        command.stdin.flush()

    def answered(slot):
        """Whether the command kept it; what else it prints is for people."""
        return next(line.split()[-1] for line in command.stdout if line.split()[:1] == [slot]) == "0"

    planning = threading.Thread(target=station)
    planning.start()
    by_panel, by_command = {}, {}
    early, *together, late = schedule[:EDITED]
    by_panel[early] = panel_edit(operator, early)
    ask(early)
    by_command[early] = answered(early)
    for slot in together:  # at the same moment
        ask(slot)
        by_panel[slot] = panel_edit(operator, slot)
        by_command[slot] = answered(slot)
    ask(late)
    by_command[late] = answered(late)
    by_panel[late] = panel_edit(operator, late)
    _, told = command.communicate(timeout=60)
    done.set()
    planning.join()
    assert (by_panel[early], by_panel[late]) == (True, False)
    kept = desk.look(lambda s: {row.id: (row.at, row.version) for row in timetable.slot_rows(s)})
    for slot in schedule[:EDITED]:
        won = {"21:08": by_panel[slot], "21:07": by_command[slot]}
        assert sorted(won.values()) == [False, True]  # one was kept, the other refused
        assert won[kept[slot][0]]
        assert kept[slot][1] == 2
    assert told.count("vừa được người khác sửa") == list(by_command.values()).count(False)
    assert all(kept[slot][1] == 1 for slot in schedule[EDITED:])

    def planned(session):
        plan.store(session, NOW, NUI_THANH)
        due = timetable.all_occurrences(session, NOW, NOW + timedelta(days=7), NUI_THANH)
        return [(o.slot.id, o.starts_at) for o in due], list(
            session.execute(sa.select(Broadcast.slot_id, Broadcast.starts_at))
        )

    due, stored = desk.look(planned)
    assert sorted(map(tuple, stored)) == sorted(due)


def test_a_slot_somebody_has_changed_is_not_removed_unseen(desk, enter):
    operator = enter("truc", "operator")
    slot = desk.look(lambda s: timetable.slot_rows(s)[0].id)
    again = {"version": "1", "repeat": "daily", "at": "17:40", "override": "vì"}
    assert operator.post(f"/khung-gio/{slot}/sua", again).status_code == 302
    answer = operator.post(f"/khung-gio/{slot}/bo", {"version": "1"}, follow_redirects=True)
    assert "vừa được người khác sửa" in answer.text
    assert desk.look(lambda s: [row.id for row in timetable.slot_rows(s)]).count(slot) == 1
    operator.post(f"/khung-gio/{slot}/bo", {"version": "2"})
    assert slot not in desk.look(lambda s: [row.id for row in timetable.slot_rows(s)])
