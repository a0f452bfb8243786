"""A panel without a server: its own data folder, a clock that stands, and one person for each role."""

import re
import shutil
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest
import sqlalchemy as sa
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from werkzeug.routing import Rule

from broadcaster import accounts, bulletins, devices, programmes
from broadcaster.clock import VirtualClock
from broadcaster.database import factory, open_database, open_engine
from broadcaster.models import Recording, Rendering
from broadcaster.models_station import StationState, Wish
from tests.conftest import settings_in
from tests.web import browsing
from web import create_app

PASSWORD = "mat khau that dai"
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
SHA256 = "ab" * 32


class PanelClock(VirtualClock):
    """Stands still; while somebody waits, a wish is granted as a living station would."""

    sessions = None

    def sleep(self, seconds):
        super().sleep(seconds)
        with self.sessions.begin() as session:
            session.execute(sa.update(Wish).where(Wish.done_at.is_(None)).values(done_at=self.now()))


class Desk:
    """The station's database, and shorthand for what tests do to it."""

    def __init__(self, settings, clock, sessions):
        self.settings, self.clock, self.sessions = settings, clock, sessions

    def look(self, read):
        with self.sessions.begin() as session:
            return read(session)

    def person(self, name, *roles):
        self.look(lambda s: accounts.add_user(s, name, PASSWORD, roles, self.clock.now()))

    def bulletin(self, by="lan", text="Kính thưa bà con! Hãy khóa cửa cẩn thận.", title="Tuần 48", rendered=False):
        """A draft; `rendered` carries it on to submitted, with a sound to listen to."""
        with self.sessions.begin() as session:
            programme = programmes.listed(session)[0]
            row = bulletins.add(
                session, programme, text=text, week="2026-W48", title=title, by=by, now=self.clock.now()
            )
            if rendered:
                rendering = bulletins.submit(session, row, by=by, now=self.clock.now())
                session.merge(recording())
                session.flush()
                session.get_one(Rendering, rendering.id).status = "done"
                session.get_one(Rendering, rendering.id).recording = SHA256
            return row.id

    def status_of(self, bulletin_id):
        return self.look(lambda s: bulletins.get(s, bulletin_id).status)

    def version_of(self, bulletin_id):
        return self.look(lambda s: bulletins.get(s, bulletin_id).version)

    def beat(self, **facts):
        facts.setdefault("output", {"uri": "null:", "ok": True, "underruns": 0})
        facts.setdefault("clock", {"trusted": True})
        facts.setdefault("playing", None)

        def write(session):
            state = session.get_one(StationState, 1)
            state.beat_at, state.facts = self.clock.now(), facts

        self.look(write)


def recording():
    return Recording(
        sha256=SHA256, title="Bản thu", frames=48_000, lufs=-16.0, true_peak_dbtp=-1.5, segments=[], created_at=NOW
    )


@pytest.fixture(scope="session")
def new_station(tmp_path_factory):
    """A fresh database, made once; each test gets a copy."""
    settings = settings_in(tmp_path_factory.mktemp("new"))
    sessions = open_database(settings)
    with sessions.begin() as session:
        programmes.seed(session, NOW - timedelta(days=30))
    sessions.kw["bind"].dispose()
    return settings.data / "station.db"


@contextmanager
def opened(folder, new_station):
    """A desk of its own in a folder."""
    settings = settings_in(folder)
    settings.make_folders()
    shutil.copy(new_station, folder)
    clock = PanelClock(NOW)
    clock.sessions = factory(open_engine(settings.database_url, lasting=False))
    with pytest.MonkeyPatch.context() as patch:
        there: Future[devices.Devices] = Future()
        there.set_result(devices.Devices(("Loa USB",), ("Micrô USB",)))
        patch.setattr(devices, "look", lambda: there)
        yield Desk(settings, clock, clock.sessions)
    clock.sessions.kw["bind"].dispose()


@pytest.fixture
def desk(tmp_path, new_station):
    with opened(tmp_path, new_station) as desk:
        yield desk


class Known(Rule):
    """A route whose code is made once for all panels of these tests, and not anew for each."""

    _made: ClassVar[dict] = {}

    def _compile_builder(self, append_unknown=True):
        if self.defaults:
            return super()._compile_builder(append_unknown)
        key = (tuple(self._trace), append_unknown)
        if key not in self._made:
            self._made[key] = super()._compile_builder(append_unknown)
        return self._made[key]


@pytest.fixture(scope="session")
def panel_of(tmp_path_factory):
    """panel_of(desk) is a panel on that desk; what all panels have in common is compiled once: templates and routes."""
    compiled = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("compiled")))

    def make(desk):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Flask, "url_rule_class", Known)
            app = create_app(desk.settings, desk.clock, desk.sessions)
        app.jinja_env.bytecode_cache = compiled
        app.testing = True
        return app

    return make


@pytest.fixture
def app(desk, panel_of):
    return panel_of(desk)


@pytest.fixture
def visitor(app):
    return Browser(app)


@pytest.fixture
def enter(app, desk):
    """enter("lan", "author") makes the account and returns a browser in which it is logged in."""

    def go(name, *roles):
        desk.person(name, *roles)
        browser = Browser(app)
        assert browser.log_in(name).status_code == 302
        return browser

    return go


@pytest.fixture(scope="module")
def station(tmp_path_factory):
    """(base URL, one-time link) of a fresh station with panel."""
    with browsing.running(tmp_path_factory.mktemp("data")) as found:
        yield found


@pytest.fixture(scope="package")
def furnished(tmp_path_factory, new_station, panel_of):
    """The panel of a station in the middle of its week."""
    from tests.web.furnished import Furnished  # it stands on this module

    with opened(tmp_path_factory.mktemp("furnished"), new_station) as desk:
        yield Furnished(desk, panel_of(desk))


@pytest.fixture(scope="package")
def browser():
    with browsing.chromium() as browser:
        yield browser


class Browser:
    """Follows the forms as a person does: a post carries the token of a page that was shown."""

    def __init__(self, app):
        self.client = app.test_client()

    def get(self, path, **more):
        return self.client.get(path, **more)

    def post(self, path, data=None, **more):
        return self.client.post(path, data={"csrf_token": self.token(), **(data or {})}, **more)

    def token(self):
        page = self.client.get("/dang-nhap", follow_redirects=True).text
        return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]

    def log_in(self, name, password=PASSWORD, target=""):
        return self.post(f"/dang-nhap{target}", {"name": name, "password": password})
