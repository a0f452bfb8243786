"""What is typed into the bulletin form, kept as it was when something has to be typed again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Request, request
from werkzeug.datastructures import FileStorage

from broadcaster import prepare, uploads
from broadcaster.errors import BroadcasterError
from broadcaster.models import Bulletin
from broadcaster.settings import Settings
from web.shown import weeks_from

AHEAD = 5  # weeks a bulletin can be written ahead


@dataclass(frozen=True)
class BulletinForm:
    programme: str
    week: str | None
    title: str
    text: str
    version: str
    file: FileStorage | None = None

    @classmethod
    def taken(cls, source: Request) -> BulletinForm:
        form, file = source.form, source.files.get("file")
        return cls(
            programme=form.get("programme", ""),
            week=form.get("week") or None,
            title=form.get("title", ""),
            text=form.get("text", ""),
            version=form.get("version", ""),
            file=file if file and file.filename else None,
        )

    @classmethod
    def of(cls, bulletin: Bulletin) -> BulletinForm:
        return cls(bulletin.programme.slug, bulletin.week, bulletin.title, bulletin.text, str(bulletin.version))

    def content(self, settings: Settings) -> tuple[str, str | None]:
        """The text, and the name under which an uploaded original is kept.

        Raises BroadcasterError upload-…, or text-twice when a text was both typed and uploaded.
        """
        if self.file is None:
            return self.text, None
        if self.text.strip():
            raise BroadcasterError("text-twice", usage=True)
        data, name = self.file.read(), self.file.filename or ""
        return uploads.take_upload(data, name), prepare.keep_original(settings, data, name)

    def weeks(self, today: date) -> list[str]:
        """The weeks to choose from, the chosen one among them."""
        coming = weeks_from(today, AHEAD)
        return sorted({*coming, self.week}) if self.week else coming


def expect_version(bulletin: Bulletin) -> None:
    """Raises BroadcasterError changed-meanwhile when the form was made for an older version."""
    if request.form.get("version") != str(bulletin.version):
        raise BroadcasterError("changed-meanwhile")
