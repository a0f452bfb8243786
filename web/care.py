"""Looking after the station: how every part is, in plain words, and backups."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import PurePath

from flask import Blueprint, current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from broadcaster import backups as kept
from broadcaster import care, restoring, words
from broadcaster.errors import BroadcasterError
from broadcaster.tongue import say
from web import findings, guard, here, landing, limits
from web.work import Progress, Work

pages = Blueprint("care", __name__)
SIGNS = {"ok": ("tốt", "good"), "warning": ("cần xem", "warn"), "failure": ("lỗi", "bad")}


@pages.get("/quan-tri")
@guard.allow("admin")
def health() -> ResponseReturnValue:
    """What can be told in a moment; every part for real when asked for (a few seconds)."""
    whole = "ky" in request.args
    look = care.check if whole else care.look
    found = look(here.sessions(), here.settings(), here.clock())
    return render_template(
        "care/health.html",
        findings=[findings.told(each) for each in found],
        signs={code: (say(sign), tone) for code, (sign, tone) in SIGNS.items()},
        whole=whole,
    )


@pages.get("/sao-luu")
@guard.allow("admin")
def backups() -> ResponseReturnValue:
    work = _work()
    with here.reading() as session:
        rows, last = kept.here(session, here.settings()), kept.last(session)
    days = (here.now() - last.at).days if last else None
    return render_template(
        "care/backups.html",
        rows=rows,
        last=last,
        days=days,
        old=days is None or days >= care.OLD_BACKUP_DAYS,
        running=work.running,
        error=here.in_words(work.error) if work.error else None,
        most=kept.KEPT,
        data=here.settings().data,
        supervised=current_app.config["SUPERVISED"],
        restored=_restored(),
        mb=lambda size: words.number(size / 1e6, 1),
    )


def _restored() -> dict[str, object] | None:
    """The last restore, if there was one."""
    done = restoring.last(here.settings())
    if done is None or restoring.asked(here.settings()):
        return None
    return {"name": done.name, "by": done.by, "at": datetime.fromisoformat(done.at), "error": done.error}


@pages.post("/sao-luu")
@guard.allow("admin")
def make() -> ResponseReturnValue:
    sessions, settings, by, now = here.sessions(), here.settings(), here.person().name, here.now()

    def job(_: Progress) -> None:
        kept.make(sessions, settings, by, now)

    if not _work().start("", job):
        here.tell(BroadcasterError("backup-running"))
    else:
        flash(say("Đang sao lưu. Trang này tự cập nhật khi xong; loa vẫn phát bình thường."), "done")
    return redirect(url_for(".backups"))


@pages.get("/sao-luu/<name>")
@guard.allow("admin")
def download(name: str) -> ResponseReturnValue:
    with here.reading() as session:
        path = kept.path_of(session, here.settings(), name)
    return send_file(path, as_attachment=True, download_name=name, conditional=True)


@pages.post("/sao-luu/khoi-phuc")
@guard.allow("admin")
@limits.takes("backup")
def restore() -> ResponseReturnValue:
    """Everything stops, the backup takes the place of what is here, everything starts again."""
    if not current_app.config["SUPERVISED"]:
        raise BroadcasterError("restore-alone")
    if request.form.get("sure") != "yes":
        raise BroadcasterError("restore-unsure")
    name, file = request.form.get("name", ""), request.files.get("file")
    by, now, settings = here.person().name, here.now(), here.settings()
    if file is not None and file.filename:
        given = PurePath(file.filename.replace("\\", "/")).name[:120]
        restoring.ask(settings, landing.path_of(file), given, by, now, partial(landing.taken_over, file))
    elif name:
        with here.reading() as session:
            path = kept.path_of(session, settings, name)
        restoring.ask(settings, path, name, by, now)
    else:
        raise BroadcasterError("restore-none")
    return render_template("care/restoring.html")


def _work() -> Work:
    found: Work = current_app.config["BACKUPS"]
    return found
