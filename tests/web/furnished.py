"""A station in the middle of its week, so that every page has something to show: each kind of row, each state."""

import html
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import numpy as np
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.routing import RequestRedirect

from audio import files
from audio.format import RATE
from broadcaster import (
    accounts,
    alertdesk,
    asrun,
    broadcasts,
    bulletins,
    changes,
    lexicon,
    library,
    passcodes,
    periods,
    programmes,
    renderings,
    samples,
    store,
    timetable,
    tokens,
    zones,
)
from broadcaster.changes import Said
from broadcaster.models import Broadcast, Recording, Rendering
from broadcaster.models_care import BackupRow
from tests.broadcaster.logged import line
from tests.web.conftest import NOW, SHA256, Browser, recording

EVERYBODY = {"chu": accounts.ROLES, "lan": ["author"], "minh": ["approver"], "truc": ["operator"], "cu": ["author"]}
FILES = {
    "static",
    "recordings.flac",
    "recordings.svg",
    "sentences.sound",
    "voices.sound",
    "log.csv",
    "log.xlsx",
    "reports.month_file",
    "care.download",
}
FILES |= {"feed.calendar_file", "api.openapi"}
BEFORE = {"auth.login", "loa.enter", "loa.compose", "loa.hear"}  # looked at by somebody without an account
ENOUGH = 10  # pages of one kind: a bulletin has nine states
LINK = re.compile(r'(?:href|data-poll)="([^"]+)"')
DOUBTFUL = "Kính thưa bà con! Lúc 17h30 bắt đối tượng Nguyễn Văn Anh. Ngày 31/11 họp dân. CAXX mời dự./."
MESSAGE = "Lũ đang về. Hãy lên chỗ cao."
LEADER = "Trần Văn Bình, Chủ tịch xã"


class Furnished:
    """The panel of such a station, to look at and not to use: every page is asked for once in each language."""

    def __init__(self, desk, app):
        self.app = app
        self.digits, unlinked = furnish(desk)
        self._starts = ["/", *unlinked]
        self._found = {}

    def pages(self, language="vi"):
        """(endpoint, path, text) of every page: the door, a leader's telephone, and all that links lead to."""
        if language not in self._found:
            reader = Browser(self.app)
            reader.post("/ngon-ngu", {"tieng": language})
            found = [("auth.login", "/dang-nhap", reader.get("/dang-nhap").text), *leaders_pages(reader, self.digits)]
            reader.log_in("chu")
            self._found[language] = found + list(walk(reader, self._starts))
        return self._found[language]

    def kinds(self):
        """One page of each kind that a person with an account opens, and each state of a bulletin: its name (the fixed
        parts of its address) and its path."""
        rules = {rule.endpoint: rule.rule for rule in self.app.url_map.iter_rules() if "GET" in rule.methods}
        often, names = Counter(), Counter()
        for endpoint, path, text in self.pages():
            often[endpoint] += 1
            if endpoint not in BEFORE and "<html" in text and (often[endpoint] == 1 or endpoint == "bulletins.show"):
                name = re.sub(r"/<[^>]*>", "", rules[endpoint]).strip("/").replace("/", "-") or "trang-chu"
                names[name] += 1
                yield name if names[name] == 1 else f"{name}-{names[name]}", path


def furnish(desk):
    """Fills the station; returns the digits of a leader's passcode, and pages that no link leads to."""
    for name, roles in EVERYBODY.items():
        desk.person(name, *roles)
    with desk.sessions.begin() as session:
        session.info.update(actor="chu", clock=desk.clock)
        accounts.disable_user(session, "cu")
        _sound(desk, session)
        _bulletins(session)
        _schedule(desk, session)
        _log(session)
        unlinked = _queue(session)
        digits = _keys(session)
    desk.beat(
        playing={"id": "x", "kind": "queue", "title": "Lời nhắn số một", "position_s": 65.0, "length_s": 130.0},
        output={"uri": "sound:", "ok": False, "underruns": 3, "detail": "stalled"},
    )
    return digits, unlinked


