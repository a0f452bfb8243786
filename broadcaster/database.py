"""Opening the database: SQLite that survives a power cut, migrations, and noticing what others changed."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

import sqlalchemy as sa
from filelock import FileLock
from sqlalchemy.orm import Session, sessionmaker

from broadcaster import audit, bell, presence, revisions, spare, stamps
from broadcaster.errors import BroadcasterError
from broadcaster.models_station import StationState
from broadcaster.settings import Settings

Sessions: TypeAlias = "sessionmaker[Session]"
NO_ROOM = os.strerror(errno.ENOSPC)
OUT_OF_REACH = (sa.exc.OperationalError, sqlite3.OperationalError)  # disk full, locked for long, server gone: may pass


def open_engine(url: str, *, lasting: bool = True, rings: Path | None = None) -> sa.Engine:
    """An engine; on SQLite with a write-ahead log and a full sync at each commit (what was said is kept).

    `lasting=False` leaves the syncs out, for a database that is thrown away afterwards. Whatever is committed rings
    the bell of the station in the folder `rings`."""
    engine = sa.create_engine(url)
    if rings is not None:
        _ring_after_commits(engine, rings)
    if engine.dialect.name == "sqlite":

        @sa.event.listens_for(engine, "connect")
        def _prepare(connection: Any, _record: object) -> None:
            connection.isolation_level = None  # we begin transactions ourselves, see below
            sync = "synchronous=FULL" if lasting else "synchronous=OFF"
            for pragma in ("journal_mode=WAL", sync, "foreign_keys=ON", "busy_timeout=10000"):
                connection.execute(f"PRAGMA {pragma}")

        @sa.event.listens_for(engine, "begin")
        def _begin(connection: sa.Connection) -> None:
            # A writer takes its lock first: two writers then queue instead of failing half-way with "locked".
            looking = connection.get_execution_options().get("looking")
            connection.exec_driver_sql("BEGIN" if looking else "BEGIN IMMEDIATE")

    return engine


def _ring_after_commits(engine: sa.Engine, folder: Path) -> None:
    """The bell rings once a connection is given back: only then can others see what was written."""

    @sa.event.listens_for(engine, "commit")
    def _written(connection: sa.Connection) -> None:
        changes = getattr(connection.connection.driver_connection, "total_changes", None)  # SQLite counts them
        if changes is None or changes != connection.info.get("changes"):
            connection.info["written"], connection.info["changes"] = True, changes

    @sa.event.listens_for(engine, "checkin")
    def _given_back(_connection: object, record: Any) -> None:
        if record.info.pop("written", False):
            bell.ring(folder)


def open_database(settings: Settings, *, rings: bool = True) -> Sessions:
    """Create or bring up to date the tables, and return the session factory. `rings`: its commits wake the station.

    Raises BroadcasterError data-not-writable, database-lost, database-newer, or what `unusable` makes of it.
    """
    while True:
        try:
            return _opened(settings, rings)
        except BroadcasterError as error:
            if error.values.get("detail") != NO_ROOM or not spare.give_up(settings.data):
                raise


def _opened(settings: Settings, rings: bool) -> Sessions:
    settings.make_folders()
    _expect_kept(settings)
    try:
        engine = open_engine(settings.database_url, rings=settings.data if rings else None)
        with FileLock(settings.data / "migrate.lock"):
            migrate(engine)
    except sa.exc.DBAPIError as error:
        raise unusable(settings, error) from error
    except (sa.exc.ArgumentError, ImportError) as error:  # a URL that is none, or without its driver
        raise BroadcasterError("database-unknown", usage=True, url=settings.database_url) from error
    return factory(engine)


def factory(engine: sa.Engine) -> Sessions:
    """Sessions that leave a trail of what they change."""
    sessions = sessionmaker(engine, expire_on_commit=False)
    audit.watch(sessions)
    return sessions


def unusable(settings: Settings, error: sa.exc.DBAPIError) -> BroadcasterError:
    """What the database's own error means for a person: a full disk asks for room, not for a backup."""
    said, path = str(error.orig), file_of(settings)
    if full(settings, error):
        return BroadcasterError("disk", path=settings.data, detail=NO_ROOM)
    if "database is locked" in said:
        return BroadcasterError("database-busy")
    if "readonly database" in said:
        return BroadcasterError("data-not-writable", path=path, detail=os.strerror(errno.EACCES))
    if "unable to open" in said:
        return BroadcasterError("database-closed", path=path)
    if "malformed" in said or "not a database" in said:
        return BroadcasterError("database-damaged", path=path)
    if "disk I/O error" in said:
        return BroadcasterError("disk", path=path, detail=os.strerror(errno.EIO))
    where = sa.make_url(settings.database_url).render_as_string(hide_password=True)
    return BroadcasterError("database-unusable", path=where, detail=error.orig)


