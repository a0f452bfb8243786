"""What is being typed, kept for whoever types it."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from broadcaster import drafts
from broadcaster.columns import new_id
from broadcaster.database import factory, migrate, open_database, open_engine
from broadcaster.errors import BroadcasterError
from broadcaster.models_care import Trail
from broadcaster.models_desk import Draft

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
WORDS = {"title": "Tuần 48", "text": "Kính thưa bà con"}


def keep(session, *, name="trang-mot", turn=1, text="Kính thưa bà con", place=drafts.NEW, now=NOW, version=""):
    return drafts.keep(session, "lan", place, name, turn, version, WORDS | {"text": text}, now)


def text_of(session, person="lan", place=drafts.NEW, now=NOW):
    typed = drafts.of(session, person, place, now).typed
    return typed and typed["text"]


def test_what_was_kept_last_comes_back_to_its_typist_alone(session):
    keep(session)
    keep(session, turn=2, text="Kính thưa bà con, tuần này")
    assert text_of(session) == "Kính thưa bà con, tuần này"
    assert text_of(session, "minh") is None
    assert text_of(session, place="ban-tin-khac") is None


def test_a_copy_that_was_overtaken_on_its_way_changes_nothing(session):
    keep(session, turn=5, text="mới")
    assert keep(session, turn=4, text="cũ")
    assert text_of(session) == "mới"


def test_a_copy_that_arrives_after_the_text_was_saved_does_not_bring_it_back(session):
    keep(session)
    drafts.finish(session, "lan", drafts.NEW, "trang-mot", NOW)
    assert not keep(session, turn=2)
    assert text_of(session) is None
    assert drafts.of(session, "lan", drafts.NEW, NOW).ended == "trang-mot"
    assert keep(session, name="trang-hai", text="bản tin khác")
    assert text_of(session) == "bản tin khác"


def test_neither_does_the_very_first_copy(session):
    drafts.finish(session, "lan", drafts.NEW, "trang-mot", NOW)
    assert not keep(session)


def test_a_text_that_another_one_pushed_aside_is_offered_once_that_one_is_saved(session):
    keep(session, text="ở máy cơ quan", version="1")
    keep(session, name="trang-hai", text="ở nhà", version="2")
    assert text_of(session) == "ở nhà"
    drafts.finish(session, "lan", drafts.NEW, "trang-hai", NOW)
    assert text_of(session) == "ở máy cơ quan"
    assert drafts.of(session, "lan", drafts.NEW, NOW).version == "1"
    drafts.finish(session, "lan", drafts.NEW, "trang-mot", NOW)
    assert text_of(session) is None


def test_what_is_dropped_is_gone(session):
    keep(session, text="một")
    keep(session, name="trang-hai", text="hai")
    drafts.drop(session, "lan", drafts.NEW, "trang-hai")
    assert text_of(session) == "một"
    drafts.drop(session, "lan", drafts.NEW, "trang-mot")
    assert text_of(session) is None


def test_nobody_comes_back_after_two_weeks(session):
    keep(session)
    late = NOW + drafts.LIFE + timedelta(seconds=1)
    assert text_of(session, now=late) is None
    keep(session, place="khac", now=late)
    assert session.scalars(sa.select(Draft.place)).all() == ["khac"]


def test_one_person_keeps_a_bounded_number_of_texts_of_bounded_length(session):
    for n in range(drafts.MOST + 5):
        keep(session, place=f"b{n}", now=NOW + timedelta(seconds=n))
    assert len(session.scalars(sa.select(Draft)).all()) == drafts.MOST
    assert text_of(session, place="b0") is None
    assert text_of(session, place=f"b{drafts.MOST + 4}") is not None
    with pytest.raises(BroadcasterError, match="text-too-long"):
        keep(session, text="a" * 200_001)


def test_no_trail_is_left(session):
    keep(session)
    session.flush()
    assert not [row for row in session.scalars(sa.select(Trail)) if row.kind == "draft"]


def test_a_text_that_was_kept_is_on_the_disk_when_the_power_goes(settings):
    """sqlite.org/pragma.html: in WAL mode FULL syncs the log after every commit, NORMAL does not."""
    with open_database(settings).begin() as session:
        assert session.execute(sa.text("PRAGMA journal_mode")).scalar() == "wal"
        assert session.execute(sa.text("PRAGMA synchronous")).scalar() == 2


@pytest.fixture(scope="module")
def memory():
    engine = open_engine("sqlite://")
    migrate(engine)
    yield factory(engine)
    engine.dispose()


STEPS = st.tuples(st.sampled_from(["keep", "finish", "drop"]), st.sampled_from(["trang-mot", "trang-hai"]))


@given(st.lists(STEPS, max_size=12))
def test_of_two_pages_of_one_person_neither_loses_what_the_other_typed(memory, steps):
    unsaved, place = {}, new_id()
    with memory.begin() as session:
        for turn, (step, name) in enumerate(steps):
            if step == "keep":
                if keep(session, place=place, name=name, turn=turn, text=f"{name} {turn}"):
                    unsaved[name] = f"{name} {turn}"
                else:
                    assert name not in unsaved
            elif name in unsaved:
                end = drafts.finish if step == "finish" else drafts.drop
                end(session, "lan", place, name, *([NOW] if step == "finish" else []))
                del unsaved[name]
        while (kept := drafts.of(session, "lan", place, NOW)).typed:
            assert kept.typed["text"] == unsaved.pop(kept.name)
            drafts.drop(session, "lan", place, kept.name)
        assert not unsaved