def _sound(desk, session):
    """Three seconds of sound under the one recording that everything uses, with the sentences in it."""
    t = np.arange(3 * RATE, dtype=np.float32) / RATE
    files.write(store.path_of(desk.settings, SHA256), np.float32(0.4) * np.sin(440 * t, dtype=np.float32) * (t % 1))
    row = recording()
    row.frames, row.voice = 3 * RATE, "espeak"
    row.segments = [
        {"kind": "jingle", "title": "Nhạc hiệu", "start_s": 0.0, "end_s": 0.5},
        {"kind": "item", "title": "Tin trong xã", "start_s": 0.5, "end_s": 3.0},
    ]
    row.said = [{"text": "Kính thưa bà con!", "start_s": 0.5, "end_s": 1.2}]
    session.add(row)


def _bulletins(session):
    programme = programmes.listed(session)[0]

    def write(title, text="Kính thưa bà con! Hãy khóa cửa cẩn thận.", week="2026-W48"):
        return bulletins.add(session, programme, text=text, week=week, title=title, by="lan", now=NOW)

    def handed_in(row, status="done", **more):
        rendering = session.get_one(Rendering, bulletins.submit(session, row, by="lan", now=NOW, **more).id)
        rendering.status, rendering.recording = status, SHA256 if status == "done" else None
        return rendering

    draft = write("Bản tin còn lỗi", DOUBTFUL)
    bulletins.edit(session, draft, text=DOUBTFUL + "\nCảm ơn.", week="2026-W48", title=draft.title, by="lan", now=NOW)
    bulletins.correct(session, draft, "Cảm ơn.", "Xin cảm ơn bà con.", by="lan", now=NOW)
    write("Lời nhắn chung", week=None)
    rendering = handed_in(write("Chờ duyệt"))
    rendering.passed_over = [{"voice": "piper", "reason": "model"}]
    rendering.faulty = [{"text": "Hãy khóa cửa cẩn thận.", "faults": [{"code": "too-short"}]}]
    handed_in(write("Vẫn nộp", DOUBTFUL), serious=["Ngày 31/11 không có trong lịch."], insist=True)
    working = handed_in(write("Đang thu", week="2026-W49"), "working")
    working.done, working.total = 3, 8
    handed_in(write("Thu lỗi", "Một câu. Hai câu."), "failed").error = "Giọng đọc hỏng."
    for title in ("Đã duyệt", "Trả lại", "Đã rút"):
        row = write(title, f"Bản tin {title.lower()}.", "2026-W47")
        handed_in(row)
        if title == "Đã duyệt":
            bulletins.approve(session, row, by="minh", now=NOW)
        elif title == "Trả lại":
            bulletins.send_back(session, row, by="minh", reason="Sai ngày họp", now=NOW)
        else:
            bulletins.withdraw(session, row, by="lan")


def _schedule(desk, session):
    slot = next(row for row in timetable.slot_rows(session) if row.rrule.endswith("FR"))
    said = Said("truc", "Họp dân", NOW, desk.settings.tz)
    friday = datetime(2026, 11, 27, 10, 30, tzinfo=UTC)
    changes.move(session, slot, friday, friday + timedelta(hours=1), said, override="họp")
    changes.cancel(session, slot, friday + timedelta(days=7), said)
    periods.add(session, reason="Thi tốt nghiệp", first=date(2026, 11, 25), last=date(2026, 11, 26), by="truc", now=NOW)
    day = date(2026, 12, 1)
    periods.add(session, reason="Quốc tang", effect="mourning", first=day, last=day, by="truc", now=NOW)


def _log(session):
    session.add_all(
        [
            line("2026-11-20 17:30", approved_by="minh", audio_sha256=SHA256),
            line("2026-11-21 17:30", outcome="cut", reason="interrupted-by-alert", approved_by="minh"),
            line("2026-11-22 17:30", outcome="missed", began=None, reason="too-late"),
            line("2026-11-23 17:30", outcome="withdrawn", began=None, reason="taken-out", by="truc"),
            line("2026-11-23 05:30", began=3.0, kind="queue", title="Lời nhắn", by="truc", remark="Khẩn"),
            *(line(f"{date.fromisocalendar(2026, week, 5)} 17:30", seconds=600.0 + 9 * week) for week in range(1, 47)),
        ]
    )
    row = Broadcast(
        kind="scheduled", title="Buổi bị lỡ", starts_at=NOW - timedelta(hours=1), zone="all", recording=SHA256,
        created_at=NOW, status="ready",
    )  # fmt: skip
    session.add(row)
    session.flush()
    asrun.end(session, row, broadcasts.Status.MISSED, NOW, "no-output")


