"""Two people at one form: the second is told, sees what the first has made, loses nothing and can still save."""

import re

import pytest

from broadcaster import alert_templates, lexicon, programmes, timetable, zones
from tests.web.conftest import NOW

VERSION = re.compile(r'name="version" value="(\d+)"')
HOURS = {
    "start-0": "5 giờ",
    "end-0": "6h30",
    "days-0": ["7"],
    "quiet-start": "22h",
    "quiet-end": "5.00",
    "repeats": "2",
}


def forms(desk):
    """Every form that two people can have open: where, what else it asks, its field, who may, what is kept."""

    def write(session):
        zones.save(session, "mot", "Thôn Một", ["null:"], ["05:00-06:00=60"], NOW)
        word = lexicon.add(session, "BQLC", "Ban quản lý chợ", by="mot", now=NOW)
        template = alert_templates.listed(session)[0]
        slot = timetable.slot_rows(session)[0]
        programme = programmes.listed(session)[0]
        return word.id, template.id, slot.id, programme.slug

    word, template, slot, slug = desk.look(write)
    bulletin = desk.bulletin(by="mot")
    daily = {"repeat": "daily", "override": "vì"}
    zone = {"kind-0": "null:"}
    rule = {"start-0": "05:00", "end-0": "06:00", "days-0": list("1234567")}
    return {
        "slot": (f"/khung-gio/{slot}/sua", daily, "at", ("17:41", "17:42")),
        "lexicon": (f"/tu-dien/{word}", {"written": "BQLC"}, "spoken", ("ban chợ một", "ban chợ hai")),
        "template": (f"/mau-khan-cap/{template}", {"kind": "storm", "title": "Bão"}, "text", ("Bão một.", "Bão hai.")),
        "zone": ("/khu-vuc/mot/sua", zone, "name", ("Thôn 1", "Thôn 2")),
        "loudness": ("/khu-vuc/mot/theo-gio", rule, "percent-0", ("41", "42")),
        "hours": ("/gio-phat/all", HOURS, "minutes", ("111", "122")),
        "programme": (f"/chuong-trinh/{slug}/ten", {}, "name", ("An ninh một", "An ninh hai")),
        "bulletin": (f"/ban-tin/{bulletin}/sua", {"title": "Tuần"}, "text", ("Bà con chú ý một.", "Bà con chú ý hai.")),
    }  # fmt: skip


@pytest.mark.parametrize("name", ["slot", "lexicon", "template", "zone", "loudness", "hours", "programme", "bulletin"])
def test_who_is_second_is_told_and_loses_nothing(enter, desk, name):
    first, second = enter("mot", "author", "operator", "admin"), enter("hai", "author", "operator", "admin")
    path, more, field, (one, other) = forms(desk)[name]
    opened = second.get(path).text if name != "programme" else second.get(path.removesuffix("/ten")).text
    seen = VERSION.search(opened)[1]
    assert first.post(path, more | {"version": seen, field: one}).status_code == 302
    answer = second.post(path, more | {"version": seen, field: other})
    assert answer.status_code == 400
    assert "vừa được người khác sửa" in answer.text
    assert other in answer.text  # what was typed stays
    seen = VERSION.search(answer.text)[1]
    assert second.post(path, more | {"version": seen, field: other}).status_code == 302  # knowingly


def test_of_what_is_gone_what_was_typed_is_still_shown(enter, desk):
    first, second = enter("mot", "operator"), enter("hai", "operator")
    slot = desk.look(lambda s: timetable.slot_rows(s)[0].id)
    first.post(f"/khung-gio/{slot}/bo", {"version": "1"})
    path = f"/khung-gio/{slot}/sua"
    own = {"Origin": "http://localhost", "Referer": f"http://localhost{path}"}
    form = {"version": "1", "repeat": "lunar", "at": "17:40", "lunar": "rằm tháng bảy"}
    answer = second.post(path, form, headers=own)
    assert answer.status_code == 404
    assert "không còn" in answer.text
    assert "rằm tháng bảy" in answer.text


def test_what_the_other_has_made_is_shown_beside_it(enter, desk):
    chu = enter("chu", "operator", "admin")
    path = f"/khung-gio/{desk.look(lambda s: timetable.slot_rows(s)[0].id)}/sua"
    form = {"version": "1", "repeat": "daily", "override": "vì"}
    chu.post(path, form | {"at": "17:41"})
    assert "17:41, hằng ngày" in chu.post(path, form | {"at": "17:42"}).text
