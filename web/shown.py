"""How values are written on the pages: times, lengths, weeks, states."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from flask import Flask, g

from broadcaster import carried, periods, phrases, playing, programme_phrases, programmes, words
from broadcaster.cards import Lack
from broadcaster.clock import wall_text
from broadcaster.models_station import Warned
from broadcaster.rule_words import rule_words
from broadcaster.status import StationStatus, read_status
from broadcaster.tongue import say, table
from web import here, marks

RATE = 48_000  # frames a second in every recording
DAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
NEAR = {1: "{hour} ngày mai", -1: "{hour} hôm qua"}  # days from today

EVEN, CLOSE = -16.0, 2.0  # LUFS that recordings are brought to (audio.mastering), and how far off nobody minds


def teach(app: Flask) -> None:
    """Give the templates these words."""
    app.jinja_env.globals.update(reachable=here.reachable, only_here=here.only_here)
    times = (
        wall,
        hour,
        hour_minute,
        soon,
        ahead,
        field,
        day,
        short_day,
        day_name,
        lunar,
        minutes,
        spell_length,
        loudness,
        until,
        week_name,
    )
    for filter_ in (*times, role, topic, writer):
        app.add_template_filter(filter_)
    app.add_template_filter(periods.lunar_text, "lunar_short")
    app.add_template_filter(rule_words)
    app.add_template_filter(words.length)
    app.add_template_filter(words.span)
    app.add_template_filter(words.number)
    app.add_template_filter(words.retold)
    app.add_template_filter(words.left_out)
    app.add_template_filter(words.status, "status")
    app.add_template_filter(words.reason, "reason")
    app.add_template_filter(warned)
    app.add_template_filter(lacking)
    app.add_template_filter(programme_phrases.use)
    app.add_template_filter(marks.written, "written_cuts")
    app.add_template_filter(marks.spoken, "spoken_cuts")
    app.context_processor(_common)


def station() -> StationStatus:
    """How the station is; looked up once a request."""
    if "station" not in g:
        with here.reading() as session:
            g.station = read_status(session, here.now(), here.settings().tz)
    found: StationStatus = g.station
    return found


def heard_now() -> dict[str, Any] | None:
    """What is on air. Held silent, only an alert is; the rest is the station's last word before it fell silent."""
    playing = station().playing
    if playing and station().state == "stopped" and playing["kind"] != "alert":
        return None
    return playing


def _common() -> dict[str, Any]:
    return {
        "person": g.get("person"),
        "station": station,
        "heard_now": heard_now,
        "outside_hours": outside_hours,
        "roles": table(phrases.ROLES),
        "topics": table(phrases.TOPICS),
    }


def outside_hours(zone: str = "all") -> bool:
    """Whether what is put on air now needs a reason. A page asks for many zones and buttons: the day is read once."""
    known: dict[str, bool] = g.setdefault("outside_hours", {})
    if zone not in known:
        at, tz = here.now(), here.settings().tz
        with here.reading() as session:
            if "day_carries" not in g:
                g.day_carries = carried.beside(session, at, tz, now=at)
            known[zone] = playing.refused(session, at, tz, zone, g.day_carries) is not None
    return known[zone]


def wall(instant: datetime) -> str:
    return wall_text(instant.replace(microsecond=0), here.settings().tz)


def warned(warning: Warned) -> str:
    return words.warned(warning.code, warning.title, warning.starts_at, here.settings().tz)


def lacking(lack: Lack) -> str:
    return words.lacking(lack.code, lack.at, here.settings().tz)


def hour(instant: datetime) -> str:
    local = instant.astimezone(here.settings().tz)
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"


def hour_minute(instant: datetime) -> str:
    """The clock on the wall, to the minute."""
    return f"{instant.astimezone(here.settings().tz):%H:%M}"


