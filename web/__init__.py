"""The panel: pages for the people of the station. It reads and writes the database; it never makes sound."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from broadcaster import alert_templates
from broadcaster import programmes as stock
from broadcaster.booth import Booth
from broadcaster.clock import Clock
from broadcaster.database import Sessions, open_database
from broadcaster.settings import Settings
from broadcaster.totals import Remembered
from web import (
    alert,
    alert_forms,
    api,
    approval,
    assets,
    auth,
    bulletins,
    care,
    choices,
    direct,
    drafts,
    editions,
    errors,
    feed,
    guard,
    home,
    hours,
    inputs,
    landing,
    lexicon,
    library,
    limits,
    loa,
    log,
    missed,
    month,
    occurrences,
    once,
    packing,
    parts,
    passcodes,
    people,
    periods,
    places,
    plan,
    probes,
    programmes,
    proxies,
    queue,
    recordings,
    rehearsals,
    reports,
    samples,
    secret,
    sentences,
    shown,
    slots,
    sounding,
    steps,
    tokens,
    tongue,
    trail,
    voices,
    ways,
    zones,
)
from web.throttle import Throttle
from web.work import Work

LARGEST_FIELD = 2 * 1024 * 1024  # bytes: the longest bulletin in UTF-8, and then some
TEXTS = (bulletins, drafts, steps, sentences, editions, approval)
MADE = (programmes, parts, rehearsals)
TIMES = (plan, feed, month, slots, occurrences, periods, hours)
URGENT = (alert, alert_forms, loa, passcodes)
KEEPING = (care, choices, voices, zones, tokens, trail)
NOUNS = (
    *(auth, home, *TEXTS, *MADE, *TIMES, *URGENT, *KEEPING),
    *(queue, log, reports, lexicon, people, recordings, samples, missed, library, probes, api, tongue, direct),
)


def create_app(settings: Settings, clock: Clock, sessions: Sessions | None = None) -> Flask:
    """The application. Raises BroadcasterError when the data folder or the database can't be used."""
    sessions = sessions or open_database(settings)
    with sessions.begin() as session:
        stock.seed(session, clock.now())
        alert_templates.seed(session, clock.now())
    app = Flask(__name__, static_folder=None)
    app.request_class = landing.Request
    app.session_interface = guard.Cookies()
    assets.serve_for(app)
    app.config.update(
        SETTINGS=settings,
        CLOCK=clock,
        SESSIONS=sessions,
        THROTTLE=Throttle(clock),
        BOOTH=Booth(settings),
        LEADERS=Throttle(clock, loa.MOST_WRONG),
        DEMOS=samples.Demos(),
        TOTALS=Remembered(),
        BACKUPS=Work("backup"),
        VOICES=Work("voice"),
        SUPERVISED=False,
        REACHED_AT=lambda: None,
        SECRET_KEY=secret.key(settings),
        MAX_CONTENT_LENGTH=limits.FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FIELD,
        SESSION_COOKIE_NAME="tieng_loa",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),  # from the last look: an open page keeps it alive
        SESSION_REFRESH_EACH_REQUEST=False,  # guard.STAY says when the cookie is written (decision 0153)
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a form left open over lunch still works
    )
    packing.compress_for(app)
    app.wsgi_app = proxies.believed(app.wsgi_app, settings.proxies)  # type: ignore[method-assign,assignment]
    limits.stand_at(app)
    tongue.stand_at(app)
    guard.stand_at(app, machines=api.pages)
    once.stand_at(app)
    errors.answer_for(app)
    shown.teach(app)
    inputs.teach(app)
    sounding.teach(app)
    places.teach(app)
    ways.teach(app)
    for noun in NOUNS:
        app.register_blueprint(noun.pages)
    return app