def _queue(session):
    row = session.get_one(Recording, SHA256)
    for title in ("Lời nhắn số một", "Lời nhắn số hai"):
        broadcasts.play(session, row, by="truc", now=NOW, title=title)
    shelf = library.add(session, "Nhạc chờ", SHA256, "truc", NOW)
    library.replace(session, shelf.id, SHA256, "truc", NOW + timedelta(minutes=1))
    take = alertdesk.want(session, "Lũ đang về. Bà con lên chỗ cao ngay.", 3, "truc", NOW)
    rendering = session.get_one(Rendering, take.rendering_id)
    rendering.status, rendering.recording = "done", SHA256
    zones.save(session, "thon-mot", "Thôn Một", ["null:"], ["05:00-06:00=60"], NOW)
    zones.save(session, "thon-hai", "Thôn Hai <b>Trà Vót</b>", ["null:"], [], NOW)
    programme = programmes.listed(session)[0]
    rehearsal = renderings.want_rehearsal(session, samples.bulletin(session, programme, NOW), NOW)
    rehearsal.status, rehearsal.recording = "done", SHA256
    editor = f"/chuong-trinh/{programme.slug}"
    heard = f"{editor}/nghe-thu/{rehearsal.id}"
    parts = [f"{editor}/doan/moi?loai={kind}" for kind in ("call", "recording", "pause")]
    return [
        *parts,
        heard,
        f"{heard}/tien-do",
        f"/khan-cap/nghe/{take.id}?zone=thon-mot",
        f"/khan-cap/nghe/{take.id}/sua?zone=thon-mot",
        f"/khan-cap/ban-ghi/{SHA256}?repeat=3",
        f"/nghe-thu/{rendering.id}",
    ]


def _keys(session):
    lexicon.add(session, "BQLC", "Ban quản lý chợ", by="lan", now=NOW)
    row, digits = passcodes.create(session, LEADER, "chu", NOW)
    passcodes.note(session, row, "entered", "192.168.1.7", NOW)
    passcodes.note(session, None, "unknown", "192.168.1.8", NOW)
    passcodes.revoke(session, passcodes.create(session, "Người cũ", "chu", NOW)[0].id, NOW)
    tokens.create(session, "Màn hình", "read", "chu", NOW)
    session.add(BackupRow(at=NOW - timedelta(days=9), by="chu", name="tieng-loa-cu.zip", size=3_400_000))
    return digits


def walk(browser, starts):
    """Every page that links lead to from these, as (endpoint, path, text); of one kind not more than enough."""
    rules = browser.client.application.url_map.bind("localhost")
    seen, waiting, often = set(), list(starts), Counter()
    while waiting:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        try:
            endpoint, _ = rules.match(path.split("?")[0], "GET")
        except (MethodNotAllowed, RequestRedirect):
            continue
        often[endpoint] += 1
        if endpoint in FILES or often[endpoint] > ENOUGH:
            continue
        text = browser.get(path).text
        yield endpoint, path, text
        links = (html.unescape(link).split("#")[0] for link in LINK.findall(text))
        waiting += [link for link in links if link.startswith("/")]


def leaders_pages(browser, digits):
    """The pages on a leader's telephone, from the code to the message that waits to be sent."""
    yield "loa.enter", "/loa/", browser.get("/loa/").text
    browser.post("/loa/", {"code": digits})
    yield "loa.compose", "/loa/noi", browser.get("/loa/noi").text
    browser.post("/loa/noi", {"text": MESSAGE, "repeat": "2"})
    yield "loa.hear", "/loa/nghe", browser.get("/loa/nghe").text
