"""The editorial path, and who may walk it."""

from datetime import date, timedelta

import pytest

from broadcaster import bulletins, editions, renderings, samples
from broadcaster.models import Bulletin
from tests.broadcaster.helpers import approved, recording, refused
from tests.conftest import NOON
from tests.schedules.made import NUI_THANH


def submitted(session, programme, by="lan", text="Bà con chú ý."):
    bulletin = bulletins.add(session, programme, text=text, week="2026-W48", title="Tin", by=by, now=NOON)
    rendering = bulletins.submit(session, bulletin, by=by, now=NOON)
    rendering.status, rendering.recording = "done", recording(session).sha256
    return bulletin


def test_approval_keeps_the_hash_of_text_and_of_sound(session, programme):
    bulletin = submitted(session, programme)
    bulletins.approve(session, bulletin, by="minh", now=NOON)
    assert bulletin.status == "approved"
    assert bulletin.text_sha256 == renderings.text_hash("Bà con chú ý.")
    assert bulletin.audio_sha256 == "sha bản ghi"
    assert bulletins.may_air(bulletin)


def test_nobody_approves_what_they_wrote(session, programme):
    bulletin = submitted(session, programme, by="hoa")
    with refused("own-bulletin"):
        bulletins.approve(session, bulletin, by="hoa", now=NOON)


def test_nobody_approves_a_text_they_wrote_a_part_of(session, programme):
    bulletin = submitted(session, programme, by="hoa")
    bulletins.edit(session, bulletin, text="Bà con chú ý hơn.", week="2026-W48", title="Tin", by="lan", now=NOON)
    rendering = bulletins.submit(session, bulletin, by="lan", now=NOON)
    rendering.status, rendering.recording = "done", "sha bản ghi"
    with refused("own-bulletin"):
        bulletins.approve(session, bulletin, by="hoa", now=NOON)
    bulletins.approve(session, bulletin, by="minh", now=NOON)


def test_the_sample_can_be_heard_but_never_approved(session, programme, clock):
    sample = session.get_one(Bulletin, samples.sample_rendering(session, clock).bulletin_id)
    with refused("bulletin-state"):
        bulletins.submit(session, sample, by="lan", now=NOON)
    with refused("bulletin-withdrawn"):
        bulletins.edit(session, sample, text="khác", week=None, title="", by="lan", now=NOON)
    assert sample not in bulletins.newest(session)


def test_an_author_is_no_approver_and_an_approver_no_author(session, programme):
    bulletin = submitted(session, programme)
    with refused("not-allowed"):
        bulletins.approve(session, bulletin, by="lan", now=NOON)
    with refused("not-allowed"):
        bulletins.add(session, programme, text="x", week=None, title="", by="minh", now=NOON)
    with refused("user-unknown"):
        bulletins.approve(session, bulletin, by="ai đó", now=NOON)


def test_what_nobody_can_have_heard_is_not_approved(session, programme):
    bulletin = bulletins.add(session, programme, text="Tin.", week="2026-W48", title="", by="lan", now=NOON)
    bulletins.submit(session, bulletin, by="lan", now=NOON)
    with refused("not-rendered"):
        bulletins.approve(session, bulletin, by="minh", now=NOON)


def test_any_change_voids_the_approval(session, programme):
    bulletin = approved(session)
    bulletins.edit(session, bulletin, text="Nội dung khác.", week="2026-W48", title=bulletin.title, by="hoa", now=NOON)
    assert (bulletin.status, bulletin.text_sha256, bulletin.audio_sha256) == ("draft", None, None)
    assert editions.choose(session, programme, NOON, NUI_THANH) is None


def test_a_text_changed_behind_our_back_does_not_air(session, programme):
    bulletin = approved(session)
    bulletin.text = "Nội dung bị sửa thẳng trong cơ sở dữ liệu."
    session.flush()
    assert editions.choose(session, programme, NOON, NUI_THANH) is None


def test_a_returned_bulletin_can_be_submitted_again(session, programme):
    bulletin = submitted(session, programme)
    with refused("reason-missing"):
        bulletins.send_back(session, bulletin, by="minh", reason=" ", now=NOON)
    bulletins.send_back(session, bulletin, by="minh", reason="Sai số điện thoại", now=NOON)
    assert (bulletin.status, bulletin.reason) == ("returned", "Sai số điện thoại")
    bulletins.submit(session, bulletin, by="lan", now=NOON)
    assert bulletin.status == "submitted"


@pytest.mark.parametrize(("text", "week", "code"), [(" \n", None, "text-empty"), ("x", "tuần 48", "week-bad")])
def test_unusable_input_is_refused(session, programme, text, week, code):
    with refused(code):
        bulletins.add(session, programme, text=text, week=week, title="", by="lan", now=NOON)


def test_this_weeks_edition_then_the_last_one_then_the_notice(session, programme):
    assert editions.choose(session, programme, NOON, NUI_THANH) is None
    approved(session, "2026-W46")
    approved(session, "2026-W47")
    last = editions.choose(session, programme, NOON, NUI_THANH)
    assert last is not None
    assert last.note == "repeat"
    assert "2026-W47" in last.recording
    approved(session, "2026-W48", title="mới")
    assert editions.choose(session, programme, NOON, NUI_THANH).note is None
    programme.fallback = "notice"
    approved(session, None, title="lời nhắn")
    assert editions.choose(session, programme, NOON + timedelta(days=7), NUI_THANH).note == "notice"


def test_topics_named_by_command_or_person_are_not_guessed_again(session, programme):
    facts = {"week": "2026-W48", "title": "Tin", "by": "lan", "now": NOON}
    named = bulletins.add(session, programme, text="Tin.", topics=["deeds"], **facts)
    guessed = bulletins.add(session, programme, text="Tin.", **facts)
    for bulletin in (named, guessed):
        bulletins.edit(session, bulletin, text="Cảnh giác với trộm cắp.", **facts)
    assert (named.topics, guessed.topics) == (["deeds"], ["crime"])
    bulletins.set_topics(session, guessed, ["deeds", "crime", "khác"], by="lan")
    bulletins.edit(session, guessed, text="Tin.", expires=date(2026, 12, 1), **facts)
    bulletins.edit(session, guessed, text="Tin nữa.", **facts)
    assert (guessed.topics, guessed.expires) == (["crime", "deeds"], date(2026, 12, 1))
