"""What is typed into the bulletin form, kept as it was when something has to be typed again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from flask import Request, request
from werkzeug.datastructures import FileStorage

from broadcaster import store, uploads
from broadcaster.errors import BroadcasterError
from broadcaster.models import Bulletin
from broadcaster.settings import Settings
from broadcaster.topics import SIGNS
from web import inputs
from web.shown import weeks_from

FIELDS = ("programme", "week", "title", "text", "expires", *SIGNS)  # what is typed, as the browser names it
DRAFT = re.compile(r"[a-z0-9]{8,40}")
AHEAD = 5  # weeks a bulletin can be written ahead


@dataclass(frozen=True)
class Content:
    """A text, the name under which an uploaded original is kept, and how the text was come by."""

    text: str
    original: str | None
    taken: uploads.Intake | None = None

    @property
    def doubtful(self) -> bool:
        """The author must look before it is kept."""
        return self.taken is not None and self.taken.doubtful


@dataclass(frozen=True)
class BulletinForm:
    programme: str
    week: str | None
    title: str
    text: str
    version: str
    file: FileStorage | None = None
    kept: str = ""  # the original of an upload whose text is being looked at
    sure: bool = False  # the author has looked
    expires: str = ""
    topics: frozenset[str] = frozenset()  # ticked
    at_first: str = ""  # the ones that were ticked when the form was shown
    draft: str | None = None  # the name the browser gave to what it keeps by itself (static/autosave.js)

    @classmethod
    def taken(cls, source: Request) -> BulletinForm:
        form, file = source.form, source.files.get("file")
        chosen = form.get(f"reading-{form['choose']}") if "choose" in form else None
        return cls(
            programme=form.get("programme", ""),
            week=form.get("week") or None,
            title=form.get("title", ""),
            text=form.get("text", "") if chosen is None else chosen,
            version=form.get("version", ""),
            file=file if file and file.filename else None,
            kept=form.get("kept", ""),
            sure="sure" in form or chosen is not None,
            expires=form.get("expires", ""),
            topics=frozenset(topic for topic in SIGNS if form.get(topic)),
            at_first=form.get("at_first", ""),
            draft=named if DRAFT.fullmatch(named := form.get("draft", "")) else None,
        )

    @classmethod
    def of(cls, bulletin: Bulletin) -> BulletinForm:
        return cls(
            bulletin.programme.slug,
            bulletin.week,
            bulletin.title,
            bulletin.text,
            str(bulletin.version),
            expires=bulletin.expires.isoformat() if bulletin.expires else "",
            topics=frozenset(bulletin.topics),
            at_first=" ".join(bulletin.topics),
        )

    def chosen(self) -> frozenset[str] | None:
        """The topics, when somebody has ticked otherwise than the form was shown."""
        return self.topics if self.topics != frozenset(self.at_first.split()) else None

    def last_day(self) -> date | None:
        """Raises BroadcasterError day-bad, at its field."""
        return inputs.day(self.expires, "expires")

    def with_typed(self, typed: Mapping[str, str]) -> BulletinForm:
        """With what was kept of the same form while it was being filled in."""
        return replace(
            self,
            programme=typed.get("programme") or self.programme,
            week=typed.get("week") or None,
            title=typed.get("title", ""),
            text=typed.get("text", "").replace("\r\n", "\n"),
            expires=typed.get("expires", ""),
            topics=frozenset(topic for topic in SIGNS if typed.get(topic)),
        )

    def content(self, settings: Settings, before: str = "") -> Content:
        """What is to be kept; `before` is the text as it was. What the author has looked at is taken as it is.

        Raises BroadcasterError upload-…, text-empty, or text-twice when a text was both typed and uploaded.
        """
        if self.file is None:
            original = self.kept if store.has_original(settings, self.kept) else None
            if self.sure or _same(self.text, before):
                return Content(self.text, original)
            taken = uploads.take_paste(self.text)
            return Content(taken.text, original, taken)
        if self.text.strip():
            raise BroadcasterError("text-twice", usage=True)
        data, name = self.file.read(), self.file.filename or ""
        taken = uploads.take_upload(data, name)
        return Content(taken.text, store.keep_original(settings, data, name), taken)

    def weeks(self, today: date) -> list[str]:
        """The weeks to choose from, the chosen one among them."""
        coming = weeks_from(today, AHEAD)
        return sorted({*coming, self.week}) if self.week else coming


def _same(text: str, before: str) -> bool:
    """Browsers send line ends of their own."""
    return text.replace("\r\n", "\n").strip() == before.strip()


def expect_version(bulletin: Bulletin) -> None:
    """Raises BroadcasterError changed-meanwhile when the form was made for an older version."""
    if request.form.get("version") != str(bulletin.version):
        raise BroadcasterError("changed-meanwhile")