def soon(instant: datetime) -> str:
    """The time, with its day unless that is today."""
    days = _days_from_today(instant)
    if days == 0:
        return hour(instant)
    near = NEAR.get(days)
    return say(near, hour=hour(instant)) if near else wall(instant)


def ahead(instant: datetime) -> str:
    """What comes, as someone at the microphone asks: "17:30, còn 25 phút"; of another day when it is."""
    return soon(instant) if _days_from_today(instant) else f"{hour(instant)}, {until(instant)}"


def _days_from_today(instant: datetime) -> int:
    tz = here.settings().tz
    return (instant.astimezone(tz).date() - here.now().astimezone(tz).date()).days


def day(day: date | str) -> str:
    """27/11/2026; a text as date fields send it is taken too."""
    return say("{day:%d/%m/%Y}", day=date.fromisoformat(day) if isinstance(day, str) else day)


def short_day(day: date) -> str:
    return say("{day:%d/%m}", day=day)


def day_name(day: date) -> str:
    return say("{weekday} {day:%d/%m/%Y}", weekday=say(DAYS[day.weekday()]), day=day)


def topic(code: str) -> str:
    return say(phrases.TOPICS[code])


def role(code: str) -> str:
    return say(phrases.ROLES[code])


def writer(name: str) -> str:
    """Who wrote a bulletin; the station itself wrote what it came with."""
    return say("có sẵn của trạm") if name == programmes.HOUSE else name


def field(instant: datetime) -> str:
    """As a datetime-local field wants it, in the station's wall time."""
    return f"{instant.astimezone(here.settings().tz):%Y-%m-%dT%H:%M}"


def lunar(day: date) -> str:
    """The lunar date beside a date, as calendars print it: "15/10 âm lịch"."""
    return say("{day} âm lịch", day=periods.lunar_text(day))


def minutes(seconds: float) -> str:
    """An estimate, as people say one."""
    if seconds < 60:
        return say("{seconds} giây", seconds=max(10, round(seconds / 10) * 10))
    halves = round(seconds / 30)
    return say("{minutes} phút", minutes=words.number(halves / 2, halves % 2))


def spell_length(seconds: float) -> str:
    """16 phút 54 giây; 4:05 would be taken for a time of day beside one."""
    whole, rest = divmod(round(seconds), 60)
    if not whole:
        return say("{seconds} giây", seconds=rest)
    return say("{minutes} phút {seconds} giây", minutes=whole, seconds=rest) if rest else minutes(60.0 * whole)


def loudness(lufs: float) -> str:
    """How loud a recording is beside the others, for the ear; LUFS are for those who measure."""
    off = lufs - EVEN
    if abs(off) <= CLOSE:
        return say("độ to vừa")
    return say("hơi to") if off > 0 else say("hơi nhỏ")


def until(instant: datetime) -> str:
    """How long it still is, in the words of someone looking at the clock."""
    left = max(0, round((instant - here.now()).total_seconds()))
    if left < 120:
        return say("còn {seconds} giây", seconds=left)
    minutes = left // 60
    if minutes < 60:
        return say("còn {minutes} phút", minutes=minutes)
    if minutes < 48 * 60:
        return say("còn {hours} giờ {minutes:02} phút", hours=minutes // 60, minutes=minutes % 60)
    return say("còn {days} ngày", days=minutes // (24 * 60))


def week_name(week: str) -> str:
    """2026-W48 as people say it, with its days; what is no week (a form that was tampered with) as it is."""
    try:
        first = date.fromisoformat(f"{week}-1")
    except ValueError:
        return week
    last = first + timedelta(days=6)
    return say("Tuần {week} ({first:%d/%m} – {last:%d/%m/%Y})", week=first.isocalendar().week, first=first, last=last)


def weeks_from(today: date, count: int) -> list[str]:
    """This week and the next ones, as the bulletins name them."""
    days = [(today + timedelta(weeks=n)).isocalendar() for n in range(count)]
    return [f"{d.year}-W{d.week:02}" for d in days]
