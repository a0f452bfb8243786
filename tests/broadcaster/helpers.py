"""Shortcuts for tests: approved editions without rendering, programmes edited, and a playout driven by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from audio.decks import Blank
from audio.errors import BadAudio
from audio.format import RATE
from broadcaster import bulletins, editor, lexicon, preferences, programmes
from broadcaster.channels import Channels
from broadcaster.database import looking
from broadcaster.editor import Wanted
from broadcaster.errors import BroadcasterError
from broadcaster.manner import manner
from broadcaster.models import Recording
from broadcaster.outlets import ByHand
from broadcaster.playout import Playout
from broadcaster.simulate import Assumed
from tests.conftest import NOON

ANY_HOUR = {"overruled": ["quiet", "outside-allowed"]}  # facts of what somebody with a reason ordered


def recording(session, name="bản ghi", seconds=60.0, segments=()):
    row = Recording(
        sha256=f"sha {name}",
        title=name,
        frames=round(seconds * RATE),
        lufs=-16.0,
        true_peak_dbtp=-1.0,
        segments=[{"kind": "item", "title": "", "start_s": s, "end_s": s + 1} for s in segments],
        created_at=NOON,
    )
    session.add(row)
    session.flush()
    return row


def approved(session, week="2026-W48", slug="an-ninh-nui-thanh", seconds=60.0, title="Bản tin", segments=()):
    """A bulletin that went the whole way, with the renderer's work put in its place."""
    bulletin = bulletins.add(
        session, programmes.get(session, slug), text=f"Nội dung {week}.", week=week, title=title, by="lan", now=NOON
    )
    rendering = bulletins.submit(session, bulletin, by="lan", now=NOON)
    rendering.status = "done"
    rendering.recording = recording(session, f"{slug} {week} {title}", seconds, segments).sha256
    bulletins.approve(session, bulletin, by="minh", now=NOON)
    return bulletin


def waiting(session, programme, title="Chờ duyệt"):
    row = bulletins.add(session, programme, text="Tin mới.", week="2026-W48", title=title, by="lan", now=NOON)
    bulletins.submit(session, row, by="lan", now=NOON)
    return row


def arranged(session, programme, order):
    editor.arrange(session, programme, order, version=programme.version)


def settled(session, settings, programme, **other):
    held = Wanted(programme.voice, programme.speed, programme.fallback, programme.fallback_recording, programme.bed)
    editor.settle(session, settings, programme, replace(held, **other), version=programme.version)


def refused(code):
    return pytest.raises(BroadcasterError, match=code)


def own_way(session):
    lexicon.add(session, "CAX", "Công an xã nhà", by=None, now=NOON)
    preferences.put(session, "reading.odd", "lẻ", by=None, now=NOON)
    return manner(session)


def said(parts):
    return " ".join(text for _, part in parts if hasattr(part, "sentences") for text, _ in part.sentences)


class Air:
    """A playout with a mixer that is rendered by hand, on a virtual clock."""

    def __init__(self, sessions, settings, clock, zones=("all",)):
        self.sessions, self.clock = sessions, clock
        self.outlets = [ByHand(zone) for zone in zones]
        self.channels = Channels(clock)
        self.channels.arrange(self.outlets)
        self.opened = []
        self.broken = set()
        self.playout = Playout(sessions, self.channels, clock, settings.tz, self._open, self._live)

    @property
    def mixer(self):
        return self.outlets[0].mixer

    def _live(self, facts):
        self.live = Assumed({"seconds": 60} | facts)
        return self.live

    def _open(self, sha256, start):
        if sha256 in self.broken:
            raise BadAudio(sha256)
        self.opened.append((sha256, start / RATE))
        with looking(self.sessions) as session:
            return Blank(session.get_one(Recording, sha256).frames - start)

    def run(self, seconds, step=0.5):
        """Let time pass, ticking and rendering."""
        end = self.clock.now() + timedelta(seconds=seconds)
        while self.clock.now() < end:
            self.playout.tick()
            self.playout.checkpoint()
            for outlet in self.outlets:
                if outlet.up:
                    outlet.mixer.render(round(step * RATE), self.clock.wall())
                else:
                    outlet.mixer.stand(self.clock.wall())
            self.clock.sleep(step)
        self.playout.tick()