def full(settings: Settings, error: sa.exc.DBAPIError | sqlite3.Error) -> bool:
    """Whether the disk is full. SQLite says so of its files, but of the memory it maps only that input failed."""
    said = str(getattr(error, "orig", error))
    if "disk I/O error" in said and (trouble := presence.trial(settings.data)):
        return trouble.values["detail"] == NO_ROOM
    return "disk is full" in said


def file_of(settings: Settings) -> Path | None:
    """The file the database is in; None for one on a server, or for an address that is none."""
    try:
        url = sa.make_url(settings.database_url)
    except sa.exc.ArgumentError:
        return None
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def exists(settings: Settings) -> bool:
    """Whether there is a database to open; a server's is taken to be there."""
    file = file_of(settings)
    return file is None or file.is_file()


def _expect_kept(settings: Settings) -> None:
    """A database that is gone or empty where recordings are left or a station runs was lost, not never made: nobody
    wants a new one in its place without being asked. Raises BroadcasterError database-lost."""
    file = file_of(settings)
    if file is None or (file.exists() and (not file.is_file() or file.stat().st_size)):
        return
    in_use = any(settings.recordings.iterdir()) or any(settings.originals.iterdir()) or presence.locked(settings)
    if in_use:
        raise BroadcasterError("database-lost", path=file)


def connect(settings: Settings) -> Sessions:
    """The session factory of a database that is open already, for a worker that must not lose time."""
    return factory(open_engine(settings.database_url, rings=settings.data))


def migrate(engine: sa.Engine, to: str = revisions.NEWEST) -> None:
    """Bring the tables to the newest revision, or to an older one that is newer than they are.

    Raises BroadcasterError database-newer.
    """
    with engine.connect() as connection, _unguarded(connection), connection.begin():
        reached = revisions.reached(connection)
        if reached is not None and reached not in revisions.KNOWN:
            raise BroadcasterError("database-newer", path=engine.url.database)
        if reached != to:
            revisions.take(connection, to)
        if to == revisions.NEWEST:
            stamps.install(connection)
        if connection.scalar(sa.select(StationState.id)) is None:
            connection.execute(sa.insert(StationState).values(id=1, facts={}))


@contextmanager
def _unguarded(connection: sa.Connection) -> Iterator[None]:
    """SQLite can only change a table by making it anew, which its foreign keys would take for a removal of all rows
    (sqlite.org/lang_altertable.html); the pragma counts for nothing inside a transaction."""
    raw = connection.connection.driver_connection if connection.dialect.name == "sqlite" else None
    if raw is None:
        yield
        return
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def whole(file: Path) -> bool:
    """Whether this file is a database of a station in which nothing is damaged."""
    return file.is_file() and _asked(file, "PRAGMA quick_check") == "ok" and _asked(file, revisions.ASKED) is not None


def known(file: Path) -> bool:
    """Whether this program knows the tables of a database, or older ones that it can bring up to date."""
    return _asked(file, revisions.ASKED) in revisions.KNOWN


def _asked(file: Path, question: str) -> object:
    with closing(sqlite3.connect(file)) as database:
        try:
            answer = database.execute(question).fetchone()
        except sqlite3.DatabaseError:
            return None
    return answer[0] if answer else None


class ChangeWatch:
    """Whether another connection has committed since the last look. On SQLite a look costs microseconds."""

    def __init__(self, sessions: Sessions) -> None:
        self._engine: sa.Engine = sessions.kw["bind"]
        self._raw = self._engine.raw_connection() if self._engine.dialect.name == "sqlite" else None
        if self._raw is not None:
            self._raw.cursor().execute("PRAGMA synchronous=NORMAL")
        self._seen: object = None

    @property
    def tells(self) -> bool:
        """Whether `changed` knows; on other databases than SQLite it can only say yes."""
        return self._raw is not None

    def changed(self) -> bool:
        """True at the first look, after any foreign commit, and always on a database that can't tell."""
        if self._raw is None:
            return True
        (version,) = self._raw.cursor().execute("PRAGMA data_version").fetchone()
        changed = bool(version != self._seen)
        self._seen = version
        return changed

    def beat(self, now: datetime, facts: dict[str, Any]) -> None:
        """Write the sign of life. On this very connection, so that it is no news to `changed`, and without
        a sync to disk: it need not survive a power cut, and must not wear an SD card once a second."""
        if self._raw is None:
            with self._engine.begin() as connection:
                connection.execute(sa.update(StationState).values(beat_at=now, facts=facts))
            return
        sql = "UPDATE station_state SET beat_at = ?, facts = ? WHERE id = 1"
        written = now.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
        self._raw.cursor().execute(sql, (written, json.dumps(facts, ensure_ascii=False)))

    def close(self) -> None:
        if self._raw is not None:
            self._raw.detach()  # its weaker sync must not go back into the pool
            self._raw.close()


@contextmanager
def looking(sessions: Sessions) -> Iterator[Session]:
    """A session that only looks: it never waits for writers. `sessions.begin()` is for changing things."""
    with Session(sessions.kw["bind"], expire_on_commit=False) as session:
        session.connection(execution_options={"looking": True})
        yield session
