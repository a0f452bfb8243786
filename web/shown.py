"""How values are written on the pages: times, lengths, weeks, states."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from flask import Flask, g

from broadcaster import library, periods, phrases, words
from broadcaster.clock import wall_text
from broadcaster.models import Warned
from broadcaster.status import StationStatus, read_status
from web import here, marks

RATE = 48_000  # frames a second in every recording
DAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def teach(app: Flask) -> None:
    """Give the templates these words."""
    for filter_ in (wall, hour, soon, field, day_name, lunar, words.length, words.number, minutes, until, week_name):
        app.add_template_filter(filter_)
    app.add_template_filter(words.status, "status")
    app.add_template_filter(words.reason, "reason")
    app.add_template_filter(warned)
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
        "roles": phrases.ROLES,
        "output_words": words.output,
        "topics": phrases.TOPICS,
    }


def outside_hours(zone: str = "all") -> bool:
    """Whether what is put on air now needs a reason."""
    with here.reading() as session:
        return library.refused_now(session, here.now(), here.settings().tz, zone=zone) is not None


def wall(instant: datetime) -> str:
    return wall_text(instant.replace(microsecond=0), here.settings().tz)


def warned(warning: Warned) -> str:
    return words.warned(warning.code, warning.title, warning.starts_at, here.settings().tz)


def hour(instant: datetime) -> str:
    local = instant.astimezone(here.settings().tz)
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"


def soon(instant: datetime) -> str:
    """The time, with its day unless that is today."""
    tz = here.settings().tz
    today = instant.astimezone(tz).date() == here.now().astimezone(tz).date()
    return hour(instant) if today else wall(instant)


def day_name(day: date) -> str:
    return f"{DAYS[day.weekday()]} {day:%d/%m/%Y}"


def field(instant: datetime) -> str:
    """As a datetime-local field wants it, in the station's wall time."""
    return f"{instant.astimezone(here.settings().tz):%Y-%m-%dT%H:%M}"


def lunar(day: date) -> str:
    """The lunar date beside a date, as calendars print it: "15/10 âm lịch"."""
    return f"{periods.lunar_text(day)} âm lịch"


def minutes(seconds: float) -> str:
    """An estimate, as people say one."""
    if seconds < 60:
        return f"{round(seconds / 10) * 10:g} giây"
    return f"{round(seconds / 30) / 2:g} phút".replace(".", ",")


def until(instant: datetime) -> str:
    """How long it still is, in the words of someone looking at the clock."""
    left = max(0, round((instant - here.now()).total_seconds()))
    if left < 120:
        return f"còn {left} giây"
    minutes = left // 60
    if minutes < 60:
        return f"còn {minutes} phút"
    if minutes < 48 * 60:
        return f"còn {minutes // 60} giờ {minutes % 60:02} phút"
    return f"còn {minutes // (24 * 60)} ngày"


def week_name(week: str) -> str:
    """2026-W48 as people say it, with its days."""
    year, number = week.split("-W")
    first = date.fromisocalendar(int(year), int(number), 1)
    return f"Tuần {int(number)} ({first:%d/%m} – {first + timedelta(days=6):%d/%m/%Y})"


def weeks_from(today: date, count: int) -> list[str]:
    """This week and the next ones, as the bulletins name them."""
    days = [(today + timedelta(weeks=n)).isocalendar() for n in range(count)]
    return [f"{d.year}-W{d.week:02}" for d in days]
