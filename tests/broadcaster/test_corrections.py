"""A sentence said as a person wants it: kept with the bulletin, part of what is approved."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.reading import read
from broadcaster import bulletins, corrections, lengths, prepare, programmes, renderings, review, versions
from broadcaster.errors import BroadcasterError
from broadcaster.manner import manner
from tests.broadcaster.helpers import recording
from tests.conftest import NOON

TEXT = "Đội CSGT 113 báo tin. Lúc 17h30 bà con họp."
WRITTEN, SPOKEN = "Đội CSGT 113 báo tin.", "Đội Cảnh sát giao thông một một ba báo tin."
WANTED = "Đội Cảnh sát giao thông một trăm mười ba báo tin."


@pytest.fixture
def bulletin(session):
    programme = programmes.get(session, "an-ninh-nui-thanh")
    return bulletins.add(session, programme, text=TEXT, week="2026-W48", title="Tin", by="lan", now=NOON)


def correct(session, bulletin, spoken=WANTED, written=WRITTEN, by="lan"):
    bulletins.correct(session, bulletin, written, spoken, by=by, now=NOON)


def approve(session, bulletin):
    rendering = bulletins.submit(session, bulletin, by="lan", now=NOON)
    rendering.status, rendering.recording = "done", recording(session).sha256
    bulletins.approve(session, bulletin, by="minh", now=NOON)


def said(session, settings, bulletin):
    parts = prepare.parts_of(
        settings, bulletin.programme, bulletin.text, manner(session), corrected=bulletin.corrections
    )
    return [text for kind, part in parts if kind == "item" for text, _ in part.sentences]


def test_a_corrected_sentence_is_said_as_wanted_and_the_others_as_before(session, settings, bulletin):
    before = said(session, settings, bulletin)
    correct(session, bulletin)
    assert said(session, settings, bulletin) == [WANTED, *before[1:]]


def test_the_page_shows_the_correction_as_one_stretch_and_doubts_it_no_more(session, settings, bulletin):
    correct(session, bulletin, "Đội ZZQ báo tin.")
    line = review.of_bulletin(session, bulletin, NOON, settings.tz).lines[0]
    assert line.corrected
    assert [stretch.spoken for stretch in line.stretches] == ["Đội ZZQ báo tin."]


def test_a_correction_voids_an_approval_and_its_maker_approves_no_more(session, bulletin):
    approve(session, bulletin)
    correct(session, bulletin, by="hoa")
    assert bulletin.status == "draft"
    assert not bulletins.may_air(bulletin)
    rendering = bulletins.submit(session, bulletin, by="lan", now=NOON)
    rendering.status, rendering.recording = "done", "sha bản ghi"
    with pytest.raises(BroadcasterError, match="own-bulletin"):
        bulletins.approve(session, bulletin, by="hoa", now=NOON)


def test_the_sound_from_before_a_correction_is_not_the_one_to_approve(session, bulletin):
    old = renderings.want(session, bulletin, NOON)
    old.status, old.recording = "done", recording(session).sha256
    correct(session, bulletin)
    assert renderings.of(session, bulletin) is None
    correct(session, bulletin, None)
    assert renderings.of(session, bulletin) is old


def test_a_correction_slipped_in_past_the_approval_never_airs(session, bulletin):
    approve(session, bulletin)
    assert bulletins.may_air(bulletin)
    bulletin.corrections = {WRITTEN: "Lời khác."}
    assert not bulletins.may_air(bulletin)


def test_without_corrections_the_hash_is_that_of_the_text(session, bulletin):
    assert renderings.words_hash(bulletin) == renderings.text_hash(TEXT)


def test_saying_what_the_reader_says_is_no_correction(session, bulletin):
    correct(session, bulletin, SPOKEN)
    assert bulletin.corrections == {}


def test_corrections_stay_with_the_sentences_that_stay(session, bulletin):
    correct(session, bulletin)
    facts = {"week": bulletin.week, "title": bulletin.title, "by": "lan", "now": NOON}
    bulletins.edit(session, bulletin, text=f"{WRITTEN} Câu mới.", **facts)
    assert bulletin.corrections == {WRITTEN: WANTED}
    bulletins.edit(session, bulletin, text="Câu mới.", **facts)
    assert bulletin.corrections == {}


@pytest.mark.parametrize(
    ("spoken", "code"),
    [
        ("gọi 113", "correction-symbols"),
        ("<b>đậm</b>", "correction-symbols"),
        (" … ", "correction-empty"),
        ("a" * 1001, "correction-long"),
    ],
)
def test_what_a_voice_can_not_say_is_refused(session, bulletin, spoken, code):
    with pytest.raises(BroadcasterError, match=code):
        correct(session, bulletin, spoken)
    assert bulletin.corrections == {}


def test_only_a_sentence_of_the_text_can_be_corrected(session, bulletin):
    with pytest.raises(BroadcasterError, match="sentence-unknown"):
        correct(session, bulletin, written="Câu lạ.")


def test_an_approver_corrects_nothing(session, bulletin):
    with pytest.raises(BroadcasterError, match="not-allowed"):
        correct(session, bulletin, by="minh")


@given(st.text(alphabet="ăâabc đ123.!\n", min_size=1, max_size=60), st.text(alphabet="abc ", min_size=1, max_size=9))
def test_only_corrected_sentences_change(text, spoken):
    sentences = read(text).sentences
    wanted = {sentences[0].written: spoken} if sentences else {}
    after = corrections.applied(sentences, wanted)
    assert [s.written for s in after] == [s.written for s in sentences]
    assert all(a.spoken == wanted.get(s.written, s.spoken) for s, a in zip(sentences, after, strict=True))
    assert corrections.applied(sentences, {}) == sentences


def test_the_promised_length_is_that_of_what_is_said(session, bulletin):
    sentences = read(TEXT).sentences
    longer = corrections.applied(sentences, {WRITTEN: "a " * 200})
    promised = partial(lengths.promised, session, bulletin.programme)
    seconds = promised(longer) - promised(sentences)
    assert 50 < seconds.total_seconds() < 60  # 200 syllables a minute


def test_every_saved_state_is_kept_once(session, bulletin):
    correct(session, bulletin)
    correct(session, bulletin)
    newest, first = versions.of_bulletin(session, bulletin)
    assert (newest.corrections, first.corrections) == ({WRITTEN: WANTED}, {})
