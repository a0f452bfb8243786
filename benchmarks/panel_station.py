"""A station with five years behind it, for `benchmarks.panel`: 200,000 lines of log, 2,000 bulletins, 400 slots, a
library of 200; one rotation among the programmes, and some of everything that has a page of its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster import (
    accounts,
    alert_templates,
    alertdesk,
    bulletins,
    editor,
    lexicon,
    library,
    plan,
    programmes,
    renderings,
    running_order,
    versions,
    zones,
)
from broadcaster.columns import new_id
from broadcaster.database import Sessions
from broadcaster.models import Broadcast, Bulletin, Programme, Recording, SlotRow
from broadcaster.models_station import AsRun
from broadcaster.settings import Settings

NOW = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
LOG, BULLETINS, SLOTS, PROGRAMMES, LIBRARY, ZONES = 200_000, 2_000, 400, 20, 200, 8
YEARS = timedelta(days=5 * 365)
SHA256 = "ab" * 32
WRITER = "minh"
TEXT = "Kính thưa bà con!\nNgày 23/1, CAX bắt 02 đối tượng trộm cắp.\n" * 12


def build(settings: Settings, sessions: Sessions) -> None:
    with sessions.begin() as session:
        programmes.seed(session, NOW - YEARS)
        for name in ("lan", WRITER):
            accounts.add_user(session, name, "một câu thật dài", accounts.ROLES, NOW)
        session.add(_recording(SHA256))
        names = [f"Chương trình số {n}" for n in range(PROGRAMMES)]
        order = running_order.written(
            running_order.standard("Mời bà con nghe.", "Kính chào bà con!", "Đến đây là hết.")
        )
        session.add_all(
            Programme(
                slug=f"p{n}",
                name=name,
                running_order=order,
                selection="rotation" if n == 3 else "weekly",
            )
            for n, name in enumerate(names)
        )
        session.flush()
        ids = list(session.scalars(sa.select(Programme.id)))
        session.execute(sa.insert(Bulletin), [_bulletin(ids, n) for n in range(BULLETINS)])
        session.execute(sa.insert(SlotRow), [_slot(ids, n) for n in range(SLOTS)])
        for n in range(ZONES):
            zones.save(session, f"z{n}", f"Cụm loa {n}", [f"file:z{n}"], [], NOW)
        for n in range(LIBRARY):
            session.add(_recording(f"{n:064x}"))
            session.flush()
            library.add(session, f"Bản ghi số {n}", f"{n:064x}", "lan", NOW - YEARS * (n / LIBRARY))
    with sessions.begin() as session:
        texts = list(session.scalars(sa.select(Bulletin.id)))
    for start in range(0, LOG, 20_000):
        with sessions.begin() as session:
            lines = [_line(ids, n) for n in range(start, start + 20_000)]
            session.execute(
                sa.insert(Broadcast), [_broadcast(line, texts[n % BULLETINS]) for n, line in enumerate(lines, start)]
            )
            session.execute(sa.insert(AsRun), lines)
    with sessions.begin() as session:
        plan.store(session, NOW, settings.tz)


def _recording(sha256: str) -> Recording:
    return Recording(
        sha256=sha256, title="Bản thu", frames=28_800_000, lufs=-16.0, true_peak_dbtp=-1.5, segments=[],
        created_at=NOW,
    )  # fmt: skip


def _bulletin(ids: list[str], n: int) -> dict[str, object]:
    day = NOW - YEARS * (n / BULLETINS)
    status = ("approved", "draft", "submitted", "returned")[0 if n > 20 else n % 4]
    return {
        "programme_id": ids[n % len(ids)], "week": f"{day.isocalendar().year}-W{day.isocalendar().week:02}",
        "submitted_at": day, "decided_at": day, "text": TEXT, "status": status, "author": WRITER,
        "title": f"Bản tin số {n}: cảnh giác thủ đoạn lừa đảo",
        "writers": [WRITER], "topics": ["crime"] if n % 2 else ["deeds"], "created_at": day,
        "audio_sha256": SHA256, "decided_by": "lan", "text_sha256": renderings.text_hash(TEXT),
    }  # fmt: skip


def _slot(ids: list[str], n: int) -> dict[str, object]:
    day = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[n % 7]
    at = f"{5 + n // 7 % 18:02}:{n // 126 * 15 % 60:02}"
    return {
        "programme_id": ids[n % len(ids)], "zone": f"z{n % ZONES}", "rrule": f"FREQ=WEEKLY;BYDAY={day}", "at": at,
        "created_at": NOW - YEARS, "override_reason": "đo tốc độ",
        "overruled": ["quiet", "outside-allowed", "too-many-minutes", "too-many-repeats", "clash"],
    }  # fmt: skip


def _line(ids: list[str], n: int) -> dict[str, object]:
    planned = NOW - YEARS * (1 - n / LOG)
    outcome = "missed" if n % 97 == 0 else "cut" if n % 89 == 0 else "aired"
    began = None if outcome == "missed" else planned + timedelta(milliseconds=n % 7 if n % 50 else 4000)
    return {
        "broadcast_id": new_id(), "kind": "scheduled", "programme_id": ids[n % len(ids)], "zone": "all",
        "title": f"Chương trình số {n % PROGRAMMES}: bản tin số {n % BULLETINS}, cảnh giác thủ đoạn lừa đảo",
        "planned_at": planned, "began_at": began, "ended_at": began and began + timedelta(seconds=600),
        "outcome": outcome, "reason": "too-late" if outcome == "missed" else None, "seconds": 600.0 if began else 0.0,
        "audio_sha256": f"{n % BULLETINS:064x}" if began else None, "approved_by": "lan", "proof": {},
    }  # fmt: skip


def _broadcast(line: dict[str, object], bulletin: str) -> dict[str, object]:
    return {
        "id": line["broadcast_id"], "kind": "scheduled", "title": line["title"], "programme_id": line["programme_id"],
        "bulletin_id": bulletin, "starts_at": line["planned_at"],
        "status": line["outcome"], "created_at": NOW,
    }  # fmt: skip


def pages_of_their_own(session: Session) -> dict[str, str]:
    """Blanks in the addresses of pages, and something of this station to fill them with."""
    text = session.scalars(sa.select(Bulletin).where(Bulletin.title == "Đo tốc độ")).first()
    if text is None:
        programme = session.scalars(sa.select(Programme).where(Programme.slug == "p7")).one()
        text = bulletins.add(session, programme, text=TEXT, week="2026-W48", title="Đo tốc độ", by=WRITER, now=NOW)
        lexicon.add(session, "CAX", "Công an xã", by="lan", now=NOW)
    take = alertdesk.want(session, "Nước sông đang lên nhanh, bà con hãy lên chỗ cao.", 3, "lan", NOW)
    return {
        "bulletin_id": text.id,
        "version_id": versions.of_bulletin(session, text)[0].id,
        "other_id": session.scalars(sa.select(Bulletin.id).where(Bulletin.id != text.id)).first() or "",
        "number": "1",
        "slot_id": session.scalars(sa.select(SlotRow.id)).first() or "",
        "entry_id": lexicon.listed(session)[0].id,
        "sha256": SHA256,
        "template_id": alert_templates.listed(session)[0].id,
        "take_id": take.id,
        "rendering_id": take.rendering_id,
        "month": "2026-10",
        "slug": "p7",
        "part_id": editor.order_of(programmes.get(session, "p7"))[0].id,
        "zones.slug": "z3",
    }
