"""Reports: the monthly sheet to be signed, and what a year adds up to."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from broadcaster import duties, journal, journal_pdf, preferences, sheets, totals, words
from broadcaster.journal import Month
from broadcaster.tongue import say
from broadcaster.totals import Remembered, Sums, Year
from web import here, plots
from web.plots import Plot

pages = Blueprint("reports", __name__)
FILES = {"pdf": journal_pdf.write, "xlsx": sheets.month_xlsx}
YEAR = re.compile(r"19[7-9][0-9]|20[0-9]{2}|21[0-9]{2}")
PERFECT = 0.995  # of the broadcasts on time; below it a month stands out


@pages.get("/so-thang")
def this_month() -> ResponseReturnValue:
    """The month somebody chose in the form, or this one."""
    today = here.now().astimezone(here.settings().tz)
    year, number = journal.parse(request.args.get("thang") or f"{today:%Y-%m}")
    return redirect(url_for(".month", month=f"{year}-{number:02}"))


@pages.get("/so-thang/<month>")
def month(month: str) -> ResponseReturnValue:
    """The month day by day; its lines are in the log and in the files."""
    first = date(*journal.parse(month), 1)
    following = (first + timedelta(days=31)).replace(day=1)
    with here.reading() as session:
        year, _ = _remembered().look(session, first.year, here.now(), here.settings().tz)
        unit = preferences.get(session, preferences.NAME)
    return render_template(
        "reports/month.html",
        first=first,
        days=year.days_of(first.month),
        whole=year.month(first.month),
        before=first - timedelta(days=1),
        after=following,
        unit=unit,
    )


@pages.get("/so-thang/<month>.<kind>")
def month_file(month: str, kind: str) -> ResponseReturnValue:
    if kind not in FILES:
        abort(404)
    sheet = _sheet(month)
    name = f"nhat-ky-phat-thanh-{sheet.year}-{sheet.month:02}.{kind}"

    def write(path: Path) -> None:
        FILES[kind](path, sheet)

    return here.download(name, write)


@pages.get("/tong-ket")
def year() -> ResponseReturnValue:
    now, tz = here.now(), here.settings().tz
    this = now.astimezone(tz).year
    chosen = request.args.get("nam", "")
    number = int(chosen) if YEAR.fullmatch(chosen) else this
    with here.reading() as session:
        found, weeks = _remembered().look(session, number, now, tz)
        known = sorted({this, number, *totals.years(session, tz)}, reverse=True)
        lacking = duties.lacking_now(session, now, tz) if number == this else []
        quotas = duties.quotas(session)
    met = {str(week): {topic: by[topic] >= quotas[topic] for topic in by} for week, by in weeks.items()}
    return render_template(
        "reports/year.html",
        year=found,
        years=known,
        whole=found.whole,
        months={n: found.month(n) for n in range(1, 13)},
        minutes=_minutes(found),
        punctual=_punctual(found),
        weeks=met,
        good=sum(all(by.values()) for by in met.values()),
        lacking=lacking,
        quotas=quotas,
    )


def _remembered() -> Remembered:
    found: Remembered = current_app.config["TOTALS"]
    return found


def _sheet(text: str) -> Month:
    with here.reading() as session:
        return journal.of_month(session, text, here.settings().tz)


def _minutes(year: Year) -> Plot:
    first = date(year.year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year.year + 1, 1, 1) - first).days)]
    minutes = [year.days.get(day, Sums()).minutes for day in days]
    return plots.bars([(value, "", "") for value in minutes], plots.ceiling(max(minutes)))


def _punctual(year: Year) -> Plot:
    months = [(n, year.month(n).rate) for n in range(1, 13)]
    return plots.bars(
        [
            (
                rate,
                say("Tháng {month}: {rate}", month=n, rate=_percent(rate)),
                "low" if rate is not None and rate < PERFECT else "good",
            )
            for n, rate in months
        ],
        1.0,
    )


def _percent(rate: float | None) -> str:
    return say("không có buổi nào") if rate is None else f"{words.number(100 * rate, 1)} %"
