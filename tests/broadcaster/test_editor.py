"""What people do to programmes, and what it means for what has been recorded."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from broadcaster import ahead, changes, editor, plan, programmes, renderings, running_order, samples
from broadcaster.changes import Said
from broadcaster.editor import Wanted
from broadcaster.errors import BroadcasterError
from broadcaster.models import Bulletin, ChangeRow
from broadcaster.running_order import Part
from tests.broadcaster.helpers import approved, arranged, settled, waiting
from tests.conftest import NOON
from tests.schedules.made import NUI_THANH


@contextmanager
def refused(code):
    with pytest.raises(BroadcasterError) as error:
        yield
    assert error.value.code == code


def effects(session, programme):
    found = editor.effects(session, programme, NOON, NUI_THANH)
    return [b.title for b in found.kept], [b.title for b in found.stale]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Bản tin nông nghiệp", "ban-tin-nong-nghiep"),
        ("Đồng Xanh 24/7!", "dong-xanh-24-7"),
        ("Tiếng loa  an-ninh", "tieng-loa-an-ninh-2"),
        ("Mới", "moi-2"),
        ("新聞", "chuong-trinh"),
    ],
)
def test_a_programme_is_called_in_plain_letters(session, name, slug):
    assert editor.create(session, name).slug == slug


def test_a_new_programme_makes_an_edition_that_names_station_and_programme(session):
    made = editor.create(session, "Bản tin nông nghiệp")
    edition = samples.bulletin(session, made, NOON)
    rendering = renderings.want_rehearsal(session, edition, NOON)
    fillings = programmes.fillings(session, made, None)
    assert rendering.spoken_sha256 == renderings.as_today(session, edition).spoken_sha256
    assert fillings == {"đài": "Đài Truyền thanh xã", "chương trình": "Bản tin nông nghiệp"}


def test_old_names_stay_and_one_that_is_taken_back_is_no_alias_of_itself(session, programme):
    for name in ("Một", "Hai", "An ninh Núi Thành"):
        editor.rename(session, programme, name, version=programme.version)
    assert programme.name == "An ninh Núi Thành"
    assert programme.aliases == ["Chuyên mục An ninh trật tự", "Một", "Hai"]
    assert programmes.get(session, "một") is programme


def test_every_step_needs_the_version_that_was_seen(session, settings, programme):
    seen = programme.version
    editor.rename(session, programme, "Khác", version=seen)
    order = editor.order_of(programme)
    for step in (
        lambda: editor.rename(session, programme, "Khác nữa", version=seen),
        lambda: editor.arrange(session, programme, order[::-1], version=seen),
        lambda: editor.settle(session, settings, programme, Wanted(), version=seen),
        lambda: editor.retire(session, programme, NOON, version=seen),
        lambda: editor.restore(session, programme, version=seen),
    ):
        with refused("programme-changed"):
            step()


def test_a_step_that_changes_nothing_makes_no_new_version(session, settings, programme):
    before = programme.version
    arranged(session, programme, editor.order_of(programme))
    settled(session, settings, programme)
    editor.rename(session, programme, programme.name, version=before)
    assert programme.version == before


def test_a_recording_nobody_has_can_not_be_a_part(session, programme):
    order = editor.order_of(programme)
    with refused("recording-unknown"):
        arranged(session, programme, running_order.added(order, Part("recording", recording="không có"), 1))


def test_a_change_that_is_heard_makes_what_waits_stale_and_leaves_what_is_approved(session, settings, programme):
    approved(session, "2026-W49", title="Đã duyệt")
    waiting(session, programme)
    assert effects(session, programme) == ([], [])
    settled(session, settings, programme, speed=90)
    assert effects(session, programme) == (["Đã duyệt"], ["Chờ duyệt"])
    settled(session, settings, programme, speed=100)
    assert effects(session, programme) == ([], [])
    arranged(session, programme, running_order.added(editor.order_of(programme), Part("pause"), 2))
    assert effects(session, programme) == (["Đã duyệt"], ["Chờ duyệt"])


def test_a_change_that_nobody_hears_asks_for_nothing(session, settings, programme):
    waiting(session, programme)
    call = editor.order_of(programme)[1]
    titled = running_order.changed(editor.order_of(programme), replace(call, title="Lời mở"))
    arranged(session, programme, titled)
    settled(session, settings, programme, fallback="none")
    assert effects(session, programme) == ([], [])


def test_what_has_aired_long_ago_is_not_told_of(session, settings, programme):
    approved(session, "2026-W40", title="Tháng trước")
    settled(session, settings, programme, speed=90)
    assert effects(session, programme) == ([], [])


def test_a_retired_programme_airs_no_more_and_stands_in_for_none(session, programme):
    other = programmes.get(session, "tieng-loa-an-ninh")
    (wednesday,) = editor.slots_of(session, other)
    original = NOON + timedelta(days=1, hours=5.5)
    changes.replace(session, wednesday, original, programme, Said("truc", "họp dân", NOON, NUI_THANH))
    plan.store(session, NOON, NUI_THANH)
    assert editor.retire(session, programme, NOON, version=programme.version) == 2
    plan.store(session, NOON, NUI_THANH)
    coming = {p.programme for p in ahead.view(session, NOON, NOON + timedelta(days=14), NUI_THANH)}
    assert coming == {other.slug}
    assert session.query(ChangeRow).one().undone_at == NOON
    assert session.query(Bulletin).filter_by(programme_id=programme.id).count() == 1


def test_a_retired_programme_takes_no_new_bulletin_and_no_slot_and_keeps_its_name(session, programme):
    editor.retire(session, programme, NOON, version=programme.version)
    with refused("programme-retired"):
        programmes.get(session, "an-ninh-nui-thanh")
    with refused("programme-taken"):
        editor.create(session, "An ninh Núi Thành")
    assert programme not in programmes.listed(session)
    editor.restore(session, programme, version=programme.version)
    assert programmes.get(session, "an-ninh-nui-thanh") is programme
