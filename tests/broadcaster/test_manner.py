"""What makes one rendering differ from another."""

from broadcaster import alert_parts, bulletins, lexicon, prepare, programmes, renderings, running_order
from tests.broadcaster.helpers import approved, own_way, refused, said
from tests.conftest import NOON


def test_programmes_and_alerts_are_read_the_stations_way(session, settings):
    reads = own_way(session)
    programme = programmes.get(session, "an-ninh-nui-thanh")
    order = running_order.standard("Mời nghe.", "Chào bà con.", "CAX xin chào.")
    programme.running_order = running_order.written(order)
    parts = said(prepare.parts_of(settings, programme, "CAX bắt 105 vụ.", reads))
    assert "Công an xã nhà bắt một trăm lẻ năm vụ" in parts
    assert "Công an xã nhà xin chào" in parts
    assert "Công an xã nhà gọi" in said(alert_parts.typed("CAX gọi", 1, reads))


def test_only_a_change_that_is_heard_asks_for_a_new_rendering(session):
    programme = programmes.get(session, "an-ninh-nui-thanh")
    bulletin = bulletins.add(session, programme, text="Tin của CAX.", week=None, title="", by="lan", now=NOON)
    first = bulletins.submit(session, bulletin, by="lan", now=NOON)
    lexicon.add(session, "KTX", "ký túc xá", by=None, now=NOON)
    assert renderings.of(session, bulletin) is first
    own_way(session)
    assert renderings.of(session, bulletin) is None
    with refused("rendering-stale"):
        bulletins.approve(session, bulletin, by="minh", now=NOON)
    second = renderings.want(session, bulletin, NOON)
    assert renderings.of(session, bulletin) is second


def test_an_approved_bulletin_stays_as_it_was_heard(session):
    bulletin = approved(session)
    heard = bulletin.audio_sha256
    lexicon.add(session, "Nội dung", "khác hẳn", by=None, now=NOON)
    assert bulletins.may_air(bulletin)
    assert renderings.of(session, bulletin).recording == heard
