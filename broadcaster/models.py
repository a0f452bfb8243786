"""The tables. Ids are UUIDv7 (unique everywhere, ordered by time); instants are aware UTC; rows that people
edit carry a version, so that the second of two editors is told instead of overwriting the first."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from broadcaster.columns import Base, new_id


class User(Base):
    """An account. Roles: author, approver, operator, admin."""

    __tablename__ = "user"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    roles: Mapped[list[Any]] = mapped_column(default=list)
    disabled: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class Recording(Base):
    """A finished FLAC, addressed by its sha256. `segments`: [{kind, title, start_s, end_s}], `said`: [{text, start_s,
    end_s}], its sentences in spoken form; `silence_s`: taken out of it when it was taken in; `music`: whether a person
    has called it music, or speech (None: nobody has; see broadcaster.music)."""

    __tablename__ = "recording"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    frames: Mapped[int]
    lufs: Mapped[float]
    true_peak_dbtp: Mapped[float]
    voice: Mapped[str] = mapped_column(default="")
    segments: Mapped[list[Any]] = mapped_column(default=list)
    said: Mapped[list[Any]] = mapped_column(default=list)
    silence_s: Mapped[float] = mapped_column(default=0.0)
    music: Mapped[bool | None]
    created_at: Mapped[datetime]


class ZoneRow(Base):
    """A group of loudspeakers: its outputs (URIs) and the rules of its volume (see zones.Loudness).

    `hand_percent` is a volume set by hand, which holds until `hand_until` (None: until it is taken back); `lead_s` how
    long its amplifiers need to wake.
    """

    __tablename__ = "zone"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    outputs: Mapped[list[Any]] = mapped_column(default=list)
    volume: Mapped[list[Any]] = mapped_column(default=list)
    hand_percent: Mapped[int | None]
    hand_until: Mapped[datetime | None]
    lead_s: Mapped[float] = mapped_column(default=0.0)
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class Programme(Base):
    """A programme. `selection`: "weekly" (the edition of the week) or "rotation" (of all approved texts, the one least
    recently aired). `fallback` when nothing approved is there: "repeat", "notice", "recording" or "none".

    `running_order`: the parts of an edition (broadcaster.running_order); `bed`: the music under those that want it;
    `speed`: of the speech, in percent of the voice's own.
    `relay` makes it one that carries a network stream: {url, fallback (a recording's sha256 or null), seconds}.
    """

    __tablename__ = "programme"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    aliases: Mapped[list[Any]] = mapped_column(default=list)
    voice: Mapped[str] = mapped_column(default="auto")
    speed: Mapped[int] = mapped_column(default=100)
    selection: Mapped[str] = mapped_column(default="weekly")
    fallback: Mapped[str] = mapped_column(default="repeat")
    fallback_recording: Mapped[str | None] = mapped_column(sa.ForeignKey("recording.sha256"))
    running_order: Mapped[list[Any]] = mapped_column(default=list)
    bed: Mapped[str | None] = mapped_column(sa.ForeignKey("recording.sha256"))
    relay: Mapped[dict[str, Any] | None]
    retired_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class Bulletin(Base):
    """A text for one week of a programme (`week` is None for its standing notice).

    `text_sha256` and `audio_sha256` are what was approved; a change of either voids the approval.
    `expires` is the last wall date on which it may air, `topics` the weekly duties it meets (broadcaster.duties),
    `corrections` what is said for single sentences of it (broadcaster.corrections): {written: spoken}.
    """

    __tablename__ = "bulletin"
    __table_args__ = (
        sa.Index("ix_bulletin_edition", "programme_id", "status", "week", "decided_at"),
        sa.Index("ix_bulletin_created_at", "created_at"),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[str] = mapped_column(sa.ForeignKey("programme.id"))
    week: Mapped[str | None] = mapped_column(index=True)
    title: Mapped[str]
    text: Mapped[str]
    corrections: Mapped[dict[str, Any]] = mapped_column(default=dict)
    original: Mapped[str | None]
    status: Mapped[str] = mapped_column(default="draft", index=True)
    author: Mapped[str]
    writers: Mapped[list[Any]] = mapped_column(default=list)  # everyone who changed it: none of them may approve
    expires: Mapped[date | None]
    topics: Mapped[list[Any]] = mapped_column(default=list)
    topics_set: Mapped[bool] = mapped_column(default=False)  # by a person: no longer guessed from the text
    submitted_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None]
    # Who handed it in although serious remarks stood open, and which: {"by", "remarks": [sentence, …]}.
    insisted: Mapped[dict[str, Any] | None]
    text_sha256: Mapped[str | None]
    audio_sha256: Mapped[str | None] = mapped_column(sa.ForeignKey("recording.sha256"))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    programme: Mapped[Programme] = relationship()
    __mapper_args__ = {"version_id_col": version}


class Rendering(Base):
    """Work for the renderer: a bulletin or an alert on its way from text to sound, with its progress.

    Status: waiting, working, done, failed, cancelled. `spoken_sha256` is what it says (see broadcaster.manner): another
    lexicon may make another of the same text; `plain_sha256` is the same without any music. `passed_over`: the voices
    that could not speak it, with the reason; `faulty`: the sentences that a person should listen to (see
    broadcaster.speaking). `mourning`: approved words again, without any music.
    """

    __tablename__ = "rendering"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    bulletin_id: Mapped[str | None] = mapped_column(sa.ForeignKey("bulletin.id"), index=True)
    broadcast_id: Mapped[str | None] = mapped_column(sa.ForeignKey("broadcast.id"), index=True)
    text_sha256: Mapped[str]
    spoken_sha256: Mapped[str | None]
    plain_sha256: Mapped[str | None]
    status: Mapped[str] = mapped_column(default="waiting", index=True)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
    recording: Mapped[str | None] = mapped_column(sa.ForeignKey("recording.sha256"))
    passed_over: Mapped[list[Any]] = mapped_column(default=list)
    faulty: Mapped[list[Any]] = mapped_column(default=list)
    mourning: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class SlotRow(Base):
    """When a programme airs: a recurrence in the station's wall time (its text: schedules.recurrence).

    `rank`: of two slots that meet, the lower goes first. `override_reason`: why hours and clashes were overruled,
    `overruled`: which of them, as codes ("quiet", …, "clash").
    `since`: from when its present times hold; what an edit would have made due before it does not air after it.
    `repeat_of`: the slot whose last broadcast airs again in this one (see broadcaster.repeats).
    """

    __tablename__ = "slot"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[str] = mapped_column(sa.ForeignKey("programme.id"))
    zone: Mapped[str] = mapped_column(default="all")
    rrule: Mapped[str]
    at: Mapped[str]
    first: Mapped[date | None]
    until: Mapped[date | None]
    klass: Mapped[str] = mapped_column(default="thuong")
    late: Mapped[str] = mapped_column(default="from-start:10m")
    rests_on_holidays: Mapped[bool] = mapped_column(default=False)
    rank: Mapped[int] = mapped_column(default=0)
    override_reason: Mapped[str | None]
    overruled: Mapped[list[Any]] = mapped_column(default=list)
    repeat_of: Mapped[str | None] = mapped_column(sa.ForeignKey("slot.id"))
    created_at: Mapped[datetime]
    since: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    programme: Mapped[Programme] = relationship()
    __mapper_args__ = {"version_id_col": version}


class PeriodRow(Base):
    """Wall dates on which something is otherwise: pause, holiday, mourning, quieter (see schedules.periods)."""

    __tablename__ = "period"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    effect: Mapped[str] = mapped_column(default="pause")
    first: Mapped[date | None]
    last: Mapped[date | None]
    rule: Mapped[str | None]
    days: Mapped[int] = mapped_column(default=1)
    volume: Mapped[float] = mapped_column(default=1.0)
    reason: Mapped[str]
    programme_id: Mapped[str | None] = mapped_column(sa.ForeignKey("programme.id"))
    zone: Mapped[str | None]
    by: Mapped[str | None]
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class ChangeRow(Base):
    """What became of one occurrence: cancelled, moved, or replaced by another programme (see schedules.changes)."""

    __tablename__ = "occurrence_change"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    slot_id: Mapped[str] = mapped_column(sa.ForeignKey("slot.id"), index=True)
    original: Mapped[datetime]
    cancelled: Mapped[bool] = mapped_column(default=False)
    moved_to: Mapped[datetime | None]
    programme_id: Mapped[str | None] = mapped_column(sa.ForeignKey("programme.id"))
    override_reason: Mapped[str | None]
    overruled: Mapped[list[Any]] = mapped_column(default=list)  # what that reason was given for, as codes
    by: Mapped[str]
    reason: Mapped[str]
    created_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class HoursRow(Base):
    """The hours of one zone, or of every zone without its own ("all"), as text (schedules.hours_text)."""

    __tablename__ = "hours"
    zone: Mapped[str] = mapped_column(primary_key=True)
    allowed: Mapped[str]
    quiet: Mapped[str]
    max_minutes: Mapped[int]
    max_repeats: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


ALERTS = sa.text("kind = 'alert'")


class Broadcast(Base):
    """One thing to be heard: an occurrence of a slot, a queue item, a play-at, an alert, a live microphone.

    `heard_to` (frames) is how far into the recording it got, `delivered` how many frames were sent in all.
    """

    __tablename__ = "broadcast"
    __table_args__ = (
        sa.UniqueConstraint("slot_id", "starts_at", "zone"),
        sa.Index("ix_broadcast_alert", "id", sqlite_where=ALERTS, postgresql_where=ALERTS),
        sa.Index("ix_broadcast_bulletin_id_starts_at", "bulletin_id", "starts_at"),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]  # scheduled, at, queue, alert, mic
    title: Mapped[str]
    slot_id: Mapped[str | None] = mapped_column(sa.ForeignKey("slot.id"))
    programme_id: Mapped[str | None] = mapped_column(sa.ForeignKey("programme.id"))
    bulletin_id: Mapped[str | None] = mapped_column(sa.ForeignKey("bulletin.id"))
    zone: Mapped[str] = mapped_column(default="all")
    klass: Mapped[str] = mapped_column(default="thuong")
    late: Mapped[str] = mapped_column(default="from-start:10m")
    starts_at: Mapped[datetime] = mapped_column(index=True)
    position: Mapped[float] = mapped_column(default=0.0)  # order in the queue
    status: Mapped[str] = mapped_column(default="planned", index=True)
    text: Mapped[str | None]  # a typed alert
    live: Mapped[dict[str, Any] | None]  # a relay (see Programme) or a microphone (see broadcaster.live)
    repeat: Mapped[int] = mapped_column(default=1)
    recording: Mapped[str | None] = mapped_column(sa.ForeignKey("recording.sha256"))
    text_sha256: Mapped[str | None]
    approved_by: Mapped[str | None]
    by: Mapped[str | None]
    note: Mapped[str | None]  # what the log should add: fallback used, interruptions
    remark: Mapped[str | None]  # a person's words for the log: why it was moved, or aired outside the hours
    refused: Mapped[str | None]  # why the hours forbid it, as a code; it is then missed
    overruled: Mapped[list[Any]] = mapped_column(default=list)  # what of the hours a reason was given against, as codes
    mourning: Mapped[bool] = mapped_column(default=False)  # music stays silent
    repeats_at: Mapped[datetime | None]  # when the broadcast was, or will be, that it airs again
    repeats: Mapped[str | None]  # the same for the log (see broadcaster.repeats)
    left_out: Mapped[str | None]  # for the log: in which zones it is not heard, and why (see broadcaster.closed)
    began_at: Mapped[datetime | None] = mapped_column(index=True)
    heard_to: Mapped[int] = mapped_column(default=0)
    delivered: Mapped[int] = mapped_column(default=0)
    gap: Mapped[int] = mapped_column(default=0)
    outputs: Mapped[list[Any]] = mapped_column(default=list)  # what each has made of it (see broadcaster.accounted)
    checked_at: Mapped[datetime | None]  # last moment known to sound
    cut_by: Mapped[str | None]  # why it waits in the middle: "alert", "restart"
    created_at: Mapped[datetime]
