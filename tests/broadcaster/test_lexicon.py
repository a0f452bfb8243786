"""The station's own lexicon and choices, and that everything that is read is read their way."""

import unicodedata

import pytest

from audio.reading import LexiconEntry
from broadcaster import alerts, bulletins, lexicon, prepare, programmes, renderings
from broadcaster.manner import would_say
from broadcaster.models import Broadcast, Rendering
from tests.broadcaster.helpers import own_way, refused, said
from tests.conftest import NOON


def test_an_entry_is_kept_in_one_unicode_form_and_found_in_any(session):
    lexicon.add(session, unicodedata.normalize("NFD", " Bà  Dầu "), "bà dầu", by="lan", now=NOON)
    assert lexicon.entries(session) == (LexiconEntry("Bà Dầu", "bà dầu"),)
    assert lexicon.get(session, unicodedata.normalize("NFD", "Bà Dầu")).by == "lan"


@pytest.mark.parametrize(
    ("written", "spoken", "code"),
    [
        (" ", "công an", "lexicon-empty"),
        ("…", "công an", "lexicon-empty"),
        ("CAX", ",", "lexicon-empty"),
        ("CAX", "công an 4", "lexicon-symbols"),
        ("CAX", "công an & dân", "lexicon-symbols"),
        ("CAX", "công an; dân", "lexicon-symbols"),
        ("x" * 81, "công an", "lexicon-long"),
        ("CAX", "a" * 201, "lexicon-long"),
    ],
)
def test_an_entry_that_could_not_be_said_is_refused(session, written, spoken, code):
    with refused(code):
        lexicon.add(session, written, spoken, by=None, now=NOON)


def test_two_entries_never_share_a_written_form(session):
    lexicon.add(session, "CAX", "Công an xã", by=None, now=NOON)
    other = lexicon.add(session, "CAP", "Công an phường", by=None, now=NOON)
    with refused("lexicon-taken"):
        lexicon.add(session, "CAX", "khác", by=None, now=NOON)
    with refused("lexicon-taken"):
        lexicon.change(session, other, "CAX", "khác", by=None, now=NOON)
    lexicon.change(session, other, "CAP", "Công an phường nhà", by=None, now=NOON)
    assert other.spoken == "Công an phường nhà"


def test_an_approver_does_not_write_the_lexicon(session):
    with refused("not-allowed"):
        lexicon.add(session, "CAX", "Công an xã", by="minh", now=NOON)
    row = lexicon.add(session, "CAX", "Công an xã", by="lan", now=NOON)
    with refused("not-allowed"):
        lexicon.remove(session, row, by="minh")


def test_a_worker_speaks_with_the_lexicon_of_the_moment_it_works(sessions, settings, monkeypatch):
    spoken = []

    def render(settings, parts, out, speakers, progress=None, *, listens=False, speed=100):
        spoken.append(said(parts))
        raise OSError("this is far enough")

    monkeypatch.setattr(prepare, "render", render)
    with sessions.begin() as session:
        programme = programmes.get(session, "an-ninh-nui-thanh")
        bulletin = bulletins.add(session, programme, text="Tin của CAX.", week=None, title="", by="lan", now=NOON)
        rendering = renderings.want(session, bulletin, NOON)
        asked = rendering.spoken_sha256
        own_way(session)
    prepare.work(settings, rendering.id)
    assert "Tin của Công an xã nhà" in spoken[-1]
    with sessions.begin() as session:
        assert session.get_one(Rendering, rendering.id).spoken_sha256 != asked
        assert session.get_one(Rendering, rendering.id).spoken_sha256 == would_say(session, programme, "Tin của CAX.")
    (alert,) = alerts.typed(sessions, "CAX báo động", 1, "lan", NOON)
    with sessions.begin() as session:
        row = Rendering(broadcast_id=session.get_one(Broadcast, alert.id).id, text_sha256="", created_at=NOON)
        session.add(row)
    prepare.work(settings, row.id)
    assert "Công an xã nhà báo động" in spoken[-1]


def test_a_text_without_a_voiced_word_is_said_as_silence_not_as_an_error(session):
    programme = programmes.get(session, "an-ninh-nui-thanh")
    assert would_say(session, programme, "-----") == would_say(session, programme, "")
