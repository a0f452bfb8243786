"""One sentence of a bulletin: heard on its own, and put right for this bulletin or for the whole station."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from broadcaster import bulletins, lexicon, voices
from broadcaster.booth import Booth
from broadcaster.corrections import LONGEST, cleaned
from broadcaster.errors import BroadcasterError
from broadcaster.models import Bulletin
from broadcaster.review import Line
from broadcaster.tongue import say
from web import desk, guard, here

pages = Blueprint("sentences", __name__, url_prefix="/ban-tin/<bulletin_id>/cau")
AHEAD = "X-Ahead"  # sent by static/listen.js for a sentence that nobody waits for yet


@pages.get("/<number>.flac")
def sound(bulletin_id: str, number: str) -> ResponseReturnValue:
    """Spoken at the moment it is asked for, unless somebody has heard it before. An author may hear `?doc=` instead,
    a correction that is still being typed."""
    with here.reading() as session:
        bulletin = bulletins.get(session, bulletin_id)
        spoken = _line(session, bulletin, number).sentence.spoken
        programme = bulletin.programme
        speakers = voices.candidates(session, here.settings(), programme.voice)
    booth: Booth = current_app.config["BOOTH"]
    try:
        if here.person().may("author") and "doc" in request.args:
            spoken = cleaned(request.args["doc"])
        data = booth.say(speakers, spoken, programme.speed, ahead=AHEAD in request.headers)
    except BroadcasterError as error:
        page = render_template("errors/page.html", title=say("Chưa nghe được câu này"), text=here.in_words(error))
        return page, 400 if error.usage else 503
    answer: Response = send_file(BytesIO(data), mimetype="audio/flac", conditional=True, etag=sha256(data).hexdigest())
    answer.headers["Cache-Control"] = "private, no-cache"  # the same address, another sentence, once it is corrected
    return answer


@pages.route("/<number>", methods=["GET", "POST"])
@guard.allow("author")
def edit(bulletin_id: str, number: str) -> ResponseReturnValue:
    """How this sentence is spoken; the form's "auto" button gives it back to the reader."""
    with here.reading() as session:
        bulletin = bulletins.get(session, bulletin_id)
        line = _line(session, bulletin, number)
        typed = {"spoken": line.sentence.spoken, "word": "", "said": ""}
        if request.method == "POST":
            typed["spoken"] = request.form.get("spoken", "")
            try:
                return _correct(bulletin_id, number, line.sentence.written, typed["spoken"])
            except BroadcasterError as error:
                here.tell(error)
        return _page(bulletin, line, number, typed), 400 if request.method == "POST" else 200


@pages.post("/<number>/tu-dien")
@guard.allow("author")
def teach(bulletin_id: str, number: str) -> ResponseReturnValue:
    """A word of the sentence goes to the station's lexicon, for every text."""
    with here.reading() as session:
        bulletin = bulletins.get(session, bulletin_id)
        line = _line(session, bulletin, number)
        word, said = request.form.get("word", ""), request.form.get("said", "")
        try:
            with here.writing() as writing:
                row = lexicon.add(writing, word, said, by=here.person().name, now=here.now())
        except BroadcasterError as error:
            here.tell(error)
            typed = {"spoken": line.sentence.spoken, "word": word, "said": said}
            return _page(bulletin, line, number, typed), 400
    flash(
        say(
            "Từ nay “{written}” đọc là “{spoken}”, ở mọi bản tin. Bản thu đã duyệt không đổi.",
            written=row.written,
            spoken=row.spoken,
        ),
        "done",
    )
    return redirect(_at(bulletin_id, number))


def _correct(bulletin_id: str, number: str, written: str, spoken: str) -> ResponseReturnValue:
    def act(session: Session, bulletin: Bulletin, by: str, now: object) -> None:
        wanted = None if "auto" in request.form else spoken
        bulletins.correct(session, bulletin, written, wanted, by=by, now=here.now())

    done = say("Câu này lại đọc như máy.") if "auto" in request.form else say("Đã sửa cách đọc câu này.")
    return desk.step(
        bulletin_id,
        act,
        say("{done} Khi thu lại, chỉ những câu đã đổi phải đọc lại.", done=done),
        _at(bulletin_id, number),
    )


def _page(bulletin: Bulletin, line: Line, number: str, typed: dict[str, str]) -> str:
    longest = {"spoken": LONGEST, "word": lexicon.LONGEST_WRITTEN, "said": lexicon.LONGEST_SPOKEN}
    return render_template(
        "sentences/edit.html", bulletin=bulletin, line=line, number=number, typed=typed, longest=longest
    )


def _at(bulletin_id: str, number: str) -> str:
    return url_for("bulletins.show", bulletin_id=bulletin_id, _anchor=f"cau-{number}")


def _line(session: Session, bulletin: Bulletin, number: str) -> Line:
    lines = desk.sheet_of(session, bulletin).lines
    if not number.isdecimal() or len(number) > 6 or not 1 <= int(number) <= len(lines):
        abort(404)
    return lines[int(number) - 1]
